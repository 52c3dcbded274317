"""References for print after GB/T 7714-2025 (full-width marks except "." and "[ ]") and 7714-2015 (half-width marks).

Items in a Latin script keep half-width marks in both. Unknown facts stand in square brackets. An article with a web
address is [N/OL]; the day it was looked at is not known and left out.
"""

from __future__ import annotations

from typing import Literal

from index.text import is_chinese
from qa.cite.source import Source, authors, page_number, subtitle, title

Edition = Literal["2025", "2015"]


def gbt7714(source: Source, *, edition: Edition = "2025") -> str:
    """Return the reference of a newspaper article after GB/T 7714-2025 or -2015."""
    chinese = is_chinese(source.headline or source.first_words or source.newspaper or "报")
    wide = edition == "2025" and chinese
    comma, colon, opening, closing = ("，", "：", "（", "）") if wide else (", ", ": ", "(", ")")
    names = list(authors(source))
    if len(names) > 3:
        names = [*names[:3], "等" if chinese else "et al."]
    head = comma.join(names)
    if head:
        head += " " if head.endswith(".") else ". "
    heading = title(source) or f"[{'题名不详' if chinese else 'no title'}]"
    if source.headline and subtitle(source):
        heading += colon + subtitle(source)
    place = source.newspaper or ("[报名不详]" if chinese else "[newspaper unknown]")
    day = source.date or (f"[{source.year_estimate}]" if source.year_estimate else "[出版日期不详]" if chinese else "[n.d.]")
    page = f"{opening}{page_number(source.page)}{closing}" if source.page else ""
    medium, address = ("N/OL", f" {source.url}.") if source.url else ("N", "")
    return f"{head}{heading}[{medium}]. {place}{comma}{day}{page}.{address}"
