from __future__ import annotations

from benchmarks.page import percentile, questions


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(1, 101)]
    assert percentile(values, 0.95) == 95
    assert percentile(values, 0.5) == 50
    assert percentile([7.0], 0.95) == 7
    assert percentile([3.0, 1.0], 1.0) == 3


def test_questions_stand_alone() -> None:
    assert len(questions(5)) == 5
    assert len(set(questions(100))) > 20
