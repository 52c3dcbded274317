"""JSON and JSON Lines: one record an article, or one a page with its articles. Records of one newspaper, day and page
make one page. Field names of American Stories and of ``wenbao parse --json`` are known, and the usual aliases.

A bad line is reported with its number; the others are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.errors import ReadError
from index.readers.composing import PageText, Story
from index.readers.decoding import clean, decode
from index.readers.facts import facts_of, shown
from index.readers.reading import File, Reading
from index.schema import Page, Skipped

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "标题", "题名"),
    "kicker": ("kicker", "引题", "肩题"),
    "subtitle": ("subtitle", "subheadline", "副题", "副标题"),
    "byline": ("byline", "authors", "author", "credit", "作者", "署名"),
    "body": ("article", "paragraphs", "text", "content", "body", "full_text", "fulltext", "正文", "内容"),
    "captions": ("captions", "caption", "图片说明"),
}
_LISTS = ("articles", "full articles", "full_articles", "records", "items", "issues", "pages", "data", "文章")
_DEEPEST = 4
_MOST = 200_000


@dataclass(slots=True)
class _Bundle:
    """The records of one page, in the order of the file."""

    facts: dict[str, Any]
    text: PageText = field(default_factory=PageText)


def read_lines(file: File) -> Reading:
    """Read JSON Lines. Raises ReadError when no line holds an article."""
    return _Records(file.source).read(_lines(decode(file.data, file.source), file.source))


def read_json(file: File) -> Reading:
    """Read one JSON value (a record, a list of records, an object that holds one) or JSON Lines under that name."""
    text = decode(file.data, file.source)
    try:
        value = _load(text)
    except ValueError as error:
        if _is_lines(text):
            return read_lines(file)
        line = getattr(error, "lineno", None)
        raise ReadError(file.source, f"is no JSON ({_why(error)}); copy or export it again", line=line) from None
    return _Records(file.source).read([(None, value)])


def _is_lines(text: str) -> bool:
    """Whether a text of several lines begins with a record that is whole within its line."""
    first = text.lstrip().split("\n", 1)[0]
    try:
        return isinstance(_load(first), dict)
    except ValueError:
        return False


def _lines(text: str, source: str) -> Iterator[tuple[int | None, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, _load(line)
            except ValueError as error:
                yield number, error


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


class _Records:
    """Gathers records into pages."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.bundles: dict[str, _Bundle] = {}
        self.skipped: list[Skipped] = []
        self.taken = 0

    def read(self, values: Iterator[tuple[int | None, Any]] | list[tuple[int | None, Any]]) -> Reading:
        for line, value in values:
            if isinstance(value, ValueError):
                self._skip(f"is no JSON ({_why(value)})", line)
            else:
                self._take(value, {}, line, 0)
        if not self.bundles:
            first = f"; first problem: {self.skipped[0].reason}" if self.skipped else ""
            raise ReadError(self.source, f"holds no article; a record needs a field article or text{first}")
        pages = (
            Page(self.source, bundle.text.text, {**bundle.facts, "articles": bundle.text.articles})
            for bundle in self.bundles.values()
        )
        return Reading(tuple(pages), tuple(self.skipped))

    def _skip(self, reason: str, line: int | None) -> None:
        place = self.source if line else f"{self.source}#record={self.taken + len(self.skipped) + 1}"
        self.skipped.append(Skipped(place, reason, line))

    def _take(self, value: Any, above: Mapping[str, Any], line: int | None, depth: int) -> None:
        """Take a record, or the records inside it; ``above`` holds the facts of what it stands in."""
        if isinstance(value, list):
            for each in value:
                self._take(each, above, line, depth + 1) if depth < _DEEPEST else self._skip("is nested too deeply", line)
            return
        if not isinstance(value, dict):
            self._skip(f"is no record: {shown(value)}", line)
            return
        facts, problems = facts_of(_flat(value))
        for problem in problems:
            self._skip(problem, line)
        merged = {**above, **facts}
        fields = {str(key).strip().lower(): each for key, each in value.items()}
        inside = next((fields[name] for name in _LISTS if isinstance(fields.get(name), list)), None)
        if inside is not None and depth < _DEEPEST:
            self._take(inside, merged, line, depth + 1)
            return
        story = _story(fields)
        if not any(text.strip() for _, text in story.body):
            self._skip("has no text; a record needs a field article or text", line)
        elif self.taken >= _MOST:
            self._skip(f"more than {_MOST} articles in one file; split it", line)
        else:
            self.taken += 1
            key = json.dumps([merged.get(name) for name in ("newspaper", "date", "edition", "page")], ensure_ascii=False)
            self.bundles.setdefault(key, _Bundle(merged)).text.add(story)


def _flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """Bring the facts of small objects inside a record up to it: {"lccn": {"title": …}, "edition": {"date": …}}."""
    flat: dict[str, Any] = {}
    for key, each in value.items():
        if isinstance(each, dict) and str(key).lower() in ("edition", "issue", "metadata"):
            flat.update({name: inner for name, inner in each.items() if name not in flat})
        elif isinstance(each, dict) and str(key).lower() in ("lccn", "newspaper") and each.get("title"):
            flat["newspaper"] = each["title"]
        elif not isinstance(each, list) or str(key).lower() in ("aliases", "alias"):
            flat[key] = each
    return flat


def _story(fields: Mapping[str, Any]) -> Story:
    found = {name: _first(fields, aliases) for name, aliases in _FIELDS.items()}
    body = found["body"]
    listed = isinstance(body, list)
    texts = [text for each in body if (text := _string(each))] if isinstance(body, list) else [_string(body)]
    parts = [("text", text) for text in texts if text]
    captions = found["captions"] if isinstance(found["captions"], list) else [found["captions"]]
    parts.extend(("captions", text) for each in captions if (text := _string(each)))
    return Story(
        headline=_line(found["headline"]),
        kicker=_line(found["kicker"]),
        subtitle=_line(found["subtitle"]),
        byline=_line(found["byline"]),
        body=parts,
        whole=listed,
    )


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((fields[name] for name in names if fields.get(name)), None)


def _string(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text") or value.get("name")
    return clean(value).strip() if isinstance(value, str) else ""


def _line(value: Any) -> str:
    """One line of a field: its lines, or the entries of its list, with spaces between."""
    if isinstance(value, list):
        return " ".join(text for each in value[:50] if (text := _line(each)))
    return " ".join(_string(value).split())


def _why(error: ValueError) -> str:
    return str(getattr(error, "msg", error)).lower().split(":")[0][:80]
