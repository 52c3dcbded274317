"""What a Filter means, alike for both legs and for the truth.

Names are compared folded (width, case, traditional characters), days as numbers. Knows no query language.
"""

from __future__ import annotations

import re

from index.errors import QuestionError
from index.schema import DateRange
from index.text import fold

UNDATED = 0
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")


def name_key(name: str | None) -> str | None:
    """Return what two spellings of one newspaper, page or author share; None stays None."""
    return None if name is None else " ".join(fold(name).split())


def day_number(date: str | None) -> int:
    """Return an ISO date as yyyymmdd, UNDATED for None or anything that is no full date."""
    match = _ISO.match(date) if date else None
    return int("".join(match.groups())) if match else UNDATED


def days(span: DateRange) -> tuple[int, int]:
    """Return first and last day as numbers, both included. Raises QuestionError for what is no ISO date."""
    first, last = day_number(span.first), day_number(span.last)
    if UNDATED in (first, last):
        raise QuestionError(f"a date filter needs days like 2021-06-08, not {span.first!r} to {span.last!r}")
    return first, last
