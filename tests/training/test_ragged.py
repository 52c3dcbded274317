"""Texts as piece numbers in one array."""

from __future__ import annotations

import numpy as np

from training.ragged import Ragged, join


def _lists(ragged: Ragged) -> list[list[int]]:
    return [part.tolist() for part in np.split(ragged.flat, ragged.offsets[1:-1])]


ROWS = Ragged.of([[1, 2, 3], [], [4], [5, 6]])


def test_of_and_length() -> None:
    assert len(ROWS) == 4
    assert _lists(ROWS) == [[1, 2, 3], [], [4], [5, 6]]
    assert len(Ragged.of([])) == 0


def test_take_in_any_order_and_cut() -> None:
    assert _lists(ROWS.take(np.asarray([3, 0, 0, 1]), most=2)) == [[5, 6], [1, 2], [1, 2], []]


def test_keep() -> None:
    assert _lists(ROWS.keep(ROWS.flat % 2 == 0)) == [[2], [], [4], [6]]


def test_replace() -> None:
    table = Ragged.of([[7], [8, 9], []])
    assert _lists(ROWS.replace(table, np.asarray([0, 1, 2, 0, 1, 2]))) == [[7, 8, 9], [], [7], [8, 9]]


def test_append() -> None:
    longer = ROWS.append(np.asarray([0]), np.asarray([1, 2, 0, 1]), np.random.default_rng(0))
    assert _lists(longer) == [[1, 2, 3, 0], [0, 0], [4], [5, 6, 0]]


def test_join() -> None:
    assert _lists(join([ROWS, Ragged.of([[9]])])) == [[1, 2, 3], [], [4], [5, 6], [9]]
