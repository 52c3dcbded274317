"""What an archive holds, gathered when a question first needs it and kept while the archive stays the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from index.schema import IssueRecord
from qa.question.schema import Held


class Pinned(Protocol):
    """One state of an archive."""

    @property
    def sequence(self) -> int: ...
    def issues(self) -> Sequence[IssueRecord]: ...


class Holdings:
    """Remembers the newspapers, pages and days of the archive's latest state. Safe to use from several threads."""

    def __init__(self) -> None:
        self._latest: tuple[int, Held] | None = None

    def of(self, view: Pinned) -> Callable[[], Held]:
        """Return what gathers the holdings of a state, at once where they are known."""

        def held() -> Held:
            latest = self._latest
            if latest is None or latest[0] != view.sequence:
                self._latest = latest = view.sequence, held_by(view.issues())
            return latest[1]

        return held


def held_by(issues: Sequence[IssueRecord]) -> Held:
    """Gather newspapers, pages and days from the pages of an archive."""
    return Held(
        newspapers=tuple(dict.fromkeys(issue.newspaper for issue in issues if issue.newspaper)),
        pages=tuple(sorted({issue.page for issue in issues if issue.page})),
        days=tuple(sorted({issue.date for issue in issues if issue.date})),
    )
