"""The truth of an archive as JSON Lines and back: what was printed and what was understood of it, without vectors and words.

One line a source, between a first line that names the format and a last one that counts. Ids stay as they are.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from index.errors import ReadError
from index.schema import Article, Issue, Passage
from index.storage.draft import ArticleDraft, IssueDraft, SourceDraft
from index.storage.snapshot import Snapshot

FORMAT = "wenbao archive 1"
Record = TypeVar("Record")


def lines_of(snapshot: Snapshot) -> Iterator[str]:
    """Yield the lines of an export, without line ends."""
    yield _line({"format": FORMAT, "sources": snapshot.stats().sources})
    count = 0
    for number, name, content in snapshot.select("SELECT source, name, content FROM sources ORDER BY source"):
        count += 1
        yield _line({"source": name, "content": content, "issues": _issues(snapshot, number)})
    yield _line({"end": count})


def _issues(snapshot: Snapshot, source: int) -> list[dict[str, Any]]:
    found = snapshot.select("SELECT issue, id, record FROM issues WHERE source = ? ORDER BY issue", source)
    return [{"id": id, "record": json.loads(record), "articles": _articles(snapshot, issue)} for issue, id, record in found]


def _articles(snapshot: Snapshot, issue: int) -> list[dict[str, Any]]:
    found = snapshot.select("SELECT article, id, ordinal, headline, record FROM articles WHERE issue = ? ORDER BY article", issue)
    return [
        {
            "id": id,
            "ordinal": ordinal,
            "headline": headline,
            "record": json.loads(record),
            "passages": _passages(snapshot, number),
        }
        for number, id, ordinal, headline, record in found
    ]


def _passages(snapshot: Snapshot, article: int) -> list[dict[str, Any]]:
    statement = "SELECT id, kind, text, context, paragraph, flags FROM passages WHERE article = ? ORDER BY row"
    names = ("id", "kind", "text", "context", "paragraph")
    return [
        {**dict(zip(names, fields, strict=True)), "flags": json.loads(flags)}
        for *fields, flags in snapshot.select(statement, article)
    ]


def drafts_in(lines: Iterable[str], name: str) -> Iterator[SourceDraft]:
    """Yield the sources of an export, their features still to be made.

    Raises ReadError with the line for anything else, and at the end when the last line is missing.
    """
    numbered = enumerate(lines, start=1)
    number, first = next(numbered, (1, ""))
    header = _value(first, name, number)
    if header.get("format") != FORMAT:
        raise ReadError(name, f"this is no export of an archive (its first line does not say “{FORMAT}”)", line=number)
    count = 0
    for number, line in numbered:
        value = _value(line, name, number)
        if "end" in value:
            if value["end"] != count:
                reason = f"{count} sources stand here where the last line counts {value['end']}; export again"
                raise ReadError(name, reason, line=number)
            return
        try:
            yield _draft(value)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ReadError(
                name, f"this line is no source of an archive ({type(error).__name__}: {error})", line=number
            ) from error
        count += 1
    raise ReadError(name, f"the export ends before its last line, after {count} sources; export again", line=number)


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _value(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise ReadError(name, f"this line is not JSON ({error})", line=number) from error
    if not isinstance(value, dict):
        raise ReadError(name, "this line is no JSON object", line=number)
    return value


def _draft(value: Mapping[str, Any]) -> SourceDraft:
    return SourceDraft(value["source"], value["content"], tuple(_issue(issue) for issue in value["issues"]), ())


def _issue(value: Mapping[str, Any]) -> IssueDraft:
    articles = tuple(_article(article, value["id"]) for article in value["articles"])
    return IssueDraft(value["id"], built(Issue, {**value["record"], "articles": ()}), articles)


def _article(value: Mapping[str, Any], issue_id: str) -> ArticleDraft:
    fields = {"headline": value["headline"], **value["record"]}
    article = built(Article, fields) if value["ordinal"] else None
    facts = {"article_id": value["id"], "issue_id": issue_id}
    passages = tuple(built(Passage, {**facts, **passage}) for passage in value["passages"])
    return ArticleDraft(value["id"], value["ordinal"], article, passages)


def built(kind: type[Record], fields: Mapping[str, Any]) -> Record:
    """Return a record of a frozen dataclass from what ``asdict`` made of it, after JSON. Raises TypeError, KeyError.

    Fields that the dataclass does not have are refused; those left out get their defaults.
    """
    hints = typing.get_type_hints(kind)
    known = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown := set(fields) - known:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _as(hints[name], value) for name, value in fields.items()})


def _as(hint: Any, value: Any) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _as(next(kind for kind in inner if kind is not type(None)), value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is ... else inner
        return tuple(_as(kind, item) for kind, item in zip(kinds, value, strict=True))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return built(hint, value)
    if isinstance(hint, type) and hint in (str, int, float, bool) and type(value) is not hint:
        if hint is float and type(value) is int:
            return float(value)
        raise TypeError(f"{value!r} where {hint.__name__} belongs")
    return value
