"""Count what the reader knows beside its weights: rarity of pairs, and which units have a row of their own.

Knows texts; knows nothing of questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.reader.features import pairs
from qa.reader.rarity import PLACES, place_of, table_of
from qa.reader.units import MARK, Cutter, Ids

SIGNS = 4_000
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Tables:
    """``rarity`` as ``qa.reader.rarity.Rarity`` reads it; ``signs`` are the keys of the commonest units, sorted."""

    rarity: NDArray[np.uint8]
    signs: Ids


def count(texts: Sequence[str], cutter: Cutter) -> Tables:
    """Count the pairs and the units of texts."""
    counts = np.zeros(PLACES, dtype=np.int64)
    keys: Counter[int] = Counter()
    for start in range(0, len(texts), _BATCH):
        for units in cutter.cut(texts[start : start + _BATCH]):
            found = np.unique(pairs(units.keys, units.kinds[:, MARK]))
            counts[np.unique(place_of(found[found >= 0]))] += 1
            keys.update(units.keys.tolist())
    common = sorted(key for key, _ in keys.most_common(SIGNS))
    return Tables(table_of(counts, len(texts)), np.asarray(common, dtype=np.int64))
