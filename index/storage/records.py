"""Rows of the truth -> records. A row that was altered may raise anything a wrong value can raise. Reads nothing itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from index.schema import ArticleRecord, IssueRecord, Paragraph, Passage


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What the archive remembers of a source."""

    name: str
    content: str
    reading: int


def passage_from(row: Any) -> Passage:
    """Build a passage from (id, article id, issue id, kind, text, context, paragraph, flags)."""
    id, article_id, issue_id, kind, text, context, paragraph, flags = row
    marked = tuple(json.loads(flags)) if flags != "[]" else ()  # a question reads a hundred passages, nearly all without
    return Passage(id, article_id, issue_id, kind, text, context, paragraph, marked)


def article_from(row: Any) -> ArticleRecord:
    """Build an article from (row, id, issue id, source, ordinal, issue record, headline, article record)."""
    _, article_id, issue_id, source, ordinal, issue_json, headline, article_json = row
    issue, article = json.loads(issue_json), json.loads(article_json)
    roles = article.get("author_roles")
    return ArticleRecord(
        id=article_id,
        issue_id=issue_id,
        source=source,
        ordinal=ordinal,
        newspaper=issue["newspaper"],
        date=issue["date"],
        issue_number=issue["issue_number"],
        page=issue["page"],
        weekday=issue["weekday"],
        headline=headline,
        kicker=article.get("kicker"),
        subtitle=article.get("subtitle"),
        subheads=tuple(article.get("subheads", ())),
        authors=tuple(article.get("authors", ())),
        captions=tuple(caption["text"] for caption in article.get("captions", ())),
        jump=article.get("jump"),
        flags=tuple(article.get("flags", ())),
        paragraphs=_paragraphs(article.get("paragraphs", ())),
        metadata={**issue["metadata"], **({"author_roles": roles} if roles else {})},
        continues_on=article.get("continues_on"),
        continued_from=article.get("continued_from"),
    )


def issue_from(row: Any) -> IssueRecord:
    """Build an issue from (id, source, issue record, number of articles)."""
    issue_id, source, record, articles = row
    fields = json.loads(record)
    facts = {name: fields[name] for name in ("newspaper", "date", "issue_number", "page", "weekday", "metadata")}
    return IssueRecord(id=issue_id, source=source, articles=articles, **facts)


def _paragraphs(records: Iterable[dict[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            number=record["number"],
            text=record["text"],
            lines=tuple(record["lines"]),
            subhead=record["subhead"],
            joins=tuple(record["joins"]),
            flags=tuple(record["flags"]),
            quality=record.get("quality"),
        )
        for record in records
    )


def iso_day(day: int | None) -> str | None:
    """Return a day number as an ISO date."""
    return None if day is None else f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"
