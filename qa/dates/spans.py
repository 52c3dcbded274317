"""Days, months, years, decades as first and last day, and the mention of a date that the rest of ``qa`` reads.

Plain calendar arithmetic in the Gregorian calendar; knows no language.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from index.schema import DateRange

FIRST_DAY = datetime.date(1, 1, 1)

Days = tuple[datetime.date, datetime.date]
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written in the question: ``text`` stands at ``start`` to ``end``. ``range`` is None when it is not one span.

    ``year``, ``month`` and ``day`` are what the words themselves fix (None otherwise, as for 去年 or the 1980s); ``forms``
    are other ways in which evidence may print that year. ``relative``: counted from today. ``candidates``: the spans that
    an ambiguous expression (辛亥年, 06/08/2021) may mean. ``vague``: it says when without saying from when to when.
    ``until``: month and day that a span without a year ends with.
    """

    text: str
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    range: DateRange | None
    relative: bool = False
    forms: tuple[str, ...] = ()
    candidates: tuple[DateRange, ...] = ()
    vague: bool = False
    until: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Atom:
    """A date expression before it is joined with its neighbours (从…到…, since …). ``days`` is None when not one span."""

    start: int
    end: int
    days: Days | None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    relative: bool = False
    forms: tuple[str, ...] = ()
    candidates: tuple[Days, ...] = ()
    vague: bool = False
    first: tuple[int, int | None] | None = None
    last: tuple[int, int | None] | None = None


def range_of(days: Days) -> DateRange:
    """Return the days as ISO dates."""
    return DateRange(days[0].isoformat(), days[1].isoformat())


def calendar_days(year: int | None, month: int | None = None, day: int | None = None) -> Days | None:
    """Return the days of a year, month or day; None without a year and for what no calendar has."""
    if year is None or not 1 <= year <= 9998:
        return None
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    if not 1 <= day <= last:
        return None
    return datetime.date(year, month, day), datetime.date(year, month, day)


def months(year: int, first: int, last: int) -> Days | None:
    """Return the days from month ``first`` to month ``last`` of a year; a ``last`` over 12 lies in the next year."""
    if not (1 <= first <= 12 and first <= last <= 24):
        return None
    start, end = calendar_days(year, first), calendar_days(year + (last - 1) // 12, (last - 1) % 12 + 1)
    return (start[0], end[1]) if start and end else None


def years(first: int, last: int) -> Days | None:
    """Return the days from year ``first`` to year ``last``."""
    start, end = calendar_days(first), calendar_days(last)
    return (start[0], end[1]) if start and end and first <= last else None


def part_of_month(days: Days, part: str) -> Days:
    """Return the early (1-10), mid (11-20) or late (21-) days of a month."""
    first, last = days
    if part == "early":
        return first, first.replace(day=10)
    if part == "mid":
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def part_of_decade(first: int, part: str) -> Days | None:
    """Return the early (0-3), mid (4-6) or late (7-9) years of the decade that begins with ``first``; all of it for ``""``."""
    a, b = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return years(first + a, first + b)


def part_of_century(number: int, part: str) -> Days | None:
    """Return the first 20, middle 20 or last 20 years of a century, or a half of it; the 20th is 1901 to 2000."""
    start = (number - 1) * 100
    a, b = {"early": (1, 20), "mid": (41, 60), "late": (81, 100), "first": (1, 50), "second": (51, 100)}.get(part, (1, 100))
    return years(start + a, start + b) if number > 0 else None


def week_of(day: datetime.date) -> Days:
    """Return Monday to Sunday of the week of a day."""
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY


def shifted(day: datetime.date, *, days: int = 0, months: int = 0) -> datetime.date | None:
    """Return the day so far before (negative) or after; the 31st becomes the last day of a shorter month. None out of range."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9998 or abs(days) > 400_000:
        return None
    moved = datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    try:
        return moved + days * _DAY
    except OverflowError:
        return None


def last_units(today: datetime.date, count: int, unit: str) -> Days | None:
    """Return the last ``count`` days, weeks, months or years up to and including today."""
    if unit in ("day", "week"):
        first = shifted(today, days=1 - count * (7 if unit == "week" else 1))
    else:
        first = shifted(today, days=1, months=-count * (12 if unit == "year" else 1))
    return (first, today) if first and count > 0 else None


def units_ago(today: datetime.date, count: int, unit: str) -> Days | None:
    """Return the day, week, month or year that lies so many units back; 0 is the present one, negative ones are to come."""
    if unit in ("day", "week"):
        day = shifted(today, days=-count * (7 if unit == "week" else 1))
        return None if day is None else (day, day) if unit == "day" else week_of(day)
    if unit == "quarter":
        start = shifted(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), months=-3 * count)
        return months(start.year, start.month, start.month + 2) if start else None
    day = shifted(today.replace(day=1), months=-count * (12 if unit == "year" else 1))
    return None if day is None else calendar_days(day.year, day.month if unit == "month" else None)


def weekday_of(week: Days, weekday: int) -> Days:
    """Return a day of a week, Monday is 0."""
    day = week[0] + weekday * _DAY
    return day, day


def after(days: Days) -> datetime.date:
    """Return the day that follows."""
    return days[1] + _DAY


def before(days: Days) -> datetime.date:
    """Return the day that precedes."""
    return days[0] - _DAY if days[0] > FIRST_DAY else FIRST_DAY
