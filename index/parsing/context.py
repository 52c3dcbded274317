"""What a line becomes because of its neighbours: headings with stops in them, names under a headline, signatures.

Runs after the lines have their own kinds and their wraps. Knows nothing of articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.parsing.credits import bare_names_of, closing_credit_of, starts_article
from index.parsing.halves import is_half, starts_inside
from index.parsing.lines import TypedLine, ends, enumerated, has_stop, is_contact, is_han
from index.parsing.wraps import Link

_LONGEST = 42
_LONGEST_NUMBERED = 30
_OPENERS = ("jump", "credit", "furniture", "rule")
_QUESTION = re.compile(r"[？！?!][”’」』\"']?$")
_CLOSING = re.compile(r"^(?:此致|敬礼|谢谢|祝|特此|以上|附[:件]|yours|sincerely|respectfully)")
_SPEAKER = re.compile(r"^(?:问|答|记者|主持人|编者按|q|a|question|answer)\s?:")
_SALUTATION = re.compile(r"^[^。]{1,16}(?:同志|先生|女士|朋友|老师|读者|领导)们?:$")
_INSIDE = re.compile(r"[。;]|[:,]$")


def reconsider(lines: Sequence[TypedLine], links: Sequence[Link]) -> list[TypedLine]:
    """Give every line its final kind."""
    result = list(lines)
    if not any(line.kind == "body" for line in result):
        result = [replace(line, kind="body") if line.kind in ("heading", "subtitle") else line for line in result]
    marked = any(line.marked and line.kind == "heading" for line in result)
    alone = [not links[at] and not (at + 1 < len(links) and links[at + 1]) for at in range(len(links))]
    for at in range(len(result) - 1, -1, -1):
        if not alone[at]:
            continue
        line = _reconsider(result, at, marked=marked)
        titles_verse = at + 2 < len(links) and links[at + 2] == "verse" and result[at].kind == "heading"
        if not (titles_verse and line.kind == "body"):
            result[at] = line
    return result


def _reconsider(lines: Sequence[TypedLine], at: int, *, marked: bool) -> TypedLine:
    line = lines[at]
    before = lines[at - 1] if at else None
    after = lines[at + 1] if at + 1 < len(lines) else None
    if line.kind == "body" and after is not None and _heads(line, before, after, marked=marked):
        return replace(line, kind="heading")
    if line.kind == "heading" and not line.marked:
        if after is not None and after.kind == "body" and after.furnishing is not None and after.furnishing.kind == "date":
            return replace(line, kind="body")
        if after is not None and after.kind in ("body", "heading") and _runs_on(line, after):
            return replace(line, kind="body")
        if _CLOSING.match(line.key) and len(line.text) <= 12 and before is not None and before.kind in ("body", "heading"):
            return replace(line, kind="body")
        if after is not None and after.kind == "body" and after.furnishing is None and _breaks_off(line, before, after):
            return replace(line, kind="body")
        if before is not None and before.kind in ("heading", "subtitle") and _named(line, after):
            return replace(line, kind="byline")
        beside = before is not None and before.kind == "heading" and before.marked
        if _numbered_subhead(line, after):
            return line
        if marked and not beside and not (after is not None and after.kind == "heading" and after.marked):
            return replace(line, kind="body")
    return line


def _numbered_subhead(line: TypedLine, after: TypedLine | None) -> bool:
    """Whether a numbered line without a stop stands over text that is not numbered: no item of a list."""
    return enumerated(line.key) and len(line.text) <= _LONGEST_NUMBERED and after is not None and _longer(after, line)


def _longer(after: TypedLine, line: TypedLine) -> bool:
    return after.kind == "body" and after.furnishing is None and not enumerated(after.key) and after.width > line.width


def _runs_on(line: TypedLine, after: TypedLine) -> bool:
    """Whether a line of English is carried on by the next, which begins small."""
    return not is_han(line.text) and after.gap == 0 and after.text[:1].islower() and after.furnishing is None


def _breaks_off(line: TypedLine, before: TypedLine | None, after: TypedLine) -> bool:
    """Whether a heading-like line is the first half of the paragraph below it.

    Where a heading must stand (at the top, after the end of an article) only the next line's first character may tell.
    """
    if before is None or before.kind not in ("body", "heading", "subtitle", "caption", "byline"):
        return starts_inside(after.text)
    if before.kind == "body" and closing_credit_of(before.text):
        return starts_inside(after.text)
    if starts_article(after.text) or enumerated(line.key) or _SALUTATION.match(after.key):
        return False
    inside_text = before.kind == "body" and ends(before.text)
    return is_half(line.text, after.text) or (inside_text and is_han(line.text) and len(line.text) <= 3)


def _named(line: TypedLine, after: TypedLine | None) -> bool:
    return after is not None and after.kind in ("body", "caption", "byline", "credit") and bare_names_of(line.text) is not None


def _heads(line: TypedLine, before: TypedLine | None, after: TypedLine, *, marked: bool) -> bool:
    """Whether a line with a comma, colon or question mark in it is a heading by its place."""
    if (
        line.furnishing is not None
        or len(line.text) > _LONGEST
        or _SPEAKER.match(line.key)
        or _INSIDE.search(line.key)
        or enumerated(line.key)
        or is_contact(line.key)
    ):
        return False
    if not is_han(line.text) and not line.text[:1].isupper():
        return False
    asks = _QUESTION.search(line.text) is not None
    if (ends(line.text) and not asks) or starts_article(line.text):
        return False
    if marked and not (after.kind == "heading" and after.marked):
        return False
    return _heads_by_place(line, before, after) and not (after.kind == "body" and is_half(line.text, after.text))


def _heads_by_place(line: TypedLine, before: TypedLine | None, after: TypedLine) -> bool:
    tells = after.kind in ("byline", "credit", "subtitle") or (after.kind == "body" and starts_article(after.text))
    opens = before is None or before.kind in _OPENERS
    if before is None and after.kind == "furniture":
        return True
    if before is not None and before.kind == "body" and not ends(before.text):
        return False
    if tells:
        return True
    if opens:
        return after.kind in ("heading", "body") and (after.kind == "heading" or _outweighs(after, line))
    return after.kind == "heading" and has_stop(line.key)


def _outweighs(body: TypedLine, title: TypedLine) -> bool:
    return len(body.text) > len(title.text) and (body.gap > 0 or ends(body.text))
