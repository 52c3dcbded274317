"""A quote with its source -> the numbered citation that an answer carries."""

from __future__ import annotations

from index.schema import Passage
from qa.cite.screen import label
from qa.cite.source import Source
from qa.cite.standard import Edition, gbt7714
from qa.schema import Citation, Language, Quote


def cite(
    number: int,
    quote: Quote,
    passage: Passage,
    source: Source,
    *,
    language: Language = "zh",
    edition: Edition = "2025",
) -> Citation:
    """Build the numbered citation of a quote; flags of article and passage travel with it."""
    flags = tuple(dict.fromkeys((*passage.flags, *source.flags)))
    return Citation(
        number=number,
        passage_id=passage.id,
        article_id=passage.article_id,
        issue_id=passage.issue_id,
        newspaper=source.newspaper,
        date=source.date,
        issue_number=source.issue_number,
        page=source.page,
        headline=source.headline,
        authors=source.authors,
        paragraph=passage.paragraph,
        quote=passage.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        passage_text=passage.text,
        flags=flags,
        label=label(source, passage, language=language),
        gbt7714=gbt7714(source, edition=edition),
        marks=quote.marks,
    )
