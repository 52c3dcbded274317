"""Which sentences answer: every sentence of the nearest passages gets a score.

All are skimmed by how much of the question they hold (``qa.overlap``); the likeliest and those beside them (where one sentence
says what it is about, the next may answer) are then read closely: by the reader, for the kind of thing asked for, and for words
like those of the question. Both combinations are linear, their weights learned by ``training.evidence`` on question sets that
share no text with any seed. Knows nothing of how sentences become quotes, nor of whether the best one is good enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.schema import Passage
from index.text import fold, sentences
from qa.alignment import named_share
from qa.expected import satisfied
from qa.likeness import alike
from qa.overlap import COLUMNS, Place, Span, Table, table
from qa.question import Question
from qa.reader import Best, Reader
from qa.reader.units import Ids
from qa.retrieval import Query, Ranked, Ranking
from qa.schema import Language

DEPTH = 12  # passages whose sentences are skimmed
# Sentences read closely at most, beside their neighbours, and the characters of all of them together, unless the first one and
# its neighbours are longer. Skimming goes by words that both sides print, which tells less where the words had to be translated.
CLOSELY: dict[Language, int] = {"zh": 10, "en": 16}
READ: dict[Language, int] = {"zh": 480, "en": 1200}
_LONG = 150  # a longer sentence is cut at its semicolons
_UNREAD = 3.0  # how far below the last sentence read closely the likeliest of the others stands

# A passage that mentions all the question names beats one that mentions none by this much.
NAMED: dict[Language, float] = {"zh": 1.5, "en": 2.0}

_FARTHEST = 12.0  # more than this below the best the reader's score tells nothing

FEATURES = (
    *COLUMNS,
    "type",  # whether the sentence shows the kind of thing asked for
    "alike",  # share of the question's words with one like it in the sentence
    "reader",  # the reader's score, against the best of all, from -1
    "answer",  # the same of the single best span
    "sure",  # the reader's best score of all, the same for all sentences of a question
)
# Made by: python -m training.evidence (see docs/adr/0007-near-misses-and-calibration.md).
SKIM: dict[Language, Table] = {
    "zh": np.array([6.38, 2.51, 4.11, -0.92, 10.68, 7.4, 0.89, 1.07, 2.53, -0.66, 3.71, 0.13, 2.73, -6.44]),
    "en": np.array([2.49, 2.49, 2.49, -2.73, 8.62, 5.48, 5.54, -2.15, 5.09, -1.16, 6.98, 0.41, 1.22, -4.65]),
}
WEIGHTS: dict[Language, Table] = {
    "zh": np.array(
        [3.57, -0.1, 0.07, -0.08, 7.13, 5.87, 0.18, 2.04, 2.61, -0.33, 1.92, -0.06, -1.42, -1.48, 0.71, 2.0, 10.97, -0.4, -0.0]
    ),
    "en": np.array(
        [1.13, 1.13, 1.13, -2.11, 5.13, 0.69, 3.0, -2.31, 4.01, 0.1, 2.3, 0.19, -3.45, -1.06, 1.68, 7.04, 0.98, 2.57, -0.0]
    ),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: ``passage.text[start:end]``, its features and its share of belief (all sum to 1).

    ``features`` have 0 for what only close reading tells where ``close`` is false; ``answer`` is where in the passage the
    reader sees the answering words, None where it has not read or sees nothing.
    """

    ranked: Ranked
    number: int
    start: int
    end: int
    features: tuple[float, ...]
    score: float
    share: float
    close: bool = True
    answer: Span | None = None

    @property
    def passage(self) -> Passage:
        return self.ranked.passage

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    def feature(self, name: str) -> float:
        return self.features[FEATURES.index(name)]


def score(question: Question, ranking: Ranking) -> tuple[Sentence, ...]:
    """Return the sentences of the nearest passages, the likeliest answer first."""
    places = places_of(question, ranking)
    if not places:
        return ()
    skimmed = table(ranking.query, question.text, places)
    features = np.hstack([skimmed, np.zeros((len(places), len(FEATURES) - len(COLUMNS)))])
    first = skimmed @ SKIM[question.language]
    windows = _likeliest(first, places, question.language)
    chosen = [i for window in windows for i in window]
    features[chosen, len(COLUMNS) :], answers = _read_closely(chosen, windows, places, question, ranking.query)
    close = features[chosen] @ WEIGHTS[question.language]
    close += NAMED[question.language] * _naming([places[i] for i in chosen], question, ranking.query)
    others = np.delete(first, chosen)
    scores = first - others.max(initial=first.min()) + close.min() - _UNREAD
    scores[chosen] = close
    belief = np.exp(scores - scores.max())
    belief /= belief.sum()
    read = dict(zip(chosen, answers, strict=True))
    rows: list[list[float]] = features.tolist()
    order = sorted(range(len(places)), key=lambda i: (-scores[i], i))
    return tuple(
        Sentence(
            ranked=places[i].ranked,
            number=places[i].number,
            start=places[i].start,
            end=places[i].end,
            features=tuple(rows[i]),
            score=float(scores[i]),
            share=float(belief[i]),
            close=i in read,
            answer=read.get(i),
        )
        for i in order
    )


