"""Key words in context: each place where words stand, with the characters before and after it, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.schema import Filter
from qa.cite import Edition, cite, source_of
from qa.schema import Citation, Quote
from qa.verbatim.holding import Holding, Span, View, holding

_NO_FILTER = Filter()
_LAST = "9999"  # undated lines stand after all dated ones


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence: what stands before it, the words as printed, what stands after, and where that was printed."""

    left: str
    words: str
    right: str
    citation: Citation

    def to_dict(self) -> dict[str, Any]:
        fields = self.citation.to_dict()
        kept = ("passage_id", "article_id", "issue_id", "newspaper", "date", "issue_number", "page", "headline", "paragraph")
        place = {name: fields[name] for name in (*kept, "start", "end", "label")}
        return {"left": self.left, "words": self.words, "right": self.right, **place}


@dataclass(frozen=True, slots=True)
class Concordance:
    """The first lines of all ``total`` occurrences in ``passages`` passages.

    ``complete`` is false when the words are so common that not every passage was looked at; the counts are then lower bounds.
    """

    phrases: tuple[str, ...]
    total: int
    passages: int
    complete: bool
    lines: tuple[Line, ...]
    sequence: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "phrases": list(self.phrases),
            "total": self.total,
            "passages": self.passages,
            "complete": self.complete,
            "lines": [line.to_dict() for line in self.lines],
            "sequence": self.sequence,
        }


def concordance(
    words: str, view: View, *, width: int = 30, limit: int = 20, filter: Filter = _NO_FILTER, edition: Edition = "2025"
) -> Concordance:
    """Return up to ``limit`` lines with ``width`` characters on either side. Raises QuestionError for words that are none."""
    held = holding(words, view, filter=filter)
    days = {each.passage.issue_id: _day(each, view) for each in held.holdings}
    ordered = sorted(held.holdings, key=lambda each: (days[each.passage.issue_id], each.passage.id))
    places = [(each, span) for each in ordered for span in each.spans]
    lines = tuple(_line(each, span, number, view, width, edition) for number, (each, span) in enumerate(places[:limit], start=1))
    return Concordance(held.phrases, len(places), len(ordered), held.complete, lines, view.sequence)


def _day(each: Holding, view: View) -> str:
    issue = view.issue(each.passage.issue_id)
    return issue.date or _LAST if issue else _LAST


def _line(each: Holding, span: Span, number: int, view: View, width: int, edition: Edition) -> Line:
    passage, (start, end) = each.passage, span
    article = None if passage.kind == "masthead" else view.article(passage.article_id)
    source = source_of(article, view.issue(passage.issue_id))
    citation = cite(number, Quote(passage.id, start, end, 0.0), passage, source, edition=edition)
    return Line(passage.text[max(0, start - width) : start], passage.text[start:end], passage.text[end : end + width], citation)
