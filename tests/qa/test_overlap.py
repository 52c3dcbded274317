"""Overlap of question and sentences, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from index.schema import Passage
from qa.crosslingual import Form
from qa.overlap import COLUMNS, Place, table
from qa.retrieval import Concept, Query, Ranked


def _concept(word: str, weight: float) -> Concept:
    return Concept(word, (Form(word, 1.0),), weight)


def _rows(texts: list[str], context: str, concepts: tuple[Concept, ...], asked: str) -> list[dict[str, float]]:
    text = "".join(texts)
    ranked = Ranked(Passage("p", "a", "i", "paragraph", text, context, 1), 0.7, 0.5, 0.4)
    ends = np.cumsum([len(each) for each in texts])
    places = [Place(ranked, i, int(end) - len(texts[i]), int(end)) for i, end in enumerate(ends)]
    query = Query((), concepts, concepts, concepts, np.zeros(2, dtype=np.float32))
    return [dict(zip(COLUMNS, row, strict=True)) for row in table(query, asked, places)]


def test_shares_of_the_question_by_rarity() -> None:
    first, second, third = _rows(
        ["天桥三座。", "总投资。", "柳园路。"],
        "建设",
        tuple(map(_concept, ["天桥", "柳园", "建设"], [3.0, 2.0, 1.0])),
        "天桥柳园建设",
    )
    assert first["pairs"] == pytest.approx(3 / 6)
    assert first["around"] == 0.0
    assert second["around"] == pytest.approx(5 / 6)
    assert third["passage"] == pytest.approx(4 / 6)  # the bridge two sentences on, the headline's word
    assert [first["best"], third["best"]] == pytest.approx([1.0, 2 / 3])
    assert (first["rarest"], second["rarest"]) == (1.0, 0.0)
    assert (first["first"], second["first"]) == (1.0, 0.0)
    assert (first["score"], first["lexical"], first["cosine"]) == (0.7, 0.5, 0.4)


def test_the_best_form_of_a_word_counts() -> None:
    concept = Concept("bridge", (Form("天桥", 0.9), Form("大桥", 0.4)), 1.0)
    first, second = _rows(["大桥天桥。", "大桥。"], "", (concept,), "bridge")
    assert [first["pairs"], second["pairs"]] == pytest.approx([0.9, 0.4])


def test_runs_and_new_characters() -> None:
    (row,) = _rows(["柳园路天桥三座"], "", (_concept("天桥", 1.0),), "柳园路有几座天桥")
    assert row["run"] == pytest.approx(3 / 8)
    assert row["fresh"] == pytest.approx(1 / 7)


def test_a_question_without_weight_divides_by_nothing() -> None:
    (row,) = _rows(["天桥。"], "", (), "好")
    assert all(np.isfinite(list(row.values())))
