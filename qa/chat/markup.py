"""Text that may stand in the page as markup, and the one door into it.

Everything printed or typed is data: ``esc`` turns each character that could mean something to HTML, Markdown or
LaTeX into a numeric entity, so it is shown and never obeyed. Knows nothing of answers or articles.
"""

from __future__ import annotations

import re

# Characters that steer a terminal or the direction of writing; they are never printed on a page.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[^\x00-\x7f]|[A-Za-z0-9 ]")


class Html(str):
    """Markup that this package has made itself; ``esc`` leaves it as it is."""

    __slots__ = ()


def visible(text: str) -> str:
    """Return the text without invisible control characters; lone surrogates become U+FFFD."""
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))


def esc(value: object) -> Html:
    """Return ``value`` as literal text for any place in the page, quoted attributes included."""
    if isinstance(value, Html):
        return value
    return Html("".join(char if _PLAIN.match(char) else f"&#{ord(char)};" for char in visible(str(value))))


def tag(name: str, *content: object, cls: str = "", **attributes: object) -> Html:
    """Return one element on one line; content and attribute values that are not ``Html`` are escaped.

    One line matters: a blank line would end the HTML block in Gradio's Markdown reader.
    """
    pairs = {"class": Html(cls), **attributes} if cls else attributes
    opening = "".join(f' {key.rstrip("_")}="{esc(value)}"' for key, value in pairs.items() if value is not None)
    return Html(f"<{name}{opening}>{join(*content)}</{name}>")


def join(*parts: object) -> Html:
    """Return the parts one after another; those that are not ``Html`` are escaped, None is left out."""
    return Html("".join(esc(part) for part in parts if part is not None))
