"""A text as a sketch: min-wise hashes of its shingles (Broder 1997), 16 bits of each (Li and König 2010).

The share of equal numbers in two sketches estimates the Jaccard similarity of the texts. Does not know which texts exist.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.text import fold

Sketches = NDArray[np.uint16]

SIZE = 48
NUMBER = np.dtype("<u2")  # as it lies in the database
_SHINGLE = 5  # letters or digits
_SHORTEST = 24  # shingles; shorter texts are alike by chance
_NO_LETTER = re.compile(r"[\W_]+")
_MIX = np.uint64(0xBF58476D1CE4E5B9)  # the finaliser of SplitMix64 (Steele, Lea, Flood 2014)
_BASE = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=1)
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return odd factors and offsets, shape (SIZE, 1) each; always the same ones, as sketches are kept."""
    chance = np.random.default_rng(1949)
    factors, offsets = chance.integers(0, 1 << 63, size=(2, SIZE, 1), dtype=np.uint64)
    return factors * np.uint64(2) + np.uint64(1), offsets


def sketch(text: str) -> Sketches:
    """Return the sketch of a text, shape (SIZE,); all zero for a text too short to be compared."""
    letters = _NO_LETTER.sub("", fold(text))
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - _SHINGLE + 1
    if count < _SHORTEST:
        return np.zeros(SIZE, dtype=NUMBER)
    hashes = np.zeros(count, dtype=np.uint64)
    for at in range(_SHINGLE):
        hashes = hashes * _BASE + codes[at : at + count]
    hashes = (hashes ^ (hashes >> np.uint64(31))) * _MIX
    hashes ^= hashes >> np.uint64(29)
    factors, offsets = _permutations()
    least = (factors * hashes + offsets).min(axis=1)
    # The high bits of a least value are nearly always zero and tell nothing.
    return np.asarray((least >> np.uint64(20)) & np.uint64(0xFFFF), dtype=NUMBER)


def sketches_of(texts: Sequence[str]) -> Sketches:
    """Return the sketches of texts, shape (len(texts), SIZE)."""
    return np.stack([sketch(text) for text in texts]) if texts else np.zeros((0, SIZE), dtype=NUMBER)


def sketches_from(blob: bytes) -> Sketches:
    """Return stored sketches, shape (passages, SIZE). Raises ValueError for a blob of another length."""
    return np.frombuffer(blob, dtype=NUMBER).reshape(-1, SIZE)
