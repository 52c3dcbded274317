"""What makes news other than text: matters that go on, offices that change hands, reprints, issues with gaps between them.

Reads what was retrieved and what the archive holds; chooses no evidence for ordinary questions.
"""
