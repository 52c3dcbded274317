"""What a file's name says of its page: newspaper, date, issue number, page. Weak evidence, kept apart from print.

A hex hash, a running number or an impossible day never becomes a date. Knows nothing of the text.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?:[a-z]*[g-z][a-z]*)?(1[89]\d\d|20\d\d)"
    r"(?:([-_./年])(\d{1,2})(?:\2|月)(\d{1,2})日?|(\d\d)(\d\d))(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"总?第\s?(\d{1,6})\s?期")
_PAGE = re.compile(r"(?<![0-9A-Za-z])第?([A-Z]?\d{1,3})版", re.IGNORECASE)
_DIGITAL = re.compile(r"^(?:nw\.D\d+[a-z]+_\d{8}_\d+-|nbs\.D\d+[a-z]+_)([A-Z]?\d{1,3})$", re.IGNORECASE)
_PAPER = re.compile(r"(?:^|[_\s-])([\u4e00-\u9fff]{1,10}(?:报|報|讯|訊|周刊|新闻))(?=$|[_\s\d-])")
_FOLDER_DATE = re.compile(r"(?:^|/)(1[89]\d\d|20\d\d)[-/]?(\d\d)[-/](\d\d)(?:$|/)")


def iso_date(year: int, month: int, day: int) -> str | None:
    """Write a day as YYYY-MM-DD, or None when there is no such day or no newspaper could be of that year."""
    if not 1600 <= year <= 2100:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def plain_page(printed: str) -> str:
    """Write a page number without leading zeros: 01 -> 1, A02 -> A2."""
    match = re.fullmatch(r"([A-Za-z]?)0*(\d+)", printed)
    return f"{match[1].upper()}{match[2]}" if match else printed


def facts_of_name(path: Path) -> dict[str, Any]:
    """Read newspaper, date, issue_number and page from a file name; absent keys are unknown.

    The three folders above are asked too, for newspaper and date: ``清河日报/2023-03-16/02版.txt``.
    """
    stem = path.stem
    facts: dict[str, Any] = {}
    if paper := next(filter(None, map(_PAPER.search, (stem, *reversed(path.parent.parts[-3:])))), None):
        facts["newspaper"] = paper[1]
    if date := _date(stem, path.parent):
        facts["date"] = date
    if issue := _ISSUE.search(stem):
        facts["issue_number"] = int(issue[1])
    if page := _PAGE.search(stem) or _DIGITAL.search(stem):
        facts["page"] = plain_page(page[1])
    return facts


def _date(stem: str, folder: Path) -> str | None:
    papers = [part for part in reversed(folder.parts[-3:]) if _PAPER.search(part)]  # 下载_2023-03-16 says when it was fetched
    for name in (stem, *papers):
        for match in _DATE.finditer(name):
            date = iso_date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
            if date is not None:
                return date
    above = _FOLDER_DATE.search("/".join(folder.parts[-3:]))
    return iso_date(int(above[1]), int(above[2]), int(above[3])) if above else None
