"""Dates counted from today in English: yesterday, last week, last June, the past three years, two months ago.

Reads one expression at one place of text of any case. What gives no first and last day (recently) is a vague mention.
"""

from __future__ import annotations

import datetime
import re

from qa.dates.spans import Atom, Days, calendar_days, last_units, units_ago, weekday_of

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun",
    "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?![a-z])\.?"
WORD_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNTS = {name: number for number, name in enumerate(WORD_NUMBERS, start=1)} | {"a": 1, "an": 1, "couple of": 2}
_COUNT = r"(?P<n>\d{1,3}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_THE = r"(?:the\s+)?"


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern for text of any case."""
    return re.compile(pattern, re.IGNORECASE)


_RELATIVE_DAY = compiled(r"(?P<w>the\s+day\s+before\s+yesterday|yesterday|today|tonight|this\s+morning|tomorrow)\b")
_RELATIVE = compiled(
    rf"{_THE}(?P<w>last|past|previous|this|current|next)\s+(?:(?P<unit>week|month|year|quarter)|(?P<day>{'|'.join(_WEEKDAYS)})|(?P<m>{MONTH}))(?!\w|\s+of\b)"
)
_LAST = compiled(rf"{_THE}(?:last|past|previous|recent)\s+{_COUNT}\s+(?P<unit>day|week|month|year|quarter)s?\b")
_AGO = compiled(rf"(?:about\s+)?{_COUNT}\s+(?P<unit>day|week|month|year)s?\s+ago\b")
_VAGUE = compiled(
    r"(?:in\s+)?recent(?:ly|\s+(?:years|months|weeks|days))\b|in\s+the\s+last\s+few\s+(?:years|months|weeks|days)\b|the\s+other\s+day\b"
)


def month_of(word: str) -> int:
    """Return the number of a month's name, full or short, with or without a point."""
    return _MONTHS[word.rstrip(".").lower()]


def read(text: str, place: int, today: datetime.date) -> Atom | None:
    """Return the expression counted from today that begins at ``place``, None when none does."""
    for pattern, meaning in ((_VAGUE, None), (_RELATIVE_DAY, _near), (_LAST, _lasting), (_RELATIVE, _neighbour), (_AGO, _back)):
        match = pattern.match(text, place)
        if match:
            days = meaning(match, today) if meaning else None
            return Atom(place, match.end(), days, relative=True, vague=meaning is None)
    return None


def _near(match: re.Match[str], today: datetime.date) -> Days | None:
    word = match["w"].lower()
    back = 2 if word.startswith("the") else 1 if word == "yesterday" else -1 if word == "tomorrow" else 0
    return units_ago(today, back, "day")


def _lasting(match: re.Match[str], today: datetime.date) -> Days | None:
    unit, count = match["unit"].lower(), _count(match["n"])
    return last_units(today, count * 3, "month") if unit == "quarter" else last_units(today, count, unit)


def _neighbour(match: re.Match[str], today: datetime.date) -> Days | None:
    word = match["w"].lower()
    back = {"this": 0, "current": 0, "next": -1}.get(word, 1)
    if match["unit"]:
        unit = match["unit"].lower()
        return last_units(today, 1, unit) if word == "past" and unit != "quarter" else units_ago(today, back, unit)
    if match["day"]:
        weekday = _WEEKDAYS.index(match["day"].lower())
        if back == 1:  # the latest such day before today
            return units_ago(today, (today.weekday() - weekday - 1) % 7 + 1, "day")
        week = units_ago(today, back, "week")
        return weekday_of(week, weekday) if week else None
    month = month_of(match["m"])
    return calendar_days(today.year - (back == 1 and month >= today.month) + (back == -1 and month <= today.month), month)


def _back(match: re.Match[str], today: datetime.date) -> Days | None:
    return units_ago(today, _count(match["n"]), match["unit"].lower())


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.lower()]
