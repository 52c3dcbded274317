"""Remembered word vectors are the encoder's own, and the memory is bounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from index.schema import Vectors
from qa import wordvectors
from qa.wordvectors import encode_words


class Counting:
    """An encoder that counts what it is asked: one dimension, the length of the text."""

    name = fingerprint = "counting"
    dimensions = 1

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    encode_questions = encode_passages


def test_each_word_is_encoded_once() -> None:
    encoder = Counting()
    assert encode_words(["桥", "天桥", "桥"], encoder).tolist() == [[1.0], [2.0], [1.0]]
    assert encode_words(["天桥", "过街天桥"], encoder).tolist() == [[2.0], [4.0]]
    assert sorted(set(encoder.asked)) == ["天桥", "桥", "过街天桥"]
    assert encoder.asked.count("天桥") == 1


def test_no_words_give_no_rows() -> None:
    assert encode_words([], Counting()).shape == (0, 1)


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordvectors, "MOST_WORDS", 1)
    encoder = Counting()
    encode_words(["桥", "天桥"], encoder)
    encode_words(["桥"], encoder)
    assert encoder.asked.count("桥") == 2
