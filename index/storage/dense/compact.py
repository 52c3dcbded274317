"""Codes of a quarter of a byte a dimension that choose candidates; the stored vectors then rank them.

The vectors are rotated at random and every pair of dimensions is coded by the nearest of 16 points, the same for all:
after a random rotation the pairs of normalised vectors are close to normally distributed, whatever model made them. So
nothing is trained, and an archive that grew issue by issue has the codes of one made at a stroke.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.schema import Vectors
from index.storage.dense.files import Rows, Stored, faiss, one_question, write
from index.storage.passing import Passing

_SEED = 20_210_608
_POINTS = 16  # FAISS scans codes of 4 bits with one instruction
_CANDIDATES = 5  # candidates for each passage asked for; measured in docs/adr/0009
_AT_LEAST = 500
_HALF_WAY = 1e-4  # of the mean square of a coordinate; a wrong code is off by a hundred times as much
_RANKED_WHOLE = 2_000  # so few allowed passages are ranked without codes


@functools.cache
def _codebook() -> NDArray[np.float32]:
    """Return 16 points that represent a two-dimensional standard normal distribution, shape (16, 2), by Lloyd's method."""
    generator = np.random.Generator(np.random.PCG64(_SEED))
    sample = generator.standard_normal((20_000, 2))
    points = sample[:_POINTS].copy()
    for _ in range(60):
        nearest = ((sample[:, None, :] - points[None]) ** 2).sum(axis=2).argmin(axis=1)
        points = np.array([sample[nearest == place].mean(axis=0) for place in range(_POINTS)])
    return points.astype(np.float32)


class Compact:
    """Codes of passages. Safe to search from many threads; change it only before anyone searches."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._codes = faiss.downcast_index(index.index)

    @classmethod
    def create(cls, dimensions: int) -> Compact:
        """Return an empty index."""
        even = dimensions + dimensions % 2
        rotation = faiss.RandomRotationMatrix(dimensions, even)
        rotation.init(_SEED)
        centre = faiss.IndexFlatIP(even)
        centre.add(np.zeros((1, even), dtype=np.float32))
        codes = faiss.IndexIVFPQFastScan(centre, even, 1, even // 2, 4, faiss.METRIC_INNER_PRODUCT)
        codes.by_residual = False
        points = np.tile(_codebook() / np.sqrt(np.float32(dimensions)), (even // 2, 1))
        faiss.copy_array_to_vector(np.ascontiguousarray(points, dtype=np.float32).ravel(), codes.pq.centroids)
        codes.is_trained = True
        return cls(faiss.IndexPreTransform(rotation, codes))

    def save(self, path: Path) -> None:
        """Write the index to a file. Raises OSError when the disk is full."""
        write(self._index, path)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        return int(self._index.d)

    def _in_order(self) -> Rows:
        if not self.size:
            return np.zeros(0, dtype=np.int64)
        return np.array(faiss.rev_swig_ptr(self._codes.invlists.get_ids(0), self.size), dtype=np.int64)

    def rows(self) -> Rows:
        """Return the rows of all passages in it, ascending."""
        return np.sort(self._in_order())

    def add(self, rows: Rows, vectors: Vectors) -> None:
        """Add one vector a row, shape (len(rows), dimensions)."""
        if len(rows):
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), rows)

    def remove(self, gone: Sequence[tuple[int, int]]) -> None:
        """Take out the rows of each (first, last) range, both included."""
        for first, last in gone:
            if first <= last:
                self._index.remove_ids(faiss.IDSelectorRange(first, last + 1))

    def search(self, vector: Vectors, *, limit: int, allowed: Passing | None, stored: Stored) -> list[tuple[int, float]]:
        """Return (row, inner product) of the nearest passages, best first; only those in ``allowed`` unless it is None.

        ``vector`` has shape (dimensions,). ``stored`` returns those of the rows it is given that still exist, with their
        vectors. The products are exact; now and then a passage is missed (see the figures in docs/adr/0009).
        """
        total = self.size if allowed is None else allowed.count
        if min(limit, total) < 1:
            return []
        question = one_question(vector)
        if allowed is not None and total <= _RANKED_WHOLE:
            candidates = allowed.rows()
        else:
            candidates = self._candidates(question, min(self.size, max(_AT_LEAST, _CANDIDATES * limit)), allowed)
        rows, vectors = stored(candidates)
        scores = vectors @ question[0]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(rows[place]), float(scores[place])) for place in best]

    def _candidates(self, question: Vectors, most: int, allowed: Passing | None) -> Rows:
        parameters = None
        if allowed is not None:
            selector = faiss.IDSelectorBitmap(allowed.bits)
            scan = faiss.SearchParametersIVF(sel=selector, nprobe=1)
            parameters = faiss.SearchParametersPreTransform(index_params=scan)
        _, rows = self._index.search(question, most, params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.int64)

    def holds(self, rows: Rows, vectors: Vectors) -> bool:
        """Tell whether the codes of these vectors stand at these rows, all of which are in it; ascending rows."""
        if not len(rows):
            return True
        rotated = np.ascontiguousarray(self._index.chain.at(0).apply(np.ascontiguousarray(vectors, dtype=np.float32)))
        expected = self._codes.pq.compute_codes(rotated)
        order = self._in_order()
        places = np.argsort(order)[np.searchsorted(np.sort(order), rows)]
        found = self._unpacked(places)
        # The last bits of a rotated vector depend on how many are rotated at once, so one half-way between two points may have
        # been given either.
        off = self._distances(rotated, found) - self._distances(rotated, expected)
        return bool((np.abs(off) <= _HALF_WAY / self.dimensions).all())

    def _distances(self, rotated: Vectors, codes: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return how far each pair of dimensions lies from the point of its code, squared; shape (vectors, pairs)."""
        points = np.stack([codes & _POINTS - 1, codes >> 4], axis=2).reshape(len(codes), -1)[:, : rotated.shape[1] // 2]
        pairs = rotated.reshape(len(rotated), -1, 2)
        apart = pairs - _codebook()[points] / np.sqrt(np.float32(self.dimensions))
        return np.asarray((apart**2).sum(axis=2), dtype=np.float32)

    def _unpacked(self, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the codes at some places of the list, shape (len(places), dimensions / 4), out of FAISS's blocks."""
        packer = self._codes.get_CodePacker()
        blocks = faiss.rev_swig_ptr(self._codes.invlists.get_codes(0), packer.block_size * -(-self.size // packer.nvec)).reshape(
            -1, packer.block_size
        )
        codes = np.empty((packer.nvec, packer.code_size), dtype=np.uint8)
        found = np.empty((len(places), packer.code_size), dtype=np.uint8)
        for block in np.unique(places // packer.nvec):
            packer.unpack_all(faiss.swig_ptr(blocks[block]), faiss.swig_ptr(codes))
            here = places // packer.nvec == block
            found[here] = codes[places[here] % packer.nvec]
        return found
