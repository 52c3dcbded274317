"""How far texts say the question's words, in these words or in words like them.

A word that the archive never prints is no sign of a wrong answer where the text says the same otherwise (难处, 困难; population,
人口); where nothing there is like it, it is one. Words are compared by the table of the reader, whatever model the archive has.
Knows nothing of sentences, quotes or names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.alignment import held
from qa.reader import Reader
from qa.reader.units import Ids
from qa.retrieval import Concept, Query

TRANSLATED = 0.6  # cosine at which words of two languages count as the same

Table = NDArray[np.float64]


def alike(query: Query, texts: Sequence[str], pieces: Sequence[Ids]) -> Table:
    """Return for each folded text the mean over the question's words, by rarity, of the likeness of the word in it most like.

    ``pieces`` are the reader's pieces of each text.
    """
    weights = np.array([concept.weight for concept in query.words])
    if not weights.any():
        return np.zeros(len(texts))
    printed = np.array([[concept.word in text for text in texts] for concept in query.words], dtype=np.float64)
    return np.asarray(weights @ np.maximum(printed, _likest(query.words, pieces, query)) / weights.sum(), dtype=np.float64)


def unlike(query: Query, text: str, size: int) -> tuple[float, float]:
    """Return how far the folded text lacks the question's words: the worst of them, and the mean by rarity; each 0 to 1.

    ``size`` is the number of passages of the archive; a word counts the more the fewer of them print it.
    """
    asked = [word for word in query.words if word.weight]
    if not asked:
        return 0.0, 0.0
    likest = _likest(asked, [Reader.load().pieces(text)], query)[:, 0]
    likeness = np.maximum([held(word, text) for word in asked], likest)
    rarest = math.log(2 * size + 2)  # about the weight of a word that the archive never prints
    weights = np.array([min(1.0, word.weight / rarest) if word.printed else 1.0 for word in asked])
    lacking = weights * (1.0 - likeness)
    return float(lacking.max()), float(lacking.sum() / weights.sum())


def _likest(words: Sequence[Concept], pieces: Sequence[Ids], query: Query) -> Table:
    """The highest cosine of each word with a piece of each text, from 0; shape (words, texts)."""
    reader = Reader.load()
    distinct = np.unique(np.concatenate(pieces)) if len(pieces) else np.zeros(0, dtype=np.int64)
    result = np.zeros((len(words), len(pieces)))
    if not len(distinct) or not words:
        return result
    cosines = reader.meanings_of([word.word for word in words]) @ reader.meanings(distinct).T
    cosines = np.clip(cosines / (TRANSLATED if query.translated else 1.0), 0.0, 1.0)
    for column, each in enumerate(pieces):
        if len(each):
            result[:, column] = cosines[:, np.searchsorted(distinct, each)].max(axis=1)
    return result
