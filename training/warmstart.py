"""First rows of the table: each word where the English teacher puts its meaning, shorter the more common it is.

A Chinese word gets the teacher's vector of its glosses, an English word its own, a word without entry the mean of its parts.
Weighting by a / (a + p) follows Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings" (2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.schema import Vectors
from training.vocabulary import Vocabulary, is_english, is_han, word_of

GLOSSES = 4
_SMOOTHING = 5e-4
_NOISE = 0.5  # length of the random part of a row, against 1 for its meaning: keeps words of like meaning apart


def gloss_text(glosses: Sequence[str]) -> str:
    """Return what the teacher reads for a word with these glosses."""
    return ", ".join(glosses[:GLOSSES])


def teacher_texts(vocabulary: Vocabulary, glosses: Mapping[str, Sequence[str]]) -> list[str]:
    """Return what the teacher has to read for these words, sorted."""
    words = [word_of(piece) for piece in vocabulary.pieces[: len(vocabulary.probabilities)]]
    return sorted({_text(word, glosses) for word in words if word in glosses or is_english(word)})


def _text(word: str, glosses: Mapping[str, Sequence[str]]) -> str:
    return gloss_text(glosses[word]) if word in glosses else word


def start(
    vocabulary: Vocabulary, glosses: Mapping[str, Sequence[str]], teacher: Mapping[str, Vectors], *, dimensions: int, seed: int
) -> Vectors:
    """Return the first table, shape (rows, dimensions); dimensions past the teacher's begin as noise."""
    size = len(next(iter(teacher.values())))
    owners = [word_of(piece) for piece in vocabulary.pieces[: len(vocabulary.probabilities)]]
    meanings = _meanings(owners, glosses, teacher)
    scores = dict(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    generator = np.random.default_rng(seed)
    table = generator.normal(0.0, _NOISE / np.sqrt(dimensions), (len(owners), dimensions)).astype(np.float32)
    for row, word in enumerate(owners):
        vector = meanings.get(word)
        if vector is None and is_han(word):
            vector = _from_parts(word, scores, meanings)
        if vector is not None:
            table[row, :size] += vector
    table *= (_SMOOTHING / (_SMOOTHING + np.asarray(vocabulary.probabilities, dtype=np.float32)))[:, None]
    table[0] = 0.0
    return table


def _meanings(words: Sequence[str], glosses: Mapping[str, Sequence[str]], teacher: Mapping[str, Vectors]) -> dict[str, Vectors]:
    """Return the teacher's vectors of the words that it can read, whitened for each language apart, of unit length."""
    meanings: dict[str, Vectors] = {}
    for language in (is_han, is_english):
        texts = {word: _text(word, glosses) for word in words if language(word)}
        known = [word for word, text in texts.items() if text in teacher]
        if known:
            vectors = whiten(np.stack([teacher[texts[word]] for word in known]).astype(np.float32))
            meanings.update(zip(known, vectors, strict=True))
    return meanings


def whiten(vectors: Vectors) -> Vectors:
    """Return vectors without mean, of equal spread in every direction and of unit length.

    A teacher's vectors use few of their directions; a sum over the words of a paragraph needs all of them to keep words apart.
    """
    centred = vectors - vectors.mean(axis=0)
    spread, directions = np.linalg.eigh(np.cov(centred.T))
    scaled = centred @ (directions * np.maximum(spread, spread.max() * 1e-6) ** -0.5) @ directions.T
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    return np.asarray(scaled / np.maximum(lengths, 1e-9), dtype=np.float32)


def _from_parts(word: str, scores: Mapping[str, float], known: Mapping[str, Vectors]) -> NDArray[np.float32] | None:
    vectors = [known[part] for part in split(word, scores) if part in known]
    return np.asarray(np.mean(vectors, axis=0), dtype=np.float32) if vectors else None


def split(word: str, scores: Mapping[str, float], *, least: int = 2) -> list[str]:
    """Return the likeliest way to spell a word by at least ``least`` (1 or 2) pieces; empty when there is none."""
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for begin in range(end):
            before, part = best[begin], word[begin:end]
            if before is None or part not in scores or (least > 1 and part == word):
                continue
            score = before[0] + scores[part]
            current = best[end]
            if current is None or score > current[0]:
                best[end] = (score, [*before[1], part])
    last = best[len(word)]
    return last[1] if last else []
