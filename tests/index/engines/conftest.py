"""One archive on each engine: what is promised of an archive is promised whatever keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from tests.index.storage.sample import ENCODER, write_pages


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    write_pages(tmp_path / "inbox", range(6))
    return tmp_path / "inbox"


@pytest.fixture(params=["local", "milvus"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an archive that is not made yet."""
    if request.param == "local":
        return str(tmp_path / "archive")
    pytest.importorskip("pymilvus")
    return f"milvus-lite://{tmp_path / 'archive.db'}"


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    with Archive.open(place, encoder=ENCODER) as opened:
        yield opened
