"""In how many passages each token stands: what Milvus does not tell and BM25 cannot do without.

Counts lie in buckets, one row each, by the dimension of the token. A change of the archive adds one *delta*: small, written
at once, added up by every reader; when many have come they are merged into the buckets. Each bucket says up to which change
it counts, so merging may be broken off and done again, and a reader that meets both a bucket and its delta counts once.
"""

from __future__ import annotations

import base64
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.storage.milvus.bm25 import Lengths
from index.storage.milvus.client import Client, Row
from index.storage.milvus.commit import Commit
from index.storage.milvus.schema import COUNTS

PASSAGES, WORDS, GRAMS = -1, -2, -3  # totals, counted like tokens
_BUCKETS = 1 << 15
_ENTRIES = 3_000  # of 16 bytes in a column, as base85
_REMEMBERED = 100_000
_NONE = [0.0, 0.0]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Delta:
    """What the changes after ``first`` up to ``last`` added and took: dimensions ascending, and how much of each."""

    first: int
    last: int
    dimensions: Numbers
    changes: Numbers

    def of(self, dimension: int) -> int:
        """Return the change of one dimension."""
        at = int(np.searchsorted(self.dimensions, dimension))
        return int(self.changes[at]) if at < len(self.dimensions) and self.dimensions[at] == dimension else 0


class Tally:
    """Counts what passages come and go."""

    def __init__(self) -> None:
        self._dimensions: list[Numbers] = []
        self._changes: list[Numbers] = []
        self.passages = 0

    def add(self, rows: Iterable[Row], sign: int = 1) -> None:
        """Count the passages of some rows, which hold sparse, word_count and gram_count; take them off with a sign of -1."""
        found: list[Numbers] = []
        words = pairs = count = 0
        for row in rows:
            found.append(np.fromiter(row["sparse"], dtype=np.int64, count=len(row["sparse"])))
            words, pairs, count = words + row["word_count"], pairs + row["gram_count"], count + 1
        if not count:
            return
        dimensions, changes = np.unique(np.concatenate(found), return_counts=True)
        self._dimensions += [np.array([GRAMS, WORDS, PASSAGES]), dimensions]
        self._changes += [sign * np.array([pairs, words, count]), sign * changes.astype(np.int64)]
        self.passages += count

    def delta(self, first: int, last: int) -> Delta:
        """Return what was counted since the start."""
        if not self._dimensions:
            return Delta(first, last, np.zeros(0, np.int64), np.zeros(0, np.int64))
        return _sum(first, last, self._dimensions, self._changes)


def _sum(first: int, last: int, dimensions: Sequence[Numbers], changes: Sequence[Numbers]) -> Delta:
    all_dimensions, where = np.unique(np.concatenate(dimensions), return_inverse=True)
    totals = np.zeros(len(all_dimensions), dtype=np.int64)
    np.add.at(totals, where.reshape(-1), np.concatenate(changes))
    kept = totals != 0
    return Delta(first, last, all_dimensions[kept], totals[kept])


def write_delta(client: Client, delta: Delta) -> None:
    """Write a delta; writing it again changes nothing."""
    starts = range(0, max(1, len(delta.dimensions)), _ENTRIES)
    rows = []
    for start in starts:
        end = start + _ENTRIES
        data = _encoded(delta.dimensions[start:end], delta.changes[start:end])
        rows.append({"key": f"d{delta.first}-{delta.last}/{start}", "first": delta.first, "last": delta.last} | data)
    client.upsert(COUNTS, rows)


def read_deltas(client: Client, commit: Commit, *, level: str) -> list[Delta]:
    """Return the deltas that a commit counts beside its buckets, in order."""
    found: dict[tuple[int, int], list[Row]] = {}
    filter = f"first >= {max(commit.floor, commit.merged)} and last <= {commit.counted}"
    for row in client.scan(COUNTS, filter, ("key", "first", "last", "data"), level=level):
        found.setdefault((row["first"], row["last"]), []).append(row)
    deltas = []
    for (first, last), rows in sorted(found.items()):
        pairs = [_decoded(row["data"]) for row in rows]
        deltas.append(_sum(first, last, [pair[0] for pair in pairs], [pair[1] for pair in pairs]))
    return deltas


