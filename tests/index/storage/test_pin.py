"""A pinned state: what is begun beside it, threads that share it, and what of it is remembered while a question lasts."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import ArchiveDamaged
from index.schema import Filter, Term, Vectors
from index.storage.database import FILE
from index.storage.dense import leg
from index.storage.lexical import Lexical
from index.storage.reader import Reader
from index.storage.snapshot import Snapshot
from tests.index.storage.test_derived import ENCODER, put, texts


def test_what_was_begun_ends_before_the_snapshot_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leg, "EXACT_UP_TO", 10)
    put(tmp_path, {f"s{number}": texts(number) for number in range(1, 8)})
    reader = Reader(tmp_path)
    pin = reader.pin()
    order: list[str] = []
    stored = type(pin.snapshot).stored

    def slow(snapshot: Snapshot, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
        time.sleep(0.1)
        found = stored(snapshot, rows)
        order.append("read")
        return found

    end = type(pin.snapshot).end

    def noted(snapshot: Snapshot) -> None:
        order.append("ended")
        end(snapshot)

    monkeypatch.setattr(type(pin.snapshot), "stored", slow)
    monkeypatch.setattr(type(pin.snapshot), "end", noted)
    [vector] = ENCODER.encode_questions(["第3号"])
    pin.foresee_dense(vector, limit=5, filter=Filter())
    pin.release()
    assert order == ["read", "ended"]


def test_threads_take_turns_at_one_snapshot(tmp_path: Path) -> None:
    put(tmp_path, {f"s{number}": texts(number) for number in range(1, 8)})
    pin = Reader(tmp_path).pin()
    rows = pin.snapshot.rows()
    expected = pin.snapshot.stored(rows)[1], pin.snapshot.ids(rows.tolist())

    def read(_: int) -> bool:
        same = [
            np.array_equal(pin.snapshot.stored(rows)[1], expected[0]) and pin.snapshot.ids(rows.tolist()) == expected[1]
            for _ in range(50)
        ]
        return all(same)

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(read, range(4)))
    pin.release()


def test_counts_are_asked_of_the_index_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {f"s{number}": texts(number) for number in range(1, 8)})
    pin = Reader(tmp_path).pin()
    terms = [Term("第", "grams"), Term("号", "grams"), Term("第", "grams"), Term("无此", "grams")]
    asked: list[Term] = []
    count = type(pin.legs.lexical).document_frequency

    def noted(lexical: Lexical, new: Sequence[Term]) -> list[int]:
        asked.extend(new)
        return count(lexical, new)

    monkeypatch.setattr(type(pin.legs.lexical), "document_frequency", noted)
    first = pin.document_frequency(terms)
    assert first == count(pin.legs.lexical, terms)
    assert pin.document_frequency(terms[:2]) == first[:2]
    assert asked == terms
    assert pin.search_lexical(terms, limit=5, filter=Filter()) == Reader(tmp_path).pin().search_lexical(
        terms, limit=5, filter=Filter()
    )
    pin.release()


@pytest.mark.parametrize("harm", ["x''", "substr(vector, 3)", "NULL", "vector || vector"])
def test_vectors_of_another_length_are_damage(tmp_path: Path, harm: str) -> None:
    put(tmp_path, {f"s{number}": texts(number) for number in range(1, 4)})
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA ignore_check_constraints = on")
        if harm == "NULL":
            connection.execute("PRAGMA writable_schema = on")
            connection.execute(
                "UPDATE sqlite_schema SET sql = replace(sql, 'vector BLOB NOT NULL', 'vector BLOB') WHERE name = 'features'"
            )
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(f"UPDATE features SET vector = {harm} WHERE row = 2")
    snapshot, release = Reader(tmp_path).snapshot()
    with pytest.raises(ArchiveDamaged, match="a record is damaged"):
        snapshot.stored(np.arange(1, 9))
    assert len(snapshot.stored(np.array([1, 3, 99]))[0]) == 2
    assert snapshot.stored(np.array([99]))[1].shape == (0, ENCODER.dimensions)
    release()
