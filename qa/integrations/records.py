"""A hit as frameworks want it: the text of the passage, and its source as flat facts."""

from __future__ import annotations

from typing import Any

from qa.compose import SearchHit

_KEPT = (
    "article_id", "issue_id", "newspaper", "date", "issue_number", "page", "headline", "authors", "paragraph", "quote", "start",
    "end", "flags", "label", "gbt7714",
)  # fmt: skip


def facts(hit: SearchHit) -> dict[str, Any]:
    """Return what a citation of the passage needs; ``text[start:end] == quote``. Unknown is None."""
    fields = hit.citation.to_dict()
    return {name: fields[name] for name in _KEPT} | {"score": hit.score, "rank": hit.rank}
