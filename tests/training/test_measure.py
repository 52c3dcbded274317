"""Metrics against values worked out by hand, and the split that keeps articles apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from training.corpora import is_held_out
from training.measure import ndcg, ranks, recall_at_1

SCORES = np.asarray([[0.9, 0.1, 0.2], [0.5, 0.4, 0.3], [0.3, 0.3, 0.3]], dtype=np.float32)


def test_ranks_count_ties_against() -> None:
    assert ranks(SCORES, np.asarray([0, 1, 2])).tolist() == [1, 2, 3]


def test_recall_at_1() -> None:
    assert recall_at_1(SCORES) == pytest.approx(1 / 3)


def test_ndcg() -> None:
    wanted = (1.0 + 1 / math.log2(3) + 1 / math.log2(4)) / 3
    assert ndcg(SCORES, np.asarray([0, 1, 2])) == pytest.approx(wanted)


def test_ndcg_stops_at_ten() -> None:
    scores = np.arange(12, dtype=np.float32)[None, ::-1].copy()
    assert ndcg(scores, np.asarray([9])) == pytest.approx(1 / math.log2(11))
    assert ndcg(scores, np.asarray([10])) == 0.0


def test_split_is_by_title_in_either_script() -> None:
    assert is_held_out("聯合國") == is_held_out("联合国")
    share = sum(is_held_out(f"条目{number}") for number in range(2000)) / 2000
    assert 0.45 < share < 0.55
