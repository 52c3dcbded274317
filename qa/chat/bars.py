"""Bars of how much was printed in each period: one column a period, with its count in words for whoever cannot see it.

Heights are classes (``wb-h0`` to ``wb-h24``), since markup of the page carries no style of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from qa.chat.markup import Html, join, tag
from qa.chat.strings import MONTHS, count, day, pair, say

STEPS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A period (YYYY, YYYY-MM or a day), how many articles, None where nothing is held; ``address`` is where a click leads."""

    period: str
    articles: int | None
    address: str | None = None


def bars(items: Sequence[Bar], *, cls: str = "", opens: str = "wb-view", ticks: bool = False) -> Html:
    """Return the columns; ``opens`` is the class of the buttons, ``ticks`` writes the month or year under each of them."""
    most = max((item.articles or 0 for item in items), default=0)
    columns = (_column(item, most, opens, ticks) for item in items)
    many = " wb-many" if len(items) > 40 else ""
    return tag("ol", *columns, cls=f"wb-columns{many} {cls}".strip())


def _column(item: Bar, most: int, opens: str, ticks: bool) -> Html:
    height = 0 if not item.articles else max(1, round(STEPS * item.articles / most))
    told = count("articles", item.articles) if item.articles is not None else say("nothing_held")
    words = tag("span", period(item.period), " ", told, cls="wb-hidden")
    rod = tag("span", cls=f"wb-rod wb-h{height}")
    tick = tag("span", *_tick(item.period), cls="wb-tick") if ticks else None
    gap = " wb-unheld" if item.articles is None else ""
    if item.address is None or not item.articles:
        return tag("li", rod, words, tick, cls=f"wb-column{gap}")
    return tag("li", tag("button", rod, words, tick, cls=opens, type="button", value=item.address), cls="wb-column")


def _tick(text: str) -> tuple[Html, ...]:
    if len(text) == 4:
        return (tag("span", text[2:]),)
    return (tag("span", str(int(text[-2:]))),)


def period(text: str) -> Html:
    """Return a year, month or day as each language writes it."""
    if len(text) == 4:
        return pair(f"{text}年", text)
    if len(text) == 7:
        return month(text)
    return day(text)


def month(text: str) -> Html:
    """Return a month (YYYY-MM) as each language writes it."""
    year, number = text[:4], int(text[5:7])
    return pair(f"{year}年{number}月", f"{MONTHS[number - 1]} {year}")


def span(first: str, last: str) -> Html:
    """Return a span of days, or one day."""
    return day(first) if first == last else join(day(first), " — ", day(last))


def months_between(first: str, last: str) -> list[str]:
    """Return the months from one to another (YYYY-MM)."""
    start, end = (12 * int(text[:4]) + int(text[5:7]) - 1 for text in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1)]


def days_between(first: str, last: str) -> list[str]:
    """Return the days from one to another (YYYY-MM-DD)."""
    start, end = (datetime.date.fromisoformat(text).toordinal() for text in (first, last))
    return [datetime.date.fromordinal(n).isoformat() for n in range(start, end + 1)]
