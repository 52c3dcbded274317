"""What a question names, held against a passage."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoder import load_encoder
from index.schema import Encoder, Passage
from qa.alignment import Alignment, align, arabic, named_share, unknown_names
from qa.question import understand
from qa.retrieval import Query, query_of
from training.evidence import MemoryView

TEXT = "2018年，第六届读书节在莘县举行，有三千人参加。张大海出席。"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def view(encoder: Encoder) -> MemoryView:
    return MemoryView([Passage("p", "a", "i", "paragraph", TEXT, "", 1)], encoder)


def _align(question: str, view: MemoryView, encoder: Encoder) -> Alignment:
    understood = understand(question)
    passage = view.passages(["p"])["p"]
    return align(understood, query_of(understood, view, encoder), passage, TEXT, view)


@pytest.mark.parametrize(
    ("question", "conflict"),
    [
        ("第七届读书节在哪里举行？", ("第七届", "第六届")),
        ("2015年读书节在哪里举行？", ("2015年", "2018年")),
        ("阳谷县读书节有多少人参加？", ("阳谷县", "莘县")),
    ],
)
def test_another_of_the_same_kind_is_a_conflict(
    question: str, conflict: tuple[str, str], view: MemoryView, encoder: Encoder
) -> None:
    assert conflict in _align(question, view, encoder).conflicts


def test_what_is_printed_is_no_conflict(view: MemoryView, encoder: Encoder) -> None:
    found = _align("2018年第6届读书节在莘县哪里举行？", view, encoder)
    assert (found.conflicts, found.missing) == ((), ())


def test_an_absent_word_weighs_more_the_rarer_it_is(view: MemoryView, encoder: Encoder) -> None:
    assert _align("读书节有多少人参加？", view, encoder).absent < _align("龙舟赛有多少人参加？", view, encoder).absent


def test_numbers_that_the_article_lacks(view: MemoryView, encoder: Encoder) -> None:
    assert _align("哪里有5000人参加读书节？", view, encoder).numbers == 1.0
    assert _align("2018年读书节在哪里举行？", view, encoder).numbers == 0.0


def test_ordinals_in_arabic_digits() -> None:
    assert arabic("第二十三届、第十届和第六届") == "第23届、第10届和第6届"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is the capital of France?", ("France",)),
        ("How many people live in Beijing?", ("Beijing",)),
        ("Where is Xqzzvill?", ("Xqzzvill",)),
        ("How many people took part in the reading festival?", ()),
    ],
)
def test_names_of_an_english_question_that_the_article_lacks(
    question: str, names: tuple[str, ...], view: MemoryView, encoder: Encoder
) -> None:
    understood = understand(question)
    passage = view.passages(["p"])["p"]
    assert unknown_names(understood, query_of(understood, view, encoder), passage, view) == names


def test_a_share_of_the_names_that_the_archive_prints() -> None:
    question = understand("张学宏在莘县说了什么？")
    query = Query((), (), (), (), np.zeros(1, dtype=np.float32))
    assert named_share(question, query, "张学宏说") == 0.5
    assert named_share(question, query, "张学宏在莘县说") == 1.0
    assert named_share(understand("环卫工人的收入"), query, "") == 1.0
