"""The nouns of an answer: Turn, Quote, Citation, Interpretation, Answer.

``Answer.to_dict()`` is the one shape that Python, command line, HTTP and MCP return.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from index.schema import Filter

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of the conversation and what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a passage: ``passage.text[start:end]``.

    ``start`` and ``end`` are code points into the passage text; ``marks`` are (start, end) of the answering words, also
    into the passage text and inside the quote. ``score`` is comparable within one question only.
    """

    passage_id: str
    start: int
    end: int
    score: float
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Numbered source of a quote. ``passage_text[start:end] == quote`` always holds.

    ``label`` is for the screen, ``gbt7714`` for print. ``marks`` are not part of ``to_dict`` (see ``Answer.to_dict``).
    """

    number: int
    passage_id: str
    article_id: str
    issue_id: str
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    headline: str | None
    authors: tuple[str, ...]
    paragraph: int | None
    quote: str
    start: int
    end: int
    passage_text: str
    flags: tuple[str, ...]
    label: str
    gbt7714: str
    marks: tuple[tuple[int, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        fields = asdict(self)
        del fields["marks"]
        return {**fields, "authors": list(self.authors), "flags": list(self.flags)}


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How the question was understood: the full question, the filter taken from it, and notes for the reader."""

    question: str
    filter: Filter = field(default_factory=Filter)
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"question": self.question, "filter": self.filter.to_dict(), "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says. When ``found`` is false there are no citations, and ``nearest`` holds the closest passages."""

    question: str
    language: Language
    found: bool
    confidence: float
    text: str
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    interpretation: Interpretation
    timings_ms: dict[str, float]
    sequence: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape of the contract; numbers rounded, tuples as lists."""
        return {
            "question": self.question,
            "language": self.language,
            "found": self.found,
            "confidence": round(self.confidence, 4),
            "text": self.text,
            "citations": [citation.to_dict() for citation in self.citations],
            "nearest": [citation.to_dict() for citation in self.nearest],
            "interpretation": self.interpretation.to_dict(),
            "timings_ms": {name: round(value, 2) for name, value in self.timings_ms.items()},
        }
