"""Measures against values worked out by hand, and against the scorer of record."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from qa.evaluation import Known, Place, Result, figures
from qa.evaluation.measures import auroc, f1, judged, marked_f1, ranking_figures
from qa.evaluation.trec import run_file
from qa.schema import Answer, Citation, Interpretation

PLACES = (Place(None, "", "d1", 2), Place(None, "", "d9", 1))
KNOWN = Known("q 1", "zh", "问", True, ("三座",), PLACES)


def _result(*ranking: tuple[str, int | None], found: bool = True, confidence: float = 0.9, known: Known = KNOWN) -> Result:
    citation = Citation(
        1, "p", "a", "i", None, None, None, None, None, (), 1, "拟建三座桥", 0, 5, "拟建三座桥", (), "", "", ((2, 4),)
    )
    answer = Answer("问", "zh", found, confidence, "", (citation,) if found else (), (), Interpretation("问"), {})
    return Result(known, answer, 1, (1, None), ("三座",), True, 1.0, ranking, (True,))


def test_rankings_by_hand() -> None:
    grades, scores = judged([_result(("x", None), ("d1", 0), ("y", None))])
    assert grades == {"0": {"d1": 2, "d9": 1}}
    assert scores == {"0": {"x": 10.0, "d1": 9.0, "y": 8.0}}
    found = ranking_figures(grades, scores)
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert found["ndcg@10"] == pytest.approx(2 / math.log2(3) / ideal, abs=1e-4)
    assert (found["mrr@10"], found["recall@10"]) == (0.5, 0.5)


def test_a_question_without_any_hit_counts_as_nothing_found() -> None:
    both = ranking_figures(*judged([_result(("d1", 0), ("d9", 1)), _result()]))
    assert both == {"mrr@10": 0.5, "ndcg@10": 0.5, "recall@10": 0.5}


def test_nothing_to_rank_is_none() -> None:
    assert set(ranking_figures({}, {}).values()) == {None}


@pytest.mark.parametrize(
    ("high", "low", "expected"),
    [([0.9, 0.8], [0.1, 0.2], 1.0), ([0.5], [0.5], 0.5), ([0.9, 0.1], [0.5, 0.5], 0.5), ([], [0.1], None), ([0.1], [0.9], 0.0)],
)
def test_auroc(high: list[float], low: list[float], expected: float | None) -> None:
    assert auroc(high, low) == expected


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        ("三座", "三座", 1.0),
        ("拟建三座", "三座", 2 * 2 / 6),
        ("", "三座", 0.0),
        ("the new bridge", "New Bridge!", 0.8),
        ("四条", "三座", 0.0),
    ],
)
def test_f1(found: str, gold: str, expected: float) -> None:
    assert f1(found, gold) == pytest.approx(expected, abs=1e-3)


def test_marked_words_are_compared_with_the_answers() -> None:
    assert marked_f1(_result()) == 1.0
    assert marked_f1(_result(found=False)) == 0.0


def test_figures_count_only_what_they_are_about() -> None:
    absent = replace(KNOWN, answerable=False, answers=(), places=())
    unjudged = replace(KNOWN, answers=(), places=())
    results = [_result(("d1", 0)), _result(known=unjudged), _result(found=False, confidence=0.2, known=absent)]
    told = figures(results)
    assert (told["answerable"], told["unanswerable"]) == (2, 1)
    assert (told["hit@1"], told["answer_in_first_quote"], told["marked_f1"]) == (1.0, 1.0, 1.0)
    assert (told["citations_right"], told["not_found_auroc"], told["refused"]) == (1.0, 1.0, 1.0)


def test_a_run_is_as_trec_eval_reads_it() -> None:
    text = run_file([_result(("d 1", 0), ("y", None))])
    assert text == "q_1 Q0 d_1 1 10 wenbao\nq_1 Q0 y 2 9 wenbao\n"
