"""Where digital-newspaper sites keep headline, authors and text: a small table, and what users add to it.

A folder's ``selectors.yaml`` (or that of the folder above) is asked first:

    清河日报:
      newspaper: 清河日报
      body: div.article-text
      headline: h1.title
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import PurePath

from index.errors import ReadError
from index.readers.decoding import decode
from index.readers.facts import shown
from index.readers.reading import File, Folder
from index.readers.sidecar import SUFFIXES, load_yaml
from index.schema import Skipped

_LARGEST = 64 * 1024
_MOST = 50


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors of one family of sites; ``body`` is looked for in the page, the others around it.

    ``issue`` is the line that prints newspaper, day and page. ``newspaper`` is no selector but the name itself.
    """

    body: str
    headline: str = "h1"
    kicker: str = ""
    subtitle: str = ""
    author: str = ""
    issue: str = ""
    newspaper: str = ""


LAYOUTS = (
    # 人民日报 and papers on the same system
    Layout("#ozoom", "h1", "h3", "h2", "h4, .sec, .author", ".lai, .date, .sec .date, .time"),
    # 方正 (Founder), newer
    Layout(
        "founder-content",
        "founder-title, h1, .title, .bt",
        "founder-introtitle, .yt, h3",
        "founder-subtitle, .ft, h2",
        "founder-author, .author, .zz, h4",
        ".date, .lai, .info",
    ),
    # 方正 (Founder), older: the text stands between comments, see html.py
    Layout("enp-content", "h1, .title, .bt, td.font01, .font01", ".yt, h3", ".ft, h2", ".author, .zz, h4", ".date, .lai, .info"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """The layouts to try in order, the user's first; the file that those stand in ("": none), and what is wrong with it."""

    layouts: tuple[Layout, ...] = LAYOUTS
    source: str = ""
    skipped: tuple[Skipped, ...] = ()


def table_for(file: File) -> Table:
    """Find the layouts for a page: in its folder, in the folder above, and those that are known anyway."""
    place: Folder | None = file.folder
    path = PurePath(file.source).parent
    while place is not None:
        for name in ("selectors" + suffix for suffix in SUFFIXES):
            if place.has(name):
                try:
                    return Table((*_read(place.read(name), str(path / name)), *LAYOUTS), str(path / name))
                except ReadError as error:
                    return Table(skipped=(Skipped(str(path / name), error.reason, error.line),))
        place, path = place.above(), path.parent
    return Table()


def _read(data: bytes, name: str) -> list[Layout]:
    if len(data) > _LARGEST:
        raise ReadError(name, f"is larger than {_LARGEST // 1024} kB")
    known = [field.name for field in fields(Layout)]
    layouts = []
    for title, value in list(load_yaml(decode(data, name), name).items())[:_MOST]:
        given = value if isinstance(value, dict) else {}
        unknown = [key for key in given if key not in known]
        body = given.get("body")
        if not isinstance(body, str) or not body.strip() or unknown or not all(isinstance(each, str) for each in given.values()):
            what = f"does not know {shown(unknown[0])}" if unknown else "needs body: and a CSS selector"
            raise ReadError(name, f"layout {shown(title)} {what}; fields are {', '.join(known)}")
        layouts.append(Layout(**{key: each[:300] for key, each in given.items()}))
    _check(layouts, name)
    return layouts


def _check(layouts: list[Layout], name: str) -> None:
    import soupsieve

    for layout in layouts:
        for field in fields(Layout):
            selector = getattr(layout, field.name)
            if field.name != "newspaper" and selector:
                try:
                    soupsieve.compile(selector)
                except (soupsieve.SelectorSyntaxError, ValueError, RecursionError):
                    raise ReadError(name, f"{field.name} is no CSS selector: {shown(selector)}") from None
