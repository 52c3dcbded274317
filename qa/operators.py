"""Operators that a person may type: "exact words", -word, 不含:, 报纸: 日期: 版: 作者:, newspaper: date: page: author:.

Takes them off the typed text; the rest is the question. They become conditions on passages (a filter, words that must or
must not stand there) and never reach a query parser. What cannot be read becomes a problem to tell, not an error.
An ordinary question with a quoted title has no operator: quotes count only where nothing but search words is typed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from typing import Literal

from index.schema import DateRange, Filter
from index.text import fold
from qa.dates import mentions
from qa.dates.eras import number

Field = Literal["newspapers", "dates", "pages", "authors", "phrases", "excluded"]

_DATE = 60  # characters in which a date must end
MOST = 20  # values of one kind that count
_NAMES: dict[str, Field] = {
    "报纸": "newspapers", "报名": "newspapers", "报刊": "newspapers", "newspaper": "newspapers", "paper": "newspapers",
    "日期": "dates", "时间": "dates", "date": "dates",
    "版": "pages", "版面": "pages", "版次": "pages", "page": "pages",
    "作者": "authors", "记者": "authors", "author": "authors", "byline": "authors",
    "原词": "phrases", "原文": "phrases", "exact": "phrases", "phrase": "phrases",
    "不含": "excluded", "排除": "excluded", "without": "excluded", "exclude": "excluded", "not": "excluded",
}  # fmt: skip
_EDGE = r"(?:(?<=^)|(?<=[\s,，;；。?？!！]))"
_FIELD = re.compile(rf"{_EDGE}(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\s*:\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"「『](?P<a>[^“”\"「」『』]{1,80})[”\"」』]|《(?P<b>[^《》]{1,80})》")
_WORD = re.compile(r"[^\s,，;；。?？!！]+")
_MINUS = re.compile(rf"{_EDGE}-(?=[^\s\d\-—,，。?？])")
_PHRASE = re.compile(r"(?:(?<=^)|(?<=\s))[“\"「『](?P<words>[^“”\"「」『』]{1,80})[”\"」』](?=\s|$)")
_PROSE = re.compile(
    r"[?？。!！]|[吗呢]$|什么|谁|哪|多少|几[个座家条次]|怎么|怎样|如何|为何|是否|"
    r"\b(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|did|does|do|has|have|can|tell|list)\b",
    re.IGNORECASE,
)
_LISTED = ("pages", "newspapers", "authors")
_MORE = re.compile(r"[,，]\s*([^\s,，;；。?？!！:]+)(?=[\s,，;；]|$)")
_PAGE = re.compile(
    r"(?:第|page\s*|p\.?\s*)?(?P<page>[a-z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3}|头|front|首)(?:版|\s*page)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Problem:
    """An operator that could not be read: the field and what was typed."""

    field: Field
    typed: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The question without its operators, and what they ask for. ``phrases`` and ``excluded`` are folded."""

    rest: str
    filter: Filter = made(default_factory=Filter)
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.filter or self.phrases or self.excluded or self.problems)


def split(text: str, *, today: datetime.date | None = None) -> Typed:
    """Return the text without operators and their meaning; the text unchanged when it has none."""
    keyed = text.translate({0xFF1A: ":", 0xFF0D: "-", 0x2212: "-", 0xFF02: '"'})
    values: dict[Field, list[str]] = {}
    problems: list[Problem] = []
    kept: list[str] = []
    place = 0
    for start, end, field in _starts(keyed):
        if start < place:
            continue
        value, stop = _value(keyed, end, field, today)
        if not value:
            problems.append(Problem(field, text[start:stop].strip()))
        values.setdefault(field, []).extend(value)
        kept.append(text[place:start])
        place = stop
    kept.append(text[place:])
    rest = " ".join(" ".join(kept).split())
    if values or not _PROSE.search(rest):
        values.setdefault("phrases", []).extend(match["words"] for match in _PHRASE.finditer(rest))
    return _typed(rest, values, problems)


