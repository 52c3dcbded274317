"""Shingles as numbers give the counts that shingles as strings give."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest

from index.text import fold
from qa.news.shingles import LENGTH, shared


def as_strings(text: str) -> set[str]:
    letters = re.sub(r"\W+", "", fold(text))
    return {letters[i : i + LENGTH] for i in range(len(letters) - LENGTH + 1)}


@pytest.mark.parametrize("seed", range(20))
def test_counts_are_those_of_sets_of_strings(seed: int) -> None:
    chance = random.Random(seed)
    letters = "大桥橋建设ＡaB一2，。 \n\U00020000"
    texts = ["".join(chance.choices(letters[: chance.randint(2, len(letters))], k=chance.randint(0, 90))) for _ in range(12)]
    sizes, common = shared(texts)
    sets = [as_strings(text) for text in texts]
    assert sizes.tolist() == [len(each) for each in sets]
    assert common.tolist() == [[len(one & other) for other in sets] for one in sets]


def test_no_shingle_reaches_from_one_text_into_the_next() -> None:
    sizes, common = shared(["大桥建设", "大桥建设者", "", "建设者"])
    assert sizes.tolist() == [0, 1, 0, 0]
    assert not np.triu(common, 1).any()


def test_blanks_and_marks_are_no_letters() -> None:
    sizes, common = shared(["A B-C，D E", "abcde"])
    assert sizes.tolist() == [1, 1] and common[0, 1] == 1


def test_no_text_at_all() -> None:
    sizes, common = shared([])
    assert sizes.shape == (0,) and common.shape == (0, 0)
