"""The nouns of the archive. Read this first.

Data flows one way: a ``Source`` is read into ``Page`` texts, a page is parsed into
an ``Issue`` of ``Article``, an article is split into ``Passage``, a search returns ``Hit``.
All are plain frozen records; none of them opens a file or knows a database.
"""

from __future__ import annotations

from index.schema.asked import DateRange, Encoder, Filter, Hit, Term, Vectors
from index.schema.kept import ArticleRecord, IssueRecord, Passage, PassageKind, PrintedDay
from index.schema.printed import (
    CONTINUATION_MISSING,
    JOINED,
    MOVED,
    PAGE_INFERRED,
    START_MISSING,
    Article,
    ArticleRef,
    Caption,
    Furniture,
    Issue,
    Line,
    Page,
    Paragraph,
)
from index.schema.reports import CheckReport, Skipped, Stats, UpdateReport

__all__ = [
    "CONTINUATION_MISSING",
    "JOINED",
    "MOVED",
    "PAGE_INFERRED",
    "START_MISSING",
    "Article",
    "ArticleRecord",
    "ArticleRef",
    "Caption",
    "CheckReport",
    "DateRange",
    "Encoder",
    "Filter",
    "Furniture",
    "Hit",
    "Issue",
    "IssueRecord",
    "Line",
    "Page",
    "Paragraph",
    "Passage",
    "PassageKind",
    "PrintedDay",
    "Skipped",
    "Stats",
    "Term",
    "UpdateReport",
    "Vectors",
]
