"""Fixtures for all tests: an archive built once from the seed pages, and an assistant over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from qa.assistant import Assistant

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="session")
def seed_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the two seed pages, made by the embedded model. Do not write to it."""
    folder = tmp_path_factory.mktemp("seeds") / "archive"
    with Archive.open(folder) as archive:
        archive.update([SEEDS])
    return folder


@pytest.fixture(scope="session")
def assistant(seed_archive: Path) -> Iterator[Assistant]:
    """An assistant over the seed pages."""
    with Assistant.open(seed_archive) as opened:
        yield opened
