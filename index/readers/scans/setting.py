"""Recognised lines -> the text of a page in reading order, with a quality beside each line of it.

Shares the geometry of all formats that know places. Lines that run down are read from right to left by turning the page in
thought. Knows nothing of pictures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from index.readers.columns import columns
from index.readers.geometry import SetLine, is_han, marked, paragraphs, usual_size
from index.readers.rated import RatedText
from index.readers.scans.engine import sides
from index.readers.scans.lines import Recognised

_FEW = 4
_SQUEEZE = (0.75, 1.35)
# What is the size of the text, in sizes of it: by the pitch, by the height beside a pitch, by the height alone.
_NEAR, _ALIKE, _ROUGHLY = (0.85, 1.16), (0.8, 1.25), (0.7, 1.4)
_LONE_QUOTE = re.compile(r"(?<=[\u3400-\u9fff])’(?=[\u3400-\u9fff])")
_HALF = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff”’》）)])[,;:?!](?=[\u3400-\u9fff“‘《]|$)")


def set_page(lines: Sequence[Recognised]) -> RatedText:
    """Put the lines of a page into reading order and paragraphs."""
    placed = _placed(lines)
    usual = usual_size(placed)
    text = RatedText()
    for column in columns(placed):
        for paragraph in paragraphs(column, usual):
            text.add(marked(paragraph, usual), paragraph.quality)
    return text


def _placed(lines: Sequence[Recognised]) -> list[SetLine]:
    """Lines with their places and sizes of type; on a page of lines that run down, places are turned by a quarter."""
    down = 2 * sum(len(line.text) for line in lines if line.vertical) > sum(len(line.text) for line in lines)
    placed = []
    for line, size in zip(lines, _sizes(lines), strict=True):
        (left, top), (right, bottom) = line.quad.min(axis=0), line.quad.max(axis=0)
        if down:
            left, right, top, bottom = top, bottom, -right, -left
        middle, half = (top + bottom) / 2, min(size, bottom - top) / 2
        text = _full(_vertical(line.text) if line.vertical else line.text)
        placed.append(SetLine(text, float(left), float(right), middle - half, middle + half, size, quality=line.confidence))
    return placed


def _sizes(lines: Sequence[Recognised]) -> list[float]:
    """The size of type of each line: from the pitch of its characters where it is sure, else from its height.

    The boxes of short lines are drawn generously, so what is near the size of the text is that size.
    """
    heights = [min(sides(line.quad)) for line in lines]
    pitches = [_pitch(line) for line in lines]
    ratios = [pitch / height for pitch, height in zip(pitches, heights, strict=True) if pitch]
    by_height = [height * (median(ratios) if ratios else 0.8) for height in heights]
    lengths = [len(line.text) for line in lines]
    usual = _weighted_median([(pitch or high, length) for pitch, high, length in zip(pitches, by_height, lengths, strict=True)])
    return [_size(pitch, high, usual) for pitch, high in zip(pitches, by_height, strict=True)]


def _size(pitch: float, by_height: float, usual: float) -> float:
    near = ((pitch, _NEAR), (by_height, _ALIKE if pitch else _ROUGHLY))
    if any(low * usual <= size <= high * usual for size, (low, high) in near):
        return usual
    return pitch if pitch and _SQUEEZE[0] * by_height <= pitch <= _SQUEEZE[1] * by_height else by_height


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    left = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        left -= weight
        if left <= 0:
            return value
    return 0.0


def _pitch(line: Recognised) -> float:
    """The width of one Chinese character of a line, which is its size of type; 0 where too few are in it."""
    wide = sum(is_han(char) for char in line.text)
    if wide < _FEW or wide < 0.8 * len(line.text):
        return 0.0
    return max(sides(line.quad)) / (wide + 0.5 * (len(line.text) - wide))


def _vertical(text: str) -> str:
    """A comma that lies on its side looks like a closing quotation mark."""
    return text if "‘" in text else _LONE_QUOTE.sub("，", text)


def _full(text: str) -> str:
    """Punctuation between Chinese characters is as wide as they are, whatever the models write."""
    return _BETWEEN.sub(lambda match: match[0].translate(_HALF), text)
