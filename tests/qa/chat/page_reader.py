"""Reads markup as a browser would: which elements it makes, and the text it shows."""

from __future__ import annotations

from html.parser import HTMLParser

# Every element that the page itself uses; anything else in it came from somewhere else.
OURS = {
    "a", "article", "b", "blockquote", "button", "code", "details", "div", "h1", "h2", "h3", "header", "i", "mark", "p", "q",
    "section", "span", "summary",
}  # fmt: skip


class Elements(HTMLParser):
    """Collects the elements a browser would make of a string, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def elements(markup: str) -> Elements:
    parser = Elements()
    parser.feed(markup)
    parser.close()
    return parser
