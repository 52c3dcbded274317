"""The overview of an archive: its newspapers, and each year with its months, coloured by how much was printed.

A year is a row, so that seventy years of a daily stay readable; a month opens its days (``qa.chat.year``). Pure functions to
``Html``; names of newspapers come in as plain strings and leave escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.chat import places
from qa.chat.bars import Bar, bars, months_between, period, span
from qa.chat.markup import Html, join, tag
from qa.chat.source import dotted
from qa.chat.strings import MONTHS, count, pair, say
from qa.news.calendar import Calendar, Run
from qa.news.issue import LeafedIssue, LeafedPage

LEVELS = 4
_BARS_BY_MONTH = 48  # months; beyond that a bar is a year
_NAMED = 6  # undated pages named in the overview
_INITIALS = "JFMAMJJASOND"


def overview(calendar: Calendar, *, newspaper: str | None = None, undated: LeafedIssue | None = None) -> Html:
    """Return the overview of an archive, or of one newspaper of it; ``undated`` are pages to be named."""
    shown = calendar.of(newspaper) if newspaper is not None else calendar
    if not calendar.runs and not calendar.undated:
        return tag("article", heading(None), tag("p", say("empty"), cls="wb-verdict"), cls="wb-archive")
    body: list[Html | None] = [_papers(calendar, newspaper)]
    if shown.days:
        body += [_growth(shown, newspaper), _years(shown, newspaper), legend(shown)]
    elif newspaper is not None:
        body.append(tag("p", say("no_such_paper"), cls="wb-verdict"))
    if undated is not None and undated.pages and newspaper is None:
        body.append(_undated(calendar.undated, undated))
    return tag("article", heading(newspaper), tag("p", _held(shown), cls="wb-sum"), *body, cls="wb-archive")


def heading(newspaper: str | None) -> Html:
    """Return the title of the overview; of one newspaper, the way back to all of them."""
    if newspaper is None:
        return tag("header", tag("h2", say("overview")))
    back = tag("div", places.opener(places.archive(), say("overview"), cls="wb-crumb"), cls="wb-crumbs")
    return tag("header", back, tag("h2", newspaper))


def level(articles: int, most: int) -> int:
    """Return 1 to 4 by the share of the most; 0 for nothing."""
    return 0 if not articles else max(1, -(-LEVELS * articles // most)) if most else 1


def _held(calendar: Calendar) -> Html:
    total = calendar.count
    parts = [count("issues", total.issues), count("pages", total.pages), count("articles", total.articles)]
    if calendar.days:
        parts.append(span(next(iter(calendar.days)), max(calendar.days)))
    return dotted(parts)


def _papers(calendar: Calendar, chosen: str | None) -> Html | None:
    if not calendar.runs:
        return None
    head = tag("tr", *(tag("th", say(key), scope="col") for key in ("paper", "from_to", "issues_head", "missing_head")))
    rows = (_paper(run, chosen) for run in calendar.runs)
    return tag("table", tag("thead", head), tag("tbody", *rows), cls="wb-table wb-papers")


def _paper(run: Run, chosen: str | None) -> Html:
    name: Html = say("no_newspaper")
    if run.newspaper is not None:
        address = places.archive(newspaper=None if run.newspaper == chosen else run.newspaper)
        name = places.opener(address, run.newspaper, cls="wb-link", pressed=run.newspaper == chosen)
    lacking = tag("td", f"{len(run.missing):,}" if run.missing else "—", cls="wb-count")
    days = tag("td", span(run.first, run.last), cls="wb-span")
    return tag("tr", tag("th", name, scope="row"), days, tag("td", f"{run.count.issues:,}", cls="wb-count"), lacking)


def _growth(calendar: Calendar, newspaper: str | None) -> Html | None:
    first, last = min(calendar.months), max(calendar.months)
    if first == last:
        return None
    months = months_between(first, last)
    if len(months) <= _BARS_BY_MONTH:
        periods, counts, key = months, calendar.months, "articles_by_month"
    else:
        years = [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
        periods, counts, key = years, calendar.years, "articles_by_year"
    items = [
        Bar(each, counts[each].articles if each in counts else None, places.archive(each, newspaper=newspaper))
        for each in periods
    ]
    ends = tag("p", tag("span", period(periods[0])), tag("span", period(periods[-1])), cls="wb-ends")
    most = max(each.articles for each in counts.values())
    caption = tag("h3", say(key), tag("span", say("at_most", n=f"{most:,}"), cls="wb-most"))
    return tag("section", caption, bars(items), ends)


def _years(calendar: Calendar, newspaper: str | None) -> Html:
    initials = (
        tag("th", pair(n, tag("span", _INITIALS[n - 1])), tag("span", _month_name(n), cls="wb-hidden"), scope="col")
        for n in range(1, 13)
    )
    ends = (
        tag("th", say("issues_head"), scope="col", cls="wb-count"),
        tag("th", say("missing_head"), scope="col", cls="wb-count"),
    )
    head = tag("tr", tag("th", say("year"), scope="col"), *initials, *ends)
    most = max((each.articles for each in calendar.months.values()), default=0)
    lacking: dict[str, int] = {}
    for day in calendar.missing:
        lacking[day[:4]] = lacking.get(day[:4], 0) + 1
    years = range(int(min(calendar.years)), int(max(calendar.years)) + 1)
    rows = (_year(calendar, str(year), most, lacking.get(str(year), 0), newspaper) for year in years)
    table = tag("table", tag("thead", head), tag("tbody", *rows), cls="wb-table wb-years")
    return tag("section", tag("h3", say("by_year")), table)


def _month_name(number: int) -> Html:
    return pair(f"{number}月", MONTHS[number - 1])


def _year(calendar: Calendar, year: str, most: int, lacking: int, newspaper: str | None) -> Html:
    total = calendar.years.get(year)
    cells = (_month(calendar, f"{year}-{month:02d}", most, newspaper) for month in range(1, 13))
    name = places.opener(places.archive(year, newspaper=newspaper), year, cls="wb-link") if total else tag("span", year)
    ends = (
        tag("td", f"{total.issues:,}" if total else "—", cls="wb-count"),
        tag("td", f"{lacking:,}" if lacking else "—", cls="wb-count"),
    )
    return tag("tr", tag("th", name, scope="row"), *cells, *ends)


def _month(calendar: Calendar, month: str, most: int, newspaper: str | None) -> Html:
    found = calendar.months.get(month)
    if found is None:
        kind = "wb-gap" if calendar.within(month) else "wb-out"
        return tag("td", tag("span", tag("span", say("nothing_held"), cls="wb-hidden"), cls=f"wb-heat {kind}"))
    words = tag("span", count("articles", found.articles), cls="wb-hidden")
    return tag(
        "td",
        places.opener(places.archive(month, newspaper=newspaper), words, cls=f"wb-heat wb-l{level(found.articles or 1, most)}"),
    )


def legend(calendar: Calendar) -> Html:
    """Return what the colours mean, and how a missing day is known."""
    scale = (tag("span", cls=f"wb-heat wb-l{n}") for n in range(1, LEVELS + 1))
    parts = [say("fewer"), *scale, say("more")]
    gap = join(tag("span", cls="wb-heat wb-gap"), say("gap"))
    how = tag("p", say("missing_how"), cls="wb-note") if calendar.missing else None
    return tag("div", tag("p", *parts, gap, cls="wb-legend"), how)


def _undated(total: int, issue: LeafedIssue) -> Html:
    named = [tag("li", places.opener(places.issue(None), _name(page), cls="wb-link")) for page in issue.pages[:_NAMED]]
    more = total - len(named)
    rest = tag("li", places.opener(places.issue(None, any_newspaper=True), say("more_undated", n=f"{more:,}"), cls="wb-link"))
    return tag("section", tag("h3", count("undated", total)), tag("ul", *named, rest if more > 0 else None, cls="wb-list"))


def _name(page: LeafedPage) -> Html:
    """Return what tells an undated page from another: its newspaper if it names one, and its first headline."""
    headline = next((article.headline for article in page.articles if article.headline), None)
    parts: Sequence[object] = [part for part in (page.record.newspaper, headline) if part]
    return join(*(join(" · ", part) if n else part for n, part in enumerate(parts))) if parts else join(page.record.id)
