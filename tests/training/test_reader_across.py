"""Questions answered by another sentence than the one that most of their words stand in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from index.text import sentences
from training.reader.across import Across, subjects, years
from training.reader.slots import Slot
from training.reader.stock import tag

PAPER = "黄河日报是一家地方报纸，1949年3月创刊。同年11月迁往开封出版。1952年改为周报，该报发行两万份。"
MONKEYS = "金丝猴，又称仰鼻猴，是一种稀有的动物。栖息在高山密林，常年不离树梢。"


def _made(text: str, seeds: int = 60) -> list[tuple[str, set[str]]]:
    found: list[tuple[str, set[str]]] = []
    for seed in range(seeds):
        rng = random.Random(seed)

        def pick(slots: Sequence[Slot], rng: random.Random = rng) -> Slot | None:
            return rng.choice(slots) if slots else None

        if made := Across(tag, pick, {}, rng).make(text, list(sentences(text))):
            question, spans = made
            found.append((question, {text[start:end] for start, end in spans}))
    return found


def test_a_year_said_before_answers_for_the_same_year() -> None:
    asked = [question for question, answers in _made(PAPER) if answers == {"1949年"} and ("迁" in question or "开封" in question)]
    assert asked
    assert all("1949" not in question and "同年" not in question for question in asked)


def test_a_month_after_a_year_means_that_year_and_a_year_of_its_own_none() -> None:
    offers = list(years(PAPER, list(sentences(PAPER)), tag))
    assert [(sentence, sentence[slot.start : slot.end]) for sentence, _, slot, _ in offers] == [
        ("同年11月迁往开封出版。", "同年11月")
    ]


def test_a_subject_left_out_is_the_name_that_the_paragraph_begins_with() -> None:
    offers = list(subjects(MONKEYS, list(sentences(MONKEYS)), tag))
    (sentence, words, slot, places), *rest = offers
    assert not rest and [MONKEYS[start:end] for start, end in places] == ["金丝猴"]
    assert sentence == "它栖息在高山密林，常年不离树梢。" and (slot.start, slot.end, slot.head) == (0, 1, "动物")
    assert "".join(sentence[word.start : word.end] for word in words) == sentence


def test_other_questions_take_their_words_from_the_sentence_beside() -> None:
    text = "一九三六年冬天，县立图书馆搬进城隍庙的西厢房。馆长王志刚说，读者比从前多了三倍。"
    first, second = (text[start:end] for start, end in sentences(text))
    crossed = 0
    for question, answers in _made(text, 120):
        (answer,) = answers
        other = second if answer in first else first
        assert answer not in other and answer not in question
        told = [pair for pair in pairwise(question) if "".join(pair) in other]
        crossed += len(told) >= 3
    assert crossed >= 10


def test_a_single_sentence_offers_nothing() -> None:
    assert _made("县立图书馆于一九三六年冬天搬进城隍庙。") == []
