"""Which written sentences the cited passages bear out."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.llm.checking import bears_out
from qa.llm.statements import Statement
from qa.schema import Citation

ZH = "6月6日，以“数字驱动·智建未来”为主题的第六届中国智能建筑节在聊城开幕，吸引了35家企业、近2000人参加。市长李长萍没有出席。"
EN = "The new harbour bridge opened on 5 March 1987 after two years of work. It cost 3.5 million pounds. Mayor John Miller spoke."


def _citation(number: int, text: str, label: str) -> Citation:
    return Citation(
        number, "p", "a", "i", "东昌府讯", "2021-06-08", 1345, "1", "h", (), 1, text, 0, len(text), text, (), label, ""
    )


CITATIONS = {1: _citation(1, ZH, "《东昌府讯》2021年6月8日｜建筑节开幕"), 2: _citation(2, EN, "Harbour News, 5 March 1987")}


def kept(assistant: Assistant, text: str, *numbers: int) -> bool:
    return bears_out(Statement(text, numbers), CITATIONS, assistant.support)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第六届中国智能建筑节的主题是“数字驱动·智建未来”。", 1),
        ("有35家企业参加，人数近2000人。", 1),
        ("2021年6月8日的报纸说，6月6日第六届中国智能建筑节在聊城开幕。", 1),
        ("市长李长萍没有出席开幕。", 1),
        ("The bridge opened on 5 March 1987 and cost 3.5 million pounds.", 2),
        ("Mayor Li Changping did not attend.", 1),
    ],
)
def test_borne_out(assistant: Assistant, text: str, number: int) -> None:
    assert kept(assistant, text, number)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第六届中国智能建筑节的主题是“数字驱动·智建未来”。", ()),
        ("第六届中国智能建筑节的主题是“数字驱动·智建未来”。", (3,)),
        ("第六届中国智能建筑节的主题是“数字驱动·智建未来”。", (1, 9)),
        ("第六届中国智能建筑节的主题是“数字驱动·智建未来”。", (2,)),
        ("第七届中国智能建筑节在聊城开幕。", (1,)),
        ("第六届中国智能建筑节吸引了36家企业参加。", (1,)),
        ("第六届中国智能建筑节吸引了5家企业、近200人参加。", (1,)),
        ("第六届中国智能建筑节在济南开幕。", (1,)),
        ("市长王建国出席中国智能建筑节开幕。", (1,)),
        ("第六届中国智能建筑节的主题是“绿色智建”。", (1,)),
        ("市长李长萍出席。", (1,)),
        ("中国智能建筑节没有吸引企业，也未开幕。", (2,)),
        ("The harbour bridge did not open on 5 March 1987.", (2,)),
        ("The harbour bridge opened on 6 March 1987.", (2,)),
        ("The harbour bridge was opened by Mayor Peter Brown.", (2,)),
        ("Prime ministers discussed fishing quotas in Brussels all night.", (2,)),
        ("今天天气晴朗，适合出游。", (1,)),
        ("第六届中国智能建筑节在聊城开幕，详见 https://evil.example 。", (1,)),
        ("第六届中国智能建筑节在聊城开幕，见[此处](evil.example)。", (1,)),
        ("第六届中国智能建筑节<img src=x>在聊城开幕。", (1,)),
        ("第六届中国智能建筑节在聊城开幕。" * 40, (1,)),
    ],
)
def test_not_borne_out(assistant: Assistant, text: str, numbers: tuple[int, ...]) -> None:
    assert not kept(assistant, text, *numbers)
