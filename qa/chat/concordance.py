"""Words in context: every place where some words stand as printed, aligned on them, in order of time or of the words around.

Pure functions to ``Html``. Lines come from the archive as plain strings and leave escaped.
"""

from __future__ import annotations

from urllib.parse import quote as percent
from urllib.parse import urlencode

from index.schema import Filter
from index.text import fold
from qa.chat import places
from qa.chat.bars import span
from qa.chat.markup import Html, esc, join, tag
from qa.chat.reasons import in_chinese
from qa.chat.source import dotted, language
from qa.chat.strings import count, day, pair, say
from qa.schema import Citation
from qa.verbatim import Concordance, Line

WIDTH = 40  # characters on either side; what does not fit the window is cut by the browser
MOST_LINES = 2000  # sorted at once
LINES = 100  # shown at once
ORDERS = ("date", "after", "before")
_ALL = Filter()


def concordance(
    found: Concordance, asked: str, *, sort: str = "date", start: int = 0, filter: str | None = None, only: Filter = _ALL
) -> Html:
    """Return the lines from ``start`` on; ``asked`` is what the reader typed, ``filter`` is ``only`` as it came, for addresses.

    ``found`` holds all lines up to those shown, and for any order but that of time all up to ``MOST_LINES``.
    """
    head = tag("header", tag("h2", _phrases(found)), _limits(only))
    if not found.lines:
        verdict, how = tag("p", say("words_absent"), cls="wb-verdict"), tag("p", say("words_how"), cls="wb-note")
        return tag("article", head, verdict, how, cls="wb-archive wb-words")
    lines = _sorted(found.lines, sort)
    shown = lines[start : start + LINES]
    several = len({line.citation.newspaper for line in found.lines}) > 1
    parts = [
        tag("p", _told(found), cls="wb-sum"),
        _orders(asked, sort, filter) if found.total > 1 else None,
        tag("ol", *(_line(line, several=several) for line in shown), cls="wb-lines"),
        _further(asked, sort, start, min(found.total, MOST_LINES), filter),
    ]
    if found.total > MOST_LINES:
        parts.append(tag("p", say("lines_cut", n=f"{MOST_LINES:,}"), cls="wb-note"))
    return tag("article", head, *parts, cls="wb-archive wb-words")


def unfit(asked: str, reason: str) -> Html:
    """Return why these words cannot be looked for; where there are none, what to do."""
    if not asked.strip():
        return tag("article", tag("p", say("words_none"), cls="wb-verdict"), cls="wb-archive wb-words")
    why = tag("p", say("error_detail"), pair(in_chinese(reason), reason), cls="wb-note")
    return tag("article", tag("p", say("words_unfit"), cls="wb-verdict"), why, cls="wb-archive wb-words")


def _limits(only: Filter) -> Html | None:
    """Return what the reader limits the search to."""
    parts = [span(each.first, each.last) for each in only.dates]
    parts += [esc(name) for name in (*only.newspapers, *only.authors)]
    parts += [say("page_only", page=page) for page in only.pages]
    return tag("p", say("limited"), dotted(parts), cls="wb-note") if parts else None


def _phrases(found: Concordance) -> Html:
    return join(*(tag("q", phrase) for phrase in found.phrases))


def _told(found: Concordance) -> Html:
    parts = [count("places", found.total), count("paragraphs", found.passages)]
    return dotted(parts) if found.complete else join(say("at_least"), dotted(parts))


def _orders(asked: str, sort: str, filter: str | None) -> Html:
    buttons = (
        places.opener(places.words(asked, sort=order, filter=filter), say(f"sort_{order}"), cls="wb-tab", pressed=order == sort)
        for order in ORDERS
    )
    return tag("div", *buttons, cls="wb-tabs")


def _sorted(lines: tuple[Line, ...], sort: str) -> list[Line]:
    if sort == "after":
        return sorted(lines, key=lambda line: fold(line.right))
    if sort == "before":
        return sorted(lines, key=lambda line: fold(line.left)[::-1])
    return list(lines)  # as they come, oldest first


def _further(asked: str, sort: str, start: int, total: int, filter: str | None) -> Html | None:
    given = ((start - LINES, "lines_before", start > 0), (start + LINES, "lines_after", start + LINES < total))
    buttons = [
        places.opener(places.words(asked, sort=sort, start=max(0, at) or None, filter=filter), say(key), cls="wb-link")
        for at, key, there in given
        if there
    ]
    where = tag("span", f"{start + 1:,}–{min(start + LINES, total):,} / {total:,}", cls="wb-note")
    return tag("div", *buttons, where, cls="wb-beside") if buttons else None


def _line(line: Line, *, several: bool) -> Html:
    citation = line.citation
    when = tag("span", day(citation.date) if citation.date else say("no_date"), cls="wb-when")
    paper = tag("span", citation.newspaper or say("no_newspaper"), cls="wb-whose") if several else None
    words = tag("button", line.words, cls="wb-open wb-key", type="button", value=_address(citation))
    return tag(
        "li",
        tag("span", when, paper, cls="wb-where"),
        tag("span", tag("span", line.left), cls="wb-left", lang=language(line.left)),
        words,
        tag("span", line.right, cls="wb-right", lang=language(line.right)),
    )


def _address(citation: Citation) -> str:
    """Return the path of the article with the words marked in their passage."""
    span = f"{citation.start}-{citation.end}"
    query = urlencode({"passage": citation.passage_id, "quote": span, "marks": span})
    return f"/page/articles/{percent(citation.article_id, safe='')}?{query}"
