"""What of a question a text says neither in its words nor in words like them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.encoder import load_encoder
from index.schema import Encoder, Passage
from index.text import fold
from qa.likeness import unlike
from qa.question import understand
from qa.retrieval import Query, query_of
from training.evidence import MemoryView

TEXTS = ("环卫工人遇到的困难很多，收入也低。", "北京队夺得足球联赛冠军。", "园林处补种树木两万棵。")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def view(encoder: Encoder) -> MemoryView:
    return MemoryView([Passage(str(i), f"a{i}", "i", "paragraph", text, "", 1) for i, text in enumerate(TEXTS)], encoder)


def _query(text: str, view: MemoryView, encoder: Encoder) -> Query:
    return query_of(understand(text), view, encoder)


def test_what_is_printed_is_not_lacking(view: MemoryView, encoder: Encoder) -> None:
    assert unlike(_query("补种树木", view, encoder), fold(TEXTS[2]), view.size) == pytest.approx((0, 0), abs=1e-6)


@pytest.mark.parametrize(("question", "like", "other"), [("有哪些难处？", 0, 2), ("Which difficulties?", 0, 2)])
def test_a_word_of_like_meaning_counts(question: str, like: int, other: int, view: MemoryView, encoder: Encoder) -> None:
    query = _query(question, view, encoder)
    near, far = (unlike(query, fold(TEXTS[i]), view.size) for i in (like, other))
    assert near[1] < far[1] - 0.1


def test_both_are_shares_and_the_worst_is_not_below_the_mean(view: MemoryView, encoder: Encoder) -> None:
    worst, mean = unlike(_query("世界杯冠军是谁？", view, encoder), fold(TEXTS[1]), view.size)
    assert 0 < mean <= worst <= 1


def test_without_words_nothing_lacks(view: MemoryView, encoder: Encoder) -> None:
    query = replace(_query("树木", view, encoder), words=())
    assert unlike(query, fold(TEXTS[0]), view.size) == (0.0, 0.0)


def test_an_empty_text_lacks_everything(view: MemoryView, encoder: Encoder) -> None:
    worst, _ = unlike(_query("有哪些难处？", view, encoder), "", view.size)
    assert worst > 0.5
