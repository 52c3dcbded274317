"""Pieces, tokenizer and first rows."""

from __future__ import annotations

import math

import numpy as np

from training.glossing import inflections
from training.vocabulary import Vocabulary, build_tokenizer, choose
from training.warmstart import split, start

HAN = {"社会": 50, "治理": 40, "社": 5, "会": 20, "理": 3, "2024": 9, "3000": 7, "孤词": 1}
ENGLISH = {"government": 9, "of": 99, "once": 1}


def _vocabulary() -> Vocabulary:
    return choose(HAN, ENGLISH, headwords={"环卫": None}, ranked=["the", "of"])


def test_words_need_two_sightings_or_an_entry() -> None:
    pieces = _vocabulary().pieces
    assert {"社会", "治理", "环卫", "government", "the", "2024", "3000"} <= set(pieces)
    assert not {"孤词", "once"} & set(pieces)
    assert len(set(pieces)) == len(pieces)


def test_scores_are_log_probabilities() -> None:
    vocabulary = _vocabulary()
    row = vocabulary.pieces.index("社会")
    assert math.isclose(vocabulary.scores[row], math.log(vocabulary.probabilities[row]), abs_tol=0.01)


def test_tokenizer_takes_the_likeliest_path() -> None:
    tokenizer = build_tokenizer(_vocabulary())
    assert tokenizer.encode("社會治理，OF Government 2024").tokens == ["社会", "治理", "of", "government", "2024"]


def test_split_needs_shorter_pieces() -> None:
    scores = {"社": -5.0, "会": -4.0, "社会": -2.0, "治理": -2.0, "社会治理": -1.0}
    assert split("社会治理", scores) == ["社会", "治理"]
    assert split("社会", scores) == ["社", "会"]
    assert split("环卫", scores) == []


def test_first_rows_follow_the_teacher() -> None:
    vocabulary = Vocabulary(("[UNK]", "政府", "政府部", "部", "government"), (-1.0,) * 5, (1.0, 1e-4, 1e-4, 1e-4, 1e-4))
    teacher = {"government": np.asarray([1, 0], np.float32), "part": np.asarray([0, 1], np.float32)}
    table = start(vocabulary, {"政府": ("government",), "部": ("part",)}, teacher, dimensions=3, seed=1)
    assert not table[0].any()
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    assert unit[1] @ unit[4] > 0.9
    assert unit[1] @ unit[3] < 0
    np.testing.assert_allclose(table[2], (table[1] + table[3]) / 2, atol=0.1)


def test_inflections() -> None:
    assert "governed" in inflections("govern")
    assert "counties" in inflections("county")
    assert "making" in inflections("make")
    assert inflections("环卫") == []
