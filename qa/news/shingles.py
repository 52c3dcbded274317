"""How many runs of five letters texts have in common: what tells a reprint from another report of the same event.

All texts are compared with all (Broder 1997), as numbers instead of strings. Knows nothing of passages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.text import fold

LENGTH = 5  # letters or digits of a shingle
_END = "\n"
_NO_LETTER = re.compile(r"[^\w\n]+")
# One random factor for each letter of a shingle: two shingles share their number once in 2^64.
_FACTORS = np.random.Generator(np.random.PCG64(5)).integers(1, 1 << 63, LENGTH, dtype=np.uint64) * np.uint64(2) + np.uint64(1)

Counts = NDArray[np.int64]


def shared(texts: Sequence[str]) -> tuple[Counts, Counts]:
    """Return how many different shingles each text has, and how many each two have in common.

    Shapes (len(texts),) and (len(texts), len(texts)). Width, case, traditional characters, blanks and marks make no difference.
    """
    numbers, owners = _numbered(texts)
    sizes = np.bincount(owners, minlength=len(texts))
    ordered = np.sort(numbers)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return sizes, np.diag(sizes)
    places = np.minimum(np.searchsorted(twice, numbers), len(twice) - 1)
    again = twice[places] == numbers
    kept, counts = np.unique(owners[again] * len(twice) + places[again], return_counts=True)
    rows, columns = np.divmod(kept, len(twice))
    np.subtract.at(sizes, rows, counts - 1)
    held = np.zeros((len(texts), len(twice)), dtype=np.float32)
    held[rows, columns] = 1.0
    common = (held @ held.T).astype(np.int64)
    np.fill_diagonal(common, sizes)
    return sizes, common


def _numbered(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Counts]:
    """Return a number for each shingle of the texts laid end to end, and whose it is."""
    row = _NO_LETTER.sub("", fold(_END.join(text.replace(_END, " ") for text in texts)))
    codes = np.frombuffer(row.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    count = len(codes) - LENGTH + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    ends = codes == ord(_END)
    numbers = np.zeros(count, dtype=np.uint64)
    inside = np.ones(count, dtype=np.bool_)
    for place, factor in enumerate(_FACTORS):
        numbers += codes[place : place + count] * factor
        inside &= ~ends[place : place + count]
    return numbers[inside], np.cumsum(ends)[:count][inside]
