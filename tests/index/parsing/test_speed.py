"""Parsing takes time in proportion to the text, whatever the text is."""

from __future__ import annotations

import time

import pytest

from index.parsing import parse_page
from index.schema import Page

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
}


def seconds(text: str) -> float:
    start = time.process_time()
    parse_page(Page("x", text))
    return time.process_time() - start


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_time_grows_with_the_text_only(pattern: str) -> None:
    size = 20_000 // len(pattern)
    small, large = seconds(pattern * size), seconds(pattern * size * 4)
    assert large <= 8 * small + 0.25
