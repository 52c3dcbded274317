"""Which passages a filter lets pass, at any size of an archive: a bit a row, and what is remembered between questions.

The rows of a page lie next to each other, so a table of pages with their first and last row decides all but authors. It is
read once, taken further after each change, and what the latest filters let pass is kept. Ranks nothing; the meaning of
names and days stands in ``index.storage.filters``.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.schema import Filter
from index.storage.filters import UNDATED, days, name_key

Rows = NDArray[np.int64]
_FOLLOWED = 100  # changes; after more of them the table is read anew
_REMEMBERED = 32  # filters, an eighth of a megabyte each where there are a million passages
_NO_NAME = -1


# CROSS JOIN keeps SQLite to this order: indexes alone are read, no text.
_PAGES = (
    "SELECT min(p.row), max(p.row), i.day, i.newspaper_key, i.page_key FROM issues i"
    " CROSS JOIN articles a ON a.issue = i.issue CROSS JOIN passages p ON p.article = a.article"
    " WHERE i.source IN (SELECT source FROM sources WHERE first_row > ?) GROUP BY i.issue"
)
_BY_AUTHORS = (
    "SELECT row FROM passages WHERE article IN (SELECT article FROM authors WHERE name_key IN (SELECT value FROM json_each(?)))"
)


@dataclass(frozen=True, slots=True)
class Passing:
    """The rows that pass: bit ``row % 8`` of byte ``row // 8``. ``count`` says how many."""

    bits: NDArray[np.uint8]
    count: int

    @classmethod
    def of(cls, rows: Rows) -> Passing:
        """Make it of some rows."""
        passing = np.zeros(int(rows.max()) + 1 if len(rows) else 0, dtype=bool)
        passing[rows] = True
        return cls.where(passing)

    @classmethod
    def where(cls, passing: NDArray[np.bool_]) -> Passing:
        """Make it of one truth value a row, from row 0."""
        return cls(np.packbits(passing, bitorder="little"), int(np.count_nonzero(passing)))

    def rows(self) -> Rows:
        """Return the rows, ascending."""
        return np.flatnonzero(np.unpackbits(self.bits, bitorder="little"))

    def holds(self, rows: Rows) -> NDArray[np.bool_]:
        """Tell for each row whether it passes."""
        inside = rows < len(self.bits) * 8
        found = np.zeros(len(rows), dtype=bool)
        found[inside] = (self.bits[rows[inside] >> 3] >> (rows[inside] & 7).astype(np.uint8)) & 1
        return found


class Truth(Protocol):
    """What is read of a snapshot of the truth."""

    archive: str
    sequence: int

    def mark(self, sequence: int) -> str:
        """Return the mark of the change with this number, empty when there was none."""
        ...

    def changes(self, after: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return the ranges of rows (gone, new) of each change after a sequence."""
        ...

    def select(self, statement: str, *bindings: Any) -> list[Any]:
        """Return all rows of a statement that reads."""
        ...


class _Pages:
    """The pages of one state of an archive: a table with the columns first row, last row, day, newspaper, page."""

    def __init__(self, truth: Truth, table: Rows, names: dict[str, int]) -> None:
        self.archive, self.sequence, self.mark = truth.archive, truth.sequence, truth.mark(truth.sequence)
        self._table, self._names = table, names
        self._end = int(table[:, 1].max()) + 1 if len(table) else 0

    @classmethod
    def read(cls, truth: Truth) -> _Pages:
        """Return the pages of a snapshot."""
        names: dict[str, int] = {}
        return cls(truth, _table(truth.select(_PAGES, 0), names), names)

    def of(self, truth: Truth) -> bool:
        """Tell whether this is the state of a snapshot."""
        return (self.archive, self.sequence, self.mark) == (truth.archive, truth.sequence, truth.mark(truth.sequence))

    def at(self, truth: Truth) -> _Pages:
        """Return the pages of another snapshot; of a somewhat later one only what is new is read."""
        if self.archive != truth.archive or self.sequence > truth.sequence or truth.mark(self.sequence) != self.mark:
            return self.read(truth)
        changes = truth.changes(self.sequence)
        if len(changes) > _FOLLOWED:
            return self.read(truth)
        left = np.ones(len(self._table), dtype=bool)
        for (first, last), _ in changes:
            left &= (self._table[:, 0] < first) | (self._table[:, 0] > last)
        names = dict(self._names)
        new = _table(truth.select(_PAGES, self._end - 1), names)
        return _Pages(truth, np.concatenate([self._table[left], new]), names)

    def passing(self, filter: Filter) -> NDArray[np.bool_]:
        """Return one truth value a row for what a filter says of pages."""
        first, last, day, newspaper, page = self._table.T
        chosen = np.ones(len(self._table), dtype=bool)
        if filter.dates:
            dated = np.zeros(len(self._table), dtype=bool)
            for span in filter.dates:
                earliest, latest = days(span)
                dated |= (day >= earliest) & (day <= latest)
            chosen &= dated | ((day == UNDATED) & filter.undated)
        for column, names in ((newspaper, filter.newspapers), (page, filter.pages)):
            if names:
                chosen &= np.isin(column, [self._names[key] for name in names if (key := name_key(name)) in self._names])
        edges = np.zeros(self._end + 1, dtype=np.int8)
        edges[first[chosen]] += 1
        edges[last[chosen] + 1] -= 1
        return np.cumsum(edges, dtype=np.int8)[: self._end].astype(bool)


def _table(pages: Sequence[Any], names: dict[str, int]) -> Rows:
    """Return pages as rows of numbers; new names are added to ``names``."""

    def number(name: str | None) -> int:
        return _NO_NAME if name is None else names.setdefault(name, len(names))

    numbers = [(first, last, day, number(newspaper), number(page)) for first, last, day, newspaper, page in pages]
    return np.array(numbers, dtype=np.int64).reshape(-1, 5)


class Filters:
    """What filters let pass in the states of one archive. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: _Pages | None = None
        self._known: OrderedDict[Filter, Passing] = OrderedDict()

    def passing(self, truth: Truth, filter: Filter) -> Passing:
        """Return what a filter lets pass in a snapshot. Raises QuestionError for a day that is no ISO date."""
        with self._lock:
            pages = self._pages
            if pages is None or not pages.of(truth):
                self._pages = pages = _Pages.read(truth) if pages is None else pages.at(truth)
                self._known.clear()
            found = self._known.pop(filter, None) or _passing(pages, truth, filter)
            self._known[filter] = found
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            return found


def _passing(pages: _Pages, truth: Truth, filter: Filter) -> Passing:
    passing = pages.passing(filter)
    if filter.authors:
        keys = [key for name in filter.authors if (key := name_key(name))]
        rows = np.array([row for (row,) in truth.select(_BY_AUTHORS, json.dumps(keys))], dtype=np.int64)
        written = np.zeros_like(passing)
        written[rows] = True
        passing &= written
    return Passing.where(passing)
