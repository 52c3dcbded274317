"""Rows of the embedded model for the reader: their direction, how much they say, and their projection, worked out once each.

Only pieces that were met have a place, one after the other: a table of all of them would be touched here and there, and the
system gives memory for such in large pages, which it clears first. Knows pieces by number; knows nothing of texts.
"""

from __future__ import annotations

import threading
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.encoder import EmbeddedEncoder
from index.schema import Vectors

UNKNOWN_WEIGHT = 2.2  # length taken for a unit that the model does not hold: such units are rare
_COMMONEST = 8_000  # pieces; the model numbers them as often as they stood in newspapers
_AT_FIRST = 16_384  # places

_Number = TypeVar("_Number", bound=np.generic)


class Rows:
    """Unit vectors and lengths of pieces, both remembered. Safe in threads: a row is complete before its place is known."""

    def __init__(self, encoder: EmbeddedEncoder) -> None:
        self._encoder = encoder
        self._lock = threading.Lock()
        self._places = np.full(encoder.tokenizer.get_vocab_size(), -1, dtype=np.int32)
        self._vectors = np.zeros((_AT_FIRST, encoder.dimensions), dtype=np.float16)
        self._lengths = np.zeros(_AT_FIRST, dtype=np.float32)
        self._lengths[0] = UNKNOWN_WEIGHT
        self._places[0] = 0
        self.count = 1
        """How many places are taken."""

    def vectors(self, pieces: NDArray[np.int64]) -> Vectors:
        """Return rows of length 1 (0 for unknown pieces), shape (len(pieces), dimensions)."""
        places = self.places(pieces)
        return self._vectors[places].astype(np.float32)

    def lengths(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much each piece says: about 0.3 for 的, 1.6 for 政府, 2.7 for a rare name."""
        places = self.places(pieces)
        return self._lengths[places]

    def places(self, pieces: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the place of each piece, from 0; a place never changes."""
        places = self._places[pieces]
        if places.min(initial=0) < 0:
            self._learn(pieces)
            places = self._places[pieces]
        return places

    def at(self, first: int, stop: int) -> Vectors:
        """Return the vectors of the places from ``first`` to before ``stop``."""
        return self._vectors[first:stop].astype(np.float32)

    def learn_commonest(self) -> None:
        """Work out the rows of the commonest pieces at one stroke, rather than a few with every question."""
        self.places(np.arange(min(_COMMONEST, len(self._places))))

    def _learn(self, pieces: NDArray[np.int64]) -> None:
        with self._lock:
            new = np.unique(pieces[self._places[pieces] < 0])
            vectors = self._encoder.piece_vectors(new)
            lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
            first, stop = self.count, self.count + len(new)
            self._vectors, self._lengths = grown(self._vectors, stop), grown(self._lengths, stop)
            self._vectors[first:stop] = vectors / np.maximum(lengths, np.float32(1e-6))[:, None]
            self._lengths[first:stop] = np.where(lengths > 0.0, lengths, np.float32(UNKNOWN_WEIGHT))
            self.count = stop
            self._places[new] = np.arange(first, stop)


class Projected:
    """Rows times a matrix of the network, remembered by place. Safe in threads as ``Rows``."""

    def __init__(self, rows: Rows, matrix: Vectors) -> None:
        self._rows, self._matrix = rows, matrix
        self._lock = threading.Lock()
        self._values = np.zeros((_AT_FIRST, matrix.shape[1]), dtype=np.float32)
        self._count = 0

    def __call__(self, pieces: NDArray[np.int64]) -> Vectors:
        places = self._rows.places(pieces)
        if places.max(initial=-1) >= self._count:
            self._learn()
        return self._values[places]

    def _learn(self) -> None:
        with self._lock:
            first, stop = self._count, self._rows.count
            self._values = grown(self._values, stop)
            self._values[first:stop] = self._rows.at(first, stop) @ self._matrix
            self._count = stop


def grown(table: NDArray[_Number], count: int) -> NDArray[_Number]:
    """Return the table if it has ``count`` rows, else one twice as long that begins with it."""
    if count <= len(table):
        return table
    longer = np.zeros((max(count, 2 * len(table)), *table.shape[1:]), dtype=table.dtype)
    longer[: len(table)] = table
    return longer