def complete(deltas: Sequence[Delta], commit: Commit) -> bool:
    """Tell whether no delta is missing; merging takes them out while others read."""
    reached = max(commit.floor, commit.merged)
    for delta in deltas:
        if delta.first != reached:
            return False
        reached = delta.last
    return reached == commit.counted


def merge(client: Client, deltas: Sequence[Delta], floor: int) -> None:
    """Add deltas to the buckets; those that count from before ``floor`` begin anew.

    Broken off, it may be done again; the deltas can be deleted afterwards.
    """
    if not deltas:
        return
    last = max(delta.last for delta in deltas)
    touched = np.unique(np.concatenate([delta.dimensions for delta in deltas]) % _BUCKETS)
    for at in range(0, len(touched), 500):
        keys = [f"b{bucket}" for bucket in touched[at : at + 500]]
        held = {row["key"]: row for row in client.get(COUNTS, keys, ("key", "last", "data"), level="Strong")}
        rows = []
        for bucket in touched[at : at + 500]:
            row = _since(held.get(f"b{bucket}"), floor)
            upto = row["last"] if row else -1
            dimensions, counts = _decoded(row["data"]) if row else (np.zeros(0, np.int64), np.zeros(0, np.int64))
            news = [_only(delta, int(bucket)) for delta in deltas if delta.first >= upto]
            total = _sum(0, last, [dimensions, *(d for d, _ in news)], [counts, *(c for _, c in news)])
            # Buckets have a "first" that no delta has: readers ask for deltas by it.
            rows.append({"key": f"b{bucket}", "first": -1, "last": last} | _encoded(total.dimensions, total.changes))
        client.upsert(COUNTS, rows)


def _since(row: Row | None, floor: int) -> Row | None:
    return row if row is not None and row["last"] > floor else None


def _only(delta: Delta, bucket: int) -> tuple[Numbers, Numbers]:
    here = delta.dimensions % _BUCKETS == bucket
    return delta.dimensions[here], delta.changes[here]


def _encoded(dimensions: Numbers, counts: Numbers) -> Row:
    return {"data": base64.b85encode(np.concatenate([dimensions, counts]).astype("<i8").tobytes()).decode(), "none": _NONE}


def _decoded(data: str) -> tuple[Numbers, Numbers]:
    values = np.frombuffer(base64.b85decode(data), dtype="<i8").astype(np.int64)
    half = len(values) // 2
    return values[:half], values[half:]


class Counts:
    """Counts as they were at one change; for many threads."""

    def __init__(self, client: Client, deltas: Sequence[Delta], commit: Commit, *, level: str) -> None:
        self._client = client
        self._deltas = deltas
        self._commit = commit
        self._level = level
        self._known: OrderedDict[int, int] = OrderedDict()
        self._guard = threading.Lock()
        totals = self.of([PASSAGES, WORDS, GRAMS])
        self.passages = max(0, totals[PASSAGES])
        divisor = max(1, self.passages)
        self.average = Lengths(totals[WORDS] / divisor, totals[GRAMS] / divisor)

    def of(self, dimensions: Iterable[int]) -> Mapping[int, int]:
        """Return in how many passages each token stands."""
        wanted = list(dict.fromkeys(dimensions))
        with self._guard:
            found = {dimension: self._known[dimension] for dimension in wanted if dimension in self._known}
        missing = [dimension for dimension in wanted if dimension not in found]
        if missing:
            found |= self._look_up(missing)
        return found

    def _look_up(self, dimensions: Sequence[int]) -> dict[int, int]:
        rows: dict[int, Row] = {}
        if self._commit.merged >= 0:
            keys = [f"b{bucket}" for bucket in {dimension % _BUCKETS for dimension in dimensions}]
            rows = {
                int(row["key"][1:]): row for row in self._client.get(COUNTS, keys, ("key", "last", "data"), level=self._level)
            }
        found = {}
        for dimension in dimensions:
            row = _since(rows.get(dimension % _BUCKETS), self._commit.floor)
            base, upto = (_value(row["data"], dimension), row["last"]) if row else (0, -1)
            found[dimension] = base + sum(delta.of(dimension) for delta in self._deltas if delta.first >= upto)
        with self._guard:
            self._known |= found
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found


def _value(data: str, dimension: int) -> int:
    dimensions, counts = _decoded(data)
    at = int(np.searchsorted(dimensions, dimension))
    return int(counts[at]) if at < len(dimensions) and dimensions[at] == dimension else 0
