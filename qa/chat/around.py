"""The ways on from an article: the one before and the one after, its other part, the others of its page.

Pure functions to ``Html``; headlines come in as plain strings and leave escaped.
"""

from __future__ import annotations

from urllib.parse import quote as percent

from qa.chat.markup import Html, join, tag
from qa.chat.source import language
from qa.chat.strings import say
from qa.news.surroundings import Heading, Surroundings


def steps(around: Surroundings) -> Html | None:
    """Return the two arrows beside the place of an article."""
    arrows = [
        tag("button", sign, tag("span", say(f"{which}_article"), cls="wb-hidden"), cls=f"wb-open wb-step wb-{which}",
            type="button", value=_path(each))
        for sign, which, each in (("‹", "previous", around.previous), ("›", "next", around.following))
        if each
    ]  # fmt: skip
    return tag("span", *arrows, cls="wb-steps") if arrows else None


def other_part(heading: Heading | None, key: str) -> Html | None:
    """Return the way to the other part of an article that stands on two pages; None where the archive has none."""
    if heading is None:
        return None
    page = (heading.page or "").lstrip("0") or heading.page
    words = say(key, page=page) if page else say(f"{key}_elsewhere")
    return tag(
        "p", tag("button", words, " ", _named(heading), cls="wb-open wb-link", type="button", value=_path(heading)), cls="wb-part"
    )


def ways_on(around: Surroundings, here: str) -> Html | None:
    """Return the next article by its headline, and the others of the page folded away."""
    others = [each for each in around.page if each.article_id != here]
    parts = [_neighbour(around.previous, "previous_article"), _neighbour(around.following, "next_article")]
    neighbours = tag("div", *parts, cls="wb-neighbours") if any(parts) else None
    items = (tag("li", tag("button", _named(each), cls="wb-open wb-step", type="button", value=_path(each))) for each in others)
    listed = tag("details", tag("summary", say("page_articles")), tag("ul", *items), cls="wb-page-articles") if others else None
    return tag("nav", neighbours, listed, cls="wb-ways-on") if neighbours or listed else None


def _neighbour(heading: Heading | None, key: str) -> Html | None:
    if heading is None:
        return None
    label = tag("span", say(key), cls="wb-note")
    return tag("button", label, _named(heading), cls="wb-open wb-step", type="button", value=_path(heading))


def _named(heading: Heading) -> Html:
    words = heading.headline or join(say("no_headline"), heading.opening)
    return tag("span", words, cls="wb-heading", lang=language(heading.headline or heading.opening))


def _path(heading: Heading) -> str:
    return f"/page/articles/{percent(heading.article_id, safe='')}"
