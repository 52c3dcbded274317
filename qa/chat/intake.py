"""Newspapers on their way into the archive, and how the page shows them: the plan, the progress, what came of it.

File names and reasons come in as plain strings and leave through ``markup.esc``. Knows nothing of requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.preview import PagePreview
from index.schema import Skipped, UpdateReport
from qa.chat.markup import Html, join, tag
from qa.chat.reasons import in_chinese
from qa.chat.source import dotted, place
from qa.chat.strings import count, pair, say

Kind = Literal["new", "replaces", "held", "refused"]
State = Literal["planned", "running", "done", "failed"]
_ORDER: tuple[Kind, ...] = ("new", "replaces", "held", "refused")
_PAGES_SHOWN = 3
_REASONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Item:
    """A file that was sent: what it would do, the pages read from it, and what in it cannot be read."""

    name: str
    kind: Kind
    pages: tuple[PagePreview, ...]
    skipped: tuple[Skipped, ...]


@dataclass(slots=True)
class Batch:
    """Files sent together, and how far they are. ``problem`` is one line; empty when it failed in a way nobody foresaw."""

    token: str
    items: tuple[Item, ...]
    state: State = "planned"
    done: int = 0
    total: int = 0
    report: UpdateReport | None = None
    problem: str = ""

    @property
    def wanted(self) -> tuple[Item, ...]:
        """The files that are to be taken in."""
        return tuple(item for item in self.items if item.kind in ("new", "replaces"))


def plan(batch: Batch) -> Html:
    """Return what taking the batch in would do, file by file; nothing was done yet."""
    groups = [(kind, [item for item in batch.items if item.kind == kind]) for kind in _ORDER]
    parts = [_group(kind, items) for kind, items in groups if items]
    return tag("div", *parts, cls="wb-plan")


def _group(kind: Kind, items: Sequence[Item]) -> Html:
    return tag("section", tag("h3", count(f"plan_{kind}", len(items))), tag("ul", *map(_item, items)))


def _item(item: Item) -> Html:
    shown = [tag("div", _page(page), cls="wb-plan-page") for page in item.pages[:_PAGES_SHOWN]]
    more = len(item.pages) - _PAGES_SHOWN
    rest = tag("div", count("plan_more_pages", more), cls="wb-plan-page") if more > 0 else None
    return tag("li", tag("b", item.name), *shown, rest, _reasons(item.name, item.skipped))


def _page(page: PagePreview) -> Html:
    facts = [place(page), count("articles", page.articles)]
    headline = join(" · ", tag("q", page.first_headline)) if page.first_headline else None
    return join(dotted(facts), headline)


def _reasons(name: str, skipped: Iterable[Skipped]) -> Html | None:
    lines = list(skipped)
    if not lines:
        return None
    shown = [tag("li", _reason(name, each)) for each in lines[:_REASONS_SHOWN]]
    more = len(lines) - _REASONS_SHOWN
    return tag("ul", *shown, tag("li", count("plan_more_reasons", more)) if more > 0 else None, cls="wb-reasons")


def _reason(name: str, each: Skipped) -> Html:
    """Return why, with the file inside a package and the line where they are known."""
    inner = None if each.source == name else join(tag("i", each.source), ": ")
    where = say("plan_line", n=each.line) if each.line is not None else None
    return join(inner, where, pair(in_chinese(each.reason), each.reason))


def progress(batch: Batch) -> Html:
    """Return how far the taking in is, in words."""
    return tag("p", say("adding_now", done=min(batch.done + 1, batch.total), total=batch.total), cls="wb-note")


def outcome(batch: Batch) -> Html:
    """Return what came of it: what the archive took in, or why it did not."""
    if batch.report is None:
        why = pair(in_chinese(batch.problem), batch.problem)
        detail = tag("p", say("error_detail"), why, cls="wb-note") if batch.problem else None
        return join(tag("p", say("adding_failed"), cls="wb-verdict"), detail)
    report = batch.report
    parts = [
        count(key, number)
        for key, number in (("added", report.added), ("replaced", report.replaced), ("held_already", report.unchanged))
        if number
    ]
    told = tag("p", dotted(parts), cls="wb-note") if parts else None
    taken = report.added + report.replaced > 0
    verdict = tag("p", say("adding_done" if taken else "adding_nothing"), cls="wb-verdict")
    return join(verdict, told, _reasons("", report.skipped))
