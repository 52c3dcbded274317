"""Where a line is only a line's end: text broken at a fixed width, and verse whose lines are meant.

Tells lines that were cut because they were full, from lines that end a paragraph. Column breaks are judged in ``joins``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from index.parsing.credits import starts_article
from index.parsing.lines import TypedLine, ends, enumerated, has_stop, is_han

Link = Literal["", "wrap", "verse"]

_NEAR = 6
_NARROWEST = 16
_WIDEST = 140
_VERSE_WIDTH = 44
_FEWEST_INSIDE = 4
_RAGGED = 0.2  # how far a full line may stay from the width: digits and marks are narrower


def usual_gap(lines: Sequence[TypedLine]) -> int:
    """How many empty lines stand between two lines of this page as a rule; 0 when there are none in a tenth of the places."""
    gaps = Counter(line.gap for line in lines[1:])
    if not gaps or gaps[0] * 10 >= gaps.total():
        return 0
    return max(gaps, key=lambda gap: (gaps[gap], -gap))


def uses_indents(lines: Sequence[TypedLine]) -> bool:
    """Whether the page marks the first line of a paragraph with space: some lines have it, others do not."""
    text = [line for line in lines if line.kind in ("body", "heading")]
    return 0 < sum(line.indented for line in text) <= 0.8 * len(text)


def link(lines: Sequence[TypedLine]) -> tuple[list[TypedLine], list[Link]]:
    """Find the lines that continue the line before them: ``links[i]`` says how line i continues line i - 1.

    Linked lines come back as body, whatever they looked like alone.
    """
    links: list[Link] = [""] * len(lines)
    gap = usual_gap(lines)
    follows = [at > 0 and _text(lines[at]) and _flows(lines[at - 1]) and lines[at].gap <= gap for at in range(len(lines))]
    broken = [at for at in range(len(lines) - 1) if follows[at + 1]]
    full = _full_lines(lines, broken)
    indents = uses_indents(lines)
    width = _column(lines, broken) if indents else None
    for at in broken:
        if width is not None and _fills(lines, at, width, linked=bool(links[at])):
            links[at + 1] = "wrap"
    for at in broken:
        if at in full and _continues(lines, at, full, links, indents=indents):
            links[at + 1] = "wrap"
    _link_verse(lines, links, follows if gap == 0 else [follow and lines[at].gap == 0 for at, follow in enumerate(follows)])
    linked = [bool(links[at]) or (at + 1 < len(lines) and bool(links[at + 1])) for at in range(len(lines))]
    return [_as_body(line) if is_linked else line for line, is_linked in zip(lines, linked, strict=True)], links


def _column(lines: Sequence[TypedLine], broken: Sequence[int]) -> int | None:
    """The width at which a page with indented paragraphs breaks its lines, where it breaks them at one."""
    inside = sorted(lines[at].width for at in broken if not lines[at + 1].indented)
    if len(inside) < _FEWEST_INSIDE or sum(line.indented and line.kind == "body" for line in lines) < 2:
        return None
    width = inside[len(inside) // 2]
    near = sum(abs(other - width) <= _RAGGED * width for other in inside)
    return width if near * 10 >= 8 * len(inside) and width >= _NARROWEST else None


def _fills(lines: Sequence[TypedLine], at: int, width: int, *, linked: bool) -> bool:
    """Whether a line fills such a column and the next one, not indented, must carry it on."""
    line, after = lines[at], lines[at + 1]
    if after.indented or line.width < (1 - _RAGGED) * width or starts_article(after.text):
        return False
    if not (linked or line.indented or line.kind == "body"):
        return False
    return not (ends(line.text) and after.kind == "heading" and after.width < (1 - _RAGGED) * width)


def _text(line: TypedLine) -> bool:
    return line.kind in ("body", "heading") and not line.marked and line.furnishing is None


def _flows(line: TypedLine) -> bool:
    return _text(line) or (line.kind == "caption" and not ends(line.text))


def _as_body(line: TypedLine) -> TypedLine:
    return replace(line, kind="body") if line.kind == "heading" else line


def _full_lines(lines: Sequence[TypedLine], broken: Sequence[int]) -> set[int]:
    """The lines that reach the width at which their neighbours are broken."""
    full: set[int] = set()
    for place, at in enumerate(broken):
        near = [other for other in broken[max(0, place - _NEAR) : place + _NEAR + 1] if other != at]
        if len(near) < 2 or lines[at].width > _WIDEST:
            continue
        reach = _full_han if is_han(lines[at].text) else _full_latin
        if reach(lines, at, near):
            full.add(at)
    return full


def _full_han(lines: Sequence[TypedLine], at: int, near: Sequence[int]) -> bool:
    width = lines[at].width
    same = [other for other in near if abs(lines[other].width - width) <= 3]
    wider = sum(lines[other].width > width + 4 for other in near)
    if width < _NARROWEST or len(same) < max(2, 0.4 * len(near)) or wider * 3 > len(near):
        return False
    cut = sum(lines[other].text[-1].isalnum() for other in (*same, at))
    prose = sum(has_stop(lines[other].key) for other in (*near, at))
    return cut * 2 >= len(same) + 1 and prose * 4 >= len(near) + 1


def _full_latin(lines: Sequence[TypedLine], at: int, near: Sequence[int]) -> bool:
    widths = sorted((lines[other].width for other in (*near, at)), reverse=True)
    width = widths[2] if len(widths) >= 8 else widths[0]
    if not _NARROWEST + 4 <= width <= _WIDEST:
        return False
    reaching = [other for other in (*near, at) if _no_room(lines, other, width)]
    open_ended = sum(not ends(lines[other].text) for other in reaching)
    return at in reaching and len(reaching) * 10 >= 6 * (len(near) + 1) and open_ended * 2 >= len(reaching)


def _no_room(lines: Sequence[TypedLine], at: int, width: int) -> bool:
    first = lines[at + 1].text.split(maxsplit=1)[0]
    return lines[at].width + 1 + len(first) > width


def _continues(lines: Sequence[TypedLine], at: int, full: set[int], links: Sequence[Link], *, indents: bool) -> bool:
    line, after = lines[at], lines[at + 1]
    if (indents and after.indented) or starts_article(after.text):
        return False
    closed = ends(line.text)
    if closed and (enumerated(after.key) or (after.kind == "heading" and at + 1 not in full)):
        return False
    if line.kind == "heading" and not links[at]:
        return at > 0 and not _titled(line, after)
    return True


def _titled(line: TypedLine, after: TypedLine) -> bool:
    """Whether a line of English is set like a title and not carried on by the next."""
    if is_han(line.text) or not after.text[:1].isupper():
        return False
    long_words = [word for word in line.text.split() if len(word) >= 4 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long_words) * 10 >= 7 * len(long_words)


def _link_verse(lines: Sequence[TypedLine], links: list[Link], follows: Sequence[bool]) -> None:
    """Link runs of four or more short lines, none of them cut: verse, lists, tables."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and follows[at] and not links[at]:
            continue
        first = _first_verse(lines, start, at)
        if at - first >= 4 and _is_verse(lines[first:at]) and not _is_deck(lines, first, at):
            links[first + 1 : at] = ["verse"] * (at - first - 1)
        start = at


def _first_verse(lines: Sequence[TypedLine], start: int, end: int) -> int:
    """Skip the title that stands over verse without an empty line between."""
    run = lines[start:end]
    if len(run) > 4 and run[0].kind == "heading" and (has_stop(run[1].key) or abs(run[0].width - run[1].width) > 2):
        short_second = run[1].kind == "heading" and run[1].width <= 8 and has_stop(run[2].key)
        return start + 2 if short_second else start + 1
    return start


def _is_deck(lines: Sequence[TypedLine], start: int, end: int) -> bool:
    """Whether short lines are the decks of a headline: in capitals, or right above the byline or the dateline."""
    if sum(line.text.isupper() for line in lines[start:end]) * 2 > end - start:
        return True
    after = lines[end] if end < len(lines) else None
    headings = all(line.kind == "heading" for line in lines[start:end])
    return headings and after is not None and (after.kind == "byline" or starts_article(after.text))


def _is_verse(run: Sequence[TypedLine]) -> bool:
    return all(line.kind in ("body", "heading") and line.width <= _VERSE_WIDTH for line in run)
