"""A conversation with its citations, as a file to keep: Markdown, Word, BibTeX, RIS.

The browser says only which spans of which passages stood on the page; every printed word is taken from the archive anew, so
an export can hold nothing that the archive does not. Knows nothing of requests.
"""

from __future__ import annotations

from qa.chat.exporting.talk import Cited, Exchange, Span, Talk, Wanted, gathered
from qa.chat.exporting.written import FORMATS, File, Format, written

__all__ = ["FORMATS", "Cited", "Exchange", "File", "Format", "Span", "Talk", "Wanted", "gathered", "written"]
