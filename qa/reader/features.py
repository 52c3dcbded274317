"""What is known of each unit beside its vectors: its kind, its rarity, and how the question's words lie around it.

Works on all texts of a question laid end to end (``qa/reader/layout.py``). Every number is measured against the question alone,
never against the other texts, so that a text reads the same in any company (a word that it lacks is
not quite infinitely far). Knows no weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.schema import Vectors
from qa.reader.units import Flags, Ids

NOWHERE = 10_000  # distance of a word that the text does not hold
_REACHES = (4.0, 16.0, 64.0)  # units within which a word of the question counts as near
_SIDE_REACH = 8.0
_ALIKE = 0.45  # cosine from which a word counts as said in other words
_LONGEST_RUN = 8.0
TEXT_FEATURES = 33
QUESTION_FEATURES = 11

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison, unit by unit: keys, kinds, rarity of the unit and of its word.

    ``vectors`` has a row for each distinct word, ``which`` says which is the unit's. ``pairs`` are the keys of a unit and the one
    after it, -1 where they are no pair of words; ``rarity`` belongs to them.
    """

    keys: Ids
    kinds: Flags
    own: Floats
    word: Floats
    vectors: Vectors
    which: Ids
    pairs: Ids
    rarity: Floats


def pairs(keys: Ids, kinds_mark: Flags) -> Ids:
    """Return a key for each pair of neighbouring units; -1 at marks and at the end."""
    result = np.full(len(keys), -1, dtype=np.int64)
    if len(keys) > 1:
        both = ~(kinds_mark[:-1] | kinds_mark[1:]) & (keys[:-1] >= 0) & (keys[1:] >= 0)
        result[:-1] = np.where(both, (keys[:-1] * 1_000_003) ^ (keys[1:] * 8_191), -1)
    return result


def compare(question: Side, asking: Flags, text: Side, sentences: Ids, clauses: Ids, texts: Ids) -> tuple[Floats, Floats]:
    """Return the features of the question's units and of the texts' units.

    ``asking`` marks the question's own asking words (who, 什么); ``sentences``, ``clauses`` and ``texts`` number the parts of the
    whole row without a gap. Shapes (len(question), QUESTION_FEATURES) and (len(text), TEXT_FEATURES).
    """
    plain = ~(asking | question.kinds[:, 3])
    weight = np.where(plain, question.own, np.float32(0.0))
    weight_word = np.where(plain, question.word, np.float32(0.0))
    weight_pair = np.where(plain & np.append(plain[1:], False) & (question.pairs >= 0), question.rarity, np.float32(0.0))
    same = question.keys[:, None] == text.keys[None, :]
    paired = (question.pairs[:, None] == text.pairs[None, :]) & (question.pairs >= 0)[:, None]
    cosines = np.maximum(question.vectors @ text.vectors.T, np.float32(0.0))
    alike = cosines[question.which][:, text.which]
    half = paired.copy()
    half[:, 1:] |= paired[:, :-1]
    by_sentence, by_clause, by_text = (_Parts(numbers) for numbers in (sentences, clauses, texts))
    places = (np.arange(len(texts)) + texts * NOWHERE).astype(np.int32)
    left, right = _distances(half, places)
    near = np.minimum(left, right)
    soft_left, soft_right = _distances(alike > _ALIKE, places)
    likeness = alike.max(axis=0, initial=0.0)
    in_sentence = by_sentence.covered(half, weight_pair)
    follows = np.diff(texts[by_sentence.firsts], prepend=-1) == 0  # the sentence before stands in the same text
    columns = [
        text.own / 3.0,
        text.word / 3.0,
        (same * weight[:, None]).max(axis=0, initial=0.0) / 3.0,
        same.any(axis=0),
        (half * weight_pair[:, None]).max(axis=0, initial=0.0),
        np.minimum(_runs(same, by_text.firsts), _LONGEST_RUN) / _LONGEST_RUN,
        likeness,
        (alike * weight_word[:, None]).max(axis=0, initial=0.0) / 3.0,
        by_sentence.spread(by_sentence.covered(same, weight)),
        by_sentence.spread(in_sentence),
        by_sentence.spread(by_sentence.covered(alike, weight_word)),
        by_clause.spread(by_clause.covered(half, weight_pair)),
        by_clause.spread(by_clause.covered(alike, weight_word)),
        *(_close(near, weight_pair, reach) for reach in _REACHES),
        _close(left, weight_pair, _SIDE_REACH),
        _close(right, weight_pair, _SIDE_REACH),
        _close(np.minimum(soft_left, soft_right), weight_word, _REACHES[1]),
        by_sentence.spread(np.append(0.0, in_sentence[:-1]) * follows),
        by_sentence.spread(np.append(in_sentence[1:], 0.0) * np.append(follows[1:], 0.0)),
        by_text.spread(by_text.covered(half, weight_pair)),
        by_text.spread(by_text.covered(alike, weight_word)),
        *text.kinds.T,
        1.0 / (1.0 + by_text.number_within(sentences)),
        by_sentence.place(),
        np.full(len(text.keys), _is_latin(question)),
        np.minimum(by_sentence.spread(by_sentence.sizes), 80.0) / 80.0,
    ]
    asked = [
        question.own / 3.0,
        question.word / 3.0,
        asking,
        *(question.kinds.T[:4]),
        same.any(axis=1),
        paired.any(axis=1),
        alike.max(axis=1, initial=0.0),
        np.full(len(question.keys), _is_latin(question)),
    ]
    return np.stack(asked, axis=1).astype(np.float32), np.stack(columns, axis=1).astype(np.float32)


