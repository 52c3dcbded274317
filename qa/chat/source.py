"""How one source looks: where it was printed, its quote with the answering words marked, its card.

Offsets are code points into the passage text, as in ``qa.schema.Citation``. Knows nothing of the rest of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import quote as percent
from urllib.parse import urlencode

from qa.chat.copying import box, copies
from qa.chat.markup import Html, esc, join, tag
from qa.chat.news import printings
from qa.chat.places import whole_issue
from qa.chat.strings import day, flag, flag_name, say
from qa.recognition import doubtful
from qa.schema import Citation

Span = tuple[int, int]
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_DOT = Html('<span class="wb-dot"> · </span>')


class Placed(Protocol):
    """Anything that knows where it was printed: a citation or an article."""

    @property
    def newspaper(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def issue_number(self) -> int | None: ...
    @property
    def page(self) -> str | None: ...


def language(text: str) -> str | None:
    """Return ``zh`` for text with Chinese characters, so that the browser sets it in a Chinese manner; else None."""
    return "zh" if _HAN.search(text) else None


def numeral(number: int) -> str:
    """Return ① to ⑳, and (21) from there on."""
    return _CIRCLED[number - 1] if 1 <= number <= len(_CIRCLED) else f"({number})"


def dotted(parts: Iterable[Html]) -> Html:
    """Return the parts with a middle dot between them."""
    return Html(_DOT.join(parts))


def place(printed: Placed) -> Html:
    """Return newspaper, day, issue number and page; what is not printed is said to be so."""
    parts = [tag("b", printed.newspaper) if printed.newspaper else say("no_newspaper")]
    parts.append(day(printed.date) if printed.date else say("no_date"))
    if printed.issue_number is not None:
        parts.append(say("issue_number", n=printed.issue_number))
    if printed.page:
        parts.append(say("page", page=printed.page.lstrip("0") or printed.page))
    return dotted(parts)


def clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """Return the parts of ``spans`` inside [start, end), in order, merged where they touch or overlap."""
    merged: list[Span] = []
    for low, high in sorted((max(low, start), min(high, end)) for low, high in spans):
        if low >= high:
            continue
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def marked(text: str, start: int, end: int, marks: Sequence[Span]) -> Html:
    """Return ``text[start:end]`` with every mark inside it in a ``<mark>``."""
    parts: list[Html] = []
    at = start
    for low, high in clipped(marks, start, end):
        parts += [esc(text[at:low]), tag("mark", text[low:high])]
        at = high
    return join(*parts, esc(text[at:end]))


def quoted(citation: Citation) -> Html:
    """Return the quote with its answering words marked."""
    return marked(citation.passage_text, citation.start, citation.end, citation.marks)


def address(citation: Citation) -> str:
    """Return the path of the article with this passage, quote and marks in view."""
    query = {
        "passage": citation.passage_id,
        "quote": f"{citation.start}-{citation.end}",
        "marks": ",".join(f"{low}-{high}" for low, high in clipped(citation.marks, citation.start, citation.end)),
    }
    return f"/page/articles/{percent(citation.article_id, safe='')}?{urlencode(query)}"


def reference(citation: Citation) -> Html:
    """Return the small number behind a quote; a click opens its article."""
    hidden = tag("span", say("read"), cls="wb-hidden")
    return tag("button", numeral(citation.number), hidden, cls="wb-ref wb-open", type="button", value=address(citation))


def _where(citation: Citation) -> Html:
    if citation.paragraph is not None:
        return say("paragraph", n=citation.paragraph)
    printed = citation.passage_text.lstrip()
    return say("caption") if printed.startswith(("△", "▲", "◇", "▽")) else Html()


def _unsure(citation: Citation) -> Html:
    """Return how sure the recognition of a scan is, where its words should be checked."""
    sure = doubtful(citation)
    return say("recognised", sure=sure) if sure else Html()


def card(citation: Citation, *, with_quote: bool) -> Html:
    """Return a source: number, place, headline, flags, citation to copy; ``with_quote`` shows its words too."""
    opener = tag(
        "button",
        tag("span", numeral(citation.number), cls="wb-number"),
        tag("span", place(citation), cls="wb-place"),
        tag("span", citation.headline or say("no_headline"), cls="wb-headline"),
        cls="wb-open wb-card-open",
        type="button",
        value=address(citation),
    )
    words = tag("div", quoted(citation), cls="wb-card-quote", lang=language(citation.quote)) if with_quote else None
    actions = tag(
        "div",
        *(part for part in (_where(citation), _unsure(citation)) if part),
        tag("button", say("read"), cls="wb-open wb-link", type="button", value=address(citation)),
        whole_issue(citation),
        copies(citation.passage_id, citation.gbt7714),
        cls="wb-actions",
    )
    return tag("div", opener, words, actions, printings(citation), _flags(citation), box(citation.gbt7714), cls="wb-card")


def _flags(citation: Citation) -> Html | None:
    """Return the flags as one quiet line that opens to their meanings."""
    if not citation.flags:
        return None
    names = tag("summary", dotted(flag_name(name) for name in citation.flags))
    meanings = tag("div", *(flag(name) for name in citation.flags), cls="wb-flags")
    return tag("details", names, meanings, cls="wb-inferred")
