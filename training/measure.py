"""Figures of an encoder on the development sets: R@1 between languages, nDCG@10 of questions among paragraphs, speed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.schema import Encoder, Vectors
from training import corpora

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """All between 0 and 1. ``english`` is on machine-made English: first glosses of held-out questions, for tuning only."""

    ntrex_en_zh: float
    ntrex_zh_en: float
    drcd: float
    cmrc: float
    english: float | None = None


def measure(encoder: Encoder, data: Path, *, gloss: Callable[[Sequence[str]], list[str]] | None = None) -> Figures:
    """Measure an encoder on NTREX and on the held-out halves of DRCD and CMRC (all paragraphs compete)."""
    pairs = corpora.read_ntrex(data)
    english = encoder.encode_questions([pair[0] for pair in pairs])
    chinese = encoder.encode_passages([pair[1] for pair in pairs])
    scores = english @ chinese.T
    sets = [corpora.read_questions(data, name) for name in (corpora.DRCD, corpora.CMRC)]
    drcd, cmrc = (question_ndcg(encoder, one) for one in sets)
    glossed = [question_ndcg(encoder, one, change=gloss) for one in sets] if gloss else []
    return Figures(recall_at_1(scores), recall_at_1(scores.T), drcd, cmrc, sum(glossed) / len(glossed) if glossed else None)


def question_ndcg(
    encoder: Encoder, one: corpora.QuestionSet, *, change: Callable[[Sequence[str]], list[str]] | None = None
) -> float:
    """Return nDCG@10 of the held-out questions among all paragraphs of the set."""
    asked = [question for question in one.questions if question.held_out]
    texts = [question.text for question in asked]
    questions = encoder.encode_questions(change(texts) if change else texts)
    paragraphs = encoder.encode_passages(one.paragraphs)
    return ndcg(questions @ paragraphs.T, np.asarray([question.paragraph for question in asked]))


def recall_at_1(scores: Vectors) -> float:
    """Return the share of rows whose best column is the one of the same number."""
    return float(np.mean(ranks(scores, np.arange(len(scores))) == 1))


def ndcg(scores: Vectors, wanted: NDArray[np.int64]) -> float:
    """Return nDCG@10 where one column a row is relevant: the mean of 1 / log2(1 + rank), 0 below the tenth."""
    places = ranks(scores, wanted)
    return float(np.mean(np.where(places <= DEPTH, 1.0 / np.log2(1.0 + places), 0.0)))


def ranks(scores: Vectors, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rank of column ``wanted[i]`` in row i, from 1; ties count against it."""
    own = scores[np.arange(len(scores)), wanted]
    return np.asarray((scores >= own[:, None]).sum(axis=1), dtype=np.int64)


def passages_per_second(encoder: Encoder, data: Path, *, length: int = 150, count: int = 10_000) -> float:
    """Return how many passages of ``length`` characters are encoded a second, best of three."""
    text = "".join(text for item in corpora.read_news(data) for text in item.paragraphs)[: length * count]
    passages = [text[start : start + length] for start in range(0, len(text), length)]
    times: list[float] = []
    for _ in range(3):
        began = time.perf_counter()
        encoder.encode_passages(passages)
        times.append(time.perf_counter() - began)
    return len(passages) / min(times)
