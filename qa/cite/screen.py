"""The line shown under a quote: paper, date, weekday, issue, page, headline, authors, paragraph."""

from __future__ import annotations

import calendar
import datetime

from index.schema import Passage
from qa.cite.source import Source, authors, page_number, title
from qa.schema import Language

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def label(source: Source, passage: Passage | None = None, *, language: Language = "zh") -> str:
    """Return the line shown under a quote: paper, date, weekday, issue, page, headline, authors, paragraph."""
    parts = [_place(source, language), title(source), " ".join(authors(source)), _where(passage, language) if passage else ""]
    return ("｜" if language == "zh" else " | ").join(part for part in parts if part)


def _place(source: Source, language: Language) -> str:
    if language == "zh":
        pieces = [
            (f"《{source.newspaper}》" if source.newspaper else "［报名不详］") + _day_zh(source),
            _weekday_zh(source),
            f"总第{source.issue_number}期" if source.issue_number is not None else "",
            f"第{page_number(source.page)}版{'（推断）' if source.page_inferred else ''}" if source.page else "",
        ]
        return " ".join(piece for piece in pieces if piece)
    pieces = [
        source.newspaper or "[newspaper unknown]",
        _day_en(source),
        f"no. {source.issue_number}" if source.issue_number is not None else "",
        f"p. {page_number(source.page)}{' (inferred)' if source.page_inferred else ''}" if source.page else "",
    ]
    return ", ".join(piece for piece in pieces if piece)


def _day(source: Source) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(source.date) if source.date else None
    except ValueError:
        return None


def _day_zh(source: Source) -> str:
    day = _day(source)
    if day:
        return f"{day.year}年{day.month}月{day.day}日"
    if source.date:
        return source.date
    return f"［约{source.year_estimate}年］" if source.year_estimate else "［日期不详］"


def _day_en(source: Source) -> str:
    day = _day(source)
    if day:
        return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {calendar.month_name[day.month]} {day.year}"
    return source.date or (f"[c. {source.year_estimate}]" if source.year_estimate else "[undated]")


def _weekday_zh(source: Source) -> str:
    day = _day(source)
    return source.weekday or (_WEEKDAYS[day.weekday()] if day else "")


def _where(passage: Passage, language: Language) -> str:
    if passage.kind == "paragraph" and passage.paragraph is not None:
        return f"第{passage.paragraph}段" if language == "zh" else f"paragraph {passage.paragraph}"
    if passage.kind == "caption":
        return "图片说明" if language == "zh" else "caption"
    return ""
