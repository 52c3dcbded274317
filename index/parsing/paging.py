"""Several pages in one text: where each begins, by form feeds, or by head or foot lines that print another page or day.

A list of contents, a folio printed above and below, and a single page number part nothing. Knows nothing of articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from index.parsing.furniture import DASHED_NUMBER
from index.parsing.lines import TypedLine, read_lines
from index.parsing.masthead import paper_names, settle
from index.schema import Page

_FORM_FEED = "\x0c"
_LONGEST = 100
_MOST = 500  # pages of one text; more form feeds or numbers than that mean something else
_MOST_HEADS = 4_000  # short lines with a number in them
_MOST_LINES = 100_000
_LEAST = 20  # characters of text that make two head lines the heads of two pages
_LEAST_REPEATED = 200  # the same where the head line says nothing new
_HEAD = re.compile(
    r"[\dA-Da-d一二三四五六七八九十]\s?版|版[面次]|[Pp][Aa][Gg][Ee]|\b[Pp]\. ?\d|^\W*[-—–]\s?\d{1,3}\s?[-—–]\W*$|"
    r"\d{4}\s?[年./-]\s?\d{1,2}|[〇○零一二三四五六七八九]{4}年|民[国國]|\b[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\b\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4}|^\W*[A-D]\d{1,2}\b"
)
_CLOSES = ("editors", "contact")  # at the foot of the page before
_NOT_HEADS = ("web", "author")


@dataclass(frozen=True, slots=True)
class _Head:
    """Furniture lines that stand together: numbers of the first and last one, what they say, the text since the head before."""

    first: int
    last: int
    facts: dict[str, Any]
    text_before: int

    @property
    def page(self) -> str | None:
        return self.facts.get("page")

    @property
    def day(self) -> tuple[Any, Any]:
        return self.facts.get("newspaper"), self.facts.get("date")


def split_pages(page: Page) -> list[Page]:
    """Part a text into its pages, in printed order; most texts are one. No line is lost, lines keep their numbers.

    What stands beside the text (sidecar, file name) is true of all pages, except a page number, which is of the first.
    """
    if page.metadata.get("articles"):
        return [page]
    lines = page.text.split("\n")
    starts = _fed(lines)
    starts = starts if 1 < len(starts) <= _MOST else _headed(page, lines)
    if not 2 <= len(starts) <= _MOST:
        return [page]
    ends = [*starts[1:], len(lines)]
    return [
        replace(
            page,
            text="\n".join(lines[start:end]),
            metadata=page.metadata if at == 0 else _without_page(page.metadata),
            first_line=page.first_line + start,
        )
        for at, (start, end) in enumerate(zip([0, *starts[1:]], ends, strict=True))
    ]


def _without_page(metadata: Any) -> dict[str, Any]:
    kept = {name: value for name, value in metadata.items() if name != "page"}
    if "file_name" in kept:
        kept["file_name"] = {name: value for name, value in kept["file_name"].items() if name != "page"}
    return kept


def _fed(lines: Sequence[str]) -> list[int]:
    """The indices of the lines that open a page after a form feed, empty pages left out."""
    starts = [0]
    for at, line in enumerate(lines):
        if line.startswith(_FORM_FEED):
            starts.append(at)
    ends = [*starts[1:], len(lines)]
    return [start for start, end in zip(starts, ends, strict=True) if any(line.strip() for line in lines[start:end])]


def _headed(page: Page, lines: Sequence[str]) -> list[int]:
    """The indices of the lines that open a page, told by heads or feet."""
    maybe = [at for at, line in enumerate(lines) if len(line) <= _LONGEST and _HEAD.search(line)]
    if len(maybe) < 2 or len(lines) > _MOST_LINES or len(maybe) > _MOST_HEADS:
        return []
    typed = settle(read_lines(page.text, paper_names(page)))
    found = _without_contents(list(_heads(typed)))
    feet = _feet(found, typed)
    if feet:
        return [0, *feet[:-1]]  # numbers count from 1, so the number of a foot is the index of the line after it
    heads = list(_distinct(found))
    if len(heads) < 2:
        return []
    starts = [head.first - 1 for head in heads]
    return [0, *starts] if heads[0].text_before >= _LEAST else [0, *starts[1:]]


def _feet(heads: Sequence[_Head], typed: Sequence[TypedLine]) -> list[int]:
    """The numbers of the lines that close a page, where page numbers stand below the text; none where they stand above."""
    paged = [head for head in heads if head.page]
    if len(paged) < 2 or _text(line for line in typed if line.number > paged[-1].last) >= _LEAST:
        return []
    if _text(line for line in typed if line.number < paged[0].first) < _LEAST:
        return []
    return [one.last for one, after in pairwise(paged) if after.page != one.page] + [paged[-1].last]


def _text(lines: Iterator[TypedLine]) -> int:
    return sum(len(line.text) for line in lines if not _is_furniture(line))


def _is_furniture(line: TypedLine) -> bool:
    return line.kind in ("furniture", "rule") or DASHED_NUMBER.match(line.key) is not None


def _heads(typed: Sequence[TypedLine]) -> Iterator[_Head]:
    """The blocks of furniture that name a page, or a paper and its day."""
    text = 0
    block: list[TypedLine] = []
    for line in [*typed, None]:
        if line is not None and _is_furniture(line):
            block.append(line)
            continue
        if block and (head := _head(block, text)):
            yield head
            text = 0
        block = []
        text += len(line.text) if line is not None else 0


def _head(block: Sequence[TypedLine], text: int) -> _Head | None:
    kept = list(block)
    facts: dict[str, Any] = {}
    for at, line in enumerate(block):
        kind = line.furnishing.kind if line.furnishing else "rule"
        if kind in _NOT_HEADS:
            return None
        if not facts and kind in (*_CLOSES, "rule"):
            kept = list(block[at + 1 :])
            continue
        found = dict(line.furnishing.facts) if line.furnishing else {}
        if dashed := DASHED_NUMBER.match(line.key):
            found["page"] = str(int(dashed[1]))
        if "page" in facts and found.get("page", facts["page"]) != facts["page"]:
            return None  # a list of contents
        facts.update(found)
    if not kept or not ("page" in facts or ("newspaper" in facts and "date" in facts)):
        return None
    return _Head(kept[0].number, block[-1].number, facts, text)


def _without_contents(heads: Sequence[_Head]) -> list[_Head]:
    """Leave out runs of three or more page numbers without text between them: they tell what stands where."""
    runs: list[list[_Head]] = []
    for head in heads:
        if runs and head.text_before < _LEAST and head.page and runs[-1][-1].page:
            runs[-1].append(head)
        else:
            runs.append([head])
    return [head for run in runs if len(run) < 3 for head in run]


def _distinct(heads: Sequence[_Head]) -> Iterator[_Head]:
    """The heads that say another page or day than the one before them, or say the same over much text."""
    current: _Head | None = None
    for head in heads:
        if current is None or _opens(head, current):
            yield head
            current = head
        elif head.text_before < _LEAST:
            current = _Head(current.first, head.last, {**current.facts, **head.facts}, current.text_before)


def _opens(head: _Head, current: _Head) -> bool:
    if head.page and current.page:
        return head.page != current.page or _other_day(head, current)
    if head.text_before < _LEAST:
        return False
    if head.page:
        return head.text_before >= _LEAST_REPEATED
    return _other_day(head, current) or (head.day == current.day and not current.page and head.text_before >= _LEAST_REPEATED)


def _other_day(head: _Head, current: _Head) -> bool:
    date = head.facts.get("date")
    return date is not None and current.facts.get("date") not in (None, date)
