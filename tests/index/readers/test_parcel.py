"""A file packed on one machine reads as it does where it lies."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index import readers
from index.errors import ReadError
from index.readers import READERS, read_file, read_parcel, scans
from index.readers.disk import DiskFolder
from index.readers.files import read_bytes
from index.readers.parcel import pack
from index.readers.reading import File
from tests.index.storage.sample import page_text

SAMPLES = Path(__file__).parent / "samples"
SUFFIXES = sorted({path.suffix.lower() for path in SAMPLES.rglob("*")} & {*READERS, ".zip"} - {*scans.SUFFIXES})
SIDECAR = "newspaper: 清河日报\ndate: 2021-06-08\nnonsense: 1\n"


def settled(folder: Path) -> None:
    """Lay everything that may stand beside a page around ``folder/page.txt`` and ``folder/page.html``."""
    folder.mkdir(parents=True)
    (folder / "page.txt").write_text(page_text(3), encoding="utf-8")
    (folder / "page.html").write_text(
        "<html><body><div id=story><p>河水清了，人在河里能看到小田螺。</p></div></body></html>", "utf-8"
    )
    (folder / "other.txt").write_text(page_text(4), encoding="utf-8")
    (folder / "page.yaml").write_text("page: 4\n", encoding="utf-8")
    (folder / "issue.yaml").write_text(SIDECAR, encoding="utf-8")
    (folder / "page.corrections.yaml").write_text("- join: [5, 7]\n", encoding="utf-8")
    (folder / "corrections.yaml").write_text("page.txt:\n  - drop: 9\n", encoding="utf-8")
    (folder.parent / "selectors.yaml").write_text("here:\n  body: '#story'\n", encoding="utf-8")


def sample_of(suffix: str) -> Path:
    """Return the smallest sample of a kind that can be read."""
    for path in sorted(SAMPLES.rglob("*"), key=lambda path: path.stat().st_size):
        with suppress(ReadError):
            if path.suffix.lower() == suffix and read_file(path).pages:
                return path
    raise AssertionError(suffix)


def there(path: Path, *, base: Path = Path("/")) -> object:
    """Return what a machine that never saw the folder reads."""
    return read_parcel(pickle.loads(pickle.dumps(pack(path, base=base))))


@pytest.mark.parametrize("name", ["page.txt", "page.html", "other.txt"])
def test_what_stands_beside_a_file_travels_with_it(name: str, tmp_path: Path) -> None:
    settled(tmp_path / "paper" / "2021-06-08")
    path = tmp_path / "paper" / "2021-06-08" / name
    here = read_file(path)
    packed = pickle.dumps(pack(path, base=tmp_path))
    shutil.rmtree(tmp_path / "paper")
    assert read_parcel(pickle.loads(packed)) == here
    assert here.pages[0].metadata["newspaper"] == "清河日报"
    assert any("nonsense" in item.reason for item in here.skipped)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_of_file_reads_alike(suffix: str) -> None:
    path = sample_of(suffix)
    assert there(path) == read_file(path)


def test_a_relative_path_is_found_from_where_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(tmp_path / "paper")
    monkeypatch.chdir(tmp_path)
    here = read_file(Path("paper/page.html"))
    monkeypatch.chdir("/")
    assert there(Path("paper/page.html"), base=tmp_path) == here


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be read here")
def test_what_cannot_be_read_is_told_where_it_is_opened(tmp_path: Path) -> None:
    settled(tmp_path / "paper")
    (tmp_path / "paper" / "page.yaml").chmod(0)
    assert there(tmp_path / "paper" / "page.txt") == read_file(tmp_path / "paper" / "page.txt")


def test_a_file_that_is_gone_says_so() -> None:
    with pytest.raises(ReadError, match=r"^/nowhere/page\.txt: does not exist"):
        there(Path("/nowhere/page.txt"))


def test_the_digest_changes_with_all_that_is_read(tmp_path: Path) -> None:
    settled(tmp_path / "paper")
    path = tmp_path / "paper" / "page.html"
    digests = [pack(path, base=tmp_path).digest()]
    assert pack(path, base=tmp_path).digest() == digests[0]
    for name in ("paper/page.html", "paper/page.yaml", "paper/issue.yaml", "selectors.yaml"):
        (tmp_path / name).write_text("page: 7\n", encoding="utf-8")
        digests.append(pack(path, base=tmp_path).digest())
    assert len(set(digests)) == 5


@dataclass
class Watched:
    """A folder that has nothing and notes what is asked of it."""

    asked: set[str] = field(default_factory=set)
    upper: Watched | None = None

    def names(self) -> Sequence[str]:
        self.asked.add("*")
        return ()

    def has(self, name: str) -> bool:
        self.asked.add(name)
        return False

    def read(self, name: str) -> bytes:
        raise AssertionError(name)

    def above(self) -> Watched | None:
        return self.upper


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_everything_that_readers_ask_for_is_packed(suffix: str, tmp_path: Path) -> None:
    sample = sample_of(suffix)
    upper = Watched()
    folder = Watched(upper=upper)
    assert readers._read(File(str(sample), sample, read_bytes(sample), folder)).pages
    for level, asked in (
        (tmp_path / "up" / "here", folder.asked),
        (tmp_path / "up", upper.asked),
    ):
        level.mkdir(parents=True, exist_ok=True)
        for name in asked - {"*"}:
            (level / name).write_bytes(b"x")
        if "*" in asked:
            (level / "METS.xml").write_bytes(b"x")
    shutil.copy(sample, tmp_path / "up" / "here" / sample.name)
    parcel = pack(tmp_path / "up" / "here" / sample.name, base=tmp_path)
    assert folder.asked - {"*"} <= set(parcel.beside)
    assert upper.asked - {"*"} <= set(parcel.above or {})
    if "*" in folder.asked:
        assert "METS.xml" in parcel.beside
    assert DiskFolder(tmp_path).names() == []
