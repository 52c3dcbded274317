"""Days as a reader says them: 2021年6月8日, June 2021, 1998至2003年; ISO days in, words out."""

from __future__ import annotations

import calendar
import datetime

from index.schema import DateRange
from qa.notes import Language

FIRST, LAST = "0001-01-01", "9999-12-31"


def say_day(day: str, language: Language) -> str:
    """Write an ISO day as 2021年6月8日 or 8 June 2021; what is no day is returned as it is."""
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        return day
    if language == "zh":
        return f"{date.year}年{date.month}月{date.day}日"
    return f"{date.day} {calendar.month_name[date.month]} {date.year}"


def say_span(span: DateRange, language: Language) -> str:
    """Write days as one day, a month, a year, whole months or years from one to another, or as two days; or open at an end."""
    first, last = span.first, span.last
    if first == last:
        return say_day(first, language)
    if first == FIRST:
        return f"{say_day(last, language)}及以前" if language == "zh" else f"up to {say_day(last, language)}"
    if last == LAST:
        return f"{say_day(first, language)}起" if language == "zh" else f"from {say_day(first, language)} on"
    joint = "至" if language == "zh" else " to "
    if first.endswith("-01-01") and last.endswith("-12-31"):
        years = [f"{day[:4]}年" if language == "zh" else day[:4] for day in (first, last)]
        return years[0] if years[0] == years[1] else joint.join(years)
    if first.endswith("-01") and month_after(last) == _next_day(last):
        months = [_say_month(day, language) for day in (first, last)]
        return months[0] if months[0] == months[1] else joint.join(months)
    return joint.join(say_day(day, language) for day in (first, last))


def _next_day(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()


def _say_month(day: str, language: Language) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return f"{year}年{month}月" if language == "zh" else f"{calendar.month_name[month]} {year}"


def month_after(day: str) -> str:
    """Return the first day of the month after that of a day."""
    year, month = int(day[:4]), int(day[5:7])
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}-01"
