"""How much of the question stands in the sentences of the passages found, weighted by rarity.

Plain counting over folded text, all sentences at once: cheap enough for every sentence of every passage. Knows
nothing of word boundaries in the passages, of meaning, or of answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.text import fold
from qa.retrieval import Concept, Query, Ranked

Table = NDArray[np.float64]
Span = tuple[int, int]

COLUMNS = (
    "pairs",  # share of the question's pairs of characters in the sentence
    "words",  # of its words
    "chars",  # of its characters
    "rarest",  # weight of the rarest pair that stands here, against the rarest of the question
    "around",  # what the two neighbours add
    "passage",  # what the rest of the passage and its headlines add
    "best",  # pairs, against the best sentence of all
    "run",  # longest run of the question's characters, of eight
    "score",  # fused score of the passage
    "lexical",  # its share of the best lexical score
    "cosine",  # its cosine with the question
    "first",  # first sentence of its passage
    "length",  # logarithm of the length
    "fresh",  # share of characters that the question does not have
)


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage: which of the passages, which of its sentences, and where."""

    ranked: Ranked
    number: int
    start: int
    end: int


def table(query: Query, asked: str, places: Sequence[Place]) -> Table:
    """Return one row a sentence, one column for each of ``COLUMNS``; the sentences of a passage stand together in order."""
    runs = _runs_of(places)
    of_runs = [places[run.start].ranked.passage for run in runs]
    pieces = [
        text[place.start : place.end]
        for run, text in zip(runs, (fold(passage.text) for passage in of_runs), strict=True)
        for place in places[run]
    ]
    contexts = _fits(query.concepts, [fold(passage.context) for passage in of_runs])
    fits = _fits(query.concepts, pieces)
    weights = np.array([concept.weight for concept in query.concepts])
    total = float(weights.sum()) or 1.0
    pairs = fits @ weights / total
    everything = _spread(contexts, fits, runs) @ weights / total
    around = _neighbours(fits, runs) @ weights / total
    typed = fold(asked)
    letters = frozenset(typed).union(*(form.text for concept in query.concepts for form in concept.forms))
    rows = np.empty((len(places), len(COLUMNS)))
    columns: Sequence[Any] = (
        pairs,
        _share(query.words, pieces),
        _share(query.chars, pieces),
        (fits * weights).max(axis=1, initial=0.0) / (float(weights.max(initial=0.0)) or 1.0),
        around - pairs,
        everything - around,
        pairs / (float(pairs.max(initial=0.0)) or 1.0),
        [_longest(typed, piece) / 8.0 for piece in pieces],
        [place.ranked.score for place in places],
        [place.ranked.lexical for place in places],
        [place.ranked.cosine for place in places],
        [float(place.number == 0) for place in places],
        [min(1.0, float(np.log1p(len(piece))) / 5.0) for piece in pieces],
        [
            1.0 - len(letters.intersection(piece)) / max(1, len(chars))
            for piece, chars in zip(pieces, map(set, pieces), strict=True)
        ],
    )
    for place, column in enumerate(columns):
        rows[:, place] = column
    return rows


def _fits(concepts: Sequence[Concept], texts: Sequence[str]) -> Table:
    """How well each concept stands in each text, shape (texts, concepts)."""
    rows = np.zeros((len(texts), len(concepts)))
    for column, concept in enumerate(concepts):
        for form in sorted(concept.forms, key=lambda form: form.fit):  # the best form last, so that it wins
            word, fit = form.text, form.fit
            for row, text in enumerate(texts):
                if word in text:
                    rows[row, column] = fit
    return rows


def _share(concepts: Sequence[Concept], texts: Sequence[str]) -> Table:
    weights = np.array([concept.weight for concept in concepts])
    total = float(weights.sum())
    return _fits(concepts, texts) @ weights / total if total else np.zeros(len(texts))


def _runs_of(places: Sequence[Place]) -> list[slice]:
    """The rows of each passage."""
    starts = [i for i, place in enumerate(places) if not i or place.ranked is not places[i - 1].ranked]
    return [slice(start, end) for start, end in zip(starts, [*starts[1:], len(places)], strict=True)]


def _spread(contexts: Table, fits: Table, runs: Sequence[slice]) -> Table:
    """For each sentence the best fits within its whole passage, headlines included."""
    whole = np.empty_like(fits)
    for run, context in zip(runs, contexts, strict=True):
        whole[run] = np.maximum(fits[run].max(axis=0), context)
    return whole


def _neighbours(fits: Table, runs: Sequence[slice]) -> Table:
    near = fits.copy()
    for run in runs:
        rows = fits[run]
        near[run][1:] = np.maximum(near[run][1:], rows[:-1])
        near[run][:-1] = np.maximum(near[run][:-1], rows[1:])
    return near


def _longest(asked: str, text: str) -> int:
    """Length of the longest run of the question's characters that stands in ``text``, eight at most."""
    best = 1
    for start in range(len(asked) - 1):
        while best < 8 and start + best < len(asked) and asked[start : start + best + 1] in text:
            best += 1
    return best
