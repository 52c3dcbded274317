"""An archive of invented newspapers and an assistant over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from qa.assistant import Assistant
from tests.qa.news.pages import write


@pytest.fixture(scope="session")
def news_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of 16 pages of three papers, made by the embedded model. Do not write to it."""
    folder = tmp_path_factory.mktemp("news")
    with Archive.open(folder / "archive") as archive:
        archive.update([write(folder / "pages")])
    return folder / "archive"


@pytest.fixture(scope="session")
def reporter(news_archive: Path) -> Iterator[Assistant]:
    """An assistant over the invented newspapers."""
    with Assistant.open(news_archive) as opened:
        yield opened
