"""How a page lies: upside down, on its side, or a little askew -> upright, and of a size that can be read.

Judged by the lines found on it and by which way round they read better. Knows nothing of what they say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import TYPE_CHECKING

import numpy as np

from index.readers.scans.engine import Engine, Quad, is_tall, mostly_tall, sides
from index.readers.scans.lines import crop

if TYPE_CHECKING:
    from PIL.Image import Image

_SAMPLES = 5
_LEAST, _MOST = 0.25, 20.0  # degrees that are turned back; more is no skew
_SMALL, _LARGE = 1100, 56  # a longer side that is enlarged; type (in dots) that is reduced
_WANTED = 32


@dataclass(frozen=True)
class Upright:
    """A page as it can be read, and the lines found on it when it was made small; none where nothing is printed."""

    picture: Image
    rough: Sequence[Quad]


def set_upright(picture: Image, engine: Engine) -> Upright:
    """Turn and scale a picture so that its lines can be read."""
    from PIL import Image

    if max(picture.size) < _SMALL:
        picture = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
    quads = engine.find_reduced(picture)
    if not quads:
        return Upright(picture, ())
    first = picture
    quarter = _quarters(picture, quads, engine)
    if quarter:
        turns = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
        picture = picture.transpose(turns[quarter - 1])
        quads = engine.find_reduced(picture)
    angle = _skew(quads)
    if _LEAST <= abs(angle) <= _MOST:
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    heights = [min(sides(quad)) for quad in quads]
    if heights and (usual := median(heights)) > _LARGE:
        scale = _WANTED / usual
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)
    return Upright(picture, quads if picture is first else engine.find_reduced(picture))


def _quarters(picture: Image, quads: Sequence[Quad], engine: Engine) -> int:
    """By how many quarters, counter-clockwise, the page must be turned."""
    tall = mostly_tall(quads)
    alike = sorted((quad for quad in quads if is_tall(quad) == tall), key=lambda quad: -max(sides(quad)))
    samples = [_part(crop(picture, quad)) for quad in alike[: 2 * _SAMPLES : 2] or alike[:1]]
    upright = mean(engine.read_line(sample).confidence for sample in samples)
    turned = mean(engine.read_line(sample.rotate(180)).confidence for sample in samples)
    if turned > upright + 0.2:
        return 3 if tall else 2
    return 1 if tall and not _runs_down(samples, engine) else 0


def _part(line: Image) -> Image:
    """The beginning of a long line, which says enough."""
    return line.crop((0, 0, min(line.width, 16 * line.height), line.height))


def _runs_down(samples: Sequence[Image], engine: Engine) -> bool:
    """Whether single characters of lines that run down stand upright: else the page lies on its side.

    A column of upright characters, laid on its side, holds characters on their sides; turned back one by one they read well.
    """
    upright, lying = 0.0, 0.0
    for sample in samples:
        text = engine.read_line(sample).text
        pitch = sample.width / max(1, len(text))
        for at in range(1, min(len(text) - 1, 6)):
            glyph = sample.crop((round(at * pitch), 0, round((at + 1) * pitch), sample.height))
            upright += _matches(engine.read_line(glyph.rotate(-90, expand=True)).text, text)
            lying += _matches(engine.read_line(glyph).text, text)
    return upright > lying


def _matches(read: str, text: str) -> bool:
    return len(read) == 1 and read.isalpha() and read in text


def _skew(quads: Sequence[Quad]) -> float:
    """The angle of the lines in degrees, counter-clockwise to be turned by: the median over the length of lines."""
    angles: list[tuple[float, float]] = []
    for quad in quads:
        long, short = max(sides(quad)), min(sides(quad))
        if long < 5 * short:
            continue
        run = (quad[3] + quad[2] - quad[0] - quad[1]) if is_tall(quad) else (quad[1] + quad[2] - quad[0] - quad[3])
        slope = math.atan2(-run[0], run[1]) if is_tall(quad) else math.atan2(run[1], run[0])
        angles.append((math.degrees(slope), long))
    if not angles:
        return 0.0
    angles.sort()
    reached = np.cumsum([weight for _, weight in angles])
    return angles[int(np.searchsorted(reached, reached[-1] / 2))][0]
