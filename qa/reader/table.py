"""Rows of the embedded model for the reader: their direction, how much they say, and their projection, worked out once each.

Knows pieces by number; knows nothing of texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.encoder import EmbeddedEncoder
from index.schema import Vectors

UNKNOWN_WEIGHT = 2.2  # length taken for a unit that the model does not hold: such units are rare


class Rows:
    """Unit vectors and lengths of pieces, both remembered. Safe in threads: a row is complete before it is marked as known."""

    def __init__(self, encoder: EmbeddedEncoder) -> None:
        self._encoder = encoder
        size = encoder.tokenizer.get_vocab_size()
        # Never touched pages of these take no memory.
        self._vectors = np.zeros((size, encoder.dimensions), dtype=np.float16)
        self._lengths = np.zeros(size, dtype=np.float32)
        self._known = np.zeros(size, dtype=np.bool_)
        self._known[0] = True
        self._lengths[0] = UNKNOWN_WEIGHT

    def vectors(self, pieces: NDArray[np.int64]) -> Vectors:
        """Return rows of length 1 (0 for unknown pieces), shape (len(pieces), dimensions)."""
        self._learn(pieces)
        return self._vectors[pieces].astype(np.float32)

    def lengths(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much each piece says: about 0.3 for 的, 1.6 for 政府, 2.7 for a rare name."""
        self._learn(pieces)
        return self._lengths[pieces]

    def _learn(self, pieces: NDArray[np.int64]) -> None:
        known = self._known[pieces]
        if known.all():
            return
        new = np.unique(pieces[~known])
        vectors = self._encoder.piece_vectors(new)
        lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        self._vectors[new] = vectors / np.maximum(lengths, np.float32(1e-6))[:, None]
        self._lengths[new] = np.where(lengths > 0.0, lengths, np.float32(UNKNOWN_WEIGHT))
        self._known[new] = True


class Projected:
    """Rows times a matrix of the network, remembered by piece."""

    def __init__(self, rows: Rows, size: int, matrix: Vectors) -> None:
        self._rows, self._matrix = rows, matrix
        self._values = np.zeros((size, matrix.shape[1]), dtype=np.float32)
        self._known = np.zeros(size, dtype=np.bool_)

    def __call__(self, pieces: NDArray[np.int64]) -> Vectors:
        known = self._known[pieces]
        if not known.all():
            new = np.unique(pieces[~known])
            self._values[new] = self._rows.vectors(new) @ self._matrix
            self._known[new] = True
        return self._values[pieces]
