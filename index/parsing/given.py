"""Articles that the input itself marks out (web pages, records, METS): lines with known roles -> drafts.

A reader names lines in ``Page.metadata["articles"]``, a list of mappings in printed order:
``first`` and ``last`` (line numbers from 1, both included), ``headline``, ``kicker``, ``subtitle``, ``byline``, ``subheads``,
``captions``, ``furniture`` (lists of line numbers within), and ``whole`` (each line is a whole paragraph: nothing is joined).
Lines without a role are text, in which jumps, credits and captions are told apart as on any page. Lines outside of all
articles are read as on any page. Knows nothing of formats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from index.parsing.articles import Draft, Grouping, group
from index.parsing.context import reconsider
from index.parsing.credits import Credit, bare_names_of, byline_of, credit_of
from index.parsing.furniture import Furnishing
from index.parsing.headings import Heading
from index.parsing.joins import Unit, assemble, join
from index.parsing.jumps import inline_jump, inline_jump_from
from index.parsing.lines import Kind, TypedLine, ends, enumerated, read_lines
from index.parsing.masthead import paper_names, settle
from index.parsing.wraps import link
from index.schema import Page

_LONG = 60
_WIDE = 2 * _LONG
_MARKS = ("△", "▲", "▼", "▽", "◎", "↑", "↓", "←", "→", "图", "#", "(", "（", "|")
_SEPARATORS = str.maketrans(dict.fromkeys(",，、;；/|\t\u3000", " "))
_ROLES: Mapping[str, Kind] = {
    "headline": "heading",
    "kicker": "heading",
    "subtitle": "heading",
    "byline": "byline",
    "subheads": "heading",
    "captions": "caption",
    "furniture": "furniture",
}


def read_given(page: Page, given: Sequence[Mapping[str, Any]]) -> list[TypedLine]:
    """Read the lines of a page. Long sentences inside articles are text at first sight, which saves most of the time."""
    raw = page.text.split("\n")
    inside = [False] * (len(raw) + 1)
    for marks in given:
        for number in range(int(marks["first"]), min(int(marks["last"]), len(raw)) + 1):
            inside[number] = True
    outside = "\n".join(line for number, line in enumerate(raw, start=1) if not inside[number])
    names = paper_names(replace(page, text=outside))
    lines: list[TypedLine] = []
    gap = 0
    for number, line in enumerate(raw, start=1):
        text = line.strip()
        if not text:
            gap += 1
            continue
        if inside[number] and len(text) > _LONG and ends(text) and not text.startswith(_MARKS):
            lines.append(TypedLine(number, text, "", "body", 0, gap, False, _WIDE))
        else:
            lines.extend(replace(read, number=number, gap=gap) for read in read_lines(line, names))
        gap = 0
    return settle(lines)


def group_given(lines: Sequence[TypedLine], given: Sequence[Mapping[str, Any]]) -> tuple[list[Unit], Grouping]:
    """Group the lines of a page as its reader marked them; returns all units and the articles they make."""
    units: list[Unit] = []
    grouping = Grouping()
    at = 0
    for marks in given:
        first, last = int(marks["first"]), int(marks["last"])
        before = at
        while at < len(lines) and lines[at].number < first:
            at += 1
        _take_outside(lines[before:at], units, grouping)
        start = at
        while at < len(lines) and lines[at].number <= last:
            at += 1
        if start < at:
            own, draft = _take_article(lines[start:at], marks)
            units.extend(own)
            if draft.numbers:
                grouping.drafts.append(draft)
    _take_outside(lines[at:], units, grouping)
    return units, grouping


def _take_outside(lines: Sequence[TypedLine], units: list[Unit], grouping: Grouping) -> None:
    if lines:
        linked, links = link(lines)
        own = join(reconsider(linked, links), links)
        found = group(own)
        units.extend(own)
        grouping.drafts.extend(found.drafts)
        grouping.leftover.extend(found.leftover)


def _take_article(lines: Sequence[TypedLine], marks: Mapping[str, Any]) -> tuple[list[Unit], Draft]:
    roles = {number: role for role in _ROLES for number in marks.get(role, ())}
    named = [_as(line, roles[line.number]) for line in lines if line.number in roles]
    text = _join([line for line in lines if line.number not in roles], whole=bool(marks.get("whole")))
    units = sorted((*(assemble([line], []) for line in named), *text), key=lambda unit: unit.numbers[0])
    draft = Draft(title=_title(named, roles), opening="given")
    subheads = set(marks.get("subheads", ())) or _subheads(units, roles)
    subhead: str | None = None
    for unit in units:
        role = roles.get(unit.numbers[0])
        if unit.numbers[0] in subheads:
            subhead = unit.text
            draft.subheads.append(subhead)
            draft.add(unit)
        elif role == "byline":
            draft.credits.append(_credit(unit.text))
            draft.add(unit)
        elif role in ("headline", "kicker", "subtitle"):
            draft.add(unit)
        else:
            _take(unit, draft, subhead)
    if not draft.body and not draft.captions:  # a headline and nothing more: it is all the text there is
        draft.body = [(unit, None) for unit in units if roles.get(unit.numbers[0]) == "headline"]
    return units, draft


def _as(line: TypedLine, role: str) -> TypedLine:
    return replace(line, kind=_ROLES[role], furnishing=Furnishing("link") if role == "furniture" else None)


def _join(lines: Sequence[TypedLine], *, whole: bool) -> list[Unit]:
    if whole or not lines:
        return [assemble([line], []) for line in lines]
    # Of printed lines a short one is rarely a heading; one in capitals may be.
    linked, links = link(
        [line if line.kind != "heading" or line.text.isupper() else replace(line, kind="body") for line in lines]
    )
    return join(linked, links)


def _title(named: Sequence[TypedLine], roles: Mapping[int, str]) -> Heading:
    parts = {
        role: " ".join(line.text for line in named if roles[line.number] == role) or None
        for role in ("headline", "kicker", "subtitle")
    }
    return Heading(parts["headline"], parts["kicker"], parts["subtitle"])


def _subheads(units: Sequence[Unit], roles: Mapping[int, str]) -> set[int]:
    """The short lines that head text below them, where the text above them is complete."""
    found: set[int] = set()
    for before, unit, after in zip((None, *units), units, (*units[1:], None), strict=False):
        if unit.kind != "heading" or unit.numbers[0] in roles or after is None or after.kind != "body":
            continue
        if enumerated(unit.key) and not ends(after.text):
            continue
        if before is None or before.kind != "body" or ends(before.text):
            found.add(unit.numbers[0])
    return found


def _credit(text: str) -> Credit:
    """Read a line known to name the authors: in a usual form, or else whatever its separators part."""
    known = byline_of(text) or credit_of(text) or bare_names_of(text)
    if known is not None and known.names:
        return known
    han = any("\u4e00" <= char <= "\u9fff" for char in text)
    names = text.translate(_SEPARATORS).split() if han else [text]
    return Credit(tuple(dict.fromkeys(name for name in names if any(map(str.isalpha, name)))))


def _take(unit: Unit, draft: Draft, subhead: str | None) -> None:
    if unit.kind in ("furniture", "rule"):
        return
    draft.add(unit)
    if unit.kind == "caption":
        draft.captions.append(unit)
    elif unit.kind in ("byline", "credit") and (credit := byline_of(unit.text) or credit_of(unit.text)):
        draft.credits.append(credit)
    elif unit.kind == "jump":
        draft.jump = unit.text
    elif unit.kind == "jump_from":
        draft.origin = unit.text
    else:
        draft.body.append((unit, subhead))
        draft.jump = inline_jump(unit.text) or draft.jump
        draft.origin = inline_jump_from(unit.text) or draft.origin
