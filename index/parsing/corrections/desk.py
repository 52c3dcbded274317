"""The articles in the making as one who corrects them sees them: by line numbers, with the moves that lose nothing.

Each line taken from its place is put into another. Knows no entries and decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.parsing.articles import Draft, Grouping
from index.parsing.credits import bare_names_of, byline_of, credit_of
from index.parsing.furniture import Furnishing
from index.parsing.headings import Heading, read_heading
from index.parsing.joins import Unit, assemble
from index.parsing.lines import Kind, TypedLine

APART = "apart"  # kind of the furniture that a person set apart; it is no masthead


class Desk:
    """Edits ``units`` and ``grouping`` in place. ``roles`` holds what corrected heading lines are."""

    def __init__(self, units: list[Unit], grouping: Grouping) -> None:
        self.units = units
        self.grouping = grouping
        self.lines = {line.number: line for unit in units for line in unit.lines}
        self.subheads = {
            unit.numbers[0]: unit.text
            for draft in grouping.drafts
            for unit in units
            if unit.kind in ("heading", "subtitle") and unit not in draft.heading and unit.numbers[0] in draft.numbers
        }
        self.roles: dict[int, str] = {}

    def draft_of(self, number: int) -> Draft | None:
        """Return the article that holds a line."""
        return next((draft for draft in self.grouping.drafts if number in draft.numbers), None)

    def owner(self, number: int) -> Draft:
        """Return the article that a line belongs to by its place: the one that holds it, else the one printed before it."""
        draft = self.draft_of(number)
        if draft is not None:
            return draft
        before = [each for each in self.grouping.drafts if min(each.numbers, default=number) < number]
        if before:
            return max(before, key=lambda each: max(other for other in each.numbers if other < number))
        if not self.grouping.drafts:
            self.grouping.drafts.append(Draft(opening="given"))
        return self.grouping.drafts[0]

    def paragraph(self, number: int) -> Unit:
        """Return the paragraph that holds a line; a line that is none becomes one."""
        draft = self.draft_of(number)
        for unit, _ in draft.body if draft else ():
            if number in unit.numbers:
                return unit
        return self.place(self.take_line(number))

    def exchange(self, unit: Unit, others: Sequence[Unit]) -> None:
        """Put other paragraphs where one stands; lines new to the article are counted as its own."""
        draft = next(draft for draft in self.grouping.drafts if any(each is unit for each, _ in draft.body))
        draft.body = [
            pair
            for each, subhead in draft.body
            for pair in ([(other, subhead) for other in others] if each is unit else [(each, subhead)])
        ]
        draft.numbers = list(dict.fromkeys([*draft.numbers, *(number for other in others for number in other.numbers)]))

    def take_unit(self, unit: Unit) -> None:
        """Take a paragraph out of its article."""
        for draft in self.grouping.drafts:
            draft.body = [(each, subhead) for each, subhead in draft.body if each is not unit]
            if set(unit.numbers) & set(draft.numbers):
                draft.numbers = [number for number in draft.numbers if number not in unit.numbers]

    def take_line(self, number: int) -> TypedLine:
        """Take one line out of wherever it stands; what it was joined to stays joined."""
        line = self.lines[number]
        self.units[:] = [unit for unit in self.units if number not in unit.numbers or unit.kind not in ("furniture", "rule")]
        self.grouping.leftover = [unit for unit in self.grouping.leftover if number not in unit.numbers]
        draft = self.draft_of(number)
        if draft is not None:
            _take_out(draft, line)
            if number in self.subheads:
                self._forget_subhead(draft, number)
        return line

    def _forget_subhead(self, draft: Draft, number: int) -> None:
        gone = self.subheads.pop(number)
        for at, whole in enumerate(draft.subheads):
            if gone in whole:
                left = " ".join(whole.replace(gone, "", 1).split())
                before = draft.subheads[at - 1] if at else None
                draft.subheads[at : at + 1] = [left] if left else []
                draft.body = [(unit, (left or before) if subhead == whole else subhead) for unit, subhead in draft.body]
                return

    def single(self, line: TypedLine, kind: Kind) -> Unit:
        """Make a unit of one line."""
        return assemble([replace(line, kind=kind, furnishing=None)], [])

    def place(self, line: TypedLine) -> Unit:
        """Put a line into its article as a paragraph of its own, by printed order."""
        unit = self.single(line, "body")
        draft = self.owner(line.number)
        at = next((at for at, (other, _) in enumerate(draft.body) if other.numbers[0] > line.number), len(draft.body))
        draft.body.insert(at, (unit, draft.body[at - 1][1] if at else None))
        draft.add(unit)
        return unit

    def subhead_at(self, number: int) -> str | None:
        """Return the subhead that a line stands under, or is."""
        draft = self.draft_of(number)
        if number in self.subheads and draft is not None:
            return next((subhead for subhead in draft.subheads if self.subheads[number] in subhead), None)
        return next((subhead for unit, subhead in draft.body if number in unit.numbers), None) if draft else None

    def insert(self, unit: Unit, behind: int, subhead: str | None) -> None:
        """Put a paragraph behind a line of an article: behind the paragraph that holds it, else in its place by number."""
        draft = self.owner(behind)
        at = next((at for at, (other, _) in enumerate(draft.body) if behind in other.numbers), None)
        if at is None:
            after = (at for at, (other, _) in enumerate(draft.body) if other.numbers[0] > behind)
            in_heading = any(behind in head.numbers for head in draft.heading)
            at = -1 if in_heading else next(after, len(draft.body)) - 1
        draft.body.insert(at + 1, (unit, subhead))
        draft.add(unit)

    def head(self, draft: Draft, line: TypedLine) -> None:
        """Put a line among those over an article."""
        unit = self.single(line, "heading")
        draft.heading = sorted([*draft.heading, unit], key=lambda each: each.numbers[0])
        draft.add(unit)

    def nearest_heading(self, number: int) -> Draft | None:
        """Return the article whose headline stands nearest to a line."""
        headed = [draft for draft in self.grouping.drafts if draft.heading]
        return min(headed, key=lambda draft: min(abs(unit.numbers[0] - number) for unit in draft.heading), default=None)

    def open_at(self, numbers: Sequence[int]) -> Draft:
        """Let a new article begin with these lines as its headline; what follows them in the old article goes with them."""
        first = numbers[0]
        old = self.owner(first)
        taken = [self.take_line(number) for number in numbers]
        new = Draft(opening="given")
        index = next((at for at, draft in enumerate(self.grouping.drafts) if draft is old))
        ahead = min(old.numbers, default=first) > first
        self.grouping.drafts.insert(index if ahead else index + 1, new)
        if not ahead:
            self._part(old, new, first)
        for line in taken:
            self.head(new, line)
        return new

    def _part(self, old: Draft, new: Draft, first: int) -> None:
        at = next((at for at, (unit, _) in enumerate(old.body) if unit.numbers[0] > first), len(old.body))
        old.body, rest = old.body[:at], old.body[at:]
        kept = {number for unit, _ in old.body for number in unit.numbers}
        going = {number for unit, _ in rest for number in unit.numbers}
        going |= {number for number in old.numbers if number > first and number not in kept}
        under = {text for number, text in self.subheads.items() if number in going}
        new.body = [(unit, subhead if subhead and any(text in subhead for text in under) else None) for unit, subhead in rest]
        new.captions = [unit for unit in old.captions if unit.numbers[0] in going]
        new.subheads = [subhead for subhead in old.subheads if any(text in subhead for text in under)]
        new.numbers = [number for number in old.numbers if number in going]
        old.captions = [unit for unit in old.captions if unit.numbers[0] not in going]
        old.subheads = [subhead for subhead in old.subheads if subhead not in new.subheads]
        old.numbers = [number for number in old.numbers if number not in going]
        for number in sorted(going):
            self._part_names(old, new, self.lines[number])
        if old.jump and any(old.jump in self.lines[number].text for number in going):
            new.jump, old.jump = old.jump, None

    def _part_names(self, old: Draft, new: Draft, line: TypedLine) -> None:
        credit = byline_of(line.text) or credit_of(line.text) if line.kind in ("byline", "credit") else None
        if credit in old.credits and credit is not None:
            old.credits.remove(credit)
            new.credits.append(credit)

    def merge_into_previous(self, draft: Draft) -> None:
        """Give all lines of an article but its headline to the one before it; the headline is left without a place."""
        at = next(at for at, each in enumerate(self.grouping.drafts) if each is draft)
        if at == 0:
            draft.heading = []
            return
        before = self.grouping.drafts[at - 1]
        before.body += draft.body
        before.captions += draft.captions
        before.subheads += draft.subheads
        before.credits += draft.credits
        before.jump = before.jump or draft.jump
        before.numbers += [number for number in draft.numbers if all(number not in unit.numbers for unit in draft.heading)]
        del self.grouping.drafts[at]

    def subhead(self, line: TypedLine) -> None:
        """Make a line the subhead of the paragraphs below it, up to the next subhead."""
        draft = self.owner(line.number)
        over = next((subhead for unit, subhead in reversed(draft.body) if unit.numbers[0] < line.number), None)
        draft.body = [
            (unit, line.text if unit.numbers[0] > line.number and subhead == over else subhead) for unit, subhead in draft.body
        ]
        at = draft.subheads.index(over) + 1 if over in draft.subheads else 0
        draft.subheads.insert(at, line.text)
        self.subheads[line.number] = line.text
        draft.numbers.append(line.number)

    def set_apart(self, line: TypedLine) -> None:
        """Make a line furniture."""
        furnished = replace(line, kind="furniture", furnishing=line.furnishing or Furnishing(APART))
        self.units.append(assemble([furnished], []))
        self.units.sort(key=lambda unit: unit.numbers[0])

    def close(self) -> None:
        """Leave out articles that nothing is left of, and give corrected headings their titles."""
        self.grouping.drafts[:] = [draft for draft in self.grouping.drafts if draft.numbers]
        for draft in self.grouping.drafts:
            if any(number in self.roles for unit in draft.heading for number in unit.numbers):
                draft.title = self._title(draft)

    def _title(self, draft: Draft) -> Heading:
        roles = [self.roles.get(unit.numbers[0], "") for unit in draft.heading]
        if "headline" not in roles:
            free = [unit for unit, role in zip(draft.heading, roles, strict=True) if not role]
            read = read_heading(free, "")
            parts = {"kicker": [read.kicker], "headline": [read.headline], "subtitle": [read.subtitle]}
        else:
            parts = {"kicker": [], "headline": [], "subtitle": []}
        main = roles.index("headline") if "headline" in roles else -1
        for at, (unit, role) in enumerate(zip(draft.heading, roles, strict=True)):
            if role or main >= 0:
                parts[role or ("kicker" if at < main else "subtitle")].append(unit.text)
        kicker, headline, subtitle = (" ".join(filter(None, parts[name])) or None for name in ("kicker", "headline", "subtitle"))
        return Heading(headline, kicker, subtitle)


def _take_out(draft: Draft, line: TypedLine) -> None:
    number = line.number
    draft.numbers = [other for other in draft.numbers if other != number]
    draft.heading = [unit for unit in draft.heading if number not in unit.numbers]
    draft.body = [(left, subhead) for unit, subhead in draft.body for left in _without(unit, number)]
    draft.captions = [left for unit in draft.captions for left in _without(unit, number)]
    if line.kind in ("byline", "credit"):
        credit = byline_of(line.text) or credit_of(line.text) or bare_names_of(line.text)
        if credit is not None and credit in draft.credits:
            draft.credits.remove(credit)
    if line.kind == "jump":
        draft.jump = None
    if line.kind == "jump_from":
        draft.origin = None


def _without(unit: Unit, number: int) -> list[Unit]:
    """What is left of a unit without a line: itself, or its other lines."""
    if number not in unit.numbers:
        return [unit]
    at = unit.numbers.index(number)
    halves = []
    if at:
        halves.append(assemble(unit.lines[:at], unit.seams[: at - 1]))
    if at + 1 < len(unit.lines):
        halves.append(assemble(unit.lines[at + 1 :], unit.seams[at + 1 :]))
    return halves
