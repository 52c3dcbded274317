"""Page text -> Issue: read lines, find masthead, join, group, move, and write down what was inferred."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.errors import ParseError
from index.parsing.articles import Draft, group
from index.parsing.certainty import BOUNDARY, join_scores, move_score
from index.parsing.context import reconsider
from index.parsing.corrections import apply, restored
from index.parsing.credits import Credit, inline_credit_of
from index.parsing.displaced import find_moves, move
from index.parsing.endless import MOST_LINES, group_endless, is_endless, read_endless
from index.parsing.given import group_given, read_given
from index.parsing.headings import read_heading
from index.parsing.joins import Unit, join
from index.parsing.jumps import page_of
from index.parsing.lines import read_lines
from index.parsing.masthead import Masthead, paper_names, read_masthead, settle
from index.parsing.quality import rated
from index.parsing.wraps import link
from index.schema import (
    CONTINUATION_MISSING,
    JOINED,
    MOVED,
    PAGE_INFERRED,
    START_MISSING,
    Article,
    Caption,
    Furniture,
    Issue,
    Line,
    Page,
    Paragraph,
)
from index.text import fold

_ATTRIBUTION = re.compile(r"^[^，。！？：“”]{4,38}[说道称]。[”]?$|^[^，。！？：“”]{4,38}(?:表示|介绍|告诉记者)。$")


def parse_page(page: Page, *, move_displaced: bool = True) -> Issue:
    """Take a page apart. ``move_displaced=False`` leaves every paragraph in the article it is printed in.

    Every non-empty line lands in exactly one place: an article, the furniture, or unassigned.
    Raises ParseError when the page holds no text.
    """
    given = page.metadata.get("articles")
    endless = not given and is_endless(page)
    if endless:
        lines = read_endless(page)
    else:
        lines = read_given(page, given) if given else settle(read_lines(page.text, paper_names(page), page.first_line))
    if not lines:
        raise ParseError(page.source, "no text on this page; give a page with text")
    if endless:
        units, grouping = group_endless(lines)
    elif given:
        units, grouping = group_given(lines, given)
    else:
        linked, links = link(lines)
        units = join(reconsider(linked, links), links)
        grouping = group(units)
    moved = move(grouping.drafts, find_moves(grouping.drafts)) if move_displaced and not (given or endless) else {}
    wanted = page.metadata.get("corrections", ())
    outcomes = apply(page, units, grouping) if wanted else {}
    jumps = any(draft.jump is not None and not draft.continued for draft in grouping.drafts)
    apart = restored(wanted)
    moved = {numbers: ratio for numbers, ratio in moved.items() if apart.isdisjoint(numbers)}
    masthead = read_masthead(page, [line for line in lines if line.number not in apart], jumps=jumps)
    folded = "" if given or endless else fold(page.text)
    return Issue(
        newspaper=masthead.newspaper,
        date=masthead.date,
        issue_number=masthead.issue_number,
        page=masthead.page,
        weekday=masthead.weekday,
        articles=rated([_article(draft, moved, folded, masthead) for draft in grouping.drafts], page),
        furniture=tuple(_furniture(unit) for unit in units if unit.kind in ("furniture", "rule")),
        unassigned=tuple(Line(line.number, line.text) for unit in grouping.leftover for line in unit.lines),
        metadata={
            **masthead.metadata,
            **({"corrections": outcomes} if wanted else {}),
            **({"plain": f"more than {MOST_LINES} lines on one page: read as plain paragraphs"} if endless else {}),
        },
    )


def _furniture(unit: Unit) -> Furniture:
    line = unit.lines[0]
    return Furniture(line.furnishing.kind if line.furnishing else "rule", line.number, line.text)


def _article(draft: Draft, moved: Mapping[tuple[int, ...], float], page_key: str, masthead: Masthead) -> Article:
    paragraphs = _paragraphs(draft, moved, page_key)
    heading = draft.title or read_heading(draft.heading, "\n".join(paragraph.text for paragraph in paragraphs[:4]))
    credit = _credit(draft)
    flags = [CONTINUATION_MISSING] if draft.jump is not None else []
    if masthead.metadata.get("page_inferred"):
        flags.append(PAGE_INFERRED)
    return Article(
        headline=heading.headline,
        kicker=heading.kicker,
        subtitle=heading.subtitle,
        subheads=tuple(draft.subheads),
        authors=credit.names,
        author_roles=credit.roles,
        paragraphs=tuple(paragraphs),
        captions=tuple(Caption(unit.text, unit.numbers[0]) for unit in draft.captions),
        jump=draft.jump or draft.origin,
        flags=tuple(flags),
        lines=tuple(sorted(draft.numbers)),
        boundary=BOUNDARY[draft.opening],
        continues_on=page_of(draft.jump) if draft.jump else None,
        continued_from=page_of(draft.origin) if draft.origin else None,
    )


def _paragraphs(draft: Draft, moved: Mapping[tuple[int, ...], float], page_key: str) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    first = next((unit for unit, _ in draft.body if unit.numbers not in moved), None)
    for number, (unit, subhead) in enumerate(draft.body, start=1):
        flags = [JOINED] if unit.broken else []
        if unit.numbers in moved:
            flags.append(MOVED)
        if unit is first and (draft.continued or _start_lost(unit, page_key)):
            flags.append(START_MISSING)
        ratio = moved.get(unit.numbers)
        paragraphs.append(
            Paragraph(
                number=number,
                text=unit.text,
                lines=unit.numbers,
                subhead=subhead,
                joins=unit.joins,
                flags=tuple(flags),
                join_scores=join_scores(unit),
                move_score=None if ratio is None else move_score(ratio),
            )
        )
    return paragraphs


def _start_lost(unit: Unit, page_key: str) -> bool:
    """Whether the text right under a headline is only the end of a sentence.

    The sign: nothing but the speaker of a quotation, beginning inside a name that the page prints in full elsewhere,
    always with the same character before it.
    """
    if _ATTRIBUTION.match(unit.text) is None:
        return False
    start = fold(unit.text[:4])
    before = Counter(page_key[match.start() - 1] for match in re.finditer(re.escape(start), page_key) if match.start() > 0)
    before.pop("\n", None)
    return len(before) == 1 and all("\u4e00" <= char <= "\u9fff" for char in before)


def _credit(draft: Draft) -> Credit:
    """All names of the article in printed order: lines of their own, then the opening and the closing paragraph."""
    credits = list(draft.credits)
    if draft.body:
        ends: Sequence[Unit] = (draft.body[0][0], draft.body[-1][0])
        credits = [found for unit in ends if (found := inline_credit_of(unit.text))] + credits
    names = dict.fromkeys(name for credit in credits for name in credit.names)
    roles = {name: role for credit in reversed(credits) for name, role in credit.roles.items()}
    return Credit(tuple(names), {name: roles[name] for name in names if name in roles})