def allows(text: str, *, phrases: Sequence[str] = (), excluded: Sequence[str] = ()) -> bool:
    """Tell whether all phrases and none of the excluded words (folded) stand in folded ``text``; line breaks do not part words.

    Latin words count only as whole words, Chinese ones anywhere.
    """
    if not phrases and not excluded:
        return True
    spaced, joined = " ".join(text.split()), "".join(text.split())
    return all(_stands(phrase, spaced, joined) for phrase in phrases) and not any(
        _stands(word, spaced, joined) for word in excluded
    )


def _stands(words: str, spaced: str, joined: str) -> bool:
    if not words.isascii():
        return "".join(words.split()) in joined
    place = spaced.find(words)
    while place >= 0:
        end = place + len(words)
        before, behind = spaced[place - 1 : place] if place else "", spaced[end : end + 1]
        if not _is_latin(before) and not _is_latin(behind):
            return True
        place = spaced.find(words, place + 1)
    return False


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def page_of(word: str) -> str | None:
    """Return a page as archives print it (第三版, page 3, 03 -> 3; 头版 -> 1; a2 -> A2), None for no page."""
    match = _PAGE.fullmatch(fold(word.strip()))
    if not match:
        return None
    page = match["page"]
    if page in ("头", "首", "front"):
        return "1"
    if page[-1].isdigit():
        letters = page.rstrip("0123456789")
        return letters.upper() + (page[len(letters) :].lstrip("0") or "0")
    return str(number(page)) if number(page) else None


def _starts(keyed: str) -> list[tuple[int, int, Field]]:
    fields: list[tuple[int, int, Field]] = [
        (match.start(), match.end(), _NAMES[match["name"].lower()]) for match in _FIELD.finditer(keyed)
    ]
    return sorted([*fields, *((match.start(), match.end(), "excluded") for match in _MINUS.finditer(keyed))])


def _value(keyed: str, place: int, field: Field, today: datetime.date | None) -> tuple[list[str], int]:
    """The values that stand at a place, and where they end. A date may hold spaces; others end at one unless quoted."""
    if field == "dates":
        return _date(keyed, place, today)
    quoted = _QUOTED.match(keyed, place)
    if quoted:
        return [quoted["a"] or quoted["b"]], quoted.end()
    word = _WORD.match(keyed, place)
    if not word:
        return [], place
    end, listed = word.end(), [word.group()]
    while field in _LISTED and (more := _MORE.match(keyed, end)):
        listed.append(more[1])
        end = more.end()
    return [part for item in listed for part in re.split(r"[、|]", item) if part], end


def _date(keyed: str, place: int, today: datetime.date | None) -> tuple[list[str], int]:
    behind = fold(keyed[place : place + _DATE]).replace("..", " -")
    quote = 1 if behind[:1] in '“"' else 0
    found = [mention for mention in mentions(behind, today=today) if not behind[quote : mention.start].strip()]
    if found and found[0].range:
        end = found[0].end + (behind[found[0].end : found[0].end + 1] in ("”", '"') and quote)
        return [f"{found[0].range.first}/{found[0].range.last}"], place + end
    word = _WORD.match(keyed, place)
    return [], word.end() if word else place


def _typed(rest: str, values: dict[Field, list[str]], problems: list[Problem]) -> Typed:
    pages: list[str] = []
    for value in values.get("pages", ()):
        page = page_of(value)
        if page:
            pages.append(page)
        else:
            problems.append(Problem("pages", value))
    phrases = values.get("phrases", [])
    spoken = " ".join((rest, *(phrase for phrase in phrases if phrase not in rest))).strip()
    return Typed(
        rest=spoken,
        filter=Filter(
            dates=tuple(DateRange(*value.split("/")) for value in _unique(values.get("dates", ()))),
            newspapers=_unique(values.get("newspapers", ())),
            pages=_unique(pages),
            authors=_unique(values.get("authors", ())),
        ),
        phrases=_unique(fold(" ".join(value.split())) for value in phrases),
        excluded=_unique(fold(value.strip('“”"')) for value in values.get("excluded", ())),
        problems=tuple(problems[:MOST]),
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))[:MOST]
