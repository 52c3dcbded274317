"""Which of many sketches are alike: those that share a band of three numbers, and half of all numbers.

Locality-sensitive hashing by bands (Indyk and Motwani 1998; Leskovec, Rajaraman, Ullman, chapter 3): of texts with a Jaccard
similarity of 0.63, as after 5 % of the characters were misread, 99 % share a band; of texts with 0.2, 12 %, and those the second
condition parts. Sorting takes the place of hash tables. Knows no texts and no database.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.storage.reprints.sketch import SIZE, Sketches

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Bands = NDArray[np.uint64]

_BAND = 3  # numbers, of 16 bits
_BANDS = SIZE // _BAND
_EQUAL = SIZE // 2  # numbers; a Jaccard similarity of about 0.5
# Within a band that more sketches than this share, each is compared with so many neighbours, not with all.
_NEIGHBOURS = 64
_TABLE_BITS = (16, 22)  # small tables stay in the processor's cache
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Wanted:
    """Tells quickly which sketches may share a band with one of some; it never misses one, and rarely names one too many."""

    def __init__(self, sketches: Sketches) -> None:
        bands = _bands(sketches[sketches.any(axis=1)])
        least, most = _TABLE_BITS
        self._bits = min(most, max(least, (len(bands) * 1024).bit_length()))
        self._tables = np.zeros((_BANDS, 1 << self._bits), dtype=bool) if len(bands) else None
        if self._tables is not None:
            for table, keys in zip(self._tables, bands.T, strict=True):
                table[_place(keys, self._bits)] = True

    def among(self, sketches: Sketches) -> Flags:
        """Return which of other sketches may share a band, shape (len(sketches),)."""
        found = np.zeros(len(sketches), dtype=bool)
        if self._tables is not None and len(sketches):
            for table, keys in zip(self._tables, _bands(sketches).T, strict=True):
                found |= table[_place(keys, self._bits)]
        return found & sketches.any(axis=1)


def components(sketches: Sketches, is_new: Flags, groups: Numbers) -> Numbers:
    """Return a number for each sketch, the same for those that are alike directly or over others.

    ``groups`` are the numbers found before, -1 for none, shape (len(sketches),); of two sketches that are not new, nothing is
    asked again. Sketches that are all zero are alike to nothing.
    """
    labels = _united(np.arange(len(sketches)), *_same(groups))
    used = np.flatnonzero(sketches.any(axis=1))
    if not len(used) or not is_new.any():
        return labels
    # Equal sketches first: what is printed a thousand times over is compared once.
    packed = np.ascontiguousarray(sketches[used]).view(np.dtype((np.void, sketches.dtype.itemsize * SIZE))).reshape(-1)
    _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
    labels = _united(labels, used, used[first][inverse.reshape(-1)])
    new = np.zeros(len(first), dtype=bool)
    np.logical_or.at(new, inverse.reshape(-1), is_new[used])
    places = used[first]
    distinct = sketches[places]
    for keys in _bands(distinct).T:
        labels = _band_united(labels, keys, distinct, new, places)
    return labels


def _band_united(labels: Numbers, keys: NDArray[np.uint64], sketches: Sketches, new: Flags, places: Numbers) -> Numbers:
    """Put together what shares the key of one band and is alike."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    start = np.arange(len(order) - 1)
    for distance in range(1, _NEIGHBOURS + 1):
        start = start[start + distance < len(order)]
        start = start[keys[start] == keys[start + distance]]
        if not len(start):
            break
        one, other = order[start], order[start + distance]
        asked = (new[one] | new[other]) & (labels[places[one]] != labels[places[other]])
        one, other = one[asked], other[asked]
        alike = (sketches[one] == sketches[other]).sum(axis=1) >= _EQUAL
        labels = _united(labels, places[one[alike]], places[other[alike]])
    return labels


def _united(labels: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """Return labels in which the sketches at ``one`` and at ``other`` have the same, the least of both."""
    labels = labels.copy()
    while len(one):
        mine, theirs = labels[one], labels[other]
        differ = mine != theirs
        one, other = one[differ], other[differ]
        low, high = np.minimum(mine, theirs)[differ], np.maximum(mine, theirs)[differ]
        np.minimum.at(labels, high, low)
        while not np.array_equal(labels, shorter := labels[labels]):
            labels = shorter
    return labels


def _same(groups: Numbers) -> tuple[Numbers, Numbers]:
    """Return pairs of places that chain the members of each group."""
    order = np.argsort(groups, kind="stable")
    order = order[groups[order] >= 0]
    linked = groups[order[1:]] == groups[order[:-1]]
    return order[:-1][linked], order[1:][linked]


def _bands(sketches: Sketches) -> Bands:
    """Return the keys of the bands, shape (len(sketches), _BANDS): the numbers of each side by side."""
    keys = np.zeros((len(sketches), _BANDS), dtype=np.uint64)
    for at in range(_BAND):
        keys = (keys << np.uint64(16)) | sketches[:, at::_BAND]
    return keys


def _place(keys: NDArray[np.uint64], bits: int) -> NDArray[np.uint64]:
    return (keys * _SPREAD) >> np.uint64(64 - bits)
