"""Search on Milvus at one moment: candidates by inner product, filters as numbers, lexical scores made exact.

Ranks by one leg at a time; fusion is not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from index.schema import Filter, Hit, Term, Vectors
from index.storage.filters import UNDATED, days, name_key
from index.storage.lexical import added_up, heaviest
from index.storage.milvus import schema
from index.storage.milvus.bm25 import Field, Lengths, Weighed, idf, score
from index.storage.milvus.client import MOST, Client
from index.storage.milvus.commit import Moment
from index.storage.milvus.counts import Counts
from index.storage.milvus.keys import among, both, number_of, token_number
from index.storage.milvus.reading import MilvusRecords

_CANDIDATES = 4  # times as many as asked, and at least so many more:
_SPARE = 90


class MilvusState:
    """A moment to be read and searched."""

    def __init__(self, client: Client, moment: Moment, counts: Counts) -> None:
        self.records = MilvusRecords(client, moment)
        self._client = client
        self._moment = moment
        self._counts = counts
        self._passages = schema.passages(moment.commit.epoch)

    @property
    def size(self) -> int:
        """The number of passages that can be found."""
        return self._counts.passages

    @property
    def release(self) -> Callable[[], None]:
        """Nothing is held: rows of the moment stay until they are swept away."""
        return lambda: None

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        """Return for each term how many passages hold it."""
        dimensions = [token_number(term.field, term.text) for term in terms]
        counts = self._counts.of(dimensions)
        return [max(0, counts[dimension]) for dimension in dimensions]

    def search_lexical(self, terms: Sequence[Term], *, limit: int, filter: Filter) -> list[Hit]:
        """Rank by the sum over terms of weight × BM25, equal scores by id; at most 64 terms count."""
        weighed = self._weighed(terms)
        if not weighed or limit < 1:
            return []
        query: dict[int, float] = {}
        for term in weighed:
            query[term.dimension] = query.get(term.dimension, 0.0) + term.weight
        found = self._client.search(
            self._passages,
            query,
            field="sparse",
            filter=self._conditions(filter),
            limit=min(MOST, limit * _CANDIDATES + _SPARE),
            fields=("id", "sparse", "word_count", "gram_count"),
            parameters={},
            level=self._moment.level,
        )
        average = self._counts.average
        scored = [
            (row["id"], score(row["sparse"], Lengths(row["word_count"], row["gram_count"]), weighed, average)) for _, row in found
        ]
        return _ranked(scored, limit)

    def foresee_dense(self, question: Vectors, *, limit: int, filter: Filter) -> None:
        """Do nothing: a request under way is not worth its bookkeeping where the search itself is elsewhere."""

    def search_dense(self, question: Vectors, *, limit: int, filter: Filter) -> list[Hit]:
        """Rank by inner product, equal scores by id."""
        if limit < 1 or not self.size:
            return []
        vector: Any = np.asarray(question, dtype=np.float32)
        found = self._client.search(
            self._passages,
            vector if self._client.address.lite else vector.astype(np.float16),
            field="dense",
            filter=self._conditions(filter),
            limit=min(MOST, limit + _SPARE),
            fields=("id",),
            parameters=schema.dense_index(self._client.address).searching,
            level=self._moment.level,
        )
        return _ranked([(row["id"], score) for score, row in found], limit)

    def _weighed(self, terms: Sequence[Term]) -> list[Weighed]:
        """Return the terms that count, with weight × idf."""
        weights = added_up(terms)
        numbers = {key: token_number(*key) for key in weights}
        counts = self._counts.of(numbers.values())
        held = {key: min(self.size, counts[number]) for key, number in numbers.items()}
        return [
            Weighed(numbers[key], _field(key[0]), weight * idf(self.size, held[key]))
            for key, weight in heaviest(weights, held, self.size).items()
        ]

    def _conditions(self, filter: Filter) -> str:
        conditions = [self._moment.visible]
        if filter.dates:
            spans = [f"(day >= {first} and day <= {last})" for first, last in map(days, filter.dates)]
            conditions.append(" or ".join([*spans, *([f"day == {UNDATED}"] if filter.undated else [])]))
        for field, values in (("paper", filter.newspapers), ("page", filter.pages)):
            if values:
                conditions.append(among(field, (number_of(name_key(value)) for value in values)))
        if filter.authors:
            numbers = ",".join(str(number_of(name_key(value))) for value in filter.authors)
            conditions.append(f"array_contains_any(authors, [{numbers}])")
        return both(*conditions)


def _field(name: str) -> Field:
    return "words" if name == "words" else "grams"


def _ranked(scored: Sequence[tuple[str, float]], limit: int) -> list[Hit]:
    best = sorted((-round(score, 5), id) for id, score in scored)[:limit]
    return [Hit(id, -score, rank) for rank, (score, id) in enumerate(best, start=1)]
