"""Killed at any moment of an update, an archive opens, is whole, and a rerun completes it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.archive import Archive
from index.storage import database
from tests.index.storage.sample import HashEncoder, dump, page_text, terms, write_pages

ROOT = Path(__file__).resolve().parents[2]
SEED = 20210608
STEPS = 8
MOMENTS = 12

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows"),
]


def updater(folder: Path, inbox: Path, step: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.updater", str(folder), str(inbox), str(step)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Case:
    """An archive of ten pages, an inbox in which pages were added, changed and deleted, and what both must become."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.inbox, self.before, self.after = home / "inbox", home / "before", home / "after"
        write_pages(self.inbox, range(10))
        with Archive.open(self.before, encoder=HashEncoder()) as archive:
            archive.update([self.inbox])
        write_pages(self.inbox, range(10, 16))
        for number in (1, 4):
            (self.inbox / f"page{number:04d}.txt").write_text(page_text(number + 50), encoding="utf-8")
        for number in (2, 7):
            (self.inbox / f"page{number:04d}.txt").unlink()
        shutil.copytree(self.before, self.after)
        start = time.monotonic()
        process = updater(self.after, self.inbox)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        ready = time.monotonic()
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        self.steps, self.seconds = int(output.split()[-1]), time.monotonic() - ready
        assert start < ready
        self.expected = dump(self.after)
        self.contents = {row[0] for row in dump(self.before)["sources"]} | {row[0] for row in self.expected["sources"]}

    def copy(self, name: str) -> Path:
        shutil.copytree(self.before, self.home / name)
        return self.home / name

    def examine(self, folder: Path) -> None:
        """Assert that a killed archive is whole and a rerun completes it."""
        with Archive.open(folder, encoder=HashEncoder()) as archive:
            assert archive.check().problems == ()
            with archive.view() as view:
                hits = view.search_lexical(terms("工程编号"), limit=1000)
                passages = view.passages([hit.passage_id for hit in hits])
                assert len(passages) == len(hits)
                vector = HashEncoder().encode_questions(["工程编号"])[0]
                assert len(view.search_dense(vector, limit=1000)) == view.size
            assert {row[0] for row in dump(folder)["sources"]} <= self.contents
            archive.update([self.inbox], prune=True)
            assert archive.check().problems == ()
        assert dump(folder) == self.expected
        leftover = {path.name for path in folder.iterdir()} - {
            database.FILE,
            f"{database.FILE}-wal",
            f"{database.FILE}-shm",
            "derived",
            "writer.lock",
            "writer.json",
        }
        assert not leftover
        assert len([path for path in (folder / "derived").iterdir() if path.is_dir()]) <= 2


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(tmp_path_factory.mktemp("kill"))


def chosen_steps() -> list[float]:
    """Return places between 0 and 1, spread over the whole update."""
    chance = random.Random(SEED)
    return [(slot + chance.random()) / STEPS for slot in range(STEPS)]


@pytest.mark.parametrize("place", chosen_steps(), ids=lambda place: f"{place:.3f}")
def test_killed_before_any_step(case: Case, place: float) -> None:
    step = 1 + int(place * case.steps)
    folder = case.copy(f"step{step}")
    process = updater(folder, case.inbox, step)
    process.communicate(timeout=120)
    assert process.returncode == -9
    case.examine(folder)


def test_killed_from_outside_at_random_moments(case: Case) -> None:
    chance = random.Random(SEED)
    killed = 0
    for number in range(MOMENTS):
        folder = case.copy(f"moment{number}")
        process = updater(folder, case.inbox)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.random() * case.seconds)
        process.kill()
        process.communicate(timeout=120)
        killed += process.returncode == -9
        case.examine(folder)
    assert killed >= MOMENTS // 2, f"only {killed} of {MOMENTS} updates were hit (seed {SEED})"


def test_killed_while_the_first_archive_is_made(case: Case) -> None:
    """Until the first source is in there may be no archive; after it, a whole one."""
    for step in (3, 6, 9, 14, 40):
        folder = case.home / f"first{step}"
        process = updater(folder, case.inbox, step)
        process.communicate(timeout=120)
        assert process.returncode == -9
        with Archive.open(folder, encoder=HashEncoder()) as archive:
            archive.update([case.inbox], prune=True)
            assert archive.check().problems == ()
        assert dump(folder) == case.expected
