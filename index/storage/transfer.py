"""The truth of an archive as JSON Lines and back: what was printed and what was understood of it, without vectors and words.

One line a source, between a first line that names the format and a last one that counts. Ids stay as they are.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from index.errors import ReadError
from index.schema import Article, Issue, Passage
from index.storage.draft import ArticleDraft, Features, IssueDraft, SourceDraft, article_record, blob_from, issue_record
from index.storage.engine import Records

FORMAT = "wenbao archive 1"
Record = TypeVar("Record")


def lines_of(records: Records) -> Iterator[str]:
    """Yield the lines of an export, without line ends."""
    yield _line({"format": FORMAT, "sources": len(records.sources())})
    count = 0
    for draft in records.drafts():
        count += 1
        yield _line(value_of(draft))
    yield _line({"end": count})


def value_of(draft: SourceDraft) -> dict[str, Any]:
    """Return a source as an export says it, without features."""
    issues = [
        {
            "id": issue.id,
            "record": json.loads(issue_record(issue.issue, issue.hash)),
            "articles": [_value_of(each) for each in issue.articles],
        }
        for issue in draft.issues
    ]
    return {"source": draft.name, "content": draft.content, "issues": issues}


def digest_of(draft: SourceDraft) -> str:
    """Return the checksum of all that is stored of a source but its name, features included; the same on every engine."""
    hasher = hashlib.sha256(json.dumps({**value_of(draft), "source": ""}, sort_keys=True).encode())
    for feature in draft.features:
        hasher.update(feature.words.encode("utf-8", "surrogatepass") + b"\0" + blob_from(feature.vector))
    return hasher.hexdigest()


def _value_of(draft: ArticleDraft) -> dict[str, Any]:
    passages = [
        {
            "id": passage.id,
            "kind": passage.kind,
            "text": passage.text,
            "context": passage.context,
            "paragraph": passage.paragraph,
            "flags": list(passage.flags),
        }
        for passage in draft.passages
    ]
    headline, record = (draft.article.headline, json.loads(article_record(draft.article))) if draft.article else (None, {})
    return {"id": draft.id, "ordinal": draft.ordinal, "headline": headline, "record": record, "passages": passages}


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
            yield draft_from(value)
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


def draft_from(value: Mapping[str, Any], *, features: tuple[Features, ...] = (), reading: int | None = None) -> SourceDraft:
    """Return the source that a line of an export says. Raises KeyError, TypeError, ValueError, AttributeError for any other."""
    issues = tuple(_issue(issue) for issue in value["issues"])
    return SourceDraft(value["source"], value["content"], issues, features, reading)


def _issue(value: Mapping[str, Any]) -> IssueDraft:
    articles = tuple(_article(article, value["id"]) for article in value["articles"])
    fields = {**value["record"], "articles": ()}
    return IssueDraft(value["id"], hash=fields.pop("hash", None), issue=built(Issue, fields), articles=articles)


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
    hints = _hints(kind)
    known = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown := set(fields) - known:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _as(hints[name], value) for name, value in fields.items()})


_KNOWN: dict[type[Any], dict[str, Any]] = {}


def _hints(kind: type[Any]) -> dict[str, Any]:
    """Return the types of a record's fields; they are resolved once, which takes longer than all else here."""
    if kind not in _KNOWN:
        _KNOWN[kind] = typing.get_type_hints(kind)
    return _KNOWN[kind]


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
