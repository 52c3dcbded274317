"""What heads an article, and what belongs to it: units in printed order -> drafts of articles.

A heading block opens an article where print gives a sign of it (mark, dateline, byline, the end of the article before);
otherwise it is a subhead. Displaced paragraphs are moved later. Knows nothing of the masthead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.parsing.certainty import Opening
from index.parsing.cohesion import Topic
from index.parsing.credits import COLUMN_ROLE, Credit, byline_of, closing_credit_of, credit_of, inline_credit_of
from index.parsing.credits import bare_names_of as names_of
from index.parsing.headings import Heading
from index.parsing.joins import Unit
from index.parsing.jumps import inline_jump, inline_jump_from
from index.parsing.lines import enumerated, is_contact, is_han
from index.parsing.signs import ends_in_credit, hangs_on, has_sign, photo_credit
from index.text import fold

_SIGNATURE = re.compile(r"(?:评论|评论员|编辑部|时评|短评|社论|论坛|观察|快评|编者|编后)$")
_LONGEST_SUBHEAD = 20


@dataclass(slots=True)
class Draft:
    """An article in the making. ``body`` pairs each paragraph with the subhead it stands under."""

    heading: list[Unit] = field(default_factory=list)
    body: list[tuple[Unit, str | None]] = field(default_factory=list)
    captions: list[Unit] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    jump: str | None = None  # printed where the article goes on elsewhere
    origin: str | None = None  # printed where it began elsewhere
    opening: Opening = "unheaded"  # what makes it an article of its own
    closed: bool = False
    byline_on_top: bool = False
    numbers: list[int] = field(default_factory=list)
    topic: Topic = field(default_factory=Topic)
    title: Heading | None = None  # where the input marks it; else it is read out of ``heading``

    @property
    def continued(self) -> bool:
        """Whether the beginning stands on another page."""
        return self.origin is not None

    def add(self, unit: Unit) -> None:
        self.numbers.extend(unit.numbers)


@dataclass(slots=True)
class Grouping:
    """What the units of a page were grouped into. ``leftover`` are units that belong to nothing."""

    drafts: list[Draft] = field(default_factory=list)
    leftover: list[Unit] = field(default_factory=list)


def group(units: Sequence[Unit]) -> Grouping:
    """Group the units of a page into articles. Furniture and rules only separate; they are no part of the result."""
    return _Grouper(units).run()


class _Grouper:
    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.result = Grouping()
        self.draft: Draft | None = None
        self.subhead: str | None = None
        self.boundary = True  # nothing but furniture since the last article's text
        self.pending: list[Unit] = []
        marked = [unit.lines[0].level for unit in units if unit.kind == "heading" and unit.lines[0].marked]
        self.top = min(marked, default=0)
        self.regular = self._is_regular()
        self.last_text = max((at for at, unit in enumerate(units) if unit.kind not in ("furniture", "rule")), default=-1)

    def run(self) -> Grouping:
        at = 0
        while at < len(self.units):
            unit = self.units[at]
            if unit.kind in ("heading", "subtitle"):
                end = self._block_end(at)
                self._take_block(self.units[at:end], end)
                at = end
            else:
                self._take(unit)
                at += 1
        if not self.result.drafts and any(unit.kind == "caption" for unit in self.pending):
            self._start()
        self.result.leftover.extend(self.pending)
        return self.result

    def _is_regular(self) -> bool:
        """Whether articles of this page open with a dateline or a byline as a rule."""
        heads = [at for at, unit in enumerate(self.units) if unit.kind in ("heading", "subtitle")]
        sections = [self._section(at + 1) for at in heads if at + 1 not in heads]
        return sum(map(has_sign, sections)) >= 3

    def _block_end(self, at: int) -> int:
        end = at
        while end < len(self.units) and self.units[end].kind in ("heading", "subtitle"):
            end += 1
        return end

    def _take_block(self, block: Sequence[Unit], end: int) -> None:
        body = self._section(end)
        if not any(unit.kind in ("body", "caption", "jump", "credit", "byline") for unit in body):
            self._take_bodiless(block, last=end > self.last_text)
        elif opening := self._opens(block, body):
            self._open(block, opening)
        else:
            assert self.draft is not None
            self.subhead = " ".join(unit.text for unit in block)
            self.draft.subheads.append(self.subhead)
            for unit in block:
                self.draft.add(unit)
        self.boundary = False

    def _section(self, start: int) -> Sequence[Unit]:
        end = start
        while end < len(self.units) and self.units[end].kind not in ("heading", "subtitle"):
            end += 1
        return self.units[start:end]

    def _take_bodiless(self, block: Sequence[Unit], *, last: bool) -> None:
        """Headings with nothing below: a signature at the end, or lines of text of their own."""
        draft = self.draft
        if last and len(block) == 1 and draft is not None and draft.body and not draft.closed:
            unit = block[0]
            if _SIGNATURE.search(fold(unit.text)) and not unit.lines[0].marked:
                draft.credits.append(Credit((unit.text.replace(" ", ""),), {unit.text.replace(" ", ""): COLUMN_ROLE}))
                draft.add(unit)
                draft.closed = True
                return
        if draft is not None and draft.body and not draft.closed and hangs_on(block):
            for unit in block:
                draft.body.append((unit, self.subhead))
                draft.add(unit)
            return
        if sum(len(unit.text) for unit in block) < 6:
            self.result.leftover.extend(block)
            return
        fresh = self._start()
        for unit in block:
            fresh.body.append((unit, None))
            fresh.add(unit)
        fresh.closed = True

    def _opens(self, block: Sequence[Unit], section: Sequence[Unit]) -> Opening | None:
        """What makes this block the head of an article; None makes it a subhead of the running one."""
        draft = self.draft
        sign = has_sign(section)
        if draft is not None and draft.body and is_contact(draft.body[-1][0].key):
            return "contact"
        if draft is None or not (draft.body or draft.captions):
            return "first"
        if draft.closed or self.boundary:
            return "closed" if draft.closed else "apart"
        if len(block) == 1 and enumerated(block[0].key) and not sign:
            return None
        if sign or len({unit.kind for unit in block}) > 1:
            return "sign" if sign else "decks"
        if block[0].kind == "subtitle":
            return None
        if any(unit.lines[0].level == self.top for unit in block if unit.lines[0].marked):
            return "level"
        if draft.byline_on_top and ends_in_credit(section):
            return "credits"
        if any(unit.lines[0].marked for unit in block):
            return None
        return None if self._is_subhead(block, draft, section) else "unlike"

    def _is_subhead(self, block: Sequence[Unit], draft: Draft, section: Sequence[Unit]) -> bool:
        """Whether an unmarked heading without any sign of an article stands inside the running one.

        It does when the credit is still to come on a page that closes its articles so, or when the text below carries on
        what the article speaks of.
        """
        text = block[0].text
        short = len(block) == 1 and (len(text) <= _LONGEST_SUBHEAD if is_han(text) else len(text.split()) <= 6)
        if not short or (draft.body and all("verse" in unit.seams for unit, _ in draft.body)):
            return False  # nothing goes on under a table or a poem
        signed = bool(draft.credits) or (bool(draft.body) and inline_credit_of(draft.body[0][0].text) is not None)
        if ends_in_credit(section) and not signed and any(before.closed for before in self.result.drafts):
            return True
        texts = [unit.text for unit in section if unit.kind == "body"]
        whole = ends_in_credit(section) and signed
        regular = self.regular and draft.opening in ("sign", "first", "closed") and not whole
        return draft.topic.covers(texts, loosely=regular)

    def _start(self) -> Draft:
        self.draft = Draft()
        self.subhead = None
        self.result.drafts.append(self.draft)
        waiting, self.pending = self.pending, []
        for unit in waiting:
            self._take(unit)
        return self.draft

    def _open(self, block: Sequence[Unit], opening: Opening) -> None:
        waiting = self.draft if self.draft and self.draft.continued and not (self.draft.heading or self.draft.body) else None
        draft = waiting or self._start()  # a headline may stand below the line that says where its article began
        draft.heading, draft.opening = list(block), opening
        for unit in block:
            draft.topic.add(unit.text)
            draft.add(unit)

    def _take(self, unit: Unit) -> None:
        if unit.kind in ("furniture", "rule"):
            self._pass(unit)
        elif unit.kind == "body":
            self._take_body(unit)
        elif unit.kind == "caption":
            if self.draft is None:
                self.pending.append(unit)
            else:
                self.draft.captions.append(unit)
                self.draft.add(unit)
        elif unit.kind in ("byline", "credit"):
            self._take_names(unit)
        else:
            self._take_jump(unit)

    def _pass(self, unit: Unit) -> None:
        """Furniture belongs to no article, but a line of it may name the author of the article it stands in."""
        furnishing = unit.lines[0].furnishing
        named = names_of(str(furnishing.facts["author"])) if furnishing and "author" in furnishing.facts else None
        if named and self.draft is not None and not self.draft.body:
            self.draft.credits.append(named)
        else:
            self.boundary = True

    def _take_body(self, unit: Unit) -> None:
        draft = self.draft
        signed_off = unit.lines[0].furnishing is not None  # the day under a notice or a letter
        origin = inline_jump_from(unit.text)
        if draft is None or (draft.closed and not signed_off) or (origin and draft.body):
            draft = self._start()
        draft.origin = draft.origin or origin
        draft.body.append((unit, self.subhead))
        draft.topic.add(unit.text)
        draft.add(unit)
        self.boundary = False
        if jump := inline_jump(unit.text):
            draft.jump, draft.closed = jump, True
        elif closing_credit_of(unit.text):
            draft.closed = True

    def _take_names(self, unit: Unit) -> None:
        if self.draft is not None and self.draft.captions and photo_credit(unit.text) and self._after_caption(unit):
            self.draft.captions.append(unit)
            self.draft.add(unit)
            return
        credit = byline_of(unit.text) or credit_of(unit.text) or names_of(unit.text)
        if self.draft is None or credit is None:
            self.pending.append(unit)
            return
        self.draft.credits.append(credit)
        self.draft.add(unit)
        if self.draft.body:
            self.draft.closed = bool(credit.names) or unit.kind == "credit"
        else:
            self.draft.byline_on_top = True

    def _after_caption(self, unit: Unit) -> bool:
        assert self.draft is not None
        return self.draft.numbers[-1:] == [self.draft.captions[-1].numbers[-1]]

    def _take_jump(self, unit: Unit) -> None:
        draft = self.draft
        if unit.kind == "jump_from":
            if draft is None or draft.body or draft.closed:
                draft = self._start()
            draft.origin = unit.text
        elif draft is None:
            self.pending.append(unit)
            return
        else:
            draft.jump, draft.closed = unit.text, True
        draft.add(unit)
