"""How far a text bears out a statement: which share of the statement's content stands in it.

Weighted by rarity in the archive, as for questions. It compares words, not meanings: who did what to whom it does not see.
"""

from __future__ import annotations

import math
import re

import numpy as np

from index.schema import Encoder, Term
from index.text import fold, is_chinese
from qa.crosslingual import words_of
from qa.likeness import alike
from qa.question import understand
from qa.reader import Reader
from qa.retrieval import View, coverage, query_of

_STEM = 5  # letters that an English word keeps in all its forms


def support(statement: str, text: str, view: View, encoder: Encoder) -> float:
    """Return the share (0 to 1) of the statement's content that stands in the text.

    In Chinese the mean over pairs, characters and words, in English over words. An English statement on a Chinese text gets the
    mean of how like its words are to words of the text and of the cosine. Raises QuestionError over 1,000 characters.
    """
    if not is_chinese(statement) and not is_chinese(text):
        return _in_english(statement, text, view)
    query = query_of(understand(statement), view, encoder)
    folded = fold(text)
    if is_chinese(statement):
        parts = [part for part in (query.concepts, query.chars, query.words) if part]
        return sum(coverage(part, folded) for part in parts) / len(parts) if parts else 0.0
    cosine = float(np.asarray(encoder.encode_passages([text]), dtype=np.float32)[0] @ query.vector)
    likeness = float(alike(query, [folded], [Reader.load().pieces(text)])[0])
    return (likeness + max(0.0, cosine)) / 2


def _in_english(statement: str, text: str, view: View) -> float:
    asked = [word.lower() for word in words_of(statement)]
    held = {_stem(word) for word in re.findall(r"[a-z0-9][a-z0-9.,'’-]*", fold(text))}
    counts = view.document_frequency([Term(word, "words") for word in asked])
    weights = [math.log(1 + (view.size - count + 0.5) / (count + 0.5)) for count in (min(view.size, n) for n in counts)]
    whole = [all(_stem(part) in held for part in word.split()) for word in asked]
    total = sum(weights)
    return sum(weight for weight, stands in zip(weights, whole, strict=True) if stands) / total if total else 0.0


def _stem(word: str) -> str:
    return word.rstrip(".,'’-") if word[0].isdigit() else re.sub(r"['’]s$", "", word)[:_STEM]
