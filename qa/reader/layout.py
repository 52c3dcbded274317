"""Lay a question and its texts out as the arrays that the network reads; training and answering use the same ones.

Texts stand end to end with a gap of empty units after each, wider than the network looks at one step, so that none sees into
another. Knows no weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.text import fold
from qa.reader.features import QUESTION_FEATURES, TEXT_FEATURES, Floats, Side, compare, pairs
from qa.reader.rarity import Rarity
from qa.reader.table import Rows
from qa.reader.units import MARK, Flags, Ids, Units

GAP = 9  # the widest dilation of the network
LONGEST_QUESTION = 64  # units read of a question

_ASKING = re.compile(
    r"什么|甚么|啥|谁|哪些|哪里|哪儿|哪一?|何|几|多少|怎么样?|怎样|如何|是否|吗|呢|请问|是"
    r"|\b(?:who|whom|whose|what|when|where|which|why|how|did|does|do|is|are|was|were|the|a|an|of|in|to|by|for|and|many|much)\b"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Arrays of one reading: ``asked_*`` for the question's units, the others for the texts' units with gaps between.

    ``real`` is 1 for units and 0 in gaps; ``sentences`` rise without a gap over the whole row, empty units counted to the
    sentence before; ``places[i]`` are where the units of text i begin and end.
    """

    asked_words: Ids
    asked_owns: Ids
    asked_signs: Ids
    asked_features: Floats
    words: Ids
    owns: Ids
    signs: Ids
    features: Floats
    real: Floats
    sentences: Ids
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Layouts:
    """Makes layouts: ``signs`` maps a unit's key to its row in the network's own table of units (0 for all others)."""

    rows: Rows
    rarity: Rarity
    signs: Ids

    def lay(self, question_text: str, question: Units, texts: Sequence[Units]) -> Layout:
        """Lay out a question and the texts to read for it; texts without units stand as empty places."""
        asked = _first(question, LONGEST_QUESTION)
        filled = [text for text in texts if len(text)]
        asking = _asking(question_text, asked)
        if filled and len(asked):
            numbers = np.repeat(np.arange(len(filled)), [len(text) for text in filled])
            of_question, of_texts = compare(
                self._side([asked]),
                asking,
                self._side(filled),
                _rising([text.sentences for text in filled]),
                _rising([text.clauses for text in filled]),
                numbers,
            )
        else:
            of_question = np.zeros((len(asked), QUESTION_FEATURES), dtype=np.float32)
            of_texts = np.zeros((sum(map(len, texts)), TEXT_FEATURES), dtype=np.float32)
        places, total = _places([len(text) for text in texts])
        real = np.zeros(total, dtype=np.float32)
        for start, end in places:
            real[start:end] = 1.0
        inside = real > 0.0
        sentences = np.zeros(total, dtype=np.int64)
        sentences[inside] = _rising([text.sentences for text in filled]) if filled else 0
        return Layout(
            asked.words,
            asked.owns,
            self._signs(asked.keys),
            of_question,
            _spread([text.words for text in texts], inside),
            _spread([text.owns for text in texts], inside),
            _spread([self._signs(text.keys) for text in texts], inside),
            _spread_rows(of_texts, inside),
            real,
            np.maximum.accumulate(sentences) if total else sentences,
            tuple(places),
        )

    def _side(self, texts: Sequence[Units]) -> Side:
        keys = np.concatenate([text.keys for text in texts])
        kinds = np.concatenate([text.kinds for text in texts])
        words = np.concatenate([text.words for text in texts])
        owns = np.concatenate([text.owns for text in texts])
        joined = np.concatenate([pairs(text.keys, text.kinds[:, MARK]) for text in texts])
        distinct, which = np.unique(words, return_inverse=True)
        vectors = self.rows.vectors(distinct)
        rarity = self.rarity(joined)
        return Side(keys, kinds, self.rows.lengths(owns), self.rows.lengths(words), vectors, which, joined, rarity)

    def _signs(self, keys: Ids) -> Ids:
        places = np.minimum(np.searchsorted(self.signs, keys), len(self.signs) - 1)
        return np.where(self.signs[places] == keys, places + 1, 0)


def _first(units: Units, most: int) -> Units:
    if len(units) <= most:
        return units
    return Units(*(getattr(units, name)[:most] for name in Units.__slots__))


def _asking(text: str, units: Units) -> Flags:
    """Tell which units of a question only ask (who, 什么) and name nothing to look for."""
    result = np.zeros(len(units), dtype=np.bool_)
    for match in _ASKING.finditer(fold(text)):
        result |= (units.starts >= match.start()) & (units.ends <= match.end())
    return result


def _rising(parts: Sequence[Ids]) -> Ids:
    """Return the numbers of all texts in one row, each text's going on where those before it end, without a gap.

    Numbers never fall within a text.
    """
    result: list[Ids] = []
    total = 0
    for part in parts:
        numbers = np.cumsum(np.diff(part, prepend=part[0]) > 0)
        result.append(numbers + total)
        total += int(numbers[-1]) + 1
    return np.concatenate(result)


def _places(lengths: Sequence[int]) -> tuple[list[tuple[int, int]], int]:
    places: list[tuple[int, int]] = []
    total = 0
    for length in lengths:
        places.append((total, total + length))
        total += length + GAP
    return places, total


def _spread(parts: Sequence[Ids], inside: Flags) -> Ids:
    result = np.zeros(len(inside), dtype=np.int64)
    if parts:
        result[inside] = np.concatenate(parts)
    return result


def _spread_rows(values: Floats, inside: Flags) -> Floats:
    result = np.zeros((len(inside), values.shape[1]), dtype=np.float32)
    result[inside] = values
    return result
