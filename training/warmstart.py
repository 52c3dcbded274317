"""First rows of the table: each word where the English teacher puts its meaning, shorter the more common it is.

A Chinese word gets the teacher's vector of its glosses, an English word its own, a word without entry the mean of its parts.
Weighting by a / (a + p) follows Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings" (2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.schema import Vectors
from training.vocabulary import Vocabulary, is_english, is_han

GLOSSES = 4
_SMOOTHING = 1e-4
_LENGTH = 1.5
_NOISE = 0.02


def gloss_text(glosses: Sequence[str]) -> str:
    """Return what the teacher reads for a word with these glosses."""
    return ", ".join(glosses[:GLOSSES])


def start(
    vocabulary: Vocabulary, glosses: Mapping[str, Sequence[str]], teacher: Mapping[str, Vectors], *, dimensions: int, seed: int
) -> Vectors:
    """Return the first table, shape (pieces, dimensions); dimensions past the teacher's begin as noise."""
    size = len(next(iter(teacher.values())))
    known: dict[str, Vectors] = {}
    for piece in vocabulary.pieces:
        text = gloss_text(glosses[piece]) if piece in glosses else piece if is_english(piece) else ""
        if text in teacher:
            known[piece] = teacher[text].astype(np.float32)
    mean = np.mean(list(known.values()), axis=0)
    known = {piece: vector - mean for piece, vector in known.items()}
    scores = dict(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    generator = np.random.default_rng(seed)
    table = generator.normal(0.0, _NOISE, (len(vocabulary.pieces), dimensions)).astype(np.float32)
    for row, (piece, probability) in enumerate(zip(vocabulary.pieces, vocabulary.probabilities, strict=True)):
        vector = known.get(piece)
        if vector is None and (is_han(piece) or is_english(piece)):
            vector = _from_parts(piece, scores, known)
        if vector is not None:
            table[row, :size] += _LENGTH * _SMOOTHING / (_SMOOTHING + probability) * vector
    table[0] = 0.0
    return table


def _from_parts(word: str, scores: Mapping[str, float], known: Mapping[str, Vectors]) -> NDArray[np.float32] | None:
    vectors = [known[part] for part in split(word, scores) if part in known]
    return np.asarray(np.mean(vectors, axis=0), dtype=np.float32) if vectors else None


def split(word: str, scores: Mapping[str, float]) -> list[str]:
    """Return the likeliest way to spell a word by shorter pieces; empty when there is none."""
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for begin in range(end):
            before, part = best[begin], word[begin:end]
            if before is None or part == word or part not in scores:
                continue
            score = before[0] + scores[part]
            current = best[end]
            if current is None or score > current[0]:
                best[end] = (score, [*before[1], part])
    last = best[len(word)]
    return last[1] if last else []
