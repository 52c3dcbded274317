"""The lines of a picture: cut out, parted where the detector read across a gutter, drawn in to their ink, and read.

A gutter is told from a wide space by its neighbours: the lines above and below are blank at the same place. Knows nothing of
pages or reading order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.readers.scans.engine import Engine, Quad, is_tall, sides

if TYPE_CHECKING:
    from PIL.Image import Image

    from index.readers.scans.upright import Upright

Gap = tuple[float, float]

_MOST_LINES = 4_000  # a broadsheet has some 2,000
_LEAST_SURE = 0.5  # what is read less surely is no text
_FAINT = 40  # least difference between ink and paper, of 255
_SIZE = 0.8  # of type, in heights of its box
# In sizes of type: a gutter, one that many gaps below each other prove, one that needs no proof, what of it must be shared.
_NARROWEST, _DOUBTFUL, _WIDE, _EDGE = 0.45, 0.9, 1.3, 0.22
_REACH, _SPACING = 1.5, 0.25  # in heights: how far a line may reach beyond its box, the space from character to character
_RULE = (0.15, 0.85)  # a rule between columns: at most so wide (in sizes of type), at least so high (in heights of the box)
_NEIGHBOURS = 7.0  # how far they may be, in heights
_SUPPORT, _OPPOSED = 3, 0.2
_ALIKE = 1.6


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line of text on a picture. ``vertical``: its characters stand one below the other."""

    text: str
    confidence: float
    quad: Quad
    vertical: bool


@dataclass(frozen=True, slots=True)
class _Strip:
    """A line as found: where it runs from and to, where across, and the blanks in it."""

    quad: Quad
    start: float
    end: float
    middle: float
    height: float
    gaps: tuple[Gap, ...]
    tall: bool


def read_lines(page: Upright, engine: Engine) -> list[Recognised]:
    """Find all lines of a page and read them; what cannot be read is left out."""
    found = []
    picture = page.picture
    for quad in _parted([_strip(picture, _reaching(picture, quad)) for quad in engine.find(picture, page.rough)])[:_MOST_LINES]:
        cut = crop(picture, quad)
        line = engine.read_line(cut)
        if line.text and line.confidence >= _LEAST_SURE:
            found.append(Recognised(line.text, line.confidence, _tightened(quad, cut), is_tall(quad)))
    return found


def crop(picture: Image, quad: Quad) -> Image:
    """Cut out one line and lay it level; one that runs down is laid on its side, as the models learned such lines."""
    from PIL import Image

    width, height = (max(1, round(side)) for side in sides(quad))
    upper_left, upper_right, lower_right, lower_left = (tuple(corner) for corner in quad)
    corners = (*upper_left, *lower_left, *lower_right, *upper_right)
    line = picture.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255)
    return line.transpose(Image.Transpose.ROTATE_90) if is_tall(quad) else line


def _ink(line: Image) -> NDArray[np.int64]:
    """Where along a line its ink is: the positions of inked columns; none where ink and paper are alike. Rules are no ink."""
    dots = np.asarray(line, dtype=np.float64)
    dark, light = np.percentile(dots, (2, 90))
    if light - dark < _FAINT:
        return np.empty(0, dtype=np.int64)
    count = (dots < (dark + light) / 2).sum(axis=0)
    inked = np.flatnonzero(count > 0.04 * line.height)
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)
    widest, highest = _RULE[0] * _SIZE * line.height, _RULE[1] * line.height
    kept = [run for run in runs if len(run) > widest or (len(run) and count[run].max() < highest)]
    return np.concatenate(kept) if kept else np.empty(0, dtype=np.int64)


def _reaching(picture: Image, quad: Quad) -> Quad:
    """Draw out the ends of a line to where its ink ends: the models may miss its last character, large type above all."""
    long, height = max(sides(quad)), min(sides(quad))
    more = _REACH * height / max(1.0, long)
    wide = _piece(quad, -more, 1 + more)
    ink = _ink(crop(picture, wide))
    if not len(ink):
        return quad
    start, end = _REACH * height, _REACH * height + long
    for at in ink[ink >= end]:
        if at - end > _SPACING * height:
            break
        end = float(at) + 1
    for at in ink[ink < start][::-1]:
        if start - at > _SPACING * height:
            break
        start = float(at)
    whole = long + 2 * _REACH * height
    return _piece(wide, start / whole, end / whole)


