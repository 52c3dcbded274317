"""BM25 by inner product: weights of tokens in a passage and in a query, and the exact score of what Milvus found.

score = sum over terms of weight × idf × tf (k1 + 1) / (tf + k1 (1 - b + b length / average)), k1 1.2, b 0.75, per field
(Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009). The average length moves with the archive and stored
vectors cannot: they are made with a fixed one, Milvus finds candidates by them, and the candidates are scored with the
average as it is. Lengths count as tantivy counts them (Lucene's one byte code), so that both engines rank alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.storage.milvus.keys import token_number

Field = Literal["words", "grams"]
FIELDS: tuple[Field, ...] = ("words", "grams")
EMPTY = 0
_K1, _B = 1.2, 0.75
_REFERENCE: Mapping[str, float] = {"words": 64.0, "grams": 192.0}
_EXACT_LENGTHS = 40


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term of a query: its dimension, its field, and weight × idf."""

    dimension: int
    field: Field
    weight: float


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many words and character grams a passage has, or passages have on average."""

    words: float
    grams: float

    def of(self, field: Field) -> float:
        return self.words if field == "words" else self.grams


def counted_length(length: int) -> int:
    """Return a length as one byte tells it: exact below 40, then by four leading bits."""
    if length < _EXACT_LENGTHS:
        return length
    over = length - 24
    shift = over.bit_length() - 4
    return 24 + ((over >> shift) << shift)


def idf(passages: int, frequency: int) -> float:
    """Return the inverse document frequency of a term."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def sparse_vector(tokens: Mapping[Field, Sequence[str]]) -> dict[int, float]:
    """Return the stored vector of a passage: for each token its part of BM25 at the fixed average length."""
    vector: dict[int, float] = {}
    for field, found in tokens.items():
        spread = _spread(len(found), _REFERENCE[field])
        for token, count in Counter(found).items():
            dimension = token_number(field, token)
            vector[dimension] = vector.get(dimension, 0.0) + count * (_K1 + 1) / (count + spread)
    return vector or {EMPTY: 1.0}


def score(vector: Mapping[int, float], lengths: Lengths, terms: Iterable[Weighed], average: Lengths) -> float:
    """Return the exact score of a passage, from its stored vector and the average lengths as they are now."""
    total = 0.0
    for term in terms:
        stored = vector.get(term.dimension)
        if stored is None:
            continue
        length = int(lengths.of(term.field))
        spread = _spread(length, _REFERENCE[term.field])
        count = max(1, round(stored * spread / max(_K1 + 1 - stored, 1e-6)))
        total += term.weight * count * (_K1 + 1) / (count + _spread(length, average.of(term.field)))
    return total


def _spread(length: int, average: float) -> float:
    return _K1 * (1 - _B + _B * counted_length(length) / max(average, 1e-9))
