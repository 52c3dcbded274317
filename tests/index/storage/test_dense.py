from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.schema import Vectors
from index.storage.dense import Compact, Dense, Exact, Rows, compact, create, leg, open_leg, suits
from index.storage.lexical import LegDamaged
from index.storage.passing import Passing

KINDS = [Exact, Compact]


def vectors(count: int, seed: int = 0, dimensions: int = 24) -> Vectors:
    made = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made.astype(np.float16), dtype=np.float32)


ROWS = np.arange(1, 501, dtype=np.int64) * 3
STORED = vectors(500)


class Truth:
    """Vectors by row, as the archive stores them."""

    def __init__(self, rows: Rows = ROWS, stored: Vectors = STORED) -> None:
        self._rows, self._stored = rows, stored

    def __call__(self, rows: Rows) -> tuple[Rows, Vectors]:
        here = np.isin(self._rows, rows)
        return self._rows[here], self._stored[here]


def index(kind: type[Exact] | type[Compact], rows: Rows = ROWS, stored: Vectors = STORED) -> Dense:
    dense = kind.create(stored.shape[1])
    dense.add(rows, stored)
    return dense


def brute_force(rows: Rows, stored: Vectors, question: Vectors, limit: int) -> list[int]:
    return [int(row) for row in rows[np.argsort(-(stored @ question))][:limit]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_it_finds_what_numpy_finds(kind: type[Exact] | type[Compact], seed: int) -> None:
    question = vectors(1, seed + 100)[0]
    hits = index(kind).search(question, limit=20, allowed=None, stored=Truth())
    assert [row for row, _ in hits] == brute_force(ROWS, STORED, question, 20)
    assert [score for _, score in hits] == pytest.approx(sorted(STORED @ question, reverse=True)[:20], abs=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_only_allowed_rows_are_ranked(kind: type[Exact] | type[Compact]) -> None:
    question, allowed = vectors(1, 7)[0], ROWS[40:90]
    hits = index(kind).search(question, limit=60, allowed=Passing.of(allowed), stored=Truth())
    assert [row for row, _ in hits] == brute_force(allowed, STORED[40:90], question, 60)
    assert index(kind).search(question, limit=5, allowed=Passing.of(ROWS[:0]), stored=Truth()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_removed_rows_are_never_found_again(kind: type[Exact] | type[Compact]) -> None:
    dense = index(kind)
    dense.remove([(3, 30), (600, 600), (4_000, 9_000), (0, -1)])
    left = ~np.isin(ROWS, [*range(3, 31), 600])
    question = STORED[0]
    found = dense.search(question, limit=500, allowed=None, stored=Truth())
    assert [row for row, _ in found] == brute_force(ROWS[left], STORED[left], question, 500)
    assert np.array_equal(dense.rows(), ROWS[left])
    assert dense.holds(ROWS[left], STORED[left])


@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_index_is_the_same(kind: type[Exact] | type[Compact], tmp_path: Path) -> None:
    dense = index(kind)
    dense.save(tmp_path / "甲.faiss")
    again = open_leg(tmp_path / "甲.faiss")
    question = vectors(1, 3)[0]
    assert type(again) is kind
    assert (again.size, again.dimensions) == (500, 24)
    found = again.search(question, limit=9, allowed=None, stored=Truth())
    assert found == dense.search(question, limit=9, allowed=None, stored=Truth())
    assert again.holds(ROWS, STORED)
    assert not again.holds(ROWS, -STORED)
    again.add(np.array([9_000]), STORED[:1])
    assert again.rows()[-1] == 9_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_torn_file_is_reported_as_damaged(kind: type[Exact] | type[Compact], tmp_path: Path) -> None:
    path = tmp_path / "torn.faiss"
    index(kind).save(path)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(LegDamaged):
        open_leg(path)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_index_finds_nothing(kind: type[Exact] | type[Compact]) -> None:
    assert kind.create(24).search(STORED[0], limit=5, allowed=None, stored=Truth()) == []


@pytest.mark.parametrize("dimensions", [1, 7, 64])
def test_any_number_of_dimensions_has_codes(dimensions: int) -> None:
    stored = vectors(500, 5, dimensions)
    dense = index(Compact, ROWS, stored)
    hits = dense.search(stored[4], limit=3, allowed=None, stored=Truth(ROWS, stored))
    assert hits[0][1] == pytest.approx(float((stored @ stored[4]).max()), abs=1e-5)


def test_codes_miss_hardly_any_of_the_ten_nearest_among_many() -> None:
    rows = np.arange(1, 30_001, dtype=np.int64)
    topics = vectors(300, 1, 128)
    spread = np.random.default_rng(2).integers(0, 300, 30_000)
    mixed = topics[spread] + 1.2 * vectors(30_000, 3, 128)
    stored = np.asarray((mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float16), dtype=np.float32)
    dense = index(Compact, rows, stored)
    kept = 0
    for question in vectors(40, 4, 128):
        found = dense.search(question, limit=10, allowed=None, stored=Truth(rows, stored))
        kept += len({row for row, _ in found} & set(brute_force(rows, stored, question, 10)))
    assert kept >= 0.99 * 400
    allowed = rows[::3]
    found = dense.search(stored[5], limit=10, allowed=Passing.of(allowed), stored=Truth(rows, stored))
    assert {row for row, _ in found} <= set(allowed.tolist())


def test_rows_gone_from_the_truth_are_not_found() -> None:
    hits = index(Compact).search(STORED[0], limit=5, allowed=None, stored=Truth(ROWS[1:], STORED[1:]))
    assert ROWS[0] not in [row for row, _ in hits]


def test_codes_do_not_depend_on_the_way_they_were_added() -> None:
    one, other = index(Compact), index(Compact, ROWS[250:], STORED[250:])
    other.add(ROWS[:250], STORED[:250])
    question = vectors(1, 9)[0]
    found = [dense.search(question, limit=50, allowed=None, stored=Truth()) for dense in (one, other)]
    assert found[0] == found[1]


def test_a_vector_half_way_between_two_points_may_have_either_code() -> None:
    """The last bits of a rotated vector depend on how many are rotated at once: an archive that grew is none the worse."""
    dense = Compact.create(24)
    points = compact._codebook() / np.sqrt(np.float32(24))
    near = points[np.argsort(((points - points[0]) ** 2).sum(axis=1))[1]]
    rotated = np.zeros((2, 24), dtype=np.float32)
    rotated[:, :2] = (points[0] + near) / 2 + np.array([[1e-7], [-1e-7]]) * (near - points[0]) / np.linalg.norm(near - points[0])
    one, other = dense._index.chain.at(0).reverse_transform(rotated).reshape(2, 1, 24)
    dense.add(ROWS[:1], one)
    codes = [dense._codes.pq.compute_codes(half.reshape(1, -1)) for half in rotated]
    assert not np.array_equal(*codes)
    assert dense.holds(ROWS[:1], one) and dense.holds(ROWS[:1], other)


@pytest.mark.parametrize("kind", KINDS)
def test_other_vectors_are_told_from_those_held(kind: type[Exact] | type[Compact]) -> None:
    dense = index(kind)
    assert dense.holds(ROWS, STORED) and dense.holds(ROWS[40:90], STORED[40:90])
    for off in (0.2, 1.0):  # less may leave every code as it is
        changed = STORED.copy()
        changed[7] += np.float32(off) * STORED[8]
        assert not dense.holds(ROWS, changed)


def test_the_size_of_an_archive_decides_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leg, "EXACT_UP_TO", 100)
    assert isinstance(create(8, 100), Exact)
    assert isinstance(create(8, 101), Compact)
    assert suits(create(8, 101), 5_000)
    assert not suits(create(8, 101), 5)
