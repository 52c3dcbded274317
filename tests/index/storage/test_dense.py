from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.schema import Vectors
from index.storage.dense import Dense
from index.storage.lexical import LegDamaged


def vectors(count: int, seed: int = 0, dimensions: int = 24) -> Vectors:
    made = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def index(rows: np.ndarray[tuple[int], np.dtype[np.int64]], stored: Vectors) -> Dense:
    dense = Dense.create(stored.shape[1])
    dense.add(rows, stored)
    return dense


def brute_force(rows: np.ndarray[tuple[int], np.dtype[np.int64]], stored: Vectors, question: Vectors, limit: int) -> list[int]:
    return [int(row) for row in rows[np.argsort(-(stored @ question))][:limit]]


ROWS = np.arange(1, 501, dtype=np.int64) * 3
STORED = vectors(500)


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_what_numpy_finds(seed: int) -> None:
    question = vectors(1, seed + 100)[0]
    hits = index(ROWS, STORED).search(question, limit=20, allowed=None)
    assert [row for row, _ in hits] == brute_force(ROWS, STORED, question, 20)
    assert [score for _, score in hits] == pytest.approx(sorted(STORED @ question, reverse=True)[:20], abs=1e-5)


def test_only_allowed_rows_are_ranked() -> None:
    question, allowed = vectors(1, 7)[0], ROWS[40:90]
    hits = index(ROWS, STORED).search(question, limit=60, allowed=allowed)
    assert [row for row, _ in hits] == brute_force(allowed, STORED[40:90], question, 60)
    assert index(ROWS, STORED).search(question, limit=5, allowed=ROWS[:0]) == []


def test_removed_rows_are_never_found_again() -> None:
    dense = index(ROWS, STORED)
    dense.remove([(3, 30), (600, 600), (4_000, 9_000), (0, -1)])
    left = ~np.isin(ROWS, [*range(3, 31), 600])
    question = STORED[0]
    assert [row for row, _ in dense.search(question, limit=500, allowed=None)] == brute_force(
        ROWS[left], STORED[left], question, 500
    )
    assert np.array_equal(dense.rows(), ROWS[left])


def test_a_saved_index_is_the_same(tmp_path: Path) -> None:
    dense = index(ROWS, STORED)
    dense.save(tmp_path / "甲.faiss")
    again = Dense.open(tmp_path / "甲.faiss")
    question = vectors(1, 3)[0]
    assert again.search(question, limit=9, allowed=None) == dense.search(question, limit=9, allowed=None)
    assert again.holds(ROWS, STORED)
    assert not again.holds(ROWS, -STORED)
    assert not again.holds(ROWS[1:], STORED[1:])


def test_a_torn_file_is_reported_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "torn.faiss"
    index(ROWS, STORED).save(path)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(LegDamaged):
        Dense.open(path)


def test_an_empty_index_finds_nothing() -> None:
    assert Dense.create(24).search(STORED[0], limit=5, allowed=None) == []
