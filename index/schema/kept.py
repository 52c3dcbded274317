"""What the archive keeps of it: passages, articles, pages. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from index.schema.printed import Paragraph

PassageKind = Literal["paragraph", "caption", "masthead"]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and quoted: a paragraph, a part of a long one, a caption, or the masthead.

    ``text`` is verbatim and is all that may be quoted; ``context`` (headlines, subhead) is searched with it but
    never quoted. ``paragraph`` is the number after joining (None for captions and masthead).
    """

    id: str
    article_id: str
    issue_id: str
    kind: PassageKind
    text: str
    context: str
    paragraph: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as the archive keeps it, with the facts of its issue that a citation needs."""

    id: str
    issue_id: str
    source: str
    ordinal: int
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    weekday: str | None
    headline: str | None
    kicker: str | None
    subtitle: str | None
    subheads: tuple[str, ...]
    authors: tuple[str, ...]
    captions: tuple[str, ...]
    jump: str | None
    flags: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    continues_on: str | None = None
    continued_from: str | None = None


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """A page of an issue as the archive keeps it (one row a parsed page)."""

    id: str
    source: str
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    weekday: str | None
    articles: int
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """What one newspaper printed on one day, counted. ``date`` and ``newspaper`` are None where the pages do not tell."""

    date: str | None
    newspaper: str | None
    pages: int
    articles: int
