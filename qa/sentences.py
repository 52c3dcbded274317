"""Which sentences answer: every sentence of the nearest passages gets a score.

All are skimmed by how much of the question they hold (``qa.overlap``), the likeliest are then read closely: whether they
show the kind of thing asked for, and words like those of the question. Both combinations are linear, their weights
learned by ``training.evidence`` on question sets that share no text with any seed. Knows nothing of how sentences become
quotes, nor of whether the best one is good enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.schema import Encoder, Passage
from index.text import sentences
from qa.crosslingual import Dictionary
from qa.expected import satisfied
from qa.gazetteer import level, tokens
from qa.overlap import COLUMNS, Place, Table, table
from qa.question import Question
from qa.retrieval import Query, Ranked, Ranking
from qa.schema import Language
from qa.wordvectors import encode_words

DEPTH = 12  # passages whose sentences are skimmed
CLOSELY = 10  # sentences read closely
_LONG = 150  # a longer sentence is cut at its semicolons
_TRANSLATED = 0.6  # cosine at which words of two languages count as the same
_UNREAD = 3.0  # how far below the last sentence read closely the first of the others stands

FEATURES = (*COLUMNS, "type", "alike")
# Made by: python -m training.evidence (see docs/adr/0007-near-misses-and-calibration.md).
SKIM: dict[Language, Table] = {
    "zh": np.array([5.24, 3.26, 4.27, -1.4, 10.22, 7.16, 1.32, 0.72, 1.42, -0.07, 5.16, 0.12, 2.4, -6.13]),
    "en": np.array([3.73, 3.73, 3.73, -2.44, 9.66, 5.61, 4.14, -3.15, -1.12, -0.69, 22.52, 0.08, 2.92, -6.98]),
}
WEIGHTS: dict[Language, Table] = {
    "zh": np.array([4.47, -0.18, 2.9, -1.63, 8.4, 5.58, 1.21, 0.26, 1.39, 0.02, 5.04, 0.11, 0.15, -4.69, 1.92, 13.37]),
    "en": np.array([5.2, 5.2, 5.2, -0.53, 17.72, 12.78, 0.41, -4.93, 1.7, -1.51, 12.82, 0.08, -2.67, -4.42, 2.21, 10.57]),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: ``passage.text[start:end]``, its features and its share of belief (all sum to 1).

    ``features`` are empty of what only close reading tells (0) where ``close`` is false.
    """

    ranked: Ranked
    number: int
    start: int
    end: int
    features: tuple[float, ...]
    score: float
    share: float
    close: bool = True

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
    places = places_of(question, ranking)
    if not places:
        return ()
    skimmed = table(ranking.query, question.text, places)
    features = np.hstack([skimmed, np.zeros((len(places), len(FEATURES) - len(COLUMNS)))])
    first = skimmed @ SKIM[question.language]
    chosen = np.argsort(-first, kind="stable")[:CLOSELY]
    _read_closely(features, chosen, places, question, ranking.query, encoder)
    close = features[chosen] @ WEIGHTS[question.language]
    scores = first - first[chosen].min() + close.min() - _UNREAD
    scores[chosen] = close
    belief = np.exp(scores - scores.max())
    belief /= belief.sum()
    read = frozenset(map(int, chosen))
    order = sorted(range(len(places)), key=lambda i: (-scores[i], i))
    return tuple(_sentence(places[i], features[i], float(scores[i]), float(belief[i]), i in read) for i in order)


def places_of(question: Question, ranking: Ranking) -> list[Place]:
    """Return the sentences of the nearest passages, passage by passage."""
    ranked = (item for item in ranking.ranked[:DEPTH] if _may_answer(question, item.passage))
    return [Place(item, number, *span) for item in ranked for number, span in enumerate(cut(item.passage))]


def _sentence(place: Place, features: Table, score: float, share: float, close: bool) -> Sentence:
    return Sentence(place.ranked, place.number, place.start, place.end, tuple(map(float, features)), score, share, close)


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


def _read_closely(
    features: Table, chosen: NDArray[np.intp], places: Sequence[Place], question: Question, query: Query, encoder: Encoder
) -> None:
    texts = [places[i].ranked.passage.text[places[i].start : places[i].end] for i in chosen]
    features[chosen, FEATURES.index("type")] = [satisfied(question, text) for text in texts]
    features[chosen, FEATURES.index("alike")] = _likeness(texts, query, encoder)


def _likeness(texts: Sequence[str], query: Query, encoder: Encoder) -> Table:
    """How well the texts have each word of the question or one like it in meaning.

    An encoder that is a table of words says so word by word for the price of look-ups; any other compares texts whole.
    """
    if isinstance(encoder, Dictionary) and query.words:
        return _word_by_word(texts, query, encoder)
    vectors = np.asarray(encoder.encode_passages(list(texts)), dtype=np.float32)
    return np.asarray(vectors @ query.vector, dtype=np.float64)


def _word_by_word(texts: Sequence[str], query: Query, encoder: Encoder) -> Table:
    """For each text the mean over the question's words, weighted by rarity, of the highest cosine with a word of the text."""
    words = [[word for word, _ in tokens(level(text))] for text in texts]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(word for row in words for word in row))}
    result = np.zeros(len(texts))
    weights = np.array([concept.weight for concept in query.words])
    if not numbers or not weights.any():
        return result
    asked = encode_words([concept.word for concept in query.words], encoder)
    known = encode_words(list(numbers), encoder)
    likeness = np.clip((asked @ known.T) / (_TRANSLATED if query.translated else 1.0), 0.0, 1.0)
    for i, row in enumerate(words):
        if row:
            result[i] = float(weights @ likeness[:, [numbers[word] for word in row]].max(axis=1) / weights.sum())
    return result
