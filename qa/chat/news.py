"""How news looks: the day before a quote, other printings of a source, the course of a story, the contents of an issue.

Pure functions to ``Html``; page text comes in as plain strings and leaves escaped. Knows nothing of Gradio.
"""

from __future__ import annotations

from urllib.parse import quote as percent
from urllib.parse import urlencode

from qa.chat.bars import period
from qa.chat.markup import Html, join, tag
from qa.chat.places import whole_issue
from qa.chat.strings import count, day, say
from qa.cite.source import page_number
from qa.schema import Citation, Contents, PageContents, Printing, Timeline

_BARS = "▁▂▃▄▅▆▇█"
_MOST_BARS = 120


def when(date: str | None) -> Html:
    """Return the day of an issue as the line above a quote."""
    return tag("span", day(date) if date else say("no_date"), cls="wb-when")


def printings(citation: Citation) -> Html | None:
    """Return the other printings of a source, each to be opened, with the figures that differ there."""
    if not citation.also_printed_in:
        return None
    items = (tag("li", _opener(each), *_differing(each)) for each in citation.also_printed_in)
    return tag("div", tag("span", say("also_printed")), tag("ul", *items), cls="wb-printings")


def _opener(printing: Printing) -> Html:
    path = f"/page/articles/{percent(printing.article_id, safe='')}?{urlencode({'passage': printing.passage_id})}"
    return tag("button", _issue(printing), " ", printing.headline, cls="wb-open wb-link", type="button", value=path)


def _differing(printing: Printing) -> list[Html]:
    return [tag("span", say("differs", here=here, there=there), cls="wb-differs") for here, there in printing.differs]


def course(line: Timeline) -> Html:
    """Return how many articles each period printed, as a row of bars between its first and its last period."""
    counts = line.counts[:_MOST_BARS]
    most = max((each.articles for each in counts), default=1)
    bars = "".join(_bar(each.articles, most) for each in counts)
    total = count("articles", sum(each.articles for each in line.counts))
    ends = [tag("span", period(each.period)) for each in (counts[0], counts[-1])]
    return tag("p", total, ends[0], tag("span", bars, cls="wb-bars"), ends[1], cls="wb-note wb-course")


def _bar(articles: int, most: int) -> str:
    return _BARS[-(-articles * (len(_BARS) - 1) // most)] if articles else "·"


def contents(listed: Contents, numbered: dict[int, Html]) -> Html:
    """Return the headlines of an issue page by page; ``numbered`` are the references to open them, by number."""
    before = (None, *listed.pages)
    return join(*(_page(page, numbered, earlier) for page, earlier in zip(listed.pages, before, strict=False)))


def _page(page: PageContents, numbered: dict[int, Html], earlier: PageContents | None) -> Html:
    head = _issue(page)
    items = (tag("li", each.headline or join(say("no_headline"), each.quote), numbered[each.number]) for each in page.articles)
    begins = earlier is None or (earlier.newspaper, earlier.date) != (page.newspaper, page.date)
    return tag("div", tag("h3", head, "  ", whole_issue(page) if begins else None), tag("ol", *items, cls="wb-headlines"))


def _issue(printed: PageContents | Printing) -> Html:
    """Return newspaper, day and page; what is not printed is said to be so."""
    return join(
        tag("b", printed.newspaper) if printed.newspaper else say("no_newspaper"),
        " ",
        day(printed.date) if printed.date else say("no_date"),
        " ",
        say("page", page=page_number(printed.page)) if printed.page else None,
    )
