"""How the weights of the evidence are learned: near misses, other words, regressions, figures."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from training.evidence.altered import alter, named, pool
from training.evidence.figures import auroc, calibration_error, kept_at
from training.evidence.fit import Group, logistic, softmax
from training.evidence.reworded import others, reword
from training.evidence.sets import part_of, read_set

QUESTIONS = [
    "2014年上海有多少座车站？",
    "第六届读书节在北京举行吗？",
    "《红楼梦》是谁写的？",
    "Windows是什么时候发布的？",
    "《西游记》有几回？",
]


def test_things_that_can_be_changed() -> None:
    kinds = {(item.kind, QUESTIONS[0][item.start : item.end]) for item in named(QUESTIONS[0])}
    assert {("year", "2014"), ("place", "上海")} <= kinds
    assert ("ordinal", "六") in {(item.kind, QUESTIONS[1][item.start : item.end]) for item in named(QUESTIONS[1])}


def test_a_near_miss_changes_one_thing_to_what_the_article_lacks() -> None:
    names = pool(QUESTIONS)
    article = "2014年上海有三百座车站，2013年和2015年也有。北京更多。"
    for seed in range(12):
        altered = alter(QUESTIONS[0], article, names, seed=seed)
        assert altered is not None
        assert altered.after not in article
        assert altered.question == QUESTIONS[0].replace(altered.before, altered.after, 1)
        assert altered == alter(QUESTIONS[0], article, names, seed=seed)


def test_nothing_named_is_no_near_miss() -> None:
    assert alter("怎么做饭？", "", {}, seed=1) is None


def test_other_words_share_a_gloss() -> None:
    known = others({"铁路": ("railway",), "铁道": ("railway",), "路": ("railway",), "公园": ("park",)})
    assert known == {"铁路": ("铁道",), "铁道": ("铁路",)}
    assert reword("铁路全长多少公里？", known) == "铁道全长多少公里?"
    assert reword("公园在哪里？", known) is None


def test_softmax_finds_the_column_that_tells() -> None:
    rng = np.random.default_rng(1)
    groups = []
    for _ in range(200):
        right = np.zeros(5, dtype=bool)
        right[rng.integers(5)] = True
        groups.append(Group(np.stack([right + rng.normal(0, 0.3, 5), rng.normal(0, 1, 5)], axis=1), right))
    weights = softmax(groups, rounds=200)
    assert weights[0] > 5 * abs(weights[1])


def test_logistic_recovers_the_odds_of_a_known_chance() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(0, 1, (20_000, 2))
    labels = (rng.random(20_000) < 1 / (1 + np.exp(-(2 * rows[:, 0] - 1)))).astype(float)
    bias, weights = logistic(rows, labels, prior=float(labels.mean()), decay=0.0)
    assert bias == pytest.approx(-1, abs=0.1)
    assert weights == pytest.approx([2, 0], abs=0.1)


def test_a_column_that_goes_against_its_sign_is_left_out() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(0, 1, (4_000, 2))
    labels = (rng.random(4_000) < 1 / (1 + np.exp(-(2 * rows[:, 0] - rows[:, 1])))).astype(float)
    _, free = logistic(rows, labels, prior=0.5, signs=(1, 0))
    _, bound = logistic(rows, labels, prior=0.5, signs=(1, 1))
    assert free[1] < -0.5
    assert bound[1] == 0.0
    assert bound[0] > 1.0


def test_figures_worked_out_by_hand() -> None:
    assert auroc([3, 2], [1, 2]) == pytest.approx((1 + 1 + 1 + 0.5) / 4)
    assert kept_at([0.9, 0.8, 0.3], [0.85, 0.1], precision=0.7) == pytest.approx(1.0)
    assert kept_at([0.9, 0.8, 0.3], [0.85, 0.4], precision=0.9) == pytest.approx(1 / 3)
    assert calibration_error([0.9, 0.9, 0.1, 0.1], [True, False, False, False]) == pytest.approx((0.8 + 0.2) / 4)


def test_sets_become_passages_and_answers_follow_them(tmp_path: Path) -> None:
    text = "甲。" * 200 + "答案在这里。" + "乙。" * 100
    start = text.index("答案")
    paragraph = {"context": text, "qas": [{"question": "在哪里？", "answers": [{"answer_start": start, "text": "答案"}]}]}
    record = {"data": [{"title": "题", "paragraphs": [paragraph]}]}
    with lzma.open(tmp_path / "cmrc_dev.json.xz", "wt", encoding="utf-8") as stream:
        json.dump(record, stream)
    pages, known = read_set(tmp_path, "CMRC")
    passages = {passage.id: passage.text for page in pages for _, each in page.articles for passage in each}
    assert len(passages) == 2
    ((id, spans),) = known[0].spans.items()
    assert [passages[id][a:b] for a, b in spans] == ["答案"]
    assert known[0].part == part_of("题")


def test_parts_are_all_there() -> None:
    parts = [part_of(f"题{number}") for number in range(300)]
    assert {part: parts.count(part) > 40 for part in ("trained", "tuning", "measured")} == dict.fromkeys(
        ("trained", "tuning", "measured"), True
    )
