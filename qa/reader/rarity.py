"""How rare a pair of neighbouring units is in newspaper and encyclopaedia text, from a small hashed table.

Pairs that share a place of the table are as rare as the commonest of them, so a rare pair may pass for a common one, never the
reverse by more than chance. Knows pairs by key only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.reader.units import Ids

PLACES = 1 << 18
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - 18)


def place_of(pairs: Ids) -> Ids:
    """Return the place of each pair in the table (Fibonacci hashing; Knuth, The Art of Computer Programming 3, 6.4)."""
    with np.errstate(over="ignore"):
        return ((pairs.astype(np.uint64) * _MULTIPLIER) >> _SHIFT).astype(np.int64)


def table_of(counts: NDArray[np.int64], texts: int) -> NDArray[np.uint8]:
    """Return the table for counts of texts a place: 255 where no text has the pair, less by the logarithm of the count."""
    share = np.log((texts + 1.0) / (counts + 1.0)) / np.log(texts + 1.0)
    return np.asarray(np.round(255.0 * share), dtype=np.uint8)


class Rarity:
    """Rarity of pairs, 0 (in every text) to 1 (in none); 0 for what is no pair."""

    def __init__(self, table: NDArray[np.uint8]) -> None:
        self._table = table

    def __call__(self, pairs: Ids) -> NDArray[np.float32]:
        values = self._table[place_of(pairs)].astype(np.float32) / np.float32(255.0)
        return np.where(pairs >= 0, values, np.float32(0.0))
