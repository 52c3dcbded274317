"""Dates named in a question, in Chinese and English, as ranges of days.

Reads calendar dates, months, years and spans of years. Dates without a year stay without a range: which year is
meant only the page can say. Knows nothing of archives; relative dates (去年, last month) are not read.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.schema import DateRange

_DIGITS = str.maketrans("〇零一二三四五六七八九０１２３４５６７８９", "001234567890123456789")
_YEAR = r"(?:1[89]|20)\d\d"
_ZH_YEAR = r"[一二][〇零一二三四五六七八九]{3}"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"

_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<y>{_YEAR}|{_ZH_YEAR})\s*年?\s*(?:至|到|[-—–~～])\s*(?P<y2>{_YEAR}|{_ZH_YEAR})\s*年?(?![\d月])",
        rf"(?P<y>{_YEAR}|{_ZH_YEAR})\s*年\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月(?:份)?"
        r"(?:\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?",
        rf"(?<!\d)(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}})(?:[-/.](?P<d>\d{{1,2}}))?(?!\d)",
        rf"(?<![a-z])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH}),?\s+(?P<y>{_YEAR})",
        rf"(?<![a-z])(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})",
        rf"(?<![a-z])(?P<m>{_MONTH}),?\s+(?:of\s+)?(?P<y>{_YEAR})",
        rf"(?P<y>{_YEAR}|{_ZH_YEAR})\s*年(?!代|级|前|后|来)",
        rf"(?<![\d\w.-])(?P<y>{_YEAR})(?![\d\w%.,万亿余多-])",
        r"(?<!\d)(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]",
        rf"(?<![a-z])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})(?![a-z])",
        rf"(?<![a-z])(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\da-z])",
    )
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written in the question. ``range`` is None when the year is not given."""

    text: str
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    range: DateRange | None


def mentions(text: str) -> list[DateMention]:
    """Return the dates named in ``text`` in order of place; of overlapping readings the most exact one."""
    found: list[DateMention] = []
    for pattern in _PATTERNS:
        for mention in _read(pattern, text):
            if all(mention.end <= other.start or mention.start >= other.end for other in found):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _read(pattern: re.Pattern[str], text: str) -> Iterator[DateMention]:
    for match in pattern.finditer(text):
        parts = {"y": None, "y2": None, "m": None, "d": None, **match.groupdict()}
        year, last, month, day = (_number(parts[key]) for key in ("y", "y2", "m", "d"))
        span = _range(year, last, month, day)
        if span is not None or (year is None and _possible(month, day)):
            yield DateMention(match.group(), match.start(), match.end(), year, month, day, span)


def _number(word: str | None) -> int | None:
    if not word:
        return None
    if word[0].isascii() and word[0].isalpha():
        return _MONTHS.get(word.rstrip(".").lower())
    if "十" in word:
        tens, _, ones = word.partition("十")
        return 10 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0)
    return int(word.translate(_DIGITS))


def _possible(month: int | None, day: int | None) -> bool:
    return month is not None and day is not None and 1 <= month <= 12 and 1 <= day <= 31


def _range(year: int | None, last: int | None, month: int | None, day: int | None) -> DateRange | None:
    """Return the first and last day of the date; None without a year or for a day that no calendar has."""
    if year is None:
        return None
    if last is not None:
        return DateRange(f"{year}-01-01", f"{last}-12-31") if year <= last else None
    if month is None:
        return DateRange(f"{year}-01-01", f"{year}-12-31")
    if not 1 <= month <= 12:
        return None
    days = calendar.monthrange(year, month)[1]
    if day is None:
        return DateRange(f"{year}-{month:02}-01", f"{year}-{month:02}-{days:02}")
    return DateRange(f"{year}-{month:02}-{day:02}", f"{year}-{month:02}-{day:02}") if 1 <= day <= days else None
