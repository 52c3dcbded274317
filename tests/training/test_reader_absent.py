"""Questions without an answer, and what the network is told of them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest
import torch

from training.reader.absent import Absence, names
from training.reader.examples import Answer, Example
from training.reader.learn import loss_of
from training.reader.network import Batch, Side

TEXT = "县里开了会。2021年，王志刚获得第三届劳动奖。大家都很高兴。"
EXAMPLE = Example("王志刚2021年获得第几届劳动奖？", (TEXT,), (Answer(0, TEXT.index("第三届"), TEXT.index("第三届") + 3),))


def _absence(seed: int, *, other: str | None = None) -> Absence:
    return Absence({"nr": ("李建国", "王志刚")}, lambda *_: other, random.Random(seed))


def _made(*, other: str | None = None) -> list[Example]:
    made = [_absence(seed, other=other).make(EXAMPLE) for seed in range(80)]
    return [one for one in made if one is not None]


def test_no_answer_is_left_and_each_way_is_taken() -> None:
    made = _made(other="乡里也开了会。")
    assert all(one.answers == () for one in made)
    assert {one.texts[0] for one in made} == {TEXT, "县里开了会。大家都很高兴。", "乡里也开了会。"}


def test_another_name_or_number_is_asked_for() -> None:
    renamed = {one.question for one in _made() if one.texts == (TEXT,)}
    assert any("李建国" in question for question in renamed)
    assert any("2021" not in question and "王志刚" in question for question in renamed)
    assert EXAMPLE.question not in renamed


def test_what_stands_elsewhere_too_is_not_cut_out() -> None:
    text = TEXT + "第三届就是今年的。"
    example = Example(EXAMPLE.question, (text,), EXAMPLE.answers)
    made = [_absence(seed).make(example) for seed in range(40)]
    assert {one.texts[0] for one in made if one} == {text}


def test_names_are_kept_by_part_of_speech() -> None:
    found = names(["王志刚去过北京吗？", "北京在哪里？", "誰是王志剛？"])
    assert "王志刚" in found["nr"] and found["ns"].count("北京") == 1


def _batch(spans: Sequence[Sequence[int]]) -> Batch:
    empty = torch.zeros(0)
    side = Side(empty, empty, empty, empty, torch.ones(len(spans), 2))
    gold = torch.tensor([[row[0] >= 0, False] for row in spans])
    return Batch(empty, side, side, torch.tensor([[0, 1]] * len(spans)), torch.tensor(spans), gold)


@pytest.mark.parametrize(("absent", "expected"), [(False, math.log(5)), (True, math.log(6))])
def test_no_answer_competes_with_a_score_of_nothing(absent: bool, expected: float) -> None:
    scores = torch.full((1, 2, 60), -1e9)
    scores[0, 0, 0], scores[0, 1, 0] = 0.0, math.log(4)
    loss = loss_of(scores, _batch([[0]]), sentence_share=0.5, absent=absent)
    assert float(loss) == pytest.approx(expected, abs=1e-4)


def test_no_answer_is_right_where_there_is_none() -> None:
    scores = torch.full((1, 2, 60), -1e9)
    scores[0, 0, 0] = math.log(3)
    assert float(loss_of(scores, _batch([[-1]]), sentence_share=0.5, absent=True)) == pytest.approx(math.log(4), abs=1e-4)
