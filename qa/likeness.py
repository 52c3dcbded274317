"""What of a question a text says neither in its words nor in words like them.

A word that the archive never prints is no sign of a wrong answer where the text says the same otherwise (难处, 困难; population,
人口); where nothing there is like it, it is one. Words are compared by the encoder's table of words; with an
encoder that is none only printed words count. Knows nothing of sentences, quotes or names.
"""

from __future__ import annotations

import math

import numpy as np

from index.schema import Encoder
from qa.alignment import held
from qa.crosslingual import Dictionary
from qa.gazetteer import level, tokens
from qa.retrieval import Query
from qa.wordvectors import encode_words

TRANSLATED = 0.6  # cosine at which words of two languages count as the same


def unlike(query: Query, text: str, size: int, encoder: Encoder) -> tuple[float, float]:
    """Return how far the folded text lacks the question's words: the worst of them, and the mean by rarity; each 0 to 1.

    ``size`` is the number of passages of the archive; a word counts the more the fewer of them print it.
    """
    asked = [word for word in query.words if word.weight]
    if not asked:
        return 0.0, 0.0
    likeness = np.array([held(word, text) for word in asked])
    words = list(dict.fromkeys(word for word, _ in tokens(level(text))))
    if words and isinstance(encoder, Dictionary):
        cosines = encode_words([word.word for word in asked], encoder) @ encode_words(words, encoder).T
        likeness = np.maximum(likeness, np.clip(cosines.max(axis=1) / (TRANSLATED if query.translated else 1.0), 0.0, 1.0))
    rarest = math.log(2 * size + 2)  # about the weight of a word that the archive never prints
    weights = np.array([min(1.0, word.weight / rarest) if word.printed else 1.0 for word in asked])
    lacking = weights * (1.0 - likeness)
    return float(lacking.max()), float(lacking.sum() / weights.sum())
