"""All vectors as they are, compared one by one: for archives small enough that this takes a few milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.schema import Vectors
from index.storage.dense.files import Rows, Stored, faiss, one_question, write
from index.storage.passing import Passing


class Exact:
    """Vectors of passages. Safe to search from many threads; change it only before anyone searches."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def create(cls, dimensions: int) -> Exact:
        """Return an empty index."""
        return cls(faiss.IndexIDMap(faiss.IndexFlatIP(dimensions)))

    def save(self, path: Path) -> None:
        """Write the index to a file. Raises OSError when the disk is full."""
        write(self._index, path)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        return int(self._index.d)

    def rows(self) -> Rows:
        """Return the rows of all passages in it, ascending."""
        return np.sort(faiss.vector_to_array(self._index.id_map).astype(np.int64))

    def add(self, rows: Rows, vectors: Vectors) -> None:
        """Add one vector a row, shape (len(rows), dimensions)."""
        if len(rows):
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), rows)

    def remove(self, gone: Sequence[tuple[int, int]]) -> None:
        """Take out the rows of each (first, last) range, both included."""
        for first, last in gone:
            self._index.remove_ids(faiss.IDSelectorRange(first, last + 1))

    def search(self, vector: Vectors, *, limit: int, allowed: Passing | None, stored: Stored) -> list[tuple[int, float]]:
        """Return (row, inner product) of the nearest passages, best first; only those in ``allowed`` unless it is None.

        ``vector`` has shape (dimensions,). Ties come in no particular order. ``stored`` is not needed here.
        """
        limit = min(limit, self.size if allowed is None else allowed.count)
        if limit < 1:
            return []
        parameters = None if allowed is None else faiss.SearchParameters(sel=faiss.IDSelectorBitmap(allowed.bits))
        scores, rows = self._index.search(one_question(vector), limit, params=parameters)
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def holds(self, rows: Rows, vectors: Vectors) -> bool:
        """Tell whether these vectors stand at these rows, all of which are in it; ascending rows."""
        order = np.argsort(faiss.vector_to_array(self._index.id_map))
        found = faiss.vector_to_array(self._index.id_map)[order]
        places = order[np.searchsorted(found, rows)]
        flat = faiss.downcast_index(self._index.index)
        return bool(np.array_equal(flat.reconstruct_batch(places), vectors)) if len(rows) else True
