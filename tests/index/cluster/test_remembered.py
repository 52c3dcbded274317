from __future__ import annotations

import os
import stat
from pathlib import Path

import numpy as np
import pytest

from index.cluster.remembered import Remembered
from index.errors import ClusterError
from index.preparing import Prepared, prepare
from index.schema import Skipped
from tests.index.storage.sample import page_text


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    (tmp_path / "page.txt").write_text(page_text(1), encoding="utf-8")
    return prepare(tmp_path / "page.txt")


def test_what_was_made_is_there_again_until_it_is_dropped(prepared: Prepared, tmp_path: Path) -> None:
    file = tmp_path / "cache" / "seen.sqlite"
    with Remembered(file) as memory:
        assert memory.seen("a") is None
        assert memory.made("a") is None
        memory.remember("a", prepared)
    with Remembered(file) as memory:
        assert memory.made("a") == prepared
        memory.drop(["a", "unknown"])
        assert memory.made("a") is None
        seen = memory.seen("a")
    assert seen == Prepared(prepared.content)


def test_what_was_skipped_and_vectors_stay_with_it(tmp_path: Path) -> None:
    skipped = (Skipped("a.zip/b.txt", "is empty; there is nothing to read"),)
    with Remembered(tmp_path / "seen.sqlite") as memory:
        memory.remember("a", Prepared("key", words={"x": "x"}, skipped=skipped, vectors=np.ones((1, 4), np.float32)))
        made, seen = memory.made("a"), memory.seen("a")
    assert made is not None
    assert made.vectors is not None
    assert made.vectors.tolist() == [[1, 1, 1, 1]]
    assert seen == Prepared("key", skipped=skipped)


@pytest.mark.skipif(os.name == "nt", reason="no permissions of this kind")
def test_nobody_else_may_write_it(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "seen.sqlite"
    with Remembered(file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_file_that_is_no_cache_is_told(tmp_path: Path) -> None:
    file = tmp_path / "seen.sqlite"
    file.write_bytes(b"no database" * 1000)
    with pytest.raises(ClusterError, match=r"seen\.sqlite: cannot be used .*; delete it, it is only a cache"), Remembered(file):
        pass
    assert file.exists()
