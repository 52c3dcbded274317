"""How sure the text recognition of each paragraph is: the mean over its lines, weighted by their length.

A reader gives it for each line of its text in ``Page.metadata["quality"]``. Knows nothing of pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.schema import Article, Page, Paragraph


def rated(articles: Sequence[Article], page: Page) -> tuple[Article, ...]:
    """Return the articles with the quality of their paragraphs; as they are where the page was not recognised."""
    given = page.metadata.get("quality")
    if not given:
        return tuple(articles)
    lengths = [len(line) for line in page.text.split("\n")]
    return tuple(
        replace(
            article,
            paragraphs=tuple(
                replace(each, quality=_quality(each, given, lengths, page.first_line)) for each in article.paragraphs
            ),
        )
        for article in articles
    )


def _quality(paragraph: Paragraph, given: Sequence[float | None], lengths: Sequence[int], first_line: int) -> float | None:
    """None where a line of the paragraph has none: an unknown part is no better than the rest."""
    known = [
        (sure, lengths[number - first_line])
        for number in paragraph.lines
        if number <= len(given) and (sure := given[number - 1]) is not None
    ]
    if len(known) < len(paragraph.lines) or not any(length for _, length in known):
        return None
    return round(sum(sure * length for sure, length in known) / sum(length for _, length in known), 3)
