"""Which sentences answer: every sentence of the nearest passages gets a score.

A linear combination of simple features (overlap weighted by rarity, cosine, answer type, place, passage score),
its weights learned by ``training/evidence.py`` on question sets that share no text with any seed. Knows nothing
of how sentences become quotes, nor of whether the best one is good enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.schema import Encoder, Passage
from index.text import fold, sentences
from qa.crosslingual import Dictionary
from qa.expected import satisfied
from qa.gazetteer import level, tokens
from qa.question import Question
from qa.retrieval import Query, Ranked, Ranking, coverage
from qa.schema import Language
from qa.wordvectors import encode_words

DEPTH = 12  # passages whose sentences are weighed
_LONG = 150  # a longer sentence is cut at its semicolons
_TRANSLATED = 0.6  # cosine at which words of two languages count as the same
_ENCODED = 64  # sentences that get a vector

Features = NDArray[np.float64]

FEATURES = ("overlap", "overlap_chars", "neighbours", "passage", "type", "retrieval", "first", "length", "fresh", "alike")
# Made by: python training/evidence.py (see docs/adr/0004-evidence-and-not-found.md).
WEIGHTS: dict[Language, Features] = {
    "zh": np.array([4.56, 1.17, 6.62, 2.61, 2.04, 8.45, 0.43, 0.34, -4.54, 5.13]),
    "en": np.array([1.18, 1.18, 3.81, -2.48, 1.99, 11.76, 0.88, -1.57, -4.06, 14.21]),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: ``passage.text[start:end]``, its features and its share of belief (all sum to 1)."""

    ranked: Ranked
    number: int
    start: int
    end: int
    features: tuple[float, ...]
    score: float
    share: float

    @property
    def passage(self) -> Passage:
        return self.ranked.passage

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    def feature(self, name: str) -> float:
        return self.features[FEATURES.index(name)]


def score(question: Question, ranking: Ranking, encoder: Encoder) -> tuple[Sentence, ...]:
    """Return the sentences of the nearest passages, the likeliest answer first."""
    ranked = [item for item in ranking.ranked[:DEPTH] if _may_answer(question, item.passage)]
    rows: list[tuple[Ranked, int, int, int]] = []
    table: list[list[float]] = []
    for item in ranked:
        spans = cut(item.passage)
        values = _of_passage(question, ranking.query, item, spans)
        rows += [(item, number, start, end) for number, (start, end) in enumerate(spans)]
        table += values
    if not rows:
        return ()
    features = np.array(table)
    weights = WEIGHTS[question.language]
    _add_likeness(features, rows, ranking.query, encoder, weights)
    scores = features @ weights
    belief = np.exp(scores - scores.max())
    belief /= belief.sum()
    order = sorted(range(len(rows)), key=lambda i: (-scores[i], i))
    return tuple(Sentence(*rows[i], tuple(map(float, features[i])), float(scores[i]), float(belief[i])) for i in order)


def _may_answer(question: Question, passage: Passage) -> bool:
    """A masthead names the paper and the day of every question about them; it answers only what it itself shows."""
    return passage.kind != "masthead" or satisfied(question, passage.text) > 0.0


def cut(passage: Passage) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a passage; those over 150 characters are cut at semicolons.

    A masthead is one sentence: its lines (date, number, address) explain each other.
    """
    text = passage.text
    if passage.kind == "masthead" and text.strip():
        return [(len(text) - len(text.lstrip()), len(text.rstrip()))]
    return [span for start, end in sentences(text) for span in _clauses(text, start, end)]


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= _LONG:
        yield start, end
        return
    place = start
    while place < end:
        stop = min((p for p in (text.find("；", place, end), text.find(";", place, end)) if p >= 0), default=-1)
        stop = end if stop < 0 else stop + 1
        yield place, stop
        place = stop
        while place < end and text[place].isspace():
            place += 1


def _of_passage(question: Question, query: Query, item: Ranked, spans: Sequence[tuple[int, int]]) -> list[list[float]]:
    folded = fold(item.passage.text)
    whole = fold(item.passage.context) + "\n" + folded
    pieces = [folded[start:end] for start, end in spans]
    pairs = [coverage(query.concepts, piece) for piece in pieces]
    everything = coverage(query.concepts, whole)
    asked = set(fold(question.text)).union(*(form.text for concept in query.concepts for form in concept.forms))
    rows: list[list[float]] = []
    for i, piece in enumerate(pieces):
        around = coverage(query.concepts, "\n".join(pieces[max(0, i - 1) : i + 2]))
        rows.append(
            [
                pairs[i],
                coverage(query.chars, piece),
                around - pairs[i],
                everything - around,
                satisfied(question, item.passage.text[spans[i][0] : spans[i][1]]),
                item.score,
                float(i == 0),
                min(1.0, math.log1p(len(piece)) / 5.0),
                sum(char not in asked for char in set(piece)) / max(1, len(set(piece))),
                0.0,
            ]
        )
    return rows


def _add_likeness(
    features: Features, rows: Sequence[tuple[Ranked, int, int, int]], query: Query, encoder: Encoder, weights: Features
) -> None:
    """How well the sentence has each word of the question or one like it in meaning.

    An encoder that is a table of words says so word by word for the price of look-ups; any other compares the
    likeliest sentences whole.
    """
    texts = [item.passage.text[start:end] for item, _, start, end in rows]
    column = FEATURES.index("alike")
    if isinstance(encoder, Dictionary) and query.words:
        features[:, column] = _word_by_word(texts, query, encoder)
    else:
        chosen = np.argsort(-(features @ weights), kind="stable")[:_ENCODED]
        vectors = np.asarray(encoder.encode_passages([texts[i] for i in chosen]), dtype=np.float32)
        features[chosen, column] = vectors @ query.vector


def _word_by_word(texts: Sequence[str], query: Query, encoder: Encoder) -> Features:
    """For each text the mean over the question's words, weighted by rarity, of the highest cosine with a word of the text."""
    table = [[word for word, _ in tokens(level(text))] for text in texts]
    places = {word: place for place, word in enumerate(dict.fromkeys(word for words in table for word in words))}
    result = np.zeros(len(texts))
    if not places:
        return result
    asked = encode_words([concept.word for concept in query.words], encoder)
    known = encode_words(list(places), encoder)
    likeness = np.clip((asked @ known.T) / (_TRANSLATED if query.translated else 1.0), 0.0, 1.0)
    weights = np.array([concept.weight for concept in query.words])
    for i, words in enumerate(table):
        if words:
            result[i] = float(weights @ likeness[:, [places[word] for word in words]].max(axis=1) / weights.sum())
    return result
