"""Parsing takes time in proportion to the text, whatever the text is."""

from __future__ import annotations

import time

import pytest

from index.parsing import parse_pages
from index.parsing.endless import MOST_LINES
from index.schema import Page
from index.text import dictionary_words
from tests.index.parsing import hostile

PATTERNS = {
    "brackets": "(",
    "open credit": "（记者 ",
    "quotes": "“",
    "numbers": "2021年",
    "half a date": "2021-06-\n",
    "dots and at": "a.a@a.a.",
    "short lines": "短行，\n\n",
    "headings": "# a\n",
    "articles": "标题一二三\n\n正文在这里，结束。\n\n",
    "wrapped": "这是一个很长的段落需要换行才可以显示，\n",
    "hyphens": "ab-\n",
    "editors": "责编/",
    "spaces": " a",
    "captions": "△图\n",
    "credits": "(张三 李四)\n",
    "pages": "第1版\n\n正文在这里，结束了一件事情。\n第2版\n正文那里，又一件事情。\n",
    "form feeds": "\x0c一二三\n",
    "jumps": "标题某某\n正文，完。\n（下转第二版）\n上文\n（上接第1版）\n",
    "feet": "- 1 -\n一二三四五六七八九十，一二三四五六七八九十。\n",
    "quoted": "> > > ",
    "bold labels": "**a：",
    "rows": "|a|b|\n",
}


@pytest.fixture(scope="module", autouse=True)
def dictionary() -> None:
    """Load the dictionary of words, which takes half a second once."""
    dictionary_words("词典里的词语")


def seconds(text: str) -> float:
    """Return the processor time of parsing a text, the better of two runs: the machine has other things to do, too."""
    return min(_once(text) for _ in range(2))


def _once(text: str) -> float:
    start = time.process_time()
    parse_pages([Page("x", text)])
    return time.process_time() - start


def test_more_lines_than_a_page_has_are_plain_paragraphs() -> None:
    text = "\n".join(f"# 标题{at}" for at in range(MOST_LINES + 1))
    [parsed] = parse_pages([Page("x", text)])
    [article] = parsed.issue.articles
    assert "plain paragraphs" in parsed.issue.metadata["plain"]
    assert "\n".join(paragraph.text for paragraph in article.paragraphs) == text
    assert article.lines == tuple(range(1, MOST_LINES + 2))
    assert seconds(text * 8) <= 16 * seconds(text) + 0.5


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_time_grows_with_the_text_only(pattern: str) -> None:
    size = 20_000 // len(pattern)
    small, large = seconds(pattern * size), seconds(pattern * size * 4)
    assert large <= 8 * small + 0.25


# A second is what a quiet machine needs for the worst; the rest is room for a busy one.
_MOST_SECONDS = 3.0
_QUICK = ("lines over the cap", "headings and text", "papers", "jumps", "one line")


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in _QUICK else pytest.mark.slow) for name in hostile.TEXTS])
def test_a_megabyte_of_anything_is_read_in_a_moment(name: str) -> None:
    text = hostile.TEXTS[name]()
    assert len(text.encode()) <= hostile.SIZE
    assert hostile.seconds(text) <= _MOST_SECONDS
