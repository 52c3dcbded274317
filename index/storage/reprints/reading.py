"""The printings of a report, as one pinned state of the truth knows them. Is given a way to select; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from index.storage.filters import UNDATED

Select = Callable[..., list[Any]]
_MOST = 100
_FORMAT = 2  # the first that knows reprints


def printings(select: Select, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each passage whose report others print too the ids of those, the earliest first, the undated last.

    Of a report printed more than a hundred times, the first taken in. An archive not yet moved to format 2 tells none.
    """
    if int(select("PRAGMA user_version")[0][0]) < _FORMAT:
        return {}
    statement = "SELECT p.id, g.report FROM passages p JOIN printings g USING(row) WHERE p.id IN (SELECT value FROM json_each(?))"
    found = dict(select(statement, json.dumps(list(ids))))
    members = {report: _members(select, report) for report in set(found.values())}
    return {id: tuple(other for other in members[report] if other != id) for id, report in found.items()}


def _members(select: Select, report: int) -> list[str]:
    statement = (
        "SELECT i.day, p.id FROM (SELECT row FROM printings WHERE report = ? ORDER BY row LIMIT ?)"
        " JOIN passages p USING(row) JOIN articles a USING(article) JOIN issues i USING(issue)"
    )
    return [id for _, _, id in sorted((day == UNDATED, day, id) for day, id in select(statement, report, _MOST))]
