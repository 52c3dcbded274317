"""Page text -> Issue, by rules about language and newspapers. One module a question, in this order:

lines (what is this line) · masthead (what belongs to the issue) · wraps (which lines end only because they were full) ·
context (what neighbours make of a line) · joins (where paragraphs were broken) · articles (what heads an article) ·
displaced (which fragment stands in the wrong one) · headings, credits, dates (what their words say).
Knows nothing of files or archives.
"""

from __future__ import annotations

from index.parsing.export import issue_to_dict
from index.parsing.page import parse_page
from index.parsing.source import Parsed, parse_pages

__all__ = ["Parsed", "issue_to_dict", "parse_page", "parse_pages"]
