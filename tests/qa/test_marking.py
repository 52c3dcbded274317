"""Which words are marked, given where the reader sees the answer."""

from __future__ import annotations

import itertools

import pytest

from qa.gazetteer import Span
from qa.marking import mark
from qa.question import understand


@pytest.mark.parametrize(
    ("question", "text", "seen", "words"),
    [
        ("铁路全长多少公里？", "铁路全长364.6公里，于1903年建成。", "64.6公", ["364.6公里"]),
        ("铁路哪年建成？", "铁路全长364.6公里，于1903年建成。", "1903", ["1903年"]),
        ("主题是什么？", "大会以“数字驱动”为主题。", "“数字驱", ["“数字驱动”"]),
        ("来了多少家企业，提供多少岗位？", "150余家企业提供3000余个岗位。", "150余", ["150余家", "3000余个"]),
        ("谁主持会议？", "会议由李长萍主持。", "李长萍", ["李长萍"]),
        ("会议在哪里举行？", "18日上午，会议在北京举行。", "18日上午", ["北京"]),
        ("新法什么时候施行？", "新法于2023年4月26日修订通过，自2023年7月1日起施行。", "2023年4月26日", ["2023年7月1日"]),
    ],
)
def test_marks(question: str, text: str, seen: str, words: list[str]) -> None:
    spans: list[Span] = [(text.index(seen), text.index(seen) + len(seen))]
    found = mark(understand(question), text, spans)
    assert [text[start:end] for start, end in found] == words


def test_without_a_reader_the_patterns_stand() -> None:
    text = "拟建三座天桥。"
    assert [text[a:b] for a, b in mark(understand("建几座天桥？"), text, [])] == ["三座"]


def test_marks_stay_inside_and_apart() -> None:
    text = "甲、乙、丙。"
    found = mark(understand("有哪些？"), text, [(0, 3), (2, 5), (4, 6)])
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
