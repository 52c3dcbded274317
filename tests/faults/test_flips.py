"""A flipped bit or a lost half of any file: noticed, named, and never an answer from damaged data or a traceback."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import WenbaoError
from index.schema import CheckReport, Hit
from index.storage.database import FILE
from tests.index.storage.sample import HashEncoder, dump, terms, write_pages

ENCODER = HashEncoder()
SEED = 7
FLIPS = 60


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("flips")
    write_pages(home / "inbox", range(8))
    with Archive.open(home / "archive", encoder=ENCODER) as archive:
        archive.update([home / "inbox"])
    return home / "archive"


def flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def hits(archive: Archive) -> list[list[Hit]]:
    vector = ENCODER.encode_questions(["工程编号为3号"])[0]
    return [archive.search_lexical(terms("工程编号为3号"), limit=9), archive.search_dense(vector, limit=9)]


def test_every_flip_in_derived_files_is_found_and_mended(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with Archive.open(whole, encoder=ENCODER) as archive:
        expected = hits(archive)
    names = sorted(path.relative_to(whole) for path in (whole / "derived").rglob("*") if path.is_file() and path.stat().st_size)
    assert len(names) > 8
    for number, name in enumerate(names * 2):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        if number < len(names):
            flip(folder / name, chance)
        else:
            with (folder / name).open("r+b") as file:
                file.truncate(chance.randrange((folder / name).stat().st_size))
        with Archive.open(folder, encoder=ENCODER) as archive:
            assert not archive.check().ok, name
            assert hits(archive) == expected, name
            assert archive.check().ok, name


def test_flips_in_the_truth_are_found_or_harmless(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    expected = dump(whole)
    found = 0
    for number in range(FLIPS):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        flip(folder / FILE, chance)
        ok = outcome(folder, Archive.check) == str(CheckReport(True, ()))
        for use in (hits, Archive.stats, everything):
            assert "\n" not in outcome(folder, use)
        if ok:
            assert dump(folder) == expected
        found += not ok
    assert found > FLIPS // 6  # most of a small database is free space


@pytest.mark.parametrize("use", [Archive.check, Archive.stats, hits])
def test_a_database_cut_short_is_told_in_one_line(whole: Path, tmp_path: Path, use: Callable[[Archive], object]) -> None:
    chance = random.Random(SEED)
    size = (whole / FILE).stat().st_size
    for number in range(8):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        with (folder / FILE).open("r+b") as file:
            file.truncate(chance.randrange(1, size))
        assert "\n" not in outcome(folder, use)
        if use is Archive.check:
            assert outcome(folder, use) != str(CheckReport(True, ()))


def everything(archive: Archive) -> int:
    """Read every record there is."""
    with archive.view() as view:
        articles = [article for issue in view.issues() for article in view.articles(issue.id)]
        passages = [passage for article in articles for passage in view.article_passages(article.id)]
        return len(passages) + len(view.sample(3))


def outcome(folder: Path, use: Callable[[Archive], object]) -> str:
    try:
        with Archive.open(folder, encoder=ENCODER) as archive:
            return str(use(archive))
    except WenbaoError as error:
        return str(error)
