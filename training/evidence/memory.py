"""An archive of loose passages in memory, for small archives of the fits and for tests.

BM25 (k1 1.2, b 0.75) over words and character tokens, exact inner products; no articles and no issues.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.schema import ArticleRecord, Encoder, Filter, Hit, IssueRecord, Passage, Term
from index.text import grams, words


class MemoryView:
    """What a question needs of an archive, over passages in memory; passes over filters."""

    sequence = 1

    def __init__(self, passages: Sequence[Passage], encoder: Encoder) -> None:
        self._passages = {passage.id: passage for passage in passages}
        self._ids = [passage.id for passage in passages]
        self._places = {passage_id: place for place, passage_id in enumerate(self._ids)}
        self.size = len(passages)
        self._vectors = encoder.encode_passages([passage.text for passage in passages])
        self._postings: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
        for field, tokens in (("grams", grams), ("words", words)):
            bags = [Counter(tokens(passage.text)) for passage in passages]
            mean = sum(sum(bag.values()) for bag in bags) / max(1, len(bags))
            for place, bag in enumerate(bags):
                norm = 1.2 * (0.25 + 0.75 * sum(bag.values()) / mean)
                for token, count in bag.items():
                    self._postings[field, token].append((place, count * 2.2 / (count + norm)))

    def printings(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return {}

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        return [len(self._postings.get((term.field, term.text), ())) for term in terms]

    def search_lexical(self, terms: Sequence[Term], *, limit: int, filter: Filter | None = None) -> list[Hit]:
        scores: dict[int, float] = defaultdict(float)
        for term in terms:
            postings = self._postings.get((term.field, term.text), [])
            rarity = term.weight * math.log(1 + (self.size - len(postings) + 0.5) / (len(postings) + 0.5))
            for place, weight in postings:
                scores[place] += rarity * weight
        return self._hits(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])), limit)

    def search_dense(self, vector: NDArray[np.float32], *, limit: int, filter: Filter | None = None) -> list[Hit]:
        scores = self._vectors @ vector
        best = np.argsort(-scores, kind="stable")[:limit]
        return self._hits([(int(place), float(scores[place])) for place in best], limit)

    def _hits(self, scored: Sequence[tuple[int, float]], limit: int) -> list[Hit]:
        return [Hit(self._ids[place], score, rank) for rank, (place, score) in enumerate(scored[:limit], start=1)]

    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]:
        return {passage_id: self._passages[passage_id] for passage_id in ids}

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(self._vectors[[self._places[passage_id] for passage_id in ids]], dtype=np.float32)

    def article(self, article_id: str) -> ArticleRecord | None:
        return None

    def continuation(self, id: str) -> ArticleRecord | None:
        return None

    def foresee_dense(self, vector: NDArray[np.float32], *, limit: int, filter: Filter) -> None:
        pass

    def recognised(self, article_ids: Iterable[str]) -> set[str]:
        return set()

    def articles(self, issue_id: str) -> list[ArticleRecord]:
        return []

    def article_passages(self, article_id: str) -> list[Passage]:
        return [passage for passage in self._passages.values() if passage.article_id == article_id]

    def issue(self, issue_id: str) -> IssueRecord | None:
        return None

    def issues(self) -> list[IssueRecord]:
        return []
