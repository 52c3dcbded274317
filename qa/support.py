"""How far a text bears out a statement: which share of the statement's content stands in it.

The same concepts and weights as for questions. It compares words, not meanings: who did what to whom it does not see.
"""

from __future__ import annotations

import numpy as np

from index.schema import Encoder
from index.text import fold, is_chinese
from qa.question import understand
from qa.retrieval import View, coverage, query_of


def support(statement: str, text: str, view: View, encoder: Encoder) -> float:
    """Return the share (0 to 1) of the statement's content, weighted by rarity in the archive, that stands in the text.

    A Chinese statement by the mean over pairs, characters and words; an English one by words, and on a Chinese text, where
    the dictionary knows only some of them, by the mean of that and the cosine. Raises QuestionError over 1,000 characters.
    """
    query = query_of(understand(statement), view, encoder)
    folded = fold(text)
    if is_chinese(statement):
        parts = [part for part in (query.concepts, query.chars, query.words) if part]
        return sum(coverage(part, folded) for part in parts) / len(parts) if parts else 0.0
    covered = coverage(query.concepts, folded)
    if not is_chinese(text):
        return covered
    cosine = float(np.asarray(encoder.encode_passages([text]), dtype=np.float32)[0] @ query.vector)
    return (covered + max(0.0, cosine)) / 2
