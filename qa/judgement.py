"""Whether the quotes answer the question: a probability, and what of the question the evidence lacks.

A logistic combination of how much of the question stands near the answer, of agreement, margins and answer type, learned by
``training.evidence`` on answerable questions, the same with the answering article taken out, and near misses. What the
question names and the article does not mention is also said by name. It does not understand: a wrong premise made of
words that all stand there together passes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.schema import CONTINUATION_MISSING, Passage
from index.text import fold
from qa.alignment import Alignment, align, lacking, unknown_names
from qa.expected import satisfied
from qa.question import Question
from qa.quotes import KEPT
from qa.retrieval import Ranking, View
from qa.schema import Language, Quote
from qa.sentences import Sentence, cut

THRESHOLD = 0.5
SIGNALS = (
    "pairs",
    "around",
    "passage",
    "words",
    "absent",
    "absent_second",
    "absent_article",
    "numbers",
    "conflict",
    "named",
    "cosine",
    "alike",
    "share",
    "quotes",
    "margin",
    "type",
    "sure",
    "agrees",
    "apart",
)
# Made by: python -m training.evidence (see docs/adr/0007-near-misses-and-calibration.md).
BIAS: dict[Language, float] = {"zh": -3.73, "en": -2.46}
WEIGHTS: dict[Language, tuple[float, ...]] = {
    "zh": (
        0.90,
        4.18,
        2.07,
        -0.37,
        2.02,
        0.91,
        -2.23,
        -1.32,
        -0.68,
        -3.80,
        2.03,
        2.42,
        2.00,
        -0.15,
        1.74,
        0.03,
        1.52,
        -0.97,
        -1.08,
    ),
    "en": (
        0.99,
        1.23,
        0.19,
        1.13,
        -0.38,
        0.39,
        -0.26,
        -1.47,
        0.00,
        -1.90,
        0.98,
        2.33,
        1.98,
        -2.34,
        1.30,
        0.93,
        1.37,
        0.47,
        -0.00,
    ),
}
# Taken off the log odds when of what is shown only an unlikely quote has the kind of thing asked for; none has (names
# escape the patterns more often than figures); a number counts something else. Set by hand: the question sets have no
# such near misses.
_UNLIKELY, _UNTYPED, _MISCOUNTED = 0.5, 1.0, 3.0
_EMPTY = 0.45  # what is left of the confidence in quotes without any figure where one is asked for
_LACKING = 0.45  # what is left of it where the evidence lacks something the question names


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the quotes answer (0 to 1), what they lack, and whether the rest of the article is missing.

    ``missing`` are names and years of the question that no one cited article mentions; ``conflicts`` are pairs (asked,
    printed) where the text near the answer has another of the same kind: ("第七届", "第六届").
    """

    confidence: float
    missing: tuple[str, ...]
    cut_off: bool
    conflicts: tuple[tuple[str, str], ...] = ()

    @property
    def found(self) -> bool:
        return self.confidence >= THRESHOLD


def judge(question: Question, ranking: Ranking, sentences: Sequence[Sentence], quotes: Sequence[Quote], view: View) -> Judgement:
    """Say how likely the quotes answer the question."""
    if not sentences or not quotes:
        return Judgement(0.0, (), False)
    passages = {sentence.passage.id: sentence.passage for sentence in sentences}
    cited = [passages[quote.passage_id] for quote in quotes]
    shown = [passages[quote.passage_id].text[quote.start : quote.end] for quote in quotes]
    held = align(question, ranking.query, sentences[0].passage, near(sentences[0]), view)
    missing = (*_missing(question, cited, view), *unknown_names(question, ranking.query, cited[0], view))
    values = signals(sentences, quotes, held)
    odds = BIAS[question.language] + sum(w * v for w, v in zip(WEIGHTS[question.language], values, strict=True))
    probability = 1.0 / (1.0 + math.exp(-odds + _penalty(question, shown, quotes)))
    if _shows_nothing(question, shown):
        probability *= _EMPTY
    article = view.article(cited[0].article_id)
    cut_off = article is not None and (CONTINUATION_MISSING in article.flags or article.jump is not None)
    return Judgement(probability * _LACKING if missing else probability, missing, cut_off, held.conflicts)


def signals(sentences: Sequence[Sentence], quotes: Sequence[Quote], held: Alignment) -> tuple[float, ...]:
    """Return what the probability is made of, one value for each of ``SIGNALS``, each from about 0 to 1."""
    best = sentences[0]
    others = [sentence for sentence in sentences if sentence.passage.article_id != best.passage.article_id]
    return (
        best.feature("pairs"),
        best.feature("around"),
        best.feature("passage"),
        held.words,
        held.absent,
        held.absent_second,
        held.absent_article,
        held.numbers,
        float(bool(held.conflicts)),
        min(2, len(held.missing)) / 2,
        best.feature("cosine"),
        best.feature("alike"),
        best.share,
        min(1.0, sum(quote.score for quote in quotes)),
        min(1.0, (best.score - (others[0].score if others else best.score - 10.0)) / 10.0),
        best.feature("type"),
        best.feature("sure"),
        best.feature("reader"),
        min(1.0, best.feature("reader") - next((s.feature("reader") for s in others if s.close), -1.0)),
    )


def near(sentence: Sentence) -> str:
    """Return a sentence with its two neighbours and the headlines over it, folded."""
    spans = cut(sentence.passage)
    first, last = spans[max(0, sentence.number - 1)], spans[min(len(spans) - 1, sentence.number + 1)]
    return fold(sentence.passage.context + "\n" + sentence.passage.text[first[0] : last[1]])


def _missing(question: Question, cited: Sequence[Passage], view: View) -> tuple[str, ...]:
    """Names and years of the question that the evidence lacks: one article must have them all, a contrast may share them out."""
    lacks = [lacking(question, passage, view) for passage in cited]
    if question.contrast:
        return tuple(name for name in lacks[0] if all(name in other for other in lacks))
    return min(lacks, key=len)


def _penalty(question: Question, shown: Sequence[str], quotes: Sequence[Quote]) -> float:
    """What the log odds lose when nothing likely is of the kind asked for."""
    likely = [text for text, quote in zip(shown, quotes, strict=True) if quote.score >= KEPT * quotes[0].score]
    if satisfied(question, "\n".join(likely)) >= 0.5:
        return 0.0
    shows = satisfied(question, "\n".join(shown))
    if shows >= 0.5:
        return _UNLIKELY
    if "number" in question.kinds:  # what an English question counts is only guessed from the dictionary
        return _MISCOUNTED if question.language == "zh" else _UNLIKELY
    return _UNTYPED


def _shows_nothing(question: Question, shown: Sequence[str]) -> bool:
    """Nothing but figures, dates or addresses is asked for, and the quotes have none: digits do not escape the patterns."""
    return set(question.kinds) <= {"number", "when", "contact"} and satisfied(question, "\n".join(shown)) == 0.0
