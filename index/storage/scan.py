"""All that the truth holds, source by source, as it would be taken in: what an export or a copy is made of.

Is given a way to select from one pinned state; opens and ranks nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator
from typing import Any

from index.storage.draft import Features, SourceDraft, vectors_from
from index.storage.transfer import draft_from

Select = Callable[..., list[Any]]


def drafts_of(select: Select, dimensions: int, without: Container[str]) -> Iterator[SourceDraft]:
    """Yield every source but some with its features, in the order taken in."""
    statement = "SELECT source, name, content, reading, first_row, last_row FROM sources ORDER BY source"
    for number, name, content, reading, first, last in select(statement):
        if name in without:
            continue
        value = {"source": name, "content": content, "issues": _issues(select, number)}
        yield draft_from(value, features=_features(select, first, last, dimensions), reading=reading)


def _issues(select: Select, source: int) -> list[dict[str, Any]]:
    found = select("SELECT issue, id, record FROM issues WHERE source = ? ORDER BY issue", source)
    return [{"id": id, "record": json.loads(record), "articles": _articles(select, issue)} for issue, id, record in found]


def _articles(select: Select, issue: int) -> list[dict[str, Any]]:
    found = select("SELECT article, id, ordinal, headline, record FROM articles WHERE issue = ? ORDER BY article", issue)
    return [
        {
            "id": id,
            "ordinal": ordinal,
            "headline": headline,
            "record": json.loads(record),
            "passages": _passages(select, number),
        }
        for number, id, ordinal, headline, record in found
    ]


def _passages(select: Select, article: int) -> list[dict[str, Any]]:
    statement = "SELECT id, kind, text, context, paragraph, flags FROM passages WHERE article = ? ORDER BY row"
    names = ("id", "kind", "text", "context", "paragraph")
    return [
        {**dict(zip(names, fields, strict=True)), "flags": json.loads(flags)} for *fields, flags in select(statement, article)
    ]


def _features(select: Select, first: int, last: int, dimensions: int) -> tuple[Features, ...]:
    found = select("SELECT words, vector FROM features WHERE row BETWEEN ? AND ? ORDER BY row", first, last)
    vectors = vectors_from([blob for _, blob in found], dimensions)
    return tuple(Features(words, vector) for (words, _), vector in zip(found, vectors, strict=True))
