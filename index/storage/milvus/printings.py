"""Which passages print one report, looked for when asked: by bands of their sketches, from each to those alike and on.

The rule is that of ``index.storage.reprints``: a shared band, and half of all numbers equal; what is alike over others is one
report. Nothing is grouped beforehand, so nothing has to be kept exact when sources come and go.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

import numpy as np

from index.storage.filters import UNDATED
from index.storage.milvus.client import Client, Row
from index.storage.milvus.commit import Moment
from index.storage.milvus.keys import among, both, number_of
from index.storage.reprints.sketch import NUMBER, SIZE, Sketches

_BAND = 4  # numbers, as in reprints.links
_EQUAL = SIZE // 2
_STEPS = 16
_TOGETHER = 200
_MOST = 100
_FIELDS = ("id", "born", "number", "day", "bands", "sketch")


def sketch_columns(numbers: Sketches) -> dict[str, object]:
    """Return what a passage's row holds of its sketch: the numbers as text, and a number for each band."""
    if not numbers.any():
        return {"sketch": "", "bands": []}
    return {"sketch": base64.b85encode(numbers.astype(NUMBER).tobytes()).decode(), "bands": _bands(numbers)}


def _bands(numbers: Sketches) -> list[int]:
    keys = np.ascontiguousarray(numbers, dtype=NUMBER).view("<u8")
    return [number_of(f"{place} {key}") for place, key in enumerate(keys.tolist())]


def printings(client: Client, moment: Moment, passages: str, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each passage that is printed elsewhere too the ids of those passages, the earliest first."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Row] = {}
    links: dict[str, set[str]] = {}
    fresh = _asked(client, moment, passages, "id_number", map(number_of, wanted))
    fresh = [row for row in fresh if row["id"] in set(wanted)]
    for _ in range(_STEPS):
        found |= {row["id"]: row for row in fresh}
        fresh = [row for row in fresh if row["sketch"]]
        if not fresh:
            break
        near = _asked(client, moment, passages, "bands", sorted({band for row in fresh for band in row["bands"]}))
        _link([*{row["id"]: row for row in [*fresh, *near] if row["sketch"]}.values()], fresh, links)
        fresh = [row for row in near if row["id"] not in found and row["id"] in links]
    groups = {id: _group(id, links) for id in wanted if id in links}
    return {
        id: tuple(each for each in _first(found[each] for each in group if each in found) if each != id)
        for id, group in groups.items()
    }


def _asked(client: Client, moment: Moment, passages: str, field: str, numbers: Iterable[int]) -> list[Row]:
    asked = list(numbers)
    rows: list[Row] = []
    for at in range(0, len(asked), _TOGETHER):
        these = asked[at : at + _TOGETHER]
        inside = f"array_contains_any({field}, [{','.join(map(str, these))}])" if field == "bands" else among(field, these)
        rows += client.query(passages, both(inside, moment.visible), _FIELDS, level=moment.level)
    return rows


def _link(rows: Sequence[Row], fresh: Sequence[Row], links: dict[str, set[str]]) -> None:
    """Note which of the fresh rows are alike to which of all."""
    numbers = np.stack([_numbers(row) for row in rows])
    keys = numbers.view("<u8")
    for row in fresh:
        mine = _numbers(row)
        alike = ((numbers == mine).sum(axis=1) >= _EQUAL) & (keys == mine.view("<u8")).any(axis=1)
        others = {rows[at]["id"] for at in np.flatnonzero(alike).tolist()} - {row["id"]}
        for other in others:
            links.setdefault(row["id"], set()).add(other)
            links.setdefault(other, set()).add(row["id"])


def _numbers(row: Row) -> Sketches:
    return np.frombuffer(base64.b85decode(row["sketch"]), dtype=NUMBER)


def _group(id: str, links: dict[str, set[str]]) -> set[str]:
    group, edge = {id}, {id}
    while edge:
        edge = set().union(*(links.get(each, set()) for each in edge)) - group
        group |= edge
    return group


def _first(rows: Iterable[Row]) -> list[str]:
    """Return the ids of the first that were taken in, the earliest first, the undated last."""
    taken = sorted(rows, key=lambda row: (row["born"], row["number"]))[:_MOST]
    return [row["id"] for row in sorted(taken, key=lambda row: (row["day"] == UNDATED, row["day"], row["id"]))]
