"""Lines with places on a page -> columns in reading order.

Recursive cuts: where white space runs down between lines that stand side by side, the page is cut into columns, left before
right; where none does, it is cut above and below the lines that reach across. Knows nothing of paragraphs or files.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

from index.readers.geometry import SetLine, rows_of

# In sizes of the text: the least white space between columns, and what is wide enough even between short columns.
_GUTTER, _WIDE = 0.7, 2.2
_TALL = 3
_ALIGNED = 0.5  # how far lines of one edge may differ, in sizes of the text
_MOST_LINES = 8_000
_DEEPEST = 12


def columns(lines: Sequence[SetLine]) -> list[list[SetLine]]:
    """Put the lines of a page into reading order: a list of columns, each from top to bottom.

    More lines than any newspaper page has stay in the order they came in.
    """
    if len(lines) > _MOST_LINES:
        return [list(lines)]
    return _cut(list(lines), _Grid.of(lines), 0) if lines else []


class _Grid(NamedTuple):
    """What the whole page says of its columns: the size of its text, and where lines begin and end, in order."""

    size: float
    lefts: Sequence[float]
    rights: Sequence[float]

    @classmethod
    def of(cls, lines: Sequence[SetLine]) -> _Grid:
        return cls(median(line.size for line in lines), sorted(line.left for line in lines), sorted(line.right for line in lines))

    def has(self, gap: Span) -> bool:
        """Whether some lines of the page, wherever they stand, end where a gap begins and some begin where it ends."""
        near = _ALIGNED * self.size
        begin = bisect(self.lefts, gap[1] + near) - bisect(self.lefts, gap[0])
        end = bisect(self.rights, gap[1]) - bisect(self.rights, gap[0] - near)
        return min(begin, end) >= _TALL

    def heads(self, line: SetLine) -> bool:
        """Whether a line is larger than the text."""
        return line.size > 1.15 * self.size


def _cut(lines: list[SetLine], grid: _Grid, depth: int) -> list[list[SetLine]]:
    if len(lines) > 1 and depth <= _DEEPEST:
        parts = _split(lines, grid)
        parts = (_below_heading(lines, grid) or parts) if len(parts) > 1 else _bands(rows_of(lines), grid)
        if len(parts) > 1:
            return [column for part in parts for column in _cut(part, grid, depth + 1)]
    return [sorted(lines, key=lambda line: (line.top, line.left))]


def _below_heading(lines: Sequence[SetLine], grid: _Grid) -> list[list[SetLine]]:
    """Lines parted at a heading: below one at the top that reaches over columns, else above the first within; or not at all."""
    rows = rows_of(lines)
    headings = [all(grid.heads(line) for line in row) for row in rows]
    first = headings.index(False) if False in headings else 0
    below = [line for row in rows[first:] for line in row]
    if first and any(_crosses(line, _split(below, grid)) for row in rows[:first] for line in row):
        return [[line for row in rows[:first] for line in row], below]
    if True in headings[1:]:
        at = headings.index(True, 1)
        return [[line for row in part for line in row] for part in (rows[:at], rows[at:])]
    return []


def _crosses(line: SetLine, parts: Sequence[Sequence[SetLine]]) -> bool:
    """Whether a line reaches from above one column to above the next."""
    edges = [(max(each.right for each in one), min(each.left for each in next)) for one, next in pairwise(parts)]
    return any(line.left < right and line.right > left for right, left in edges)


Span = tuple[float, float]
Spans = list[Span]


def _cover(lines: Sequence[SetLine], spans: Sequence[tuple[float, float]] = ()) -> Spans:
    """The parts of the width that lines cover, in order."""
    merged: Spans = []
    for left, right in sorted([*spans, *((line.left, line.right) for line in lines)]):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _gutters(cover: Spans, grid: _Grid) -> Spans:
    """Where white space runs down."""
    return [(a[1], b[0]) for a, b in pairwise(cover) if b[0] - a[1] >= _GUTTER * grid.size]


def _split(lines: Sequence[SetLine], grid: _Grid) -> list[list[SetLine]]:
    """Part lines at the gutters, where those of both sides stand side by side; wide spaces between words are no gutters."""
    gutters = _gutters(_cover(lines), grid)
    strips: list[list[SetLine]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        strips[bisect(gutters, (line.left, line.left))].append(line)
    right = list(accumulate((_Extent.of(strip) for strip in reversed(strips)), _Extent.with_))[::-1]
    parts = [strips[0]]
    left = _Extent.of(strips[0])
    for gap, strip, rest in zip(gutters, strips[1:], right[1:], strict=True):
        sure = gap[1] - gap[0] >= _WIDE * grid.size or min(left.lines, rest.lines) >= _TALL or grid.has(gap)
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


def _bands(rows: Sequence[list[SetLine]], grid: _Grid) -> list[list[SetLine]]:
    """Runs of rows that share a gutter, and runs of rows without one."""
    bands: list[list[SetLine]] = []
    cover: Spans = []
    parted = False
    for row in rows:
        own = _cover(row)
        has_gutter = bool(_gutters(own, grid))
        wider = _cover(row, cover)
        if bands and ((parted and _gutters(wider, grid)) or (not parted and not has_gutter)):
            bands[-1].extend(row)
            cover = wider
        else:
            bands.append(list(row))
            cover, parted = own, has_gutter
    return _together([(band, len(_split(band, grid)) > 1) for band in bands])


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
