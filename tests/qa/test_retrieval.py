"""From a question to one ranking: terms, concepts, fusion, filter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from index.schema import Filter, Passage, Vectors
from index.text import fold
from qa.crosslingual import Form
from qa.question import understand
from qa.retrieval import MOST_TERMS, Concept, coverage, query_of, retrieve
from training.evidence import MemoryView
from training.evidence.archive import Without

TEXTS = {
    "bridge": "市里拟在柳园路建设三座过街天桥，方便行人。",
    "trees": "园林处今年补种树木两万棵，城市更绿。",
    "heating": "城区新增供热面积，居民冬天更暖和。",
}


class Letters:
    """An encoder of two dimensions: how much a text speaks of bridges and of trees."""

    name = "letters"
    fingerprint = "letters"
    dimensions = 2

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        counts = np.array(
            [[text.count("桥") + text.count("行人"), text.count("树") + text.count("绿")] for text in texts], dtype=np.float32
        )
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        return np.asarray(counts / np.maximum(lengths, 1e-9), dtype=np.float32)

    encode_questions = encode_passages


@pytest.fixture
def view() -> MemoryView:
    return MemoryView([Passage(name, name, "i", "paragraph", text, "", 1) for name, text in TEXTS.items()], Letters())


def test_both_legs_put_the_right_passage_first(view: MemoryView) -> None:
    ranking = retrieve(understand("准备建几座过街天桥？"), view, Letters())
    assert ranking.ranked[0].passage.id == "bridge"
    assert ranking.ranked[0].score == pytest.approx(1.0)
    assert ranking.ranked[0].lexical == 1.0
    assert [item.score for item in ranking.ranked] == sorted((item.score for item in ranking.ranked), reverse=True)


def test_the_dense_leg_decides_where_no_word_is_shared(view: MemoryView) -> None:
    ranking = retrieve(understand("绿了吗"), view, Letters())
    assert ranking.ranked[0].passage.id == "trees"


def test_terms_are_bounded_and_rare_ones_come_first(view: MemoryView) -> None:
    question = understand("天桥" + "".join(chr(0x4E00 + i) for i in range(200)) + "？")
    query = query_of(question, view, Letters())
    assert len(query.terms) == MOST_TERMS
    assert all(term.weight > 0 for term in query.terms)


def test_question_frames_are_not_searched(view: MemoryView) -> None:
    terms = {term.text for term in query_of(understand("请问是谁建设天桥？"), view, Letters()).terms}
    assert "天桥" in terms
    assert not terms & {"请问", "谁", "是谁"}


def test_operators_of_query_languages_are_plain_text(view: MemoryView) -> None:
    ranking = retrieve(understand('天桥 AND (树木 OR *) NOT "x"~2 ^3 [a TO b] ' + "(" * 300), view, Letters())
    assert {item.passage.id for item in ranking.ranked} >= {"bridge"}


def test_coverage_is_weighted_by_rarity() -> None:
    concepts = (Concept("天桥", (Form("天桥", 1.0),), 3.0), Concept("建设", (Form("建设", 1.0), Form("修建", 0.5)), 1.0))
    assert coverage(concepts, "天桥") == 0.75
    assert coverage(concepts, "修建天桥") == 0.875
    assert coverage(concepts, fold("树木")) == 0.0
    assert coverage((), "天桥") == 0.0


def test_an_empty_archive_gives_an_empty_ranking() -> None:
    empty = Without(MemoryView([Passage("a-s01", "a", "i", "paragraph", "字", "", 1)], Letters()), ["a"])
    assert retrieve(understand("天桥在哪里？"), empty, Letters()).ranked == ()


def test_an_inferred_filter_widens_a_given_one_does_not(view: MemoryView, monkeypatch: pytest.MonkeyPatch) -> None:
    search, dense = view.search_lexical, view.search_dense
    monkeypatch.setattr(view, "search_lexical", lambda terms, *, limit, filter: [] if filter else search(terms, limit=limit))
    monkeypatch.setattr(view, "search_dense", lambda vector, *, limit, filter: [] if filter else dense(vector, limit=limit))
    inferred = retrieve(understand("1999年的报纸说要建几座天桥？"), view, Letters())
    assert inferred.widened
    assert inferred.ranked
    given = retrieve(understand("要建几座天桥？", filter=Filter(newspapers=("别的报",))), view, Letters())
    assert not given.widened
    assert given.ranked == ()
