"""Statements made of questions."""

from __future__ import annotations

import pytest

from benchmarks.support import statement


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("新港大桥是谁设计的？", "李明", "新港大桥是李明设计的。"),
        ("大桥建于哪一年？", "1987年", "大桥建于1987年。"),
        ("燈塔高多少？", r"30\1米", r"燈塔高30\1米。"),
        ("Why?", "", "Why。"),
    ],
)
def test_the_answer_stands_in_place_of_the_question_word(question: str, answer: str, expected: str) -> None:
    assert statement(question, answer) == expected
