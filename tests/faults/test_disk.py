"""A disk that is full or cannot be written: one clear line, the archive as it was, answers all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import ArchiveError
from tests.index.storage.sample import HashEncoder, dump, terms, write_pages

ROOT = Path(__file__).resolve().parents[2]
ENCODER = HashEncoder()

_LIMITED = """
import resource, signal, sys
from pathlib import Path
from index.archive import Archive
from index.errors import WenbaoError
from index.text import words
from tests.index.storage.sample import HashEncoder
words("预热")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    Archive.open(sys.argv[1], encoder=HashEncoder()).update([Path(sys.argv[2])])
except WenbaoError as error:
    print(error)
    sys.exit(1)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on the size of files")
@pytest.mark.parametrize("limit", [0, 5_000, 60_000, 150_000])
def test_no_file_can_grow(tmp_path: Path, limit: int) -> None:
    inbox, folder = tmp_path / "inbox", tmp_path / "archive"
    write_pages(inbox, range(8))
    with Archive.open(folder, encoder=ENCODER) as archive:
        archive.update([inbox])
        found = archive.search_lexical(terms("编号为3号"), limit=5)
    write_pages(inbox, range(8, 60))
    command = [sys.executable, "-c", _LIMITED, str(folder), str(inbox), str(limit)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stderr
    assert len(result.stdout.splitlines()) == 1
    assert "Traceback" not in result.stderr
    with Archive.open(folder, encoder=ENCODER) as archive:
        assert archive.check().problems == ()
        assert archive.search_lexical(terms("编号为3号"), limit=1)[0].passage_id == found[0].passage_id
        archive.update([inbox])
        assert archive.stats().sources == 60
        assert archive.check().ok


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes; only the super-user of a Linux machine can have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=8m", "none", disk], capture_output=True, check=False).returncode
    ):
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_told_in_one_line_and_costs_nothing(small_disk: Path, tmp_path: Path) -> None:
    write_pages(tmp_path / "inbox", range(10))
    folder = small_disk / "archive"
    with Archive.open(folder, encoder=ENCODER) as archive:
        archive.update([tmp_path / "inbox"])
        before = dump(folder)
        filler = small_disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(small_disk).free // 4096 * 4096))
        write_pages(tmp_path / "inbox", range(10, 120))
        with pytest.raises(ArchiveError, match="the disk is full"):
            archive.update([tmp_path / "inbox"])
        assert archive.check().problems == ()
        held = dump(folder)
        assert set(before["passages"]) <= set(held["passages"])
        assert archive.search_lexical(terms("编号为3号"), limit=5)
        filler.unlink()
    write_pages(tmp_path / "few", range(10, 20))
    with Archive.open(folder, encoder=ENCODER) as archive:
        archive.update([tmp_path / "few"])
        assert archive.stats().sources >= 20
        assert archive.check().ok


def test_a_read_only_disk_still_answers(small_disk: Path, tmp_path: Path) -> None:
    write_pages(tmp_path / "inbox", range(10))
    folder = small_disk / "archive"
    with Archive.open(folder, encoder=ENCODER) as archive:
        archive.update([tmp_path / "inbox"])
        expected = archive.search_lexical(terms("编号为3号"), limit=5)
    bare = small_disk / "bare"
    shutil.copytree(folder, bare, ignore=shutil.ignore_patterns("derived", "*-wal", "*-shm"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for place in (folder, bare):
        with Archive.open(place, encoder=ENCODER) as archive:
            assert archive.search_lexical(terms("编号为3号"), limit=5) == expected
            with archive.view() as view:
                assert len(view.search_dense(ENCODER.encode_questions(["工程"])[0], limit=1000)) == view.size
            assert archive.check().ok
            with pytest.raises(ArchiveError, match=r"(?i)read-?only"):
                archive.update([tmp_path / "inbox"])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only the super-user can become somebody else")
def test_somebody_without_the_right_to_write_can_ask(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "archive"
        write_pages(tmp_path / "inbox", range(10))
        with Archive.open(folder, encoder=ENCODER) as archive:
            archive.update([tmp_path / "inbox"])
        for path in (Path(home), *Path(home).rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        code = f"""
import os, sys
from index.archive import Archive
from index.text import words
from tests.index.storage.sample import HashEncoder, terms
words("预热")
from index.storage import reader
os.setgid(65534); os.setuid(65534)
with Archive.open({str(folder)!r}, encoder=HashEncoder()) as archive:
    print(len(archive.search_lexical(terms("编号为3号"), limit=3)), archive.stats().sources, archive.check().ok)
"""
        result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (result.stdout, result.stderr) == ("3 10 True\n", "")
