"""Where the archive's own views are served: overview, year, issue, words in context; and the buttons that open them.

The address bar shows the same place in words of its own (``#/issue/2021-06-08/东昌府讯``); the page's script turns one into the
other. Knows nothing of what the views show.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlencode

from qa.chat.markup import Html, tag
from qa.chat.strings import say


class Issued(Protocol):
    """Anything that stands in an issue: a citation, an article, a page."""

    @property
    def newspaper(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...


def archive(when: str | None = None, *, newspaper: str | None = None) -> str:
    """Return the address of the overview, or of a year or month (YYYY, YYYY-MM), of all newspapers or of one."""
    return _address("archive", when=when, paper=newspaper)


def issue(date: str | None, *, newspaper: str | None = None, any_newspaper: bool = False) -> str:
    """Return the address of an issue; a date of None are the undated pages, a newspaper of None those that name none."""
    unnamed = "1" if newspaper is None and not any_newspaper else None
    return _address("issue", date=date or "undated", paper=newspaper, unnamed=unnamed)


def words(phrase: str, *, sort: str | None = None, start: int | None = None, filter: str | None = None) -> str:
    """Return the address of the places where words stand, sorted, from a line on, within a filter (as JSON)."""
    return _address("words", q=phrase, sort=sort, start=start, filter=filter)


def _address(name: str, **query: object) -> str:
    given = urlencode({key: str(value) for key, value in query.items() if value is not None})
    return f"/page/{name}?{given}" if given else f"/page/{name}"


def opener(address: str, *content: object, cls: str = "", pressed: bool | None = None, current: bool = False) -> Html:
    """Return a button that opens a view; ``pressed`` and ``current`` say that it is the one shown."""
    attributes = {
        "aria-pressed": None if pressed is None else str(pressed).lower(),
        "aria-current": "page" if current else None,
    }
    return tag("button", *content, cls=f"wb-view {cls}".strip(), type="button", value=address, **attributes)


def whole_issue(printed: Issued) -> Html | None:
    """Return the button that opens the issue in which something stands; None where its day is not known."""
    if printed.date is None:
        return None
    return opener(issue(printed.date, newspaper=printed.newspaper), say("this_issue"), cls="wb-link")
