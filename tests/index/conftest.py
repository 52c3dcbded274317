"""An inbox of six pages and the place of an archive, for the tests of archive and update."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.storage.sample import write_pages


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    write_pages(tmp_path / "inbox", range(6))
    return tmp_path / "inbox"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"
