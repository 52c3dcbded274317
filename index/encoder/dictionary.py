"""The embedding table as a bilingual dictionary: for a word, its nearest words of the other language.

The neighbours are worked out when the model is made (``training/export.py``), so that a look-up costs no matrix product.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

NEIGHBOURS = 5  # stored for each word


@dataclass(frozen=True, slots=True)
class Related:
    """A word of the other language. ``similarity`` is the cosine; ``weight`` how much the word says, 1.0 for the median word."""

    word: str
    similarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Neighbours of the pieces that are words: ``pieces`` sorted, one row of ``neighbours`` and ``similarities`` for each.

    Rows run from near to far; a neighbour of -1 ends a row. ``weights`` belong to ``pieces``.
    """

    words: Mapping[int, str]
    pieces: NDArray[np.int32]
    neighbours: NDArray[np.int32]
    similarities: NDArray[np.float16]
    weights: NDArray[np.float16]

    @classmethod
    def read(cls, path: Path, words: Mapping[int, str]) -> Dictionary:
        """Read the file that ``training/export.py`` wrote; ``words`` maps piece numbers to pieces."""
        with safe_open(path, framework="numpy") as file:
            return cls(words, *(file.get_tensor(name) for name in ("pieces", "neighbours", "similarities", "weights")))

    def related(self, piece: int, owner: int, *, limit: int, floor: float) -> list[Related]:
        """Return the neighbours of a piece with a similarity of at least ``floor``, nearest first.

        ``owner`` is the piece whose row it shares, mostly itself. A Chinese name in pinyin shares the row of the name in Han
        characters: that name is what it means, with similarity 1.
        """
        row = self._row(owner)
        if row is None or limit < 1:
            return []
        if self.words[piece].isascii() != self.words[owner].isascii():
            return [Related(self.words[owner], 1.0, float(self.weights[row]))] if floor <= 1.0 else []
        found: list[Related] = []
        for number, similarity in zip(self.neighbours[row], self.similarities[row], strict=True):
            other = self._row(int(number))
            if other is None or similarity < floor or len(found) >= limit:
                break
            found.append(Related(self.words[int(number)], float(similarity), float(self.weights[other])))
        return found

    def _row(self, piece: int) -> int | None:
        place = int(np.searchsorted(self.pieces, piece))
        return place if place < len(self.pieces) and self.pieces[place] == piece else None
