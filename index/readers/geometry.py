"""Lines with places on a page, and the paragraphs that the lines of one column make. ``columns`` finds the columns.

Knows nothing of files. Lines run from left to right; a reader of others turns the page first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_STOP = re.compile(r"[。！？…；：.!?;:][”’」』）)\]\"']*$")


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line, or a part of one, and where it stands; y grows downwards. ``size`` is the height of its characters.

    ``quality`` is how sure its recognition is, from 0 to 1; None where it was not recognised but given.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    quality: float | None = None


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """Lines that make one paragraph, and their text in one line; ``quality`` is the mean over its characters."""

    text: str
    size: float
    bold: bool
    lines: int
    quality: float | None = None


def is_han(char: str) -> bool:
    """Tell whether a character is Chinese, or a mark of Chinese print."""
    return _HAN.match(char) is not None


def rows_of(lines: Sequence[SetLine]) -> list[list[SetLine]]:
    """Return the lines that overlap in height together, from top to bottom."""
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


def paragraphs(column: Sequence[SetLine], usual: float) -> list[SetParagraph]:
    """Part a column into paragraphs: by indent, by a last line that stops short, by white space, by the size of type.

    ``usual`` is the size of the text of the page (see ``usual_size``); lines of one larger size make one heading.
    """
    lines = [_one_line(row) for row in rows_of(column)]
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
    text = " ".join(texts) if heads else run_on(texts)
    return SetParagraph(text, group[0].size, all(line.bold for line in group), len(group), mean_quality(group))


def mean_quality(lines: Sequence[SetLine]) -> float | None:
    """Return how sure the recognition of lines is over all their characters; None where nothing is known."""
    known = [(line.quality, max(1, len(line.text))) for line in lines if line.quality is not None]
    return sum(sure * length for sure, length in known) / sum(length for _, length in known) if known else None


def _one_line(row: Sequence[SetLine]) -> SetLine:
    if len(row) == 1:
        return row[0]
    parts = sorted(row, key=lambda line: line.left)
    return SetLine(
        _side_by_side(parts),
        parts[0].left,
        max(part.right for part in parts),
        min(part.top for part in parts),
        max(part.bottom for part in parts),
        max(part.size for part in parts),
        all(part.bold for part in parts),
        mean_quality(parts),
    )


def _side_by_side(parts: Sequence[SetLine]) -> str:
    """The text of parts of one line; what recognition read twice, where two parts overlap, stands once."""
    text = parts[0].text
    for before, part in pairwise(parts):
        overlap = before.right - part.left
        most = min(len(part.text) - 1, 4, round(overlap / part.size) + 1) if overlap > 0.3 * part.size else 0
        twice = next((size for size in range(most, 0, -1) if text.endswith(part.text[:size])), 0)
        recognised = before.quality is not None and part.quality is not None
        text += part.text[twice:] if twice and recognised else " " + part.text
    return text


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
