"""Retrievers for other frameworks, over the same search as everything else. Each imports its framework when it is made."""
