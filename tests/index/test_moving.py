from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.archive import Archive
from index.cli import app
from index.errors import ArchiveError, ArchiveMissing
from index.moving import copy_archive
from tests.index.storage.sample import ENCODER, HashEncoder, both_legs, dump, opened, page_text


def test_a_copy_holds_the_same_and_answers_alike(inbox: Path, folder: Path, tmp_path: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        expected = both_legs(archive, "工程历时几个月")
    report = copy_archive(folder, tmp_path / "copy")
    assert (report.copied, report.unchanged, report.removed, report.stats.passages) == (6, 0, 0, 30)
    assert dump(tmp_path / "copy") == dump(folder)
    with opened(tmp_path / "copy") as copy:
        assert both_legs(copy, "工程历时几个月") == expected
        assert copy.check().ok
        assert copy.update([inbox]).unchanged == 6


def test_a_copy_that_was_broken_off_goes_on(inbox: Path, folder: Path, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int, name: str) -> None:
        assert total == 12
        if done == 4:
            raise Stopped

    with opened(folder) as archive:
        archive.update([inbox])
    with pytest.raises(Stopped):
        copy_archive(folder, tmp_path / "copy", progress=stop)
    report = copy_archive(folder, tmp_path / "copy")
    assert (report.copied, report.unchanged) == (2, 4)
    assert dump(tmp_path / "copy") == dump(folder)


def test_what_changed_is_copied_again_and_what_went_is_pruned_only_when_asked(inbox: Path, folder: Path, tmp_path: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        copy_archive(folder, tmp_path / "copy")
        (inbox / "page0002.txt").write_text(page_text(60), encoding="utf-8")
        (inbox / "page0003.txt").unlink()
        archive.update([inbox], prune=True)
    with pytest.raises(ArchiveError, match=r"1 sources are held that the other archive lacks \(.*page0003.txt\)"):
        copy_archive(folder, tmp_path / "copy")
    report = copy_archive(folder, tmp_path / "copy", prune=True)
    assert (report.copied, report.unchanged, report.removed) == (1, 4, 1)
    assert dump(tmp_path / "copy") == dump(folder)


def test_a_copy_of_nothing_onto_itself_or_over_another_model_is_refused(inbox: Path, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        copy_archive(folder, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    with pytest.raises(ArchiveError, match="onto itself"):
        copy_archive(folder, str(folder))
    with opened(folder) as archive, Archive.open(tmp_path / "copy", encoder=HashEncoder(salt="x")) as other:
        archive.update([inbox])
        other.update([inbox / "page0001.txt"])
    with pytest.raises(ArchiveError, match="its model were made otherwise"):
        copy_archive(folder, tmp_path / "copy")


def test_a_copy_that_differs_is_told(inbox: Path, folder: Path, tmp_path: Path) -> None:
    import apsw

    with opened(folder) as archive:
        archive.update([inbox])
    copy_archive(folder, tmp_path / "copy")
    database = apsw.Connection(str(tmp_path / "copy" / "archive.db"))
    database.execute("UPDATE passages SET text = replace(text, '工程', '工种') WHERE text LIKE '%编号为1号%'")
    database.close()
    with pytest.raises(ArchiveError, match=r"1 sources are not as in .*page0001.txt"):
        copy_archive(folder, tmp_path / "copy")


def test_the_command_copies_and_reports(inbox: Path, folder: Path, tmp_path: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
    run = CliRunner().invoke(app, ["copy", str(folder), str(tmp_path / "copy")])
    assert run.output.strip() == "6 copied; both hold 6 sources, 12 articles, 30 passages"
    run = CliRunner().invoke(app, ["copy", str(folder), str(tmp_path / "copy"), "--json"])
    assert json.loads(run.output)["unchanged"] == 6
    run = CliRunner().invoke(app, ["copy", str(tmp_path / "none"), str(tmp_path / "other")])
    assert run.exit_code == 1
    assert run.output.startswith("error: ")


@pytest.mark.slow
def test_there_and_back_over_milvus_changes_nothing(inbox: Path, folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pymilvus")
    other = page_text(5).replace("编号为5号", "编号为五号")
    (inbox / "second.txt").write_text(other, encoding="utf-8")  # a page that shares its name with another
    place = f"milvus-lite://{tmp_path / 'copy.db'}"
    with opened(folder) as archive:
        archive.update([inbox])
        archive.export(tmp_path / "one.jsonl")
    assert copy_archive(folder, place).copied == 7
    assert copy_archive(folder, place).unchanged == 7
    assert copy_archive(place, tmp_path / "back").copied == 7
    assert dump(tmp_path / "back") == dump(folder)
    with opened(tmp_path / "back") as back, Archive.open(place, encoder=ENCODER) as milvus:
        back.export(tmp_path / "two.jsonl")
        assert milvus.check().problems == ()
        assert back.check().ok
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
