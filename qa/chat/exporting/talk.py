"""A conversation as it is exported: questions, and under each the quotes with the facts of their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.chat.source import clipped
from qa.cite import Reference
from qa.schema import Language


@dataclass(frozen=True, slots=True)
class Span:
    """Words that stood on the page under a number: code points of a passage, and the answering ones among them."""

    number: int
    passage_id: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question and what was shown for it; without spans nothing was found."""

    question: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote with its source. ``reference`` is None for what the archive holds no more, ``marks`` are into ``quote``."""

    number: int
    quote: str
    marks: tuple[tuple[int, int], ...]
    reference: Reference | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and the quotes that answered it."""

    question: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation; ``day`` is the ISO day of the export."""

    title: str
    language: Language
    day: str
    exchanges: tuple[Exchange, ...]

    def references(self) -> list[Reference]:
        """Return the sources in the order of the conversation."""
        return [each.reference for exchange in self.exchanges for each in exchange.cited if each.reference is not None]


def gathered(title: str, language: Language, day: str, wanted: Sequence[Wanted], held: Mapping[str, Reference]) -> Talk:
    """Return the conversation with the words of the archive; ``held`` has a reference with the whole text for each passage."""
    return Talk(title, language, day, tuple(_exchange(each, held) for each in wanted))


def _exchange(wanted: Wanted, held: Mapping[str, Reference]) -> Exchange:
    return Exchange(wanted.question, tuple(_cited(span, held.get(span.passage_id)) for span in wanted.spans))


def _cited(span: Span, reference: Reference | None) -> Cited:
    # A span that lies outside the passage was of another printing of it: the archive has changed since.
    if reference is None or not 0 <= span.start < span.end <= len(reference.quote):
        return Cited(span.number, "", (), None)
    marks = tuple((low - span.start, high - span.start) for low, high in clipped(span.marks, span.start, span.end))
    return Cited(span.number, reference.quote[span.start : span.end], marks, reference)
