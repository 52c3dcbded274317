"""Files and folders: nothing hangs, nothing outside is followed, nothing disappears without a word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.errors import ReadError
from index.readers import files, find_sources, read_source

TEXT = "标题在这里\n\n正文第一段，说的是一件事。\n"


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_read_source_gives_one_page_with_facts_of_its_name(tmp_path: Path) -> None:
    [page] = read_source(write(tmp_path / "清河日报_2020-01-02_03版.txt"))
    assert page.text == TEXT
    assert page.metadata == {"file_name": {"newspaper": "清河日报", "date": "2020-01-02", "page": "3"}}
    [page] = read_source(write(tmp_path / "plain.MD"))
    assert page.metadata == {}


def test_find_sources_sorts_and_reports(tmp_path: Path) -> None:
    wanted = [write(tmp_path / "a" / "1.txt"), write(tmp_path / "a" / "b" / "2.md"), write(tmp_path / "c.text")]
    write(tmp_path / "README.md")
    write(tmp_path / ".hidden.txt")
    write(tmp_path / ".git" / "x.txt")
    picture = write(tmp_path / "scan.gif")
    found, skipped = find_sources([tmp_path, wanted[0]])
    assert found == sorted(wanted)
    assert [each.source for each in skipped] == [str(picture)]
    assert "is a picture" in skipped[0].reason


def test_missing_path(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not exist"):
        find_sources([tmp_path / "nowhere"])
    with pytest.raises(ReadError, match="does not exist"):
        read_source(tmp_path / "nowhere.txt")


def test_unknown_kind_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"kind \.xyz"):
        read_source(write(tmp_path / "a.xyz"))
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    with pytest.raises(ReadError):
        read_source(folder)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    with pytest.raises(ReadError, match="larger than"):
        read_source(write(tmp_path / "a.txt"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFO on this system")
def test_fifo_does_not_hang(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    with pytest.raises(ReadError, match="not a regular file"):
        read_source(fifo)
    found, skipped = find_sources([tmp_path])
    assert found == []
    assert [each.reason for each in skipped] == ["is not a regular file"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside" / "secret.txt")
    inbox = tmp_path / "inbox"
    own = write(inbox / "own.txt")
    (inbox / "link.txt").symlink_to(secret)
    (inbox / "folder").symlink_to(tmp_path / "outside")
    (inbox / "loop.txt").symlink_to(inbox / "loop.txt")
    found, skipped = find_sources([inbox])
    assert found == [own]
    assert len(skipped) == 3
    for link in ("link.txt", "loop.txt"):
        with pytest.raises(ReadError):
            read_source(inbox / link)
