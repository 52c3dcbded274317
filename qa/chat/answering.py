"""What page and API ask of the thing that answers: ``qa.assistant.Assistant``, or a stand-in in tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from index.schema import ArticleRecord, Filter, IssueRecord, Passage, Stats
from qa.cite import Reference
from qa.news.calendar import Calendar
from qa.news.issue import LeafedIssue
from qa.news.surroundings import Surroundings
from qa.schema import Answer, Contents, Interpretation, Language, Retrieved, Timeline, Turn, Unit
from qa.verbatim import Concordance, Facets


class Answering(Protocol):
    """Answers questions from one archive. Methods may be called from several threads at once."""

    @property
    def words_only(self) -> str | None:
        """Why nothing is found by meaning, None where nothing is amiss."""
        ...

    def ask(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Answer: ...

    def steps(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Iterator[Interpretation | Retrieved | Answer]: ...

    def search(self, question: str, limit: int = 10, *, filter: Filter | None = None) -> Sequence[Any]: ...

    def snippets(self, words: str, *, width: int = 30, limit: int = 20, filter: Filter | None = None) -> Concordance: ...

    def facets(self, words: str, *, filter: Filter | None = None) -> Facets: ...

    def timeline(
        self, question: str, *, unit: Unit | None = None, limit: int = 50, filter: Filter | None = None
    ) -> Timeline | None: ...

    def contents(
        self, date: str | None = None, *, newspaper: str | None = None, page: str | None = None, limit: int = 200
    ) -> Contents: ...

    def calendar(self) -> Calendar: ...

    def issue(self, date: str | None, *, newspaper: str | None = None, any_newspaper: bool = False) -> LeafedIssue: ...

    def article(self, article_id: str) -> ArticleRecord | None: ...

    def passages(self, article_id: str) -> Sequence[Passage]: ...

    def passage(self, passage_id: str) -> Passage | None: ...

    def surroundings(self, article_id: str) -> Surroundings: ...

    def reference(self, id: str, *, quote: str = "") -> Reference: ...

    def issues(self) -> Sequence[IssueRecord]: ...

    def stats(self) -> Stats: ...

    def examples(self, language: Language, limit: int = 4) -> Sequence[str]: ...

    def close(self) -> None: ...
