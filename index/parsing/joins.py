"""Where lines join: lines -> units, a unit being a paragraph or any other line by itself.

Joins lines broken at a fixed width and paragraphs broken by a column, a page or a photo. Nothing is put between Han
characters; words of other scripts get a space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.parsing.credits import closing_credit_of, starts_article
from index.parsing.halves import open_ended, starts_inside
from index.parsing.lines import Kind, TypedLine, ends, enumerated, is_han, is_title, reads_as_heading
from index.parsing.wraps import Link, uses_indents, usual_gap
from index.text import fold

Seam = Literal["wrap", "verse", "break", "given"]  # given: a person joined them

_CLOSED_UP = re.compile(r"[^\W\d_]{2,}-$")
_FORMULA = re.compile(r"^(?:此致|敬礼|谢谢)[！!]?$")
_SURELY_TEXT = 60
_FRAGMENT = re.compile(
    r"^(?:ments?|tions?|sions?|ing|ings|ed|ers?|ly|ness|able|ible|ity|ties|ance|ence|ous|ive|al|ally|ate|ated|ating|ture|tures|ial|"
    r"ical|ically|ized?|ised?|ism|ist|ists|ful|less|ship|dent|dents|tive|tional|sion|cation|mission|tee|tees|cil|ple|ble|ry|ty|gy|my)\b"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that belong together: ``seams[i]`` says how line i + 1 was joined, ``joins[i]`` where it begins in ``text``."""

    kind: Kind
    lines: tuple[TypedLine, ...]
    seams: tuple[Seam, ...]
    text: str
    joins: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)

    @property
    def key(self) -> str:
        return fold(self.text)

    @property
    def broken(self) -> bool:
        """Whether a column break was mended (a guess, unlike the end of a full line)."""
        return "break" in self.seams or "given" in self.seams


def join(lines: Sequence[TypedLine], links: Sequence[Link]) -> list[Unit]:
    """Put lines together to units, in printed order."""
    widest = max(1, usual_gap(lines))
    indents = uses_indents(lines)
    groups: list[_Group] = []
    verse = [at + 1 < len(links) and links[at + 1] == "verse" for at in range(len(links))]
    for line, how, opens_verse in zip(lines, links, verse, strict=True):
        before = None if opens_verse else _open_paragraph(groups, line)
        if how and groups:
            groups[-1].add(line, how)
        elif before is not None and _broken(groups, before, line, widest) and not (indents and line.indented):
            groups[before].add(line, _how_broken(groups[before].lines[-1], line))
        else:
            groups.append(_Group([line], []))
    return [assemble(group.lines, group.seams) for group in groups]


def assemble(lines: Sequence[TypedLine], seams: Sequence[Seam]) -> Unit:
    """Make one unit of lines, with what their scripts need between them."""
    parts = [lines[0].text]
    joins: list[int] = []
    length = len(parts[0])
    for line, seam in zip(lines[1:], seams, strict=True):
        left, between = _seam(parts[-1], line.text, seam)
        length += len(left) - len(parts[-1]) + len(between)
        parts[-1] = left + between
        joins.append(length)
        parts.append(line.text)
        length += len(line.text)
    return Unit(lines[0].kind, tuple(lines), tuple(seams), "".join(parts), tuple(joins))


@dataclass(slots=True)
class _Group:
    lines: list[TypedLine]
    seams: list[Seam]

    def add(self, line: TypedLine, seam: Seam) -> None:
        self.lines.append(line)
        self.seams.append(seam)


def carries_on(left: str, right: str) -> bool:
    """Tell whether the second text continues the first, from their characters alone."""
    if left.startswith("|") or right.startswith("|") or _FORMULA.match(left):  # rows of a table, the close of a letter
        return False
    if starts_inside(right):
        return True
    if ends(left) or closing_credit_of(left) or starts_article(right) or enumerated(fold(right)):
        return False
    if enumerated(fold(left)) and reads_as_heading(left, fold(left)):
        return False
    if is_han(left[-12:]) or is_han(right[:12]):
        return True
    return (
        right[:1].islower()
        or left.endswith((",", "-", "–"))
        or open_ended(left)
        or (len(left) >= _SURELY_TEXT and left[-1].isalnum() and not is_title(left) and not is_title(right))
    )


def _open_paragraph(groups: Sequence[_Group], line: TypedLine) -> int | None:
    """Where the paragraph stands that this line may carry on: just before it, or with captions between."""
    if line.kind != "body" or line.furnishing is not None:
        return None
    for back in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
        last = groups[back].lines[-1]
        if groups[back].lines[0].kind == "body":
            return back if last.furnishing is None else None
        if groups[back].lines[0].kind not in ("caption", "rule"):
            return None
    return None


def _broken(groups: Sequence[_Group], before: int, line: TypedLine, widest: int) -> bool:
    group = groups[before]
    between = groups[before + 1 :]
    near = line.gap <= widest if not between else any(other.lines[0].kind == "caption" for other in between)
    if _stops_short(group):
        return False
    return near and group.seams[-1:] != ["verse"] and carries_on(group.lines[-1].text, line.text)


def _how_broken(left: TypedLine, right: TypedLine) -> Seam:
    """English that runs on in the very next line was only wrapped; anything else is a guess."""
    return "wrap" if right.gap == 0 and right.text[:1].islower() and not is_han(left.text) else "break"


def _stops_short(group: _Group) -> bool:
    """Whether a paragraph of lines of one width ends in a short one: it is complete even without a stop."""
    last = group.lines[-1]
    return bool(group.seams) and group.seams[-1] == "wrap" and is_han(last.text) and last.width < 0.8 * group.lines[-2].width


def _seam(left: str, right: str, seam: Seam) -> tuple[str, str]:
    """What the left text becomes, and what stands between it and the right one."""
    if seam == "verse":
        return left, "\n"
    if _CLOSED_UP.search(left[-40:]) and _FRAGMENT.match(right[:20]):
        # A hyphen that print needed only for the line's end; a hyphen inside a word is kept.
        return left[:-1], ""
    if left.endswith("-") and left[-2:-1].isalpha():
        return left, ""
    spaced = _latin(left[-1:]) and _latin(right[:1]) and not is_han(left[-12:]) and not is_han(right[:12])
    return left, " " if spaced else ""


def _latin(char: str) -> bool:
    return bool(char) and char < "\u2e80" and not char.isspace() and char not in "“‘—…·"