class _Parts:
    """Parts of a row by the number of the part of each unit, numbers rising without a gap."""

    def __init__(self, numbers: Ids) -> None:
        self.numbers = numbers
        self.firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
        self.sizes = np.diff(np.append(self.firsts, len(numbers)))

    def covered(self, hits: NDArray[np.bool_] | Vectors, weights: Floats) -> Floats:
        """Return for each part the weighted share of the question's words that it has (0 to 1)."""
        best = np.maximum.reduceat(hits, self.firsts, axis=1)
        return np.asarray(weights @ best.astype(np.float32) / max(float(weights.sum()), 1e-6), dtype=np.float32)

    def spread(self, values: NDArray[np.generic]) -> Floats:
        return np.repeat(values, self.sizes).astype(np.float32)

    def place(self) -> Floats:
        """Return how far into its part each unit stands, 0 to 1."""
        return ((np.arange(len(self.numbers)) - self.spread(self.firsts)) / np.maximum(self.spread(self.sizes), 1.0)).astype(
            np.float32
        )

    def number_within(self, numbers: Ids) -> Floats:
        """Return the number of a smaller part counted from the first in this part."""
        return (numbers - np.repeat(numbers[self.firsts], self.sizes)).astype(np.float32)


def _distances(hits: NDArray[np.bool_], places: NDArray[np.int32]) -> tuple[Floats, Floats]:
    """Return how many units to the left and to the right the nearest hit of each row lies, 0 at a hit."""
    beyond = np.int32(places[-1] + NOWHERE)
    before = np.maximum.accumulate(np.where(hits, places, np.int32(-NOWHERE)), axis=1)
    after = np.minimum.accumulate(np.where(hits, places, beyond)[:, ::-1], axis=1)[:, ::-1]
    return (places - before).astype(np.float32), (after - places).astype(np.float32)


def _close(distances: Floats, weights: Floats, reach: float) -> Floats:
    """Return for each unit the weighted share of the question's words near it; a word ``reach`` units away counts half."""
    share = weights @ (np.float32(reach) / (np.float32(reach) + distances))
    return np.asarray(share / max(float(weights.sum()), 1e-6), dtype=np.float32)


def _runs(same: NDArray[np.bool_], firsts: Ids) -> Floats:
    """Return for each unit the length of the longest stretch shared with the question that it is part of.

    No stretch reaches over the first unit of a text.
    """
    rows, length = same.shape
    longest = np.zeros(length, dtype=np.int32)
    forward = np.zeros((rows, length), dtype=np.int32)
    for row in range(rows):
        forward[row] = same[row]
        if row:
            before = forward[row - 1, :-1] * same[row, 1:]
            before[firsts[1:] - 1] = 0
            forward[row, 1:] += before
    whole = np.zeros(length, dtype=np.int32)
    for row in range(rows - 1, -1, -1):
        following = np.append(whole[1:], 0)
        following[firsts[1:] - 1] = 0
        whole = np.where(same[row], np.maximum(forward[row], following), 0)
        longest = np.maximum(longest, whole)
    return longest.astype(np.float32)


def _is_latin(question: Side) -> float:
    latin, han = question.kinds[:, 2].sum(), (~question.kinds[:, :4].any(axis=1)).sum()
    return float(latin > han)
