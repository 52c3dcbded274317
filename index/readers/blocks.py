"""An HTML element -> its paragraphs, headings, captions and table rows in order, as a browser would set them.

Knows nothing of sites or newspapers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.readers.composing import table_row

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

_BREAKING = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "founder-content|enp-content|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_HIDDEN = re.compile("script|style|noscript|template|iframe|button|select|option|svg|math|head|title|object|textarea")
_CELLS = frozenset(("td", "th"))
_CELL = "\x00"  # stands between cells; cannot occur in clean text
_BOLD = frozenset(("strong", "b", "h1", "h2", "h3", "h4", "h5", "h6"))
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000]+")
_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_NOT_SUBHEAD = re.compile(r"[。！？；，,;!?：:]$|[。！？；].")
_LONGEST_SUBHEAD = 60


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its text in one line, its role ("text", "subheads", "captions"), its heading level (0: none)."""

    text: str
    role: str = "text"
    level: int = 0


class _Collector:
    """Takes pieces of text until a break, and makes a block of them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[tuple[str, bool]] = []
        self._level = 0
        self._caption = False

    def put(self, text: str, *, bold: bool) -> None:
        self._pieces.append((text, bold))

    def start(self, name: str) -> None:
        self.close()
        self._level = int(name[1]) if len(name) == 2 and name[0] == "h" and name[1].isdigit() else 0
        self._caption = name == "figcaption"

    def close(self) -> None:
        text = "".join(piece for piece, _ in self._pieces)
        shown = _tidy(text)
        if shown:
            bold = all(bold for piece, bold in self._pieces if piece.strip())
            short = len(shown) <= _LONGEST_SUBHEAD and not _NOT_SUBHEAD.search(shown)
            role = "captions" if self._caption else "subheads" if bold and short else "text"
            self.blocks.append(Block(shown, role, self._level if short or self._level < 3 else 0))
        self._pieces = []


def blocks_of(root: Tag) -> list[Block]:
    """List the blocks of an element. Never recursive: pages may nest as deeply as they like."""
    from bs4.element import CData, NavigableString, Tag

    collector = _Collector()
    stack: list[tuple[PageElement | str, bool]] = [(root, False)]
    while stack:
        node, bold = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            collector.start(node)
        elif isinstance(node, Tag):
            if _HIDDEN.fullmatch(node.name) or _is_hidden(node):
                continue
            bold = bold or node.name in _BOLD
            if _BREAKING.fullmatch(node.name):
                collector.start(node.name)
                stack.append(("", False))
            elif node.name in _CELLS:
                collector.put(_CELL, bold=bold)
            stack.extend((child, bold) for child in reversed(node.contents))
        elif type(node) in (NavigableString, CData):
            collector.put(str(node).replace(_CELL, ""), bold=bold)
    collector.close()
    return collector.blocks


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or tag.has_attr("hidden")


def _tidy(text: str) -> str:
    """Make white space what a browser shows; a line end between Chinese characters is none."""
    cells = [shown for part in text.split(_CELL) if (shown := _SPACE.sub(_between, part).strip(" \u3000\xa0"))]
    return table_row(cells) if len(cells) > 1 else "".join(cells)


def _between(match: re.Match[str]) -> str:
    space, text = match[0], match.string
    if "\u3000" in space:
        return "\u3000"
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return "" if "\n" in space and _HAN.match(before) and _HAN.match(after) else " "


def link_share(root: Tag) -> float:
    """Return which part of an element's characters stands in links."""
    whole = len("".join(root.get_text().split()))
    linked = sum(len("".join(tag.get_text().split())) for tag in root.find_all("a") if not tag.find_parent("a"))
    return linked / whole if whole else 0.0
