"""A parsed source made ready for the truth: drafts, what is indexed of a passage, and how values lie in a row.

Writes nothing and knows no database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any

import numpy as np

from index.schema import Article, Issue, Passage, Vectors
from index.storage.reprints.sketch import sketches_of
from index.text import words


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article with its passages; ``article`` is None for the masthead."""

    id: str
    ordinal: int
    article: Article | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """A parsed page with the id it will have, if no other page bears its name; ``hash`` tells it from those that do.

    ``hash`` is that of its text, None where it is not known: then the id stays as it is.
    """

    id: str
    issue: Issue
    articles: tuple[ArticleDraft, ...]
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Features:
    """What the legs need of one passage: its words joined by spaces, and its vector, shape (dimensions,)."""

    words: str
    vector: Vectors


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """All that is stored of one source. ``features`` has one entry a passage, in the order of the passages.

    ``reading`` is the version of readers and parser that made it, None for the present one. ``sketches`` are those of its
    passages, one after the other, by which reprints are found; empty where none are to be found.
    """

    name: str
    content: str
    issues: tuple[IssueDraft, ...]
    features: tuple[Features, ...]
    reading: int | None = None
    sketches: bytes = b""

    def passages(self) -> Iterator[Passage]:
        for issue in self.issues:
            for article in issue.articles:
                yield from article.passages


def indexed_text(context: str, text: str) -> str:
    """Return what both legs search of a passage: its headlines and subhead, then its own text."""
    return f"{context}\n{text}" if context else text


def word_tokens(text: str) -> str:
    """Return the words of a text joined by spaces, as ``Features`` keeps them."""
    return " ".join(words(text))


def passage_sketches(passages: Iterable[Passage]) -> bytes:
    """Return the sketches of passages, one after the other; a masthead is no report and gets an empty one."""
    return sketches_of(["" if passage.kind == "masthead" else passage.text for passage in passages]).tobytes()


def blob_from(vector: Vectors) -> bytes:
    """Return a vector as it is stored: float16, little endian."""
    return np.asarray(vector, dtype="<f2").tobytes()


def vectors_from(blobs: Sequence[bytes], dimensions: int) -> Vectors:
    """Return stored vectors, shape (len(blobs), dimensions). Raises ValueError for blobs of another length."""
    return np.frombuffer(b"".join(blobs), dtype="<f2").astype(np.float32).reshape(len(blobs), dimensions)


def unpacked(packed: Sequence[Any], count: int, dimensions: int) -> Vectors:
    """Return ``count`` stored vectors that come end to end with the shortest and the longest length; None of all for none.

    Raises ValueError for any of another length.
    """
    blobs, shortest, longest = packed
    if count and not shortest == longest == dimensions * 2:
        raise ValueError(f"vectors of {shortest} to {longest} bytes, not {dimensions * 2}")
    return np.frombuffer(blobs or b"", dtype="<f2").astype(np.float32).reshape(count, dimensions)


def as_json(value: Any) -> str:
    """Return a value as it is stored in a text column."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """Return what JSON has no form of as something it has: records and mappings as objects, the rest as text."""
    if is_dataclass(value):  # a level at a time: ``asdict`` would copy every part of it first
        return _fields(value)
    return dict(value) if isinstance(value, Mapping) else str(value)


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def issue_record(issue: Issue, hash: str | None = None) -> str:
    """Return what is stored of a page apart from its articles, as JSON."""
    fields: Mapping[str, Any] = {
        "newspaper": issue.newspaper,
        "date": issue.date,
        "issue_number": issue.issue_number,
        "page": issue.page,
        "weekday": issue.weekday,
        "metadata": dict(issue.metadata),
        "furniture": issue.furniture,
        "unassigned": issue.unassigned,
        **({"hash": hash} if hash else {}),
    }
    return as_json(fields)


def article_record(article: Article) -> str:
    """Return what is stored of an article apart from headline and passages, as JSON."""
    fields = _fields(article)
    del fields["headline"]
    return as_json(fields)
