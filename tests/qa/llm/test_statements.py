"""Sentences and their numbers out of what a model writes, the same however it is cut into pieces."""

from __future__ import annotations

import random

import pytest

from qa.llm.statements import Cutter, Statement


def cut(*pieces: str) -> list[Statement]:
    cutter = Cutter()
    return [*(found for piece in pieces for found in cutter.add(piece)), *cutter.close()]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("主题是“智建未来”[1]。", [("主题是“智建未来”。", (1,))]),
        ("主题是“智建未来”。[1][2] 时间是六月。【3】", [("主题是“智建未来”。", (1, 2)), ("时间是六月。", (3,))]),
        ("The theme [1, 2] was X. It ended in 2021.[3]", [("The theme was X.", (1, 2)), ("It ended in 2021.", (3,))]),
        ("It cost 3.5 million.", [("It cost 3.5 million.", ())]),
        ("- **一是** 甲[1]\n- 二是乙［2］\n", [("一是 甲", (1,)), ("二是乙", (2,))]),
        ("<think>先想[9]。</think>答案是甲。[1]", [("答案是甲。", (1,))]),
        ("<think>想不完", []),
        ("没有编号的话。", [("没有编号的话。", ())]),
        ("[1]", []),
        ("。。\n\n", []),
        ("“他说：好。”[1]后来[2]。", [("“他说：好。”", (1,)), ("后来。", (2,))]),
        ("甲\u202e乙\x1b[31m丙[1]。", [("甲乙[31m丙。", (1,))]),
    ],
)
def test_sentences_and_numbers(reply: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert cut(reply) == [Statement(*pair) for pair in expected]


def test_pieces_of_any_length_give_the_same() -> None:
    reply = "主题是“智建未来”。[1][2] 它在聊城举办【3】。\nIt was held in 3.5 days. [4]\n<think>x。</think>最后一句没有编号"
    whole = cut(reply)
    assert len(whole) == 4
    generator = random.Random(4)
    for _ in range(200):
        places = sorted(generator.sample(range(1, len(reply)), 6))
        assert cut(*(reply[a:b] for a, b in zip([0, *places], [*places, len(reply)], strict=True))) == whole


def test_a_sentence_is_given_once_the_next_begins() -> None:
    cutter = Cutter()
    assert list(cutter.add("甲说乙。")) == []
    assert list(cutter.add("[1]")) == []
    assert list(cutter.add("丙")) == [Statement("甲说乙。", (1,))]
