"""How sure the recognition of a scan is, and what follows: of equals the better read comes first, doubtful words are marked.

Knows nothing of questions. Text that was never recognised has no such figure and counts as certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from index.schema import ArticleRecord, Passage

if TYPE_CHECKING:
    from qa.retrieval import Ranked, View
    from qa.schema import Citation

_LEAST_SURE = 0.9
_TIE = 0.002  # scores that differ by less say nothing of which passage is nearer


def quality_of(passage: Passage, article: ArticleRecord | None) -> float | None:
    """Return how sure the recognition of a passage's paragraph is (0 to 1); None where it was not recognised."""
    if article is None or passage.paragraph is None:
        return None
    return next((each.quality for each in article.paragraphs if each.number == passage.paragraph), None)


def better_read(ranked: Sequence[Ranked], view: View) -> list[Ranked]:
    """Put among neighbours of practically one score those first whose recognition is surer; else the order stays."""
    ties = [list(group) for _, group in groupby(ranked, key=lambda each: round(each.score / _TIE))]
    tied = [each.passage for group in ties if len(group) > 1 for each in group]
    scanned = view.recognised({passage.article_id for passage in tied}) if tied else set()
    if not scanned:
        return list(ranked)

    def certainty(passage: Passage) -> float:
        quality = quality_of(passage, view.article(passage.article_id)) if passage.article_id in scanned else None
        return 1.0 if quality is None else quality

    return [each for group in ties for each in sorted(group, key=lambda each: -certainty(each.passage))]


def doubtful(citation: Citation) -> str | None:
    """Return the certainty to show where characters of a passage may well be misread: "0.83"; None where all is well."""
    return f"{citation.quality:.2f}" if citation.quality is not None and citation.quality < _LEAST_SURE else None
