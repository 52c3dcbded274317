"""Quotes with their sources as a table that a spreadsheet can open: CSV after RFC 4180.

Page text is data: a cell that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from qa.cite.reference import Reference
from qa.cite.source import missing
from qa.cite.standard import Edition, gbt7714

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "id", "article_id", "newspaper", "date", "issue_number", "page", "headline", "subtitle", "authors", "paragraph", "quote",
    "reference", "url", "flags", "missing",
)  # fmt: skip
# Spreadsheets take the full-width signs for the half-width ones; tab and line breaks hide a sign behind them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(references: Sequence[Reference], *, edition: Edition = "2025") -> str:
    """Return a header and one row a reference; lists are joined by "; ", unknown cells are empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([defused(cell) for cell in _row(reference, edition)] for reference in references)
    return text.getvalue()


def _row(reference: Reference, edition: Edition) -> list[str]:
    source = reference.source
    values = (
        reference.id, reference.article_id, source.newspaper, source.date, source.issue_number, source.page, source.headline,
        source.subtitle, "; ".join(source.authors), reference.paragraph, reference.quote, gbt7714(source, edition=edition),
        source.url, "; ".join(reference.flags), "; ".join(missing(source)),
    )  # fmt: skip
    return ["" if value is None else str(value) for value in values]


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet evaluates; white space in front does not hide a sign."""
    return "'" + cell if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell
