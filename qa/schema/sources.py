"""Words of a passage with their source: Quote, Citation, and the other printings of one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


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
class Printing:
    """Another printing of a cited passage: where it stands, and where its figures are others than in the quote.

    ``differs`` holds pairs (figure in the quote, figure printed there), both as printed.
    """

    passage_id: str
    article_id: str
    issue_id: str
    newspaper: str | None
    date: str | None
    page: str | None
    headline: str | None
    label: str
    differs: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "differs": [list(pair) for pair in self.differs]}


@dataclass(frozen=True, slots=True)
class Citation:
    """Numbered source of a quote. ``passage_text[start:end] == quote`` always holds.

    ``label`` is for the screen, ``gbt7714`` for print; ``marks`` are (start, end) of the answering words in ``passage_text``.
    ``also_printed_in``: other printings of the passage among what was found, the earliest first. ``quality`` is how sure the
    recognition of the passage's characters is (0..1), None for text that was never recognised.
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
    also_printed_in: tuple[Printing, ...] = ()
    quality: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "authors": list(self.authors),
            "flags": list(self.flags),
            "marks": [list(span) for span in self.marks],
            "also_printed_in": [printing.to_dict() for printing in self.also_printed_in],
        }
