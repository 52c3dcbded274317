"""The benchmark itself: noise as announced, paragraphs found under their own numbers, figures as worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from benchmarks import retrieval, sets
from benchmarks.sets import Asked, Set
from index.encoder import load_encoder

PARAGRAPHS = (
    "暴雨淹没了县里的农田，农民连夜排水。",
    "县医院新招聘了二十名医生，下月上岗。" * 40,  # longer than a passage
    "学生们在体育场参加了足球比赛。",
)
SMALL = Set(
    "small", PARAGRAPHS, (Asked("医院招聘了多少名医生？", 1), Asked("哪里的农田被淹没了？", 0), Asked("足球比赛在哪里举行？", 2))
)


def test_every_leg_finds_the_plain_answer() -> None:
    lexical, dense, hybrid = retrieval.measure(SMALL, load_encoder())
    assert [row.leg for row in (lexical, dense, hybrid)] == ["lexical", "dense", "hybrid"]
    assert [row.recall_1 for row in (lexical, dense, hybrid)] == [1.0, 1.0, 1.0]
    assert (hybrid.paragraphs, hybrid.questions) == (3, 3)


def test_a_wrong_gold_paragraph_counts_as_not_first() -> None:
    wrong = replace(SMALL, questions=(Asked("医院招聘了多少名医生？", 2),))
    for row in retrieval.measure(wrong, load_encoder()):
        assert row.recall_1 == 0.0
        assert row.ndcg_10 in (0.0, 1 / math.log2(3), 0.5)


def test_noise_replaces_the_announced_share_and_no_length() -> None:
    noisy = sets.noisy(SMALL, 0.1, seed=3)
    assert noisy.noise == 0.1
    assert noisy.questions == SMALL.questions
    for clean, dirty in zip(SMALL.paragraphs, noisy.paragraphs, strict=True):
        changed = sum(a != b for a, b in zip(clean, dirty, strict=True))
        assert 0 < changed <= round(len(clean) * 0.1)
    assert noisy == sets.noisy(SMALL, 0.1, seed=3)
    assert noisy != sets.noisy(SMALL, 0.1, seed=4)


def test_samples_are_drawn_without_repeats() -> None:
    assert sets.sampled(SMALL, 5, seed=1) is SMALL
    drawn = sets.sampled(SMALL, 2, seed=1)
    assert len(set(drawn.questions)) == 2
    assert drawn == sets.sampled(SMALL, 2, seed=1)


@pytest.mark.parametrize(("hybrid", "told"), [(0.899, False), (0.89, True)])
def test_a_hybrid_below_its_better_leg_is_told(hybrid: float, told: bool) -> None:
    row = retrieval.Figures("small", 0.0, 3, 3, "lexical", 0.9, 0.9, 0.9)
    rows = [row, replace(row, leg="dense", recall_1=0.5), replace(row, leg="hybrid", recall_1=hybrid)]
    assert any("recall_1" in line for line in retrieval.verdicts(rows)) is told
