"""What page and API ask of the thing that answers: ``qa.assistant.Assistant``, or a stand-in in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from index.schema import ArticleRecord, Filter, IssueRecord, Passage, Stats
from qa.schema import Answer, Language, Turn


class Answering(Protocol):
    """Answers questions from one archive. Methods may be called from several threads at once."""

    def ask(self, question: str, history: Sequence[Turn] = (), limit: int = 5, *, filter: Filter | None = None) -> Answer: ...

    def search(self, question: str, limit: int = 10) -> Sequence[Any]: ...

    def article(self, article_id: str) -> ArticleRecord | None: ...

    def passages(self, article_id: str) -> Sequence[Passage]: ...

    def issues(self) -> Sequence[IssueRecord]: ...

    def stats(self) -> Stats: ...

    def examples(self, language: Language, limit: int = 4) -> Sequence[str]: ...

    def close(self) -> None: ...
