"""Where the articles about a question stand in time, as bars under its answer; and what an answer tells the page's script.

The bars are fetched after the answer stands on the page. Finds nothing itself.
"""

from __future__ import annotations

import json
import re

from qa.chat.bars import Bar, bars, days_between, months_between, period
from qa.chat.markup import Html, tag
from qa.chat.strings import say
from qa.schema import Answer, Timeline, Unit

_MOST_BARS = 160
_MOST_PHRASES = 3
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,40})[”\"」』]")
_LONE = re.compile(r"\s*[“\"「『]([^“”\"「」『』]{1,80})[”\"」』]\s*[？?。]?\s*")


def traced(answer: Answer) -> Html:
    """Return, unseen, how a question was understood: what its filter chips, its bars and its phrases are made of."""
    meant = answer.interpretation
    told = {
        "asked": answer.question,
        "meant": meant.question or answer.question,
        "filter": meant.filter.to_dict(),
        # The contents of an issue have no course, and a story brings its own.
        "found": answer.found and answer.contents is None and answer.timeline is None,
    }
    trace = tag("button", cls="wb-traced", type="button", value=json.dumps(told, ensure_ascii=False), hidden="hidden")
    return tag("div", trace, *_phrases(answer.question), cls="wb-onward")


def _phrases(question: str) -> list[Html]:
    """Return a button for each phrase in quotation marks that shows every place where it stands."""
    lone = _LONE.fullmatch(question)
    phrases = [lone.group(1)] if lone else _QUOTED.findall(question)
    wanted = [phrase for phrase in dict.fromkeys(phrase.strip() for phrase in phrases) if phrase]
    return [_everywhere(phrase, alone=lone is not None) for phrase in wanted[:_MOST_PHRASES]]


def _everywhere(phrase: str, *, alone: bool) -> Html:
    """Return the button for one phrase; ``alone``: the reader asked for nothing else, so the page opens it by itself."""
    cls = f"wb-everywhere wb-link{' wb-alone' if alone else ''}"
    return tag("button", say("every_place", words=phrase), cls=cls, type="button", value=phrase)


def hits(found: Timeline | None) -> Html | None:
    """Return the bars of a story, a click on one of which asks again of that time; None where one period has it all."""
    if found is None or sum(each.articles > 0 for each in found.counts) < 2:
        return None
    items = _items(found)[:_MOST_BARS]
    total = sum(each.articles for each in found.counts)
    head = tag("p", say(f"hits_by_{found.unit}", n=f"{total:,}"), cls="wb-hits-head")
    ends = tag("p", tag("span", period(items[0].period)), tag("span", period(items[-1].period)), cls="wb-ends")
    undated = tag("p", say("hits_undated", n=f"{found.undated:,}"), cls="wb-note") if found.undated else None
    return tag("section", head, bars(items, opens="wb-period", cls="wb-low"), ends, undated, cls="wb-hits")


def _items(found: Timeline) -> list[Bar]:
    """Return a bar for every period, those of which the archive holds nothing too, so that time runs evenly."""
    told = {each.period: each.articles for each in found.counts}
    return [Bar(each, told.get(each), each) for each in _axis(min(told), max(told), found.unit)]


def _axis(first: str, last: str, unit: Unit) -> list[str]:
    if unit == "year":
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    return months_between(first, last) if unit == "month" else days_between(first, last)
