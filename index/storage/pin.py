"""One pinned state of a local archive: a snapshot of the truth, the legs that fit it, and the ranking over both.

Legs know passages by row, the truth knows them by id: here one becomes the other. Opens and writes nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

import numpy as np

from index.errors import ArchiveDamaged
from index.schema import Filter, Hit, Term, Vectors
from index.storage.dense import Compact
from index.storage.derived import Legs
from index.storage.lexical import Key, LegDamaged
from index.storage.snapshot import Snapshot

Scored = list[tuple[int, float]]  # (row, score), best first

_SPARE = 32  # hits beyond those asked for, lest a tie at the cut need another search
_SPARE_LEXICAL = 8  # ties are rare there, and each hit costs
_MOST = 4_096
_SEARCHES = 4  # at once; each keeps a processor busy


@functools.lru_cache(maxsize=1)
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_SEARCHES, thread_name_prefix="dense")


@dataclass(frozen=True, slots=True)
class Pin:
    """A snapshot, the legs to search it with, and what gives both back. The legs are never newer than the snapshot."""

    snapshot: Snapshot
    legs: Legs
    give_back: Callable[[], None]
    begun: dict[tuple[bytes, int], Future[Scored]] = field(default_factory=dict)
    counts: dict[Key, int] = field(default_factory=dict)

    def release(self) -> None:
        """Give snapshot and legs back, once nothing begun reads them any more."""
        wait(self.begun.values())
        self.give_back()

    @property
    def records(self) -> Snapshot:
        """What was printed."""
        return self.snapshot

    @property
    def size(self) -> int:
        """The number of passages."""
        return self.legs.dense.size if self.legs.sequence == self.snapshot.sequence else self.snapshot.size()

    def search_lexical(self, terms: Sequence[Term], *, limit: int, filter: Filter) -> list[Hit]:
        """Rank by the sum over terms of weight × BM25; at most 64 terms count. The filter applies before ranking."""
        leg = self.legs.lexical
        passing = self.snapshot.passing(filter) if filter else None
        return self._ranked(
            lambda most: leg.search(terms, limit=most, filter=filter, passing=passing, counts=self.counts), limit, _SPARE_LEXICAL
        )

    def foresee_dense(self, question: Vectors, *, limit: int, filter: Filter) -> None:
        """Begin what ``search_dense`` will need for the same question, in a thread beside; changes no result."""
        leg = self.legs.dense
        if isinstance(leg, Compact) and leg.size and not filter:
            vector, most = np.array(question, dtype=np.float32), limit + _SPARE
            begun = _beside().submit(leg.search, vector, limit=most, allowed=None, stored=self.snapshot.stored)
            self.begun[vector.tobytes(), most] = begun

    def search_dense(self, question: Vectors, *, limit: int, filter: Filter) -> list[Hit]:
        """Rank by inner product. The filter applies before ranking."""
        leg = self.legs.dense
        if leg.size == 0:
            return []
        vector = np.asarray(question, dtype=np.float32)
        allowed = self.snapshot.passing(filter) if filter else None

        def search(most: int) -> Scored:
            begun = self.begun.pop((vector.tobytes(), most), None) if allowed is None else None
            return begun.result() if begun else leg.search(vector, limit=most, allowed=allowed, stored=self.snapshot.stored)

        return self._ranked(search, limit)

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        """Return for each term how many passages hold it."""
        keys = [(str(term.field), term.text) for term in terms]
        new = [term for key, term in zip(keys, terms, strict=True) if key not in self.counts]
        try:
            counted = self.legs.lexical.document_frequency(new)
        except LegDamaged as damage:
            raise ArchiveDamaged(f"{damage}; run `check --repair`") from damage
        self.counts.update(((str(term.field), term.text), count) for term, count in zip(new, counted, strict=True))
        return [self.counts[key] for key in keys]

    def _ranked(self, search: Callable[[int], Scored], limit: int, spare: int = _SPARE) -> list[Hit]:
        """Search for more than asked until ties at the cut are whole, so that equal scores rank by id wherever rows lie."""
        if limit < 1:
            return []
        most = limit + spare
        while True:
            scored = self._searched(search, most)
            ranked = self._named(scored, limit)
            complete = len(scored) < most or most >= _MOST + limit
            if complete or (len(ranked) >= limit and scored[-1][1] < -ranked[limit - 1][0]):
                return [Hit(id, -score, rank) for rank, (score, id) in enumerate(ranked[:limit], start=1)]
            most *= 4

    def _named(self, scored: Scored, limit: int) -> list[tuple[float, str]]:
        """Return (negative score, id), best first, of those that may be among the best; of more only where some have gone."""
        ranked: list[tuple[float, str]] = []
        for count in (limit, len(scored)):
            head = [hit for hit in scored if hit[1] >= scored[count - 1][1]] if count < len(scored) else scored
            ids = self.snapshot.ids(row for row, _ in head)
            ranked = sorted((-score, ids[row]) for row, score in head if row in ids)
            if len(ranked) >= limit or len(head) == len(scored):
                break
        return ranked

    def _searched(self, search: Callable[[int], Scored], most: int) -> Scored:
        try:
            return search(most)
        except LegDamaged as damage:
            raise ArchiveDamaged(f"{damage}; run `check --repair`") from damage
