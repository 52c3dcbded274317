"""The quality of a paragraph is the mean of its lines, by length; unknown where it is unknown of a part."""

from __future__ import annotations

from typing import Any

import pytest

from index.parsing import parse_page
from index.schema import Issue, Page

TEXT = (
    "三条干渠同时放水\n\n本报讯（记者 林书远）3月15日，南干渠的闸门缓缓升起，今年的春灌开始了，\n渠水浇到田头。\n\n"
    "今年比去年早了五天。"
)
LINES = [len(line) for line in TEXT.split("\n")]


def parsed(quality: list[float | None] | None) -> Issue:
    facts: dict[str, Any] = {} if quality is None else {"quality": quality, "ocr_confidence": 0.9}
    return parse_page(Page("a.png", TEXT, facts))


def test_by_the_length_of_lines() -> None:
    issue = parsed([0.99, None, 0.9, 0.5, None, 0.7])
    [first, second] = issue.articles[0].paragraphs
    assert first.quality == pytest.approx((0.9 * LINES[2] + 0.5 * LINES[3]) / (LINES[2] + LINES[3]), abs=0.001)
    assert second.quality == 0.7
    assert "quality" not in issue.metadata
    assert issue.metadata["ocr_confidence"] == 0.9


@pytest.mark.parametrize("quality", [None, [0.9, None, 0.9, None, None, None], [0.9]])
def test_unknown_stays_unknown(quality: list[float | None] | None) -> None:
    assert parsed(quality).articles[0].paragraphs[0].quality is None
