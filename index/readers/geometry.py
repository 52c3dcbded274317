"""Lines with places on a page -> columns in reading order -> paragraphs.

Recursive cuts: where white space runs down between lines that stand side by side, the page is cut into columns, left before
right; where none does, it is cut above and below the lines that reach across. Knows nothing of files.
Left-to-right lines only: pages set in vertical columns come out in the order they went in.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_STOP = re.compile(r"[。！？…；：.!?;:][”’」』）)\]\"']*$")
# In sizes of the text: the least white space between columns, and what is wide enough even between short columns.
_GUTTER, _WIDE = 0.7, 2.2
_TALL = 3
_MOST_LINES = 8_000
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line, or a part of one, and where it stands; y grows downwards. ``size`` is the height of its characters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """Lines that make one paragraph, and their text in one line."""

    text: str
    size: float
    bold: bool
    lines: int


def columns(lines: Sequence[SetLine]) -> list[list[SetLine]]:
    """Put the lines of a page into reading order: a list of columns, each from top to bottom.

    More lines than any newspaper page has stay in the order they came in.
    """
    if len(lines) > _MOST_LINES:
        return [list(lines)]
    return _cut(list(lines), median(line.size for line in lines), 0) if lines else []


def is_han(char: str) -> bool:
    """Tell whether a character is Chinese, or a mark of Chinese print."""
    return _HAN.match(char) is not None


def _cut(lines: list[SetLine], size: float, depth: int) -> list[list[SetLine]]:
    if len(lines) > 1 and depth <= _DEEPEST:
        parts = _split(lines, size)
        parts = (_below_heading(lines, size) or parts) if len(parts) > 1 else _bands(_rows(lines), size)
        if len(parts) > 1:
            return [column for part in parts for column in _cut(part, size, depth + 1)]
    return [sorted(lines, key=lambda line: (line.top, line.left))]


def _below_heading(lines: Sequence[SetLine], size: float) -> list[list[SetLine]]:
    """The lines above and below the first height at which nothing but headings stand; empty where there is none."""
    rows = _rows(lines)
    for at, row in enumerate(rows[1:], start=1):
        if all(line.size > 1.15 * size for line in row):
            return [[line for row in part for line in row] for part in (rows[:at], rows[at:])]
    return []


Spans = list[tuple[float, float]]


def _cover(lines: Sequence[SetLine], spans: Sequence[tuple[float, float]] = ()) -> Spans:
    """The parts of the width that lines cover, in order."""
    merged: Spans = []
    for left, right in sorted([*spans, *((line.left, line.right) for line in lines)]):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _gutters(cover: Spans, size: float) -> list[tuple[float, float]]:
    """Where white space runs down: (middle, width)."""
    return [((a[1] + b[0]) / 2, b[0] - a[1]) for a, b in pairwise(cover) if b[0] - a[1] >= _GUTTER * size]


def _split(lines: Sequence[SetLine], size: float) -> list[list[SetLine]]:
    """Part lines at the gutters, where those of both sides stand side by side; wide spaces between words are no gutters."""
    gutters = _gutters(_cover(lines), size)
    strips: list[list[SetLine]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        strips[bisect(gutters, (line.left, 0.0))].append(line)
    right = list(accumulate((_Extent.of(strip) for strip in reversed(strips)), _Extent.with_))[::-1]
    parts = [strips[0]]
    left = _Extent.of(strips[0])
    for (_, width), strip, rest in zip(gutters, strips[1:], right[1:], strict=True):
        sure = width >= _WIDE * size or min(left.lines, rest.lines) >= _TALL
        if sure and min(left.bottom, rest.bottom) > max(left.top, rest.top):
            parts.append(list(strip))
            left = _Extent.of(strip)
        else:
            parts[-1].extend(strip)
            left = left.with_(_Extent.of(strip))
    return parts


class _Extent(NamedTuple):
    """How far down some lines reach, and how many they are."""

    top: float
    bottom: float
    lines: int

    @classmethod
    def of(cls, lines: Sequence[SetLine]) -> _Extent:
        return cls(min(line.top for line in lines), max(line.bottom for line in lines), len(lines))

    def with_(self, other: _Extent) -> _Extent:
        return _Extent(min(self.top, other.top), max(self.bottom, other.bottom), self.lines + other.lines)


def _rows(lines: Sequence[SetLine]) -> list[list[SetLine]]:
    """Lines that overlap in height, from top to bottom."""
    rows: list[list[SetLine]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: line.top):
        if rows and line.top < bottom - 0.2 * line.size:
            rows[-1].append(line)
            bottom = max(bottom, line.bottom)
        else:
            rows.append([line])
            bottom = line.bottom
    return rows


def _bands(rows: Sequence[list[SetLine]], size: float) -> list[list[SetLine]]:
    """Runs of rows that share a gutter, and runs of rows without one."""
    bands: list[list[SetLine]] = []
    cover: Spans = []
    parted = False
    for row in rows:
        own = _cover(row)
        has_gutter = bool(_gutters(own, size))
        wider = _cover(row, cover)
        if bands and ((parted and _gutters(wider, size)) or (not parted and not has_gutter)):
            bands[-1].extend(row)
            cover = wider
        else:
            bands.append(list(row))
            cover, parted = own, has_gutter
    return _together([(band, len(_split(band, size)) > 1) for band in bands])


def _together(bands: Sequence[tuple[list[SetLine], bool]]) -> list[list[SetLine]]:
    """Put bands without columns that follow each other together again."""
    result: list[list[SetLine]] = []
    last = True
    for band, parted in bands:
        if result and not parted and not last:
            result[-1].extend(band)
        else:
            result.append(list(band))
        last = parted
    return result


def paragraphs(column: Sequence[SetLine], usual: float) -> list[SetParagraph]:
    """Part a column into paragraphs: by indent, by a last line that stops short, by white space, by the size of type.

    ``usual`` is the size of the text of the page (see ``usual_size``); lines of one larger size make one heading.
    """
    lines = [_one_line(row) for row in _rows(column)]
    if not lines:
        return []
    left, right, pitch = _edges(lines)
    groups: list[list[SetLine]] = []
    for line in lines:
        heads = line.size > 1.15 * usual
        if groups and not (_new_heading if heads else _starts)(groups[-1], line, left, right, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, heads=group[0].size > 1.15 * usual) for group in groups]


def _paragraph(group: Sequence[SetLine], *, heads: bool) -> SetParagraph:
    """Lines of a heading are broken where sense is, so there a space stands between them."""
    texts = [line.text for line in group]
    return SetParagraph(" ".join(texts) if heads else run_on(texts), group[0].size, all(line.bold for line in group), len(group))


def _one_line(row: Sequence[SetLine]) -> SetLine:
    if len(row) == 1:
        return row[0]
    parts = sorted(row, key=lambda line: line.left)
    return SetLine(
        " ".join(part.text for part in parts),
        parts[0].left,
        max(part.right for part in parts),
        min(part.top for part in parts),
        max(part.bottom for part in parts),
        max(part.size for part in parts),
        all(part.bold for part in parts),
    )


def _edges(lines: Sequence[SetLine]) -> tuple[float, float, float]:
    """Left and right edge of the text of a column, and the usual distance from line to line."""
    size = median(line.size for line in lines)
    usual = [line for line in lines if abs(line.size - size) <= 0.15 * size] or list(lines)
    left = _usual([line.left for line in usual], size, low=True)
    right = _usual([line.right for line in usual], size, low=False)
    steps = [b.top - a.top for a, b in pairwise(usual) if 0 < b.top - a.top < 4 * size]
    return left, right, median(steps) if steps else 1.5 * size


def _usual(edges: Sequence[float], size: float, *, low: bool) -> float:
    """The edge that lines share: the outermost that at least a sixth of them reach."""
    counts = Counter(round(edge / (0.5 * size)) for edge in edges)
    shared = [place for place, _ in counts.items() if counts[place] + counts[place - 1] + counts[place + 1] >= len(edges) / 6]
    if not shared:
        return min(edges) if low else max(edges)
    place = min(shared) if low else max(shared)
    near = [edge for edge in edges if abs(round(edge / (0.5 * size)) - place) <= 1]
    return min(near) if low else max(near)


def _new_heading(group: Sequence[SetLine], line: SetLine, left: float, right: float, pitch: float) -> bool:
    before = group[-1]
    return abs(before.size - line.size) > 0.08 * line.size or line.top - before.top > 2 * line.size or before.bold != line.bold


def _starts(group: Sequence[SetLine], line: SetLine, left: float, right: float, pitch: float) -> bool:
    before = group[-1]
    size = min(before.size, line.size)
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size) or before.bold != line.bold:
        return True
    if line.top - before.top > pitch + 0.6 * size:
        return True
    indented = line.left > left + 0.8 * size
    if indented and before.left <= left + 0.8 * size:
        return True
    short = before.right < right - 1.2 * size
    if indented and (short or len(group) == 1):
        return True
    return short and _STOP.search(before.text[-8:]) is not None


def run_on(lines: Sequence[str]) -> str:
    """Put lines together: nothing between Chinese characters, a hyphen at a line's end closed up before a small letter."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        if not line:
            continue
        if text.endswith("\u00ad") or (text.endswith("-") and text[-2:-1].isalpha() and line[0].islower()):
            text = text[:-1] + line
        elif not text or _HAN.match(text[-1]) or _HAN.match(line[0]) or text[-1].isspace():
            text += line
        else:
            text += " " + line
    return text


def usual_size(lines: Sequence[SetLine]) -> float:
    """Return the size of type that most characters have, from which headings are told; 0 where there are no lines."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.text)
    return max(counts, key=lambda size: (counts[size], -size)) if counts else 0.0


def marked(paragraph: SetParagraph, usual: float) -> str:
    """Return the text of a paragraph, with the mark of a heading (as in Markdown) where its type makes it one."""
    if len(paragraph.text) > 100 or not usual or not any(map(str.isalnum, paragraph.text)):
        return paragraph.text
    ratio = paragraph.size / usual
    level = 1 if ratio >= 1.4 else 2 if ratio >= 1.18 else 0
    if not level and paragraph.bold and len(paragraph.text) <= 40 and not _STOP.search(paragraph.text):
        level = 3
    return "#" * level + " " * (level > 0) + paragraph.text
