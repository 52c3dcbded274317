"""Which kind of dense leg an archive of some size gets, and opening whichever a file holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from index.schema import Vectors
from index.storage.dense.compact import Compact
from index.storage.dense.exact import Exact
from index.storage.dense.files import Rows, Stored, faiss, read
from index.storage.lexical import LegDamaged
from index.storage.passing import Passing

# Exact search reads every vector: 4 ms at this size with 512 dimensions, where codes take 1 ms and 500 vectors more 2 ms.
EXACT_UP_TO = 20_000


class Dense(Protocol):
    """Vectors of passages by row. Safe to search from many threads; changed only before anyone searches."""

    @property
    def size(self) -> int: ...
    @property
    def dimensions(self) -> int: ...
    def rows(self) -> Rows: ...
    def add(self, rows: Rows, vectors: Vectors) -> None: ...
    def remove(self, gone: Sequence[tuple[int, int]]) -> None: ...
    def search(self, vector: Vectors, *, limit: int, allowed: Passing | None, stored: Stored) -> list[tuple[int, float]]: ...
    def holds(self, rows: Rows, vectors: Vectors) -> bool: ...
    def save(self, path: Path) -> None: ...


def _kind(passages: int) -> type[Exact] | type[Compact]:
    return Exact if passages <= EXACT_UP_TO else Compact


def create(dimensions: int, passages: int) -> Dense:
    """Return an empty leg of the kind that suits an archive of so many passages."""
    return _kind(passages).create(dimensions)


def suits(leg: Dense, passages: int) -> bool:
    """Tell whether a leg is of the kind that suits an archive of so many passages."""
    return isinstance(leg, _kind(passages))


def open_leg(path: Path) -> Dense:
    """Read a leg of either kind from a file whose checksum was verified. Raises LegDamaged when it cannot be used."""
    index = read(path)
    if isinstance(index, faiss.IndexIDMap):
        return Exact(index)
    if isinstance(index, faiss.IndexPreTransform):
        return Compact(index)
    raise LegDamaged("dense index: it is of another kind")
