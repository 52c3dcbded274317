"""Last touch to a learned table: bring it back towards its start, and even out the directions that texts use.

Learning narrows a table to its corpora: words seen often move far, and all texts of a corpus come to lie alike in a few
directions, which drown what tells two paragraphs of one article apart. Averaging with the start follows Wortsman and others,
"Robust Fine-Tuning of Zero-Shot Models" (2022). How much of both was chosen on the development sets (the model card has them).
"""

from __future__ import annotations

import numpy as np

from index.schema import Vectors
from training.ragged import Ragged

START_SHARE = 1.0  # rows of the start added to one of the learned rows, which are half as long again
FLATTENING = 0.4  # 0 leaves the spread of each direction as learned, 1 makes all alike


def finish(table: Vectors, start: Vectors, texts: Ragged) -> Vectors:
    """Return the finished table; ``texts`` are cut paragraphs of all the kinds that will be searched, each kind as often."""
    mixed = table + START_SHARE * start
    spread, directions = np.linalg.eigh(np.cov(_encode(mixed, texts).T))
    deviation = np.sqrt(np.maximum(spread, spread.max() * 1e-6))
    # Turned back, so that every coordinate has about the same spread: int8 rows lose least that way.
    turn = (directions * (deviation / deviation.mean()) ** -FLATTENING) @ directions.T
    return np.asarray(mixed @ turn, dtype=np.float32)


def _encode(table: Vectors, texts: Ragged) -> Vectors:
    full = texts.take(np.flatnonzero(texts.lengths > 0))
    sums = np.add.reduceat(table[full.flat], full.offsets[:-1], axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)
