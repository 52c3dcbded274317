"""What every system is given: files of a size, and questions whose passage is known.

Most files are days of news (``copies.py``); among them lie the paragraphs of two reading sets with the questions people
wrote for them. A question is found when a passage of its paragraph is among the first ten. Knows nothing of archives.
"""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks.sets import questions_zh
from benchmarks.speed.copies import editions

PAPER = "阅读题"
_A_PAGE = 50  # paragraphs
_IN_A_FILE = 74  # passages of a day of news, on average
_ARTICLES = 40
_EACH = 200  # questions drawn of a set


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question, and the page and place (both from 1) of the paragraph that answers it."""

    text: str
    page: int
    place: int


def write_inbox(data: Path, inbox: Path, passages: int) -> list[Wanted]:
    """Write files of about so many passages, unless they are there; return the questions."""
    pages, wanted = _reading(data)
    done = inbox / ".complete"
    if not done.exists():
        shutil.rmtree(inbox, ignore_errors=True)
        inbox.mkdir(parents=True)
        for number, lines in enumerate(pages, start=1):
            (inbox / f"{PAPER}-{number:03d}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for day, text in islice(editions(data), max(1, (passages - sum(map(len, pages))) // _IN_A_FILE)):
            (inbox / file_name(day)).write_text(text, encoding="utf-8")
        done.touch()
    return wanted


def next_issue(data: Path, inbox: Path) -> tuple[str, str]:
    """Return file name and text of an issue that the inbox does not hold: days of news put together, 40 articles or more."""
    following = ((day, text) for day, text in editions(data) if not (inbox / file_name(day)).exists())
    day, issue = next(following)
    while issue.count("\n### ") < _ARTICLES:
        issue += "\n" + next(following)[1].split("\n", 1)[1]
    return file_name(day), issue


def file_name(day: date) -> str:
    return f"新闻联播-{day}.md"


def _reading(data: Path) -> tuple[list[list[str]], list[Wanted]]:
    """Return the reading sets as pages of records, a line a paragraph, and the questions drawn."""
    pages: list[list[str]] = []
    wanted: list[Wanted] = []
    for one in questions_zh(data):
        offset = len(pages)
        for start in range(0, len(one.paragraphs), _A_PAGE):
            number = len(pages) + 1
            facts = {"newspaper": PAPER, "date": "2020-01-01", "page": str(number)}
            lines = [{**facts, "paragraphs": [text]} for text in one.paragraphs[start : start + _A_PAGE]]
            pages.append([json.dumps(line, ensure_ascii=False) for line in lines])
        drawn = random.Random(7).sample(one.questions, min(_EACH, len(one.questions)))
        wanted += [Wanted(each.text, offset + each.paragraph // _A_PAGE + 1, each.paragraph % _A_PAGE + 1) for each in drawn]
    return pages, wanted
