"""A year of an archive, month by month: every day in the colour of how much was printed, missing days marked, bars of months.

Under each month stands in words what its colours show. Knows a day's newspapers only by their counts.
"""

from __future__ import annotations

import calendar as almanac
import datetime

from qa.chat import places
from qa.chat.bars import Bar, bars, month
from qa.chat.markup import Html, join, tag
from qa.chat.overview import legend, level
from qa.chat.source import dotted
from qa.chat.strings import STRINGS, count, pair, say
from qa.news.calendar import Calendar

_WEEKDAYS = tuple(zip("一二三四五六日", "MTWTFSS", strict=True))


def year(calendar: Calendar, when: str, *, newspaper: str | None = None) -> Html:
    """Return the months of a year (YYYY), with one of them in view (YYYY-MM), of all newspapers or of one."""
    number = when[:4]
    shown = calendar.of(newspaper) if newspaper is not None else calendar
    head = tag("header", _crumbs(newspaper), tag("h2", pair(f"{number}年", number)), _neighbours(shown, number, newspaper))
    total = shown.years.get(number)
    if total is None:
        return tag("article", head, tag("p", say("nothing_of_year"), cls="wb-verdict"), cls="wb-archive wb-year")
    months = [f"{number}-{month:02d}" for month in range(1, 13)]
    items = [
        Bar(each, shown.months[each].articles if each in shown.months else None, places.archive(each, newspaper=newspaper))
        for each in months
    ]
    most = max((count.articles for day, count in shown.days.items() if day.startswith(number)), default=0)
    sheets = (_month(shown, each, most, newspaper, current=each == when) for each in months)
    summed = dotted([count("issues", total.issues), count("pages", total.pages), count("articles", total.articles)])
    return tag(
        "article",
        head,
        tag("p", summed, cls="wb-sum"),
        tag("section", tag("h3", say("articles_by_month")), bars(items, ticks=True)),
        tag("div", *sheets, cls="wb-months"),
        legend(shown),
        cls="wb-archive wb-year",
    )


def _crumbs(newspaper: str | None) -> Html:
    parts = [places.opener(places.archive(), say("overview"), cls="wb-crumb")]
    if newspaper is not None:
        parts.append(places.opener(places.archive(newspaper=newspaper), newspaper, cls="wb-crumb"))
    return tag("div", *parts, cls="wb-crumbs")


def _neighbours(calendar: Calendar, number: str, newspaper: str | None) -> Html:
    before = max((each for each in calendar.years if each < number), default=None)
    after = min((each for each in calendar.years if each > number), default=None)
    parts = (
        places.opener(places.archive(each, newspaper=newspaper), words, cls="wb-link")
        for each, words in ((before, f"← {before}"), (after, f"{after} →"))
        if each is not None
    )
    return tag("div", *parts, cls="wb-beside")


def _month(calendar: Calendar, name: str, most: int, newspaper: str | None, *, current: bool) -> Html:
    days = [datetime.date(int(name[:4]), int(name[5:]), 1)]
    length = almanac.monthrange(days[0].year, days[0].month)[1]
    days += [days[0] + datetime.timedelta(days=n) for n in range(1, length)]
    cells = [tag("td") for _ in range(days[0].weekday())]
    cells += [_day(calendar, day, most, newspaper) for day in days]
    cells += [tag("td") for _ in range(-len(cells) % 7)]
    head = tag("tr", *(tag("th", pair(zh, en), scope="col") for zh, en in _WEEKDAYS))
    weeks = (tag("tr", *cells[start : start + 7]) for start in range(0, len(cells), 7))
    table = tag("table", tag("thead", head), tag("tbody", *weeks), cls="wb-month")
    attributes = {"aria-current": "true" if current else None}
    return tag("section", tag("h3", month(name)), table, _told(calendar, name, newspaper), cls="wb-sheet", **attributes)


def _day(calendar: Calendar, day: datetime.date, most: int, newspaper: str | None) -> Html:
    iso = day.isoformat()
    found = calendar.days.get(iso)
    if found is None:
        if iso not in calendar.missing:
            return tag("td", tag("span", day.day, cls="wb-day"))
        return tag("td", tag("span", day.day, tag("span", say("missing"), cls="wb-hidden"), cls="wb-day wb-gap"))
    part = " wb-short" if iso in calendar.missing else ""
    words = tag("span", " ", count("articles", found.articles), cls="wb-hidden")
    address = places.issue(iso, newspaper=newspaper, any_newspaper=newspaper is None)
    return tag("td", places.opener(address, day.day, words, cls=f"wb-day wb-l{level(found.articles or 1, most)}{part}"))


def _told(calendar: Calendar, name: str, newspaper: str | None) -> Html | None:
    """Return in words what a month holds, and which newspapers lack which of its days."""
    found = calendar.months.get(name)
    lacking: dict[str | None, list[str]] = {}
    for day, papers in calendar.missing.items():
        if day.startswith(name):
            for paper in papers:
                lacking.setdefault(paper, []).append(str(int(day[8:])))
    if found is None:
        within = calendar.within(name)
        return tag("p", say("nothing_held"), cls="wb-told") if within else None
    parts = [dotted([count("issues", found.issues), count("articles", found.articles)])]
    several = len(calendar.runs) > 1
    for paper, days in lacking.items():
        said = pair(*(STRINGS["missing_days"][n].format(days=_listed(days, joint)) for n, joint in enumerate(("、", ", "))))
        parts.append(join(tag("b", paper), " ", said) if several and paper else said)
    return tag("div", *(tag("p", part) for part in parts), cls="wb-told")


def _listed(days: list[str], joint: str) -> str:
    """Return days of a month, neighbours put together: 3, 5–9."""
    spans: list[list[int]] = []
    for day in map(int, days):
        if spans and day == spans[-1][1] + 1:
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return joint.join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
