"""How many passages hold some words, by newspaper, year and page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from index.schema import Filter, IssueRecord
from qa.verbatim.holding import View, holding

_NO_FILTER = Filter()


@dataclass(frozen=True, slots=True)
class Count:
    """A value and the number of passages that have it; the value is None where it is not known."""

    value: str | None
    count: int

    def to_dict(self) -> dict[str, Any]:
        return {"value": self.value, "count": self.count}


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of passages. Newspapers and pages by count, the largest first; years in order, the unknown last.

    ``complete`` is false when the words are so common that not every passage was looked at.
    """

    phrases: tuple[str, ...]
    total: int
    complete: bool
    newspapers: tuple[Count, ...]
    years: tuple[Count, ...]
    pages: tuple[Count, ...]
    sequence: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "phrases": list(self.phrases),
            "total": self.total,
            "complete": self.complete,
            "newspapers": [each.to_dict() for each in self.newspapers],
            "years": [each.to_dict() for each in self.years],
            "pages": [each.to_dict() for each in self.pages],
            "sequence": self.sequence,
        }


def facets(words: str, view: View, *, filter: Filter = _NO_FILTER) -> Facets:
    """Count the passages that hold all of ``words``. Raises QuestionError for words that are none."""
    held = holding(words, view, filter=filter)
    issues = {each.passage.issue_id: view.issue(each.passage.issue_id) for each in held.holdings}
    printed = [issues[each.passage.issue_id] for each in held.holdings]
    return Facets(
        phrases=held.phrases,
        total=len(printed),
        complete=held.complete,
        newspapers=_largest(issue.newspaper if issue else None for issue in printed),
        years=_in_order(_year(issue) for issue in printed),
        pages=_largest(issue.page if issue else None for issue in printed),
        sequence=view.sequence,
    )


def _year(issue: IssueRecord | None) -> str | None:
    return issue.date[:4] if issue and issue.date else None


def _largest(values: Iterable[str | None]) -> tuple[Count, ...]:
    counts = Counter(values)
    return tuple(Count(value, counts[value]) for value in sorted(counts, key=lambda value: (-counts[value], value or "")))


def _in_order(values: Iterable[str | None]) -> tuple[Count, ...]:
    counts = Counter(values)
    return tuple(Count(value, counts[value]) for value in sorted(counts, key=lambda value: (value is None, value or "")))
