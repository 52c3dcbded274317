"""The dense leg: exact inner product over all vectors, by FAISS.

Rows of vectors are L2-normalised, so inner product is cosine. Knows passages only by their row in the truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from index.schema import Vectors
from index.storage.lexical import LegDamaged

Rows = NDArray[np.int64]
# FAISS ships stubs that know neither its Python wrappers nor its callbacks.
faiss: Any = _faiss


class Dense:
    """Vectors of passages. Safe to search from many threads; change it only before anyone searches."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def create(cls, dimensions: int) -> Dense:
        """Return an empty index."""
        return cls(faiss.IndexIDMap(faiss.IndexFlatIP(dimensions)))

    @classmethod
    def open(cls, path: Path) -> Dense:
        """Read an index from a file whose checksum was verified: FAISS itself loads damaged files without a word."""
        try:
            with path.open("rb") as file:
                index = faiss.read_index(faiss.PyCallbackIOReader(file.read))
        except RuntimeError as error:
            raise LegDamaged(f"dense index: {str(error).splitlines()[0]}") from error
        if not isinstance(index, faiss.IndexIDMap):
            raise LegDamaged("dense index: it is of another kind")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to a file. Raises OSError when the disk is full."""
        # Through Python's file: FAISS cannot open every path on Windows, and its own writer hides the system's reason.
        with path.open("wb") as file:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write))

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

    def search(self, vector: Vectors, *, limit: int, allowed: Rows | None) -> list[tuple[int, float]]:
        """Return (row, inner product) of the nearest passages, best first; only rows in ``allowed`` unless it is None.

        ``vector`` has shape (dimensions,). Ties come in no particular order.
        """
        limit = min(limit, self.size if allowed is None else len(allowed))
        if limit < 1:
            return []
        # One thread: two were measured 4-5 times slower for a single question. The setting belongs to the calling thread.
        faiss.omp_set_num_threads(1)
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        parameters = None if allowed is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))
        scores, rows = self._index.search(question, limit, params=parameters)
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def holds(self, rows: Rows, vectors: Vectors) -> bool:
        """Tell whether exactly these vectors stand at these rows."""
        order = np.argsort(faiss.vector_to_array(self._index.id_map))
        flat = faiss.downcast_index(self._index.index)
        return len(order) == len(rows) and bool(np.array_equal(flat.reconstruct_n(0, flat.ntotal)[order], vectors))
