"""The reader's network in NumPy: from a layout to the scores of starts, ends and lengths of answer spans.

Residual layers of dilated convolutions over units (He and others, 2016, pre-activation; Yu and Koltun, 2016), question vectors
aligned by attention (Chen and others, "Reading Wikipedia to Answer Open-Domain Questions", 2017), spans scored as the sum of a
start, an end and a length. ``training/reader/network.py`` is the same network in torch; a test compares both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.schema import Vectors
from qa.reader.features import Floats
from qa.reader.layout import Layout
from qa.reader.table import Projected, Rows
from qa.reader.units import Ids

ASKED_DILATIONS = (1, 2)
BEFORE_DILATIONS = (1, 2, 4, 8)
AFTER_DILATIONS = (1, 3, 9, 1)
LONGEST = 60  # units of the longest span
LENGTHS = np.array([0, 0, 1, 2, 3, 4, *[5] * 2, *[6] * 3, *[7] * 5, *[8] * 8, *[9] * 16, *[10] * 21])  # by number of units
KINDS_OF_LENGTH = 11
_SMALL = np.float32(1e-6)


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of the places of a layout as start and as end of an answer, and of each length in units (index 0 unused)."""

    starts: Floats
    ends: Floats
    lengths: Floats


class Network:
    """The network with its weights. Safe in threads."""

    def __init__(self, weights: Mapping[str, Vectors], rows: Rows) -> None:
        self._weights = weights
        self._words = Projected(rows, weights["words"])
        self._owns = Projected(rows, weights["owns"])

    def __call__(self, layout: Layout) -> Scores:
        """Return the scores; those of empty places mean nothing."""
        weights = self._weights
        real = layout.real[:, None]
        asked = self._read(layout.asked_words, layout.asked_owns, layout.asked_signs, layout.asked_features, "asked_")
        text = self._read(layout.words, layout.owns, layout.signs, layout.features, "") * real
        whole = np.ones((len(asked), 1), dtype=np.float32)
        for number, dilation in enumerate(ASKED_DILATIONS):
            asked = self._layer(asked, whole, f"asked_layer{number}", dilation)
        asked = _norm(asked)
        text = self._align(text, asked) * real
        for number, dilation in enumerate(BEFORE_DILATIONS):
            text = self._layer(text, real, f"before{number}", dilation)
        subject = _softmax((asked @ weights["pool"])[None, :])[0] @ asked
        text = self._attend(text, asked, subject) * real
        text = self._gather(text, layout.sentences, layout.real) * real
        for number, dilation in enumerate(AFTER_DILATIONS):
            text = self._layer(text, real, f"after{number}", dilation)
        text = _norm(text)
        starts, ends = (text @ (weights[name] + subject @ weights[f"{name}_by"]) for name in ("start", "end"))
        lengths = (subject @ weights["length_by"] + weights["length"])[LENGTHS]
        return Scores(starts, ends, lengths)

    def _read(self, words: Ids, owns: Ids, signs: Ids, features: Floats, side: str) -> Floats:
        weights = self._weights
        read = self._words(words)
        read += self._owns(owns)
        read += weights["signs"][signs]
        read += features @ weights[f"{side}features"]
        read += weights[f"{side}bias"]
        return _norm(read)

    def _layer(self, values: Floats, real: Floats, name: str, dilation: int) -> Floats:
        """Add to each place what a three-tap convolution makes of it and of the places ``dilation`` before and after."""
        active = _norm(values)
        np.maximum(active, np.float32(0.0), out=active)
        before, here, after = self._weights[f"{name}_taps"]
        added: Floats = active @ here
        if dilation < len(values):
            added[dilation:] += active[:-dilation] @ before
            added[:-dilation] += active[dilation:] @ after
        added += self._weights[f"{name}_bias"]
        added *= real
        added += values
        return added

    def _align(self, text: Floats, asked: Floats) -> Floats:
        key = self._weights["align"]
        share = _softmax(np.maximum(text @ key, np.float32(0.0)) @ np.maximum(asked @ key, np.float32(0.0)).T)
        aligned = share @ asked
        return np.asarray(text + np.concatenate([aligned, text * aligned], axis=1) @ self._weights["align_out"])

    def _attend(self, text: Floats, asked: Floats, subject: Floats) -> Floats:
        weights = self._weights
        normed = _norm(text)
        share = _softmax(normed @ (weights["attend"] @ asked.T))
        attended = share @ asked
        added = np.concatenate([attended, normed * attended], axis=1) @ weights["attend_out"]
        result: Floats = (text + added) * (np.float32(1.0) + subject @ weights["scale_by"]) + subject @ weights["shift_by"]
        return result

    def _gather(self, text: Floats, sentences: Ids, real: Floats) -> Floats:
        """Tell each unit what its sentence says as a whole, and those before and after it and the first one of the same text.

        Who is meant by 他, and which year by 同年, stands in another sentence than the one that answers all the rest.
        """
        if not len(text):
            return text
        weights = self._weights
        firsts = np.flatnonzero(np.diff(sentences, prepend=-1))
        sizes = np.diff(np.append(firsts, len(sentences))).astype(np.float32)
        means = np.add.reduceat(_norm(text), firsts, axis=0) / sizes[:, None]
        begins = np.append(0.0, real)[firsts] == 0.0  # nothing stands before the first sentence of a text
        within = ~begins[1:, None]
        said = means @ weights["gather"]
        said[1:] += (means[:-1] @ weights["gather_before"]) * within
        said[:-1] += (means[1:] @ weights["gather_after"]) * within
        said += (means[np.flatnonzero(begins)] @ weights["gather_first"])[np.cumsum(begins) - 1]
        told = np.maximum(said, np.float32(0.0)) @ weights["gather_out"]
        result: Floats = text + told[sentences]
        return result


def _norm(values: Floats) -> Floats:
    """Divide each row by its root mean square (Zhang and Sennrich, 2019)."""
    scales = np.einsum("ij,ij->i", values, values)
    scales /= np.float32(max(1, values.shape[1]))
    scales += _SMALL
    np.sqrt(scales, out=scales)
    np.reciprocal(scales, out=scales)
    return np.asarray(values * scales[:, None])


def _softmax(values: Floats) -> Floats:
    powers: Floats = values - values.max(axis=1, keepdims=True, initial=-1e30)
    np.exp(powers, out=powers)
    powers /= np.maximum(powers.sum(axis=1, keepdims=True), _SMALL)
    return powers
