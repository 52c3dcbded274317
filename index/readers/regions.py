"""Text regions of a recognised page (ALTO, PAGE-XML) -> its text, with articles where the input marks them.

Knows nothing of either format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from index.errors import ReadError
from index.readers.composing import PageText, Story
from index.readers.geometry import SetLine, marked, mean_quality, paragraphs, usual_size
from index.readers.rated import RatedText
from index.schema import Page

_PARTS = ("headline", "kicker", "subtitle", "byline")


@dataclass(frozen=True, slots=True)
class Region:
    """A region in reading order. ``article`` and ``role`` say what it is part of, where that is known."""

    id: str
    lines: tuple[SetLine, ...]
    heading: bool = False
    article: str = ""
    role: str = "text"


def in_scale(regions: Sequence[Region]) -> list[Region]:
    """Give every line a size of type in the units of its place: from its point size (0: unknown), else as its region's lines are.

    The height of a single recognised line says little: it depends on its letters.
    """
    every = [line for region in regions for line in region.lines]
    pointed = [(line.bottom - line.top) / line.size for line in every if line.size]
    scale = median(pointed) if pointed else 1.0
    scaled = []
    for region in regions:
        height = median(line.bottom - line.top for line in region.lines) if region.lines else 0.0
        lines = tuple(replace(line, size=line.size * scale or height or 1.0) for line in region.lines)
        scaled.append(replace(region, lines=lines))
    return scaled


def compose_page(regions: Sequence[Region], source: str, facts: Mapping[str, Any]) -> Page:
    """Make the page. Regions of an article stand together, where its first region stands. Raises ReadError when empty."""
    filled = [region for region in regions if region.lines]
    if not filled:
        raise ReadError(source, "holds no text; recognise the text of the page first")
    usual = usual_size([line for region in filled for line in region.lines])
    if any(region.article for region in filled):
        page = _with_articles(filled, usual)
        return Page(source, page.text, {**facts, "articles": page.articles})
    text = RatedText()
    for region in filled:
        own = paragraphs(region.lines, usual)
        if region.heading and sum(len(paragraph.text) for paragraph in own) <= 200:
            text.add("# " + " ".join(paragraph.text for paragraph in own), mean_quality(region.lines))
        else:
            for paragraph in own:
                text.add(marked(paragraph, usual), paragraph.quality)
    return Page(source, text.text, {**text.facts, **facts})


def _with_articles(regions: Sequence[Region], usual: float) -> PageText:
    page = PageText()
    done: set[str] = set()
    for region in regions:
        if not region.article:
            page.add_line("\n\n".join(paragraph.text for paragraph in paragraphs(region.lines, usual)))
        elif region.article not in done:
            done.add(region.article)
            page.add(_story([each for each in regions if each.article == region.article], usual))
    return page


def _story(regions: Sequence[Region], usual: float) -> Story:
    parts: dict[str, list[str]] = {part: [] for part in _PARTS}
    body: list[tuple[str, str]] = []
    for region in regions:
        texts = [paragraph.text for paragraph in paragraphs(region.lines, usual)]
        if region.role in parts and (region.role != "headline" or not body):
            parts[region.role].append(" ".join(texts))
        else:
            role = region.role if region.role in ("subheads", "captions") else "subheads" if region.role in parts else "text"
            body.extend((role, text) for text in texts)
    return Story(**{part: " ".join(texts) for part, texts in parts.items()}, body=body, whole=False)
