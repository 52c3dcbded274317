"""Many texts as row numbers in one array: the form in which batches are cut, glossed and thinned without Python loops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row ``i`` is ``flat[offsets[i]:offsets[i + 1]]``; ``offsets`` has one more entry than there are rows."""

    flat: Ids
    offsets: Ids

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Ragged:
        kept = [np.asarray(row, dtype=np.int64) for row in rows]
        lengths = np.fromiter((len(row) for row in kept), dtype=np.int64, count=len(kept))
        return cls(np.concatenate([*kept, np.empty(0, np.int64)]), _offsets(lengths))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Ids:
        return np.diff(self.offsets)

    def lists(self) -> list[list[int]]:
        """Return the rows as lists."""
        return [part.tolist() for part in np.split(self.flat, self.offsets[1:-1])] if len(self) else []

    def take(self, rows: Ids, *, most: int | None = None) -> Ragged:
        """Return the rows numbered, each cut off after ``most`` pieces."""
        lengths = self.lengths[rows]
        if most is not None:
            lengths = np.minimum(lengths, most)
        offsets = _offsets(lengths)
        places = np.arange(offsets[-1]) + np.repeat(self.offsets[rows] - offsets[:-1], lengths)
        return Ragged(self.flat[places], offsets)

    def keep(self, mask: NDArray[np.bool_]) -> Ragged:
        """Return the same rows with only the pieces where ``mask`` (as long as ``flat``) is true."""
        sums = np.concatenate([[0], np.cumsum(mask)])
        return Ragged(self.flat[mask], sums[self.offsets])

    def replace(self, table: Ragged, choice: Ids) -> Ragged:
        """Replace piece ``k`` of ``flat`` by row ``choice[k]`` of ``table``, which may hold any number of pieces."""
        lengths = table.lengths[choice]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        return Ragged(table.take(choice).flat, ends[self.offsets])

    def append(self, choices: Ids, counts: Ids, generator: np.random.Generator) -> Ragged:
        """Return the rows with ``counts[i]`` pieces drawn from ``choices`` at the end of row ``i``."""
        lengths = self.lengths + counts
        offsets = _offsets(lengths)
        added = generator.choice(choices, int(counts.sum()))
        flat = np.empty(int(offsets[-1]), dtype=np.int64)
        old = np.arange(len(self.flat)) + np.repeat(offsets[:-1] - self.offsets[:-1], self.lengths)
        mask = np.ones(len(flat), dtype=np.bool_)
        mask[old] = False
        flat[old] = self.flat
        flat[mask] = added
        return Ragged(flat, offsets)


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts texts into table rows: the tokenizer's pieces by ``rows[piece]``, those of row 0 (no meaning) left out."""

    tokenizer: Tokenizer
    rows: Ids

    def cut(self, texts: Sequence[str]) -> Ragged:
        """Return the rows of each text."""
        encodings = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        pieces = Ragged.of(encoding.ids for encoding in encodings)
        rows = Ragged(self.rows[pieces.flat], pieces.offsets)
        return rows.keep(rows.flat != 0)


def join(parts: Sequence[Ragged]) -> Ragged:
    """Return the rows of all parts, one part after the other."""
    return Ragged(np.concatenate([part.flat for part in parts]), _offsets(np.concatenate([part.lengths for part in parts])))


def _offsets(lengths: Ids) -> Ids:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