def _naming(places: Sequence[Place], question: Question, query: Query) -> Table:
    """For each sentence the share of what the question names that its passage or headlines mention."""
    passages = {place.ranked.passage.id: place.ranked.passage for place in places}
    shares = {id: named_share(question, query, fold(p.context + "\n" + p.text)) for id, p in passages.items()}
    return np.array([shares[place.ranked.passage.id] for place in places])


def _likeliest(scores: Table, places: Sequence[Place], language: Language) -> list[range]:
    """The windows to read closely: the best sentences, each with its neighbours, as far as there is time.

    A window is a run of sentences of one passage; the reader sees no farther than that anyway.
    """
    read: set[int] = set()
    for i in map(int, np.argsort(-scores, kind="stable")[: CLOSELY[language]]):
        same = (j for j in (i - 1, i, i + 1) if 0 <= j < len(places) and places[j].ranked is places[i].ranked)
        wider = read.union(same)
        if not read or sum(places[j].end - places[j].start for j in wider) <= READ[language]:
            read = wider
    return list(_runs(sorted(read), places))


def _runs(rows: Sequence[int], places: Sequence[Place]) -> Iterator[range]:
    """Neighbouring rows of one passage as ranges."""
    start = 0
    for n in range(1, len(rows) + 1):
        if n == len(rows) or rows[n] != rows[n - 1] + 1 or places[rows[n]].ranked is not places[rows[n - 1]].ranked:
            yield range(rows[start], rows[n - 1] + 1)
            start = n


def places_of(question: Question, ranking: Ranking) -> list[Place]:
    """Return the sentences of the nearest passages, passage by passage."""
    ranked = (item for item in ranking.ranked[:DEPTH] if _may_answer(question, item.passage))
    return [Place(item, number, *span) for item in ranked for number, span in enumerate(cut(item.passage))]


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
    chosen: Sequence[int],
    windows: Sequence[range],
    places: Sequence[Place],
    question: Question,
    query: Query,
) -> tuple[Table, list[Span | None]]:
    """The features of close reading, one row a chosen sentence, and where the reader sees the answer in its passage."""
    read = _read(chosen, windows, places, question.text)
    texts = [places[i].ranked.passage.text[places[i].start : places[i].end] for i in chosen]
    scores, single = (np.array(values) for values in zip(*((one.best.score, one.best.sure) for one in read), strict=True))
    columns = (
        np.array([satisfied(question, text) for text in texts]),
        alike(query, [fold(text) for text in texts], [one.pieces for one in read]),
        np.maximum(scores - scores.max(), -_FARTHEST) / _FARTHEST,
        np.maximum(single - single.max(), -_FARTHEST) / _FARTHEST,
        np.full(len(texts), np.clip(scores.max() / _FARTHEST, -1.0, 1.0)),
    )
    return np.stack(columns, axis=1), [one.answer for one in read]


@dataclass(frozen=True, slots=True)
class _Read:
    """What the reader made of a sentence; ``shift`` is where the text that it read begins in the passage."""

    best: Best
    pieces: Ids
    shift: int

    @property
    def answer(self) -> Span | None:
        """Where in the passage the reader sees the answer."""
        start, end = self.best.start + self.shift, self.best.end + self.shift
        return (start, end) if end > start else None


def _read(chosen: Sequence[int], windows: Sequence[range], places: Sequence[Place], asked: str) -> list[_Read]:
    """Let the reader read the windows and say what it makes of each chosen sentence."""
    starts = [places[window.start].start for window in windows]
    texts = [
        places[window.start].ranked.passage.text[start : places[window.stop - 1].end]
        for window, start in zip(windows, starts, strict=True)
    ]
    readings = Reader.load().read(asked, texts)
    at = {row: number for number, window in enumerate(windows) for row in window}
    found: list[_Read] = []
    for i in chosen:
        reading, shift = readings[at[i]], starts[at[i]]
        start, end = places[i].start - shift, places[i].end - shift
        found.append(_Read(reading.best(start, end), reading.pieces_of(start, end), shift))
    return found
