"""Articles that a format marks out -> the text of a page and the marks that say which line is what.

The marks are those that ``index.parsing`` honours under ``Page.metadata["articles"]``: line numbers by role.
Every character of the text comes from the input; nothing but line ends is put between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.readers.decoding import clean


@dataclass(frozen=True, slots=True)
class Story:
    """One article as a format gives it. Each text may have several lines.

    ``body`` pairs a role ("text", "subheads", "captions" or "furniture") with text. ``whole``: each line of it is a paragraph.
    """

    headline: str = ""
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    body: Sequence[tuple[str, str]] = ()
    whole: bool = True

    def __bool__(self) -> bool:
        return any(text.strip() for _, text in self.body) or bool(self.headline.strip())


def table_row(cells: Sequence[str]) -> str:
    """Write a row of a table in one line, as Markdown does, so that it is not taken for a heading."""
    return f"| {' | '.join(cells)} |"


class PageText:
    """The text of a page in the making."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.articles: list[dict[str, Any]] = []

    def add_line(self, text: str) -> None:
        """Add lines that stand outside of all articles."""
        self._put(text, gap=True)

    def add_furniture(self, text: str) -> None:
        """Add lines that are no part of any article, and known to be: links, sections, notes of the program."""
        if numbers := self._put(text, gap=True):
            self.articles.append({"first": numbers[0], "last": numbers[-1], "furniture": numbers})

    def add(self, story: Story) -> None:
        """Add an article: kicker, headline, subtitle, byline, body."""
        roles: dict[str, list[int]] = {}
        for role in ("kicker", "headline", "subtitle", "byline"):
            if numbers := self._put(getattr(story, role), gap=not roles):
                roles[role] = numbers
        first = min((numbers[0] for numbers in roles.values()), default=0)
        for role, text in story.body:
            numbers = self._put(text, gap=story.whole or not first or role != "text", inner=story.whole)
            first = first or (numbers[0] if numbers else 0)
            if numbers and role != "text":
                roles.setdefault(role, []).extend(numbers)
        if first:
            marks: dict[str, Any] = {"first": first, "last": len(self._lines), **roles}
            self.articles.append({**marks, "whole": True} if story.whole else marks)

    def _put(self, text: str, *, gap: bool, inner: bool = False) -> list[int]:
        """Append the lines of a text, empty ones before it and, where ``inner``, between them; returns their numbers."""
        numbers: list[int] = []
        for line in clean(text).strip("\n").split("\n"):
            if not line.strip():
                if numbers and not inner and self._lines[-1]:
                    self._lines.append("")
                continue
            if self._lines and self._lines[-1] and (inner or (gap and not numbers)):
                self._lines.append("")
            self._lines.append(line.rstrip())
            numbers.append(len(self._lines))
        return numbers

    @property
    def text(self) -> str:
        """All lines so far, numbered from 1 as the marks number them."""
        return "\n".join(self._lines)
