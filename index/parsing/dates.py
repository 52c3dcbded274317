"""Days as newspapers print them: Chinese, Republican-era and English dates, weekdays, the year a page speaks of.

Works on folded text (half-width digits, simplified characters, lower case). Knows nothing of lines or mastheads.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter

from index.readers.names import iso_date

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1, "两": 2}
_NUMERAL = "[〇○零元一二三四五六七八九十廿卅]"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"

_MONTH_DAY = rf"(\d{{1,2}}|{_NUMERAL}{{1,3}})\s?月\s?(\d{{1,2}}|{_NUMERAL}{{1,3}})\s?[日号]"
_CHINESE = re.compile(rf"(\d{{4}}|{_NUMERAL}{{4}})\s?年\s?{_MONTH_DAY}")
_REPUBLIC = re.compile(rf"(?:中华)?民国\s?(\d{{1,3}}|{_NUMERAL}{{1,3}})\s?年\s?{_MONTH_DAY}")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_AMERICAN = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_BRITISH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(\d{{4}})\b")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年")
_GOAL = re.compile(r"(?:到|至|截至|力争|规划|—|-|~)\s?$")

WEEKDAY = re.compile(
    r"(?:星期|礼拜|周)([一二三四五六日天])(?![\u4e00-\u9fff])|\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def number(printed: str) -> int:
    """Read a day, month or year printed in digits or Chinese numerals: 十二 -> 12, 廿八 -> 28, 二〇二一 -> 2021."""
    if printed.isascii():
        return int(printed)
    spread = printed.replace("廿", "二十").replace("卅", "三十")
    if "十" not in spread:
        return int("".join(str(_DIGITS[char]) for char in spread))
    tens, _, ones = spread.partition("十")
    return _single(tens, 1) * 10 + _single(ones, 0)


def _single(printed: str, empty: int) -> int:
    return _DIGITS.get(printed[-1:], empty) if printed else empty


def find_date(key: str) -> tuple[str, int, int] | None:
    """Find the first full day in folded text: (ISO date, start, end), or None. A day that cannot be is no date."""
    for pattern, order in ((_REPUBLIC, "ymd"), (_CHINESE, "ymd"), (_NUMERIC, "y-md"), (_AMERICAN, "mdy"), (_BRITISH, "dmy")):
        for match in pattern.finditer(key):
            date = _iso(match, order, 1911 if pattern is _REPUBLIC else 0)
            if date is not None:
                return date, match.start(), match.end()
    return None


def _iso(match: re.Match[str], order: str, offset: int) -> str | None:
    value = dict(zip(order, match.groups(), strict=True))
    month = value["m"]
    if month[:3].isalpha() and month.isascii():
        month = str(1 + _MONTHS.index(month[:3]))
    return iso_date(offset + number(value["y"]), number(month), number(value["d"]))


def weekday_agrees(date: str, printed: str) -> bool:
    """Tell whether a printed weekday (folded) is that of an ISO date."""
    match = WEEKDAY.search(printed)
    if match is None:
        return True
    if match[1]:
        return datetime.date.fromisoformat(date).weekday() == _WEEKDAYS.index(match[1].replace("天", "日"))
    return datetime.date.fromisoformat(date).weekday() == _ENGLISH_WEEKDAYS.index(match[2])


def estimate_year(text: str) -> int | None:
    """Estimate the year a page speaks of: the year printed most often, goals (到2025年) left out; None when none is."""
    found = (year for year in _YEAR.finditer(text) if not _GOAL.search(text, max(0, year.start() - 3), year.start()))
    years = Counter(int(year[1]) for year in found)
    return max(years, key=lambda year: (years[year], year)) if years else None
