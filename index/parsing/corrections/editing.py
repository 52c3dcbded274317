"""Corrections applied to the articles in the making. Every line stays: it only changes its place or its role.

Raises nothing: each entry ends as applied, as a problem to be told, or as speaking of lines that are not on this page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from index.parsing.articles import Grouping
from index.parsing.corrections.desk import Desk
from index.parsing.corrections.entries import Correction, CorrectionError, check_words, read_entry
from index.parsing.credits import Credit, bare_names_of, byline_of, credit_of
from index.parsing.joins import Unit, assemble
from index.schema import Page

Outcome: TypeAlias = "str | None"
_ABSENT = "absent"


def apply(page: Page, units: list[Unit], grouping: Grouping) -> dict[int, Outcome]:
    """Apply the corrections of a page in their order; returns for each entry (its place in the list, from 0) None where it
    was applied, else the problem. Entries about lines of another page are left out."""
    texts = {number: text for number, text in enumerate(page.text.split("\n"), start=page.first_line) if text.strip()}
    desk = Desk(units, grouping)
    outcomes: dict[int, Outcome] = {}
    for at, raw in enumerate(page.metadata.get("corrections", ())):
        outcome = _apply(desk, raw, texts)
        if outcome != _ABSENT:
            outcomes[at] = outcome
    desk.close()
    return outcomes


def _apply(desk: Desk, raw: Mapping[str, Any], texts: Mapping[int, str]) -> Outcome:
    try:
        correction = read_entry(raw)
        named = {*correction.lines, *([correction.to] if correction.to else [])}
        if not named <= texts.keys():
            return _ABSENT
        check_words(correction, texts)
        _ACTIONS[correction.action](desk, correction)
    except CorrectionError as error:
        return str(error)
    return None


def _join(desk: Desk, correction: Correction) -> None:
    first, *others = correction.lines
    for number in others:
        left, right = desk.paragraph(first), desk.paragraph(number)
        if left is right:
            raise CorrectionError(f"lines {first} and {number} are one paragraph already")
        desk.take_unit(right)
        desk.exchange(left, [assemble((*left.lines, *right.lines), (*left.seams, "given", *right.seams))])


def _split(desk: Desk, correction: Correction) -> None:
    [number] = correction.lines
    unit = desk.paragraph(number)
    at = unit.numbers.index(number)
    line = unit.lines[at]
    if correction.before is None:
        if at == 0:
            raise CorrectionError(f"line {number} begins a paragraph already; give  before:  to split inside the line")
        halves = [assemble(unit.lines[:at], unit.seams[: at - 1]), assemble(unit.lines[at:], unit.seams[at:])]
    else:
        place = line.text.find(correction.before)
        if place <= 0:
            raise CorrectionError(f"line {number} does not hold {correction.before[:30]!r} after its start")
        left, right = replace(line, text=line.text[:place].rstrip()), replace(line, text=line.text[place:])
        halves = [
            assemble((*unit.lines[:at], left), unit.seams[:at]),
            assemble((right, *unit.lines[at + 1 :]), unit.seams[at:]),
        ]
    desk.exchange(unit, halves)


def _move(desk: Desk, correction: Correction) -> None:
    assert correction.to is not None
    behind = correction.to
    for number in correction.lines:
        unit = desk.paragraph(number)
        if behind in unit.numbers:
            raise CorrectionError(f"line {number} cannot be moved behind its own paragraph")
        if desk.draft_of(behind) is None:
            raise CorrectionError(f"line {behind} is in no article")
        subhead = desk.subhead_at(behind)
        desk.take_unit(unit)
        desk.insert(unit, behind, subhead)
        behind = number


def _headline(desk: Desk, correction: Correction) -> None:
    draft = desk.draft_of(correction.lines[0])
    if draft is not None and any(correction.lines[0] in unit.numbers for unit in draft.heading):
        for number in correction.lines[1:]:
            desk.head(draft, desk.take_line(number))
        draft.opening = "given"
    else:
        draft = desk.open_at(correction.lines)
    for number in correction.lines:
        desk.roles[number] = "headline"


def _beside(desk: Desk, correction: Correction) -> None:
    """A kicker or a subtitle: of the article it heads, else of the one whose headline is nearest."""
    for number in correction.lines:
        draft = desk.draft_of(number)
        if draft is None or not any(number in unit.numbers for unit in draft.heading):
            draft = desk.nearest_heading(number)
            if draft is None:
                raise CorrectionError(f"there is no headline near line {number}; correct the headline first")
            desk.head(draft, desk.take_line(number))
        desk.roles[number] = correction.action


def _subhead(desk: Desk, correction: Correction) -> None:
    for number in correction.lines:
        draft = desk.draft_of(number)
        if draft is not None and all(unit.numbers == (number,) for unit in draft.heading) and draft.heading:
            desk.merge_into_previous(draft)
        line = desk.take_line(number)
        desk.subhead(line)


def _byline(desk: Desk, correction: Correction) -> None:
    for number in correction.lines:
        owner = desk.owner(number)
        text = desk.lines[number].text
        read = byline_of(text) or credit_of(text) or bare_names_of(text)
        credit = Credit(correction.names) if correction.names else read
        if credit is None:
            raise CorrectionError(f"no names can be read from line {number}; give them with  names: [...]")
        desk.take_line(number)
        owner.credits.append(credit)
        owner.numbers.append(number)


def _caption(desk: Desk, correction: Correction) -> None:
    for number in correction.lines:
        owner = desk.owner(number)
        unit = desk.single(desk.take_line(number), "caption")
        owner.captions.append(unit)
        owner.add(unit)


def _text(desk: Desk, correction: Correction) -> None:
    for number in correction.lines:
        draft = desk.draft_of(number)
        if draft is not None and all(unit.numbers == (number,) for unit in draft.heading) and draft.heading:
            desk.merge_into_previous(draft)
        desk.place(desk.take_line(number))


def _furniture(desk: Desk, correction: Correction) -> None:
    for number in correction.lines:
        desk.set_apart(desk.take_line(number))


_ACTIONS: Mapping[str, Callable[[Desk, Correction], None]] = {
    "join": _join,
    "split": _split,
    "move": _move,
    "headline": _headline,
    "kicker": _beside,
    "subtitle": _beside,
    "subhead": _subhead,
    "byline": _byline,
    "caption": _caption,
    "text": _text,
    "furniture": _furniture,
}
