"""Text of more lines than a page of a newspaper can have: taken as plain paragraphs, so that no input takes long.

What is a headline or a broken paragraph is not asked there. Knows nothing of mastheads.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from index.parsing.articles import Draft, Grouping
from index.parsing.joins import Seam, Unit
from index.parsing.lines import TypedLine
from index.schema import Page

MOST_LINES = 6_000  # the fullest broadsheet pages have under 3,000
_MOST_TOGETHER = 8


def is_endless(page: Page) -> bool:
    """Tell whether a text has more lines than any page."""
    return page.text.count("\n") >= MOST_LINES and sum(bool(line.strip()) for line in page.text.split("\n")) > MOST_LINES


def read_endless(page: Page) -> list[TypedLine]:
    """Read every line that is not empty as text."""
    numbered = enumerate(page.text.split("\n"), start=page.first_line)
    return [TypedLine(number, text, "", "body", 0, 0, False, 0) for number, raw in numbered if (text := raw.strip())]


def group_endless(lines: Sequence[TypedLine]) -> tuple[list[Unit], Grouping]:
    """Make paragraphs of one article without a headline, each of a few lines that stay lines."""
    starts = range(0, len(lines), _MOST_TOGETHER)
    units = [_unit(lines[start : start + _MOST_TOGETHER]) for start in starts]
    draft = Draft(body=[(unit, None) for unit in units], numbers=[line.number for line in lines])
    return units, Grouping([draft])


def _unit(lines: Sequence[TypedLine]) -> Unit:
    ends = accumulate(len(line.text) + 1 for line in lines[:-1])
    verse: Seam = "verse"
    return Unit("body", tuple(lines), (verse,) * (len(lines) - 1), "\n".join(line.text for line in lines), tuple(ends))
