"""One issue to leaf through: the pages of a newspaper on a day in printed order, their articles, the issues before and after.

Pages without a date, or without the name of their newspaper, are leafed through just the same. Cites nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.schema import ArticleRecord, IssueRecord
from index.text import fold
from qa.news.calendar import Calendar


class Leafed(Protocol):
    """What is needed of one pinned state of an archive."""

    def issues_of(self, date: str | None) -> Sequence[IssueRecord]: ...
    def articles(self, issue_id: str) -> Sequence[ArticleRecord]: ...


@dataclass(frozen=True, slots=True)
class LeafedPage:
    """A page of an issue with its articles in printed order."""

    record: IssueRecord
    articles: tuple[ArticleRecord, ...]


@dataclass(frozen=True, slots=True)
class LeafedIssue:
    """What one newspaper printed on a day. ``date`` None: pages without a date, ``newspaper`` None: pages that name none.

    ``newspapers`` are all that printed on that day, in the order of the calendar; ``before`` and ``after`` are the days of this
    newspaper's neighbouring issues. ``omitted`` counts pages beyond the limit. Without pages the archive holds no such issue,
    and ``before`` and ``after`` are the nearest that it holds.
    """

    newspaper: str | None
    date: str | None
    pages: tuple[LeafedPage, ...]
    newspapers: tuple[str | None, ...]
    before: str | None = None
    after: str | None = None
    omitted: int = 0


def leaf(
    view: Leafed,
    calendar: Calendar,
    date: str | None,
    *,
    newspaper: str | None = None,
    any_newspaper: bool = False,
    limit: int = 40,
) -> LeafedIssue:
    """Return an issue of up to ``limit`` pages; ``any_newspaper`` takes the first that printed on that day."""
    records = list(view.issues_of(date))
    order = {run.newspaper: place for place, run in enumerate(calendar.runs)}
    newspapers = sorted(_named(records, order), key=lambda name: (order.get(name, len(order)), name is None, name or ""))
    if any_newspaper and newspapers:
        newspaper = newspapers[0]
    mine = sorted((record for record in records if _same(record.newspaper, newspaper)), key=_place)
    pages = tuple(LeafedPage(record, tuple(view.articles(record.id))) for record in mine[:limit])
    before, after = _neighbours(calendar, date, newspaper, any_newspaper=any_newspaper and not mine)
    return LeafedIssue(newspaper, date, pages, tuple(newspapers), before, after, max(0, len(mine) - limit))


def _named(records: Iterable[IssueRecord], known: Iterable[str | None]) -> set[str | None]:
    """Return the newspapers of pages, each under the one spelling that the calendar gives it."""
    spelled = {fold(name): name for name in known if name is not None}
    return {None if record.newspaper is None else spelled.get(fold(record.newspaper), record.newspaper) for record in records}


def _same(printed: str | None, wanted: str | None) -> bool:
    return printed == wanted if printed is None or wanted is None else fold(printed) == fold(wanted)


def _neighbours(
    calendar: Calendar, date: str | None, newspaper: str | None, *, any_newspaper: bool
) -> tuple[str | None, str | None]:
    if date is None:
        return None, None
    if any_newspaper:
        found = [run.neighbours(date) for run in calendar.runs]
        return (
            max((before for before, _ in found if before), default=None),
            min((after for _, after in found if after), default=None),
        )
    run = calendar.run(newspaper)
    return run.neighbours(date) if run else (None, None)


def _place(record: IssueRecord) -> tuple[bool, str, int, str, str]:
    """Order pages as they are printed: A1, A2, A10, B1; those without a number last."""
    match = re.fullmatch(r"(\D*)(\d*)(.*)", fold(record.page or ""), re.DOTALL)
    letters, digits, rest = match.groups() if match else ("", "", "")
    return record.page is None, letters, int(digits or 0), rest, record.id
