"""Last touch to a learned table: even out the directions that texts use, and lengthen the rows of rare words a little.

Learning in small batches leaves a few directions in which all texts of a corpus lie alike; they drown what tells two paragraphs
of one article apart. Both exponents were chosen on the development sets (``index/model/MODEL_CARD.md``).
"""

from __future__ import annotations

import numpy as np

from index.schema import Vectors
from training.ragged import Ragged

FLATTENING = 0.4  # 0 leaves the spread of each direction as learned, 1 makes all alike
RARITY = 0.3  # power of -log p(word)
_LEAST_PROBABILITY = 1e-7


def finish(table: Vectors, probabilities: tuple[float, ...], texts: Ragged) -> Vectors:
    """Return the finished table; ``texts`` are cut paragraphs of the kind that will be searched."""
    vectors = _encode(table, texts)
    spread, directions = np.linalg.eigh(np.cov(vectors.T))
    deviation = np.sqrt(np.maximum(spread, spread.max() * 1e-6))
    # Turned back, so that every coordinate has about the same spread: int8 rows lose least that way.
    flattened = table @ ((directions * (deviation / deviation.mean()) ** -FLATTENING) @ directions.T)
    rarity = -np.log(np.clip(np.asarray(probabilities), _LEAST_PROBABILITY, 1.0 - _LEAST_PROBABILITY))
    rarity /= np.median(rarity)
    return np.asarray(flattened * (rarity**RARITY)[:, None], dtype=np.float32)


def _encode(table: Vectors, texts: Ragged) -> Vectors:
    full = texts.take(np.flatnonzero(texts.lengths > 0))
    sums = np.add.reduceat(table[full.flat], full.offsets[:-1], axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)
