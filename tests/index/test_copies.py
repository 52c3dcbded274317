"""Backup and restore, export and import: what comes back is what went out, and damage is told before it does harm."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from index.archive import Archive
from index.errors import ArchiveError, ReadError
from tests.index.storage.sample import dump, found_texts, opened, page_text


@pytest.fixture
def archive(inbox: Path, folder: Path) -> Archive:
    opened_one = opened(folder)
    opened_one.update([inbox])
    return opened_one


def test_a_copy_restored_elsewhere_is_the_archive(archive: Archive, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    archive.backup(tmp_path / "copies" / "monday.db", progress=lambda done, total: seen.append((done, total)))
    assert seen
    assert seen[-1][0] == seen[-1][1]
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["monday.db"]
    with opened(tmp_path / "other") as other:
        stats = other.restore(tmp_path / "copies" / "monday.db")
        assert stats == archive.stats()
        assert dump(tmp_path / "other") == dump(archive.folder)
        assert other.check().problems == ()
        assert found_texts(other, "工程编号为3号") == found_texts(archive, "工程编号为3号")


def test_restoring_over_an_archive_must_be_said_and_readers_follow(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    archive.backup(tmp_path / "copy.db")
    (inbox / "new.txt").write_text(page_text(60), encoding="utf-8")
    archive.update([inbox])
    running = opened(archive.folder)
    assert any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))
    with pytest.raises(ArchiveError, match="--replace"):
        archive.restore(tmp_path / "copy.db")
    archive.restore(tmp_path / "copy.db", replace=True)
    assert not any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))
    assert archive.update([inbox]).added == 1
    assert any("编号为60号" in text for text in found_texts(running, "工程编号为60号"))
    assert archive.check().problems == ()


def test_a_damaged_copy_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    archive.backup(copy)
    data = bytearray(copy.read_bytes())
    place = data.rfind("编号为3号".encode())  # earlier ones may stand in unused parts of the file
    data[place] ^= 0x01
    before = dump(archive.folder)
    for damaged in (bytes(data), bytes(data[: len(data) // 2]), b"", b"no database at all, only words " * 40):
        copy.write_bytes(damaged)
        with pytest.raises(ArchiveError, match=r"copy\.db"):
            archive.restore(copy, replace=True)
        assert dump(archive.folder) == before
    with pytest.raises(ArchiveError, match="no such file"):
        archive.restore(tmp_path / "nothing.db", replace=True)


def test_a_copy_made_while_an_update_runs_is_one_state(inbox: Path, folder: Path, tmp_path: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        for number in range(100, 130):
            (inbox / f"{number}.txt").write_text(page_text(number), encoding="utf-8")
        thread = threading.Thread(target=lambda: opened(folder).update([inbox]))
        thread.start()
        copies: list[Path] = []
        while thread.is_alive():
            copies.append(tmp_path / f"{len(copies)}.db")
            archive.backup(copies[-1])
        thread.join()
    for number, copy in enumerate(copies[:4]):
        with opened(tmp_path / f"restored-{number}") as restored:
            restored.restore(copy)
            assert restored.check().problems == ()
            assert restored.update([inbox]).skipped == ()
            assert restored.stats().sources == 36


def test_what_is_exported_comes_back_without_loss(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "archive.jsonl"
    archive.export(file)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {"format": "wenbao archive 1", "sources": 6}
    assert lines[-1] == {"end": 6}
    with opened(tmp_path / "other") as other:
        report = other.take_export(file)
        assert (report.added, report.unchanged, report.skipped) == (6, 0, ())
        assert dump(tmp_path / "other") == dump(archive.folder)
        assert found_texts(other, "工程编号为3号") == found_texts(archive, "工程编号为3号")
        other.export(tmp_path / "again.jsonl")
        assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()
        assert other.take_export(file).unchanged == 6


def test_an_export_that_is_cut_or_altered_is_told_by_line(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "archive.jsonl"
    archive.export(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    cases = {
        r":1: this is no export": ["{}", *lines[1:]],
        r":3: this line is not JSON": [*lines[:2], lines[2][:40]],
        r":6: the export ends before its last line, after 5": lines[:6],
        r":4: this line is no source of an archive": [*lines[:3], '{"source":"x","content":"y","issues":[{}]}', *lines[4:]],
        r":7: 5 sources stand here": [*lines[:3], *lines[4:]],
    }
    for number, (message, altered) in enumerate(cases.items()):
        file.write_text("\n".join(altered), encoding="utf-8")
        with opened(tmp_path / f"other{number}") as other, pytest.raises(ReadError, match=message):
            other.take_export(file)


def test_a_source_that_says_something_else_here_is_left_alone(archive: Archive, inbox: Path, tmp_path: Path) -> None:
    archive.export(tmp_path / "archive.jsonl")
    path = next(iter(sorted(inbox.iterdir())))
    path.write_text(page_text(77), encoding="utf-8")
    archive.update([inbox])
    report = archive.take_export(tmp_path / "archive.jsonl")
    assert (report.added, report.unchanged) == (0, 5)
    assert [item.reason for item in report.skipped] == ["the archive holds this source with other content; remove it first"]
