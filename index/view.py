"""The archive as one request sees it: one sequence, however long the request takes and whatever is written meanwhile.

Finds and ranks by one leg at a time; knows nothing of questions, fusion or answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TypeVar

import numpy as np

from index.continued import Continued
from index.errors import ModelMismatch
from index.schema import ArticleRecord, Encoder, Filter, Hit, IssueRecord, Passage, PrintedDay, Term, Vectors
from index.storage.engine import Records, State

_NO_FILTER = Filter()
_KEPT = 500
_Record = TypeVar("_Record")


class View:
    """A pinned archive; close it, or use it in ``with``. One thread at a time; open as many as there are threads."""

    def __init__(self, state: State, encoder: Encoder | None = None) -> None:
        self._state = state
        self._records = state.records
        self._continued = Continued(state.records)
        self._encoder = encoder
        self._open = True
        # One question comes back to the same few articles and pages many times; what is pinned does not change.
        self._articles: dict[str, ArticleRecord | None] = {}
        self._issues: dict[str, IssueRecord | None] = {}

    def __enter__(self) -> View:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the pinned state; closing twice does no harm."""
        if self._open:
            self._open = False
            self._state.release()

    @property
    def sequence(self) -> int:
        """The change sequence that everything here is true of."""
        return self._records.sequence

    @property
    def size(self) -> int:
        """The number of passages."""
        return self._state.size

    def search_lexical(self, terms: Sequence[Term], *, limit: int = 50, filter: Filter = _NO_FILTER) -> list[Hit]:
        """Rank by the sum over terms of weight × BM25; at most 64 terms count. The filter applies before ranking."""
        if not terms:
            return []
        return self._state.search_lexical(terms, limit=limit, filter=filter)

    def foresee_dense(self, vector: Vectors, *, limit: int = 50, filter: Filter = _NO_FILTER) -> None:
        """Tell that ``search_dense`` will be asked this next, so that it may begin meanwhile; changes no result."""
        question = np.asarray(vector, dtype=np.float32).reshape(-1)
        if len(question) == self._records.dimensions:
            self._state.foresee_dense(question, limit=limit, filter=filter)

    def search_dense(self, vector: Vectors, *, limit: int = 50, filter: Filter = _NO_FILTER) -> list[Hit]:
        """Rank by inner product with ``vector``, shape (dimensions,). The filter applies before ranking.

        Raises ModelMismatch when the vector cannot come from the archive's model.
        """
        require_model(self._records, self._encoder)
        question = np.asarray(vector, dtype=np.float32).reshape(-1)
        dimensions = self._records.dimensions
        if not self.size:
            return []
        if len(question) != dimensions:
            raise ModelMismatch(
                f"the archive was made by model {self._records.model} with {dimensions} dimensions, the question has "
                f"{len(question)}; use that model, or run `update --reencode`"
            )
        return self._state.search_dense(question, limit=limit, filter=filter)

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        """Return for each term how many passages hold it."""
        return self._state.document_frequency(terms)

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of passages, one row an id, shape (len(ids), dimensions). Raises KeyError for an unknown id."""
        return self._records.vectors(ids)

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of these ids, in the order asked; unknown ids are left out."""
        return {id: self._continued.settled_passage(passage) for id, passage in self._records.passages(ids).items()}

    def printings(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return for each passage that is printed elsewhere too, nearly word for word, the ids of those, the earliest first."""
        return self._records.printings(ids)

    def article(self, id: str) -> ArticleRecord | None:
        """Return an article, or for a masthead its lines as paragraphs without a headline; None for an unknown id."""
        if id not in self._articles:
            article = self._records.article(id)
            _keep(self._articles, id, None if article is None else self._continued.settled(article))
        return self._articles[id]

    def recognised(self, article_ids: Iterable[str]) -> set[str]:
        """Return which of these articles tell how sure their recognition from a picture is; it may err on their side."""
        return self._records.recognised(article_ids)

    def continuation(self, id: str) -> ArticleRecord | None:
        """Return the article that carries an article on, on another page of the issue; None where the archive lacks it."""
        return self._continued.after(id)

    def beginning(self, id: str) -> ArticleRecord | None:
        """Return the article whose rest an article is, on another page of the issue; None where the archive lacks it."""
        return self._continued.before(id)

    def articles(self, issue_id: str) -> list[ArticleRecord]:
        """Return the articles of an issue in printed order."""
        return [self._continued.settled(article) for article in self._records.articles(issue_id)]

    def article_passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in printed order."""
        return [self._continued.settled_passage(passage) for passage in self._records.article_passages(article_id)]

    def issues(self) -> list[IssueRecord]:
        """Return all issues by date, the undated last."""
        return self._records.issues()

    def printed(self) -> list[PrintedDay]:
        """Count pages and articles by day and newspaper, in this order, the undated last."""
        return self._records.printed()

    def issues_of(self, date: str | None) -> list[IssueRecord]:
        """Return the issues of a day, the undated ones for None, by id."""
        return self._records.issues_of(date)

    def issue(self, id: str) -> IssueRecord | None:
        """Return an issue, None for an unknown id."""
        if id not in self._issues:
            _keep(self._issues, id, self._records.issue(id))
        return self._issues[id]

    def sample(self, limit: int) -> list[ArticleRecord]:
        """Return up to ``limit`` articles with headline and text, spread evenly over the archive; always the same ones."""
        return self._records.sample(limit)


def _keep(known: dict[str, _Record], id: str, record: _Record) -> None:
    if len(known) >= _KEPT:
        known.clear()
    known[id] = record


def require_model(records: Records, encoder: Encoder | None) -> None:
    """Raise ModelMismatch when an archive was made by another model than ``encoder``."""
    made_by = records.fingerprint
    if encoder is not None and made_by and encoder.fingerprint != made_by:
        raise mismatch(records.model, encoder)


def mismatch(made_by: str, encoder: Encoder) -> ModelMismatch:
    """Return the error that names both models and the mend."""
    if made_by == encoder.name:
        return ModelMismatch(
            f"the archive was made by an earlier state of the model {made_by}; move it on with `update --reencode`"
        )
    return ModelMismatch(
        f"the archive was made by model {made_by}, not by {encoder.name} as it is now; "
        "use the first one with --model, or move the archive to the other with `update --reencode`"
    )