def _strip(picture: Image, quad: Quad) -> _Strip:
    line, tall = crop(picture, quad), is_tall(quad)
    start, end = (float(quad[:, int(tall)].min()), float(quad[:, int(tall)].max()))
    ink = _ink(line)
    steps = np.flatnonzero(np.diff(ink) > _NARROWEST * _SIZE * line.height) if len(ink) else ()
    scale = (end - start) / line.width
    gaps = tuple((start + float(ink[at] + 1) * scale, start + float(ink[at + 1]) * scale) for at in steps)
    low, high = (float(ink[0]), float(ink[-1] + 1)) if len(ink) else (0.0, float(line.width))
    across = quad[:, 1 - int(tall)]
    return _Strip(quad, start + low * scale, start + high * scale, float(across.mean()), float(line.height), gaps, tall)


def _parted(strips: Sequence[_Strip]) -> list[Quad]:
    """Part lines at the gaps that are gutters."""
    middles = np.array([strip.middle for strip in strips])
    quads: list[Quad] = []
    for strip in strips:
        cuts = []
        if strip.gaps:
            near = np.flatnonzero(np.abs(middles - strip.middle) < _NEIGHBOURS * strip.height).tolist()
            others = [strips[at] for at in near if strips[at] is not strip and _alike(strips[at], strip)]
            cuts = [gap for gap in strip.gaps if _is_gutter(gap, others, _SIZE * strip.height)]
        quads.extend(_cut(strip, cuts))
    return quads


def _alike(one: _Strip, other: _Strip) -> bool:
    """Whether two lines run the same way in type of about one size: the columns below say nothing of spaces in a headline."""
    return one.tall == other.tall and max(one.height, other.height) < _ALIKE * min(one.height, other.height)


def _is_gutter(gap: Gap, others: Sequence[_Strip], size: float) -> bool:
    """Whether the lines around are blank where one is: by gaps of their own, or because they end or begin there.

    A narrow gap is one only where others end on its one side and begin on its other: commas may stand below each other, and
    where lines are spaced out, the blank behind a comma is as wide as a character.
    """
    gaps = ends = begins = opposed = 0
    for other in others:
        if other.end < gap[0] - other.height or other.start > gap[1] + other.height:
            continue
        if other.end < gap[1] - _EDGE * size:
            ends += 1
        elif other.start > gap[0] + _EDGE * size:
            begins += 1
        elif any(min(gap[1], high) - max(gap[0], low) > _EDGE * size for low, high in other.gaps):
            gaps += 1
        else:
            opposed += 1
    support = gaps + ends + begins
    width = (gap[1] - gap[0]) / size
    sure = min(ends, begins) > 0 or width >= _WIDE or (width >= _DOUBTFUL and gaps >= _SUPPORT)
    return sure and support >= _SUPPORT and opposed <= _OPPOSED * (support + opposed)


def _cut(strip: _Strip, gaps: Sequence[Gap]) -> list[Quad]:
    if not gaps:
        return [strip.quad]
    low, high = (float(edge) for edge in (strip.quad[:, int(strip.tall)].min(), strip.quad[:, int(strip.tall)].max()))
    edges = [low, *(sum(gap) / 2 for gap in gaps), high]
    shares = [(edge - low) / (high - low) for edge in edges]
    return [_piece(strip.quad, first, last) for first, last in pairwise(shares)]


def _piece(quad: Quad, first: float, last: float) -> Quad:
    """The part of a line between two shares of its length."""
    upper_left, upper_right, lower_right, lower_left = quad
    if is_tall(quad):
        left, right = lower_left - upper_left, lower_right - upper_right
        corners = (upper_left + first * left, upper_right + first * right, upper_right + last * right, upper_left + last * left)
    else:
        upper, lower = upper_right - upper_left, lower_right - lower_left
        corners = (upper_left + first * upper, upper_left + last * upper, lower_left + last * lower, lower_left + first * lower)
    return np.array(corners)


def _tightened(quad: Quad, line: Image) -> Quad:
    """Draw in both ends of a line to where its ink is: the models are generous, and a gutter is narrow."""
    ink = _ink(line)
    return _piece(quad, float(ink[0]) / line.width, float(ink[-1] + 1) / line.width) if len(ink) else quad
