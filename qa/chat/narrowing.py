"""A reader's own filter together with what the question says: both hold, and where they exclude each other the reader's does.

The archive's understanding takes a given filter as it stands, so the question is read first without one.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.schema import DateRange, Filter
from index.text import fold
from qa.chat.answering import Answering
from qa.chat.carried import Carried
from qa.schema import Interpretation, Turn


def narrowed(assistant: Answering, question: str, turns: Sequence[Turn], brought: Carried) -> Filter | None:
    """Return the filter to ask with; None leaves it to the question."""
    if brought.filter is not None or not brought.keep:
        return brought.filter
    steps = assistant.steps(question, turns)
    first = next(iter(steps), None)
    read = first.filter if isinstance(first, Interpretation) else Filter()
    return both(brought.keep, read)


def both(kept: Filter, read: Filter) -> Filter:
    """Return the filter that lets pass what both let pass; a field on which they exclude each other is that of ``kept``."""
    return Filter(
        _dates(kept.dates, read.dates),
        _names(kept.newspapers, read.newspapers),
        _names(kept.pages, read.pages),
        _names(kept.authors, read.authors),
        kept.undated if kept.dates else read.undated,
    )


def _dates(kept: tuple[DateRange, ...], read: tuple[DateRange, ...]) -> tuple[DateRange, ...]:
    if not kept or not read:
        return kept or read
    spans = (DateRange(max(a.first, b.first), min(a.last, b.last)) for a in kept for b in read)
    return tuple(span for span in spans if span.first <= span.last) or kept


def _names(kept: tuple[str, ...], read: tuple[str, ...]) -> tuple[str, ...]:
    if not kept or not read:
        return kept or read
    said = {fold(name) for name in read}
    return tuple(name for name in kept if fold(name) in said) or kept
