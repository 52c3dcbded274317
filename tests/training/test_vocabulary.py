"""Pieces, tokenizer and first rows."""

from __future__ import annotations

import math

import numpy as np

from index.encoder.embedded import EDGE
from training.glossing import inflections
from training.vocabulary import Vocabulary, build_tokenizer, choose, whole
from training.warmstart import split, start, teacher_texts, whiten

HAN = {"社会": 50, "治理": 40, "社": 5, "会": 20, "理": 3, "2024": 9, "3000": 7, "孤词": 1}
ENGLISH = {"government": 9, "of": 99, "once": 1}


def _vocabulary() -> Vocabulary:
    return choose(
        HAN, ENGLISH, headwords={"环卫": None}, ranked=["the", "of"], parts={"liao", "cheng"}, readings={"社会": "shehui"}
    )


def test_words_need_two_sightings_or_an_entry() -> None:
    pieces = _vocabulary().pieces
    assert {"社会", "治理", "环卫", whole("government"), whole("the"), "2024", "3000"} <= set(pieces)
    assert not {"孤词", whole("once")} & set(pieces)
    assert len(set(pieces)) == len(pieces)


def test_scores_are_log_probabilities() -> None:
    vocabulary = _vocabulary()
    row = vocabulary.pieces.index("社会")
    assert math.isclose(vocabulary.scores[row], math.log(vocabulary.probabilities[row]), abs_tol=0.01)


def test_tokenizer_takes_the_likeliest_path() -> None:
    tokenizer = build_tokenizer(_vocabulary())
    tokens = tokenizer.encode("社會治理，OF Government 2024").tokens
    assert tokens == ["社会", "治理", whole("of"), whole("government"), "2024"]
    assert tokenizer.encode("chengliao").tokens == [EDGE, "cheng", "liao", EDGE]
    assert tokenizer.encode("governments").tokens == [f"{EDGE}government", f"s{EDGE}"]


def test_other_spellings_come_last_and_share_rows() -> None:
    vocabulary = _vocabulary()
    rows = dict(zip(vocabulary.pieces, vocabulary.rows, strict=True))
    assert vocabulary.rows[: len(vocabulary.probabilities)] == tuple(range(len(vocabulary.probabilities)))
    assert rows[whole("shehui")] == rows["社会"]
    assert rows[f"{EDGE}government"] == rows[whole("government")]
    assert rows[EDGE] == rows[f"ing{EDGE}"] == 0
    assert rows[whole("liao")] == rows["liao"]


def test_split_needs_shorter_pieces() -> None:
    scores = {"社": -5.0, "会": -4.0, "社会": -2.0, "治理": -2.0, "社会治理": -1.0}
    assert split("社会治理", scores) == ["社会", "治理"]
    assert split("社会", scores) == ["社", "会"]
    assert split("环卫", scores) == []


def test_first_rows_follow_the_teacher() -> None:
    words = ("政府", "政府部", "部", "雨", "government", "part", "rain")
    pieces = ("[UNK]", *words[:4], *(whole(word) for word in words[4:]))
    vocabulary = Vocabulary(pieces, (-1.0,) * 8, tuple(range(8)), (1.0, *[1e-7] * 7))
    teacher = {word: np.asarray(np.eye(3)[row], np.float32) for row, word in enumerate(words[4:])}
    glosses = {"政府": ("government",), "部": ("part",), "雨": ("rain",)}
    assert teacher_texts(vocabulary, glosses) == ["government", "part", "rain"]
    table = start(vocabulary, glosses, teacher, dimensions=200, seed=1)
    assert not table[0].any()
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    assert unit[1] @ unit[5] > 0.7
    assert unit[1] @ unit[3] < 0.0
    assert unit[2] @ unit[1] > 0.2
    assert unit[2] @ unit[3] > 0.2


def test_whitened_vectors_use_every_direction_alike() -> None:
    generator = np.random.default_rng(0)
    vectors = (generator.normal(size=(4000, 3)) * [10, 1, 0.1] + 5).astype(np.float32)
    np.testing.assert_allclose(np.cov(whiten(vectors).T), np.eye(3) / 3, atol=0.03)


def test_inflections() -> None:
    assert "governed" in inflections("govern")
    assert "counties" in inflections("county")
    assert "making" in inflections("make")
    assert inflections("环卫") == []
