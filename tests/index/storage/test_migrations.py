"""Archives of earlier formats, kept as they were made: read as they are, moved on by the first update, none of a later one."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest

from index.errors import ArchiveError
from index.storage.database import FILE
from index.storage.migrations import FORMAT
from tests.index.storage.sample import both_legs, dump, opened, page_text

FORMATS = Path(__file__).parent / "formats"
FIRST = FORMATS / "format-1.db"
REPRINT = "wanxiaribao-2021-01-02-p1-a01-s01"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return put(FIRST, tmp_path / "old")


def put(copy: Path, folder: Path) -> Path:
    folder.mkdir()
    shutil.copyfile(copy, folder / FILE)
    return folder


def version(folder: Path) -> int:
    connection = apsw.Connection(str(folder / FILE))
    try:
        return int(connection.execute("PRAGMA user_version").get)
    finally:
        connection.close()


def without_hashes(folder: Path) -> dict[str, object]:
    held = dump(folder)
    return {**held, "issues": [row[:-1] for row in held["issues"]]}


def test_the_first_format_is_read_as_it_is(old: Path) -> None:
    before = dump(old)
    with opened(old) as archive:
        assert archive.check().problems == ()
        assert len(both_legs(archive, "工程编号为1号")[0]) == 10
        with archive.view() as view:
            passages = [p.id for issue in view.issues() for a in view.articles(issue.id) for p in view.article_passages(a.id)]
            assert len(passages) > 10
            assert view.printings(passages) == {}
    assert version(old) == 1
    assert dump(old) == before


def test_the_first_update_moves_it_on_and_finds_its_reprints(old: Path, tmp_path: Path) -> None:
    before = without_hashes(old)
    (tmp_path / "new.txt").write_text(page_text(9), encoding="utf-8")
    with opened(old) as archive:
        held = archive.stats().passages
        archive.update([tmp_path / "new.txt"])
        assert archive.check().problems == ()
        with archive.view() as view:
            reprint = view.printings(["wanxiaribao-2021-01-02-p1-a01-s01", "chenguangribao-2021-01-01-p1-a01-s01"])
        assert reprint == {"wanxiaribao-2021-01-02-p1-a01-s01": ("chenguangribao-2021-01-02-p1-a01-s01",)}
        archive.remove([str(tmp_path / "new.txt")])
        assert archive.stats().passages == held
    assert version(old) == FORMAT
    assert without_hashes(old) == before


@pytest.mark.parametrize("number", range(1, FORMAT))
def test_an_archive_of_any_format_becomes_one_of_the_present(number: int, tmp_path: Path) -> None:
    folder = put(FORMATS / f"format-{number}.db", tmp_path / "old")
    assert version(folder) == number
    (tmp_path / "new.txt").write_text(page_text(9), encoding="utf-8")
    with opened(folder) as archive:
        assert archive.check().problems == ()
        assert archive.update([tmp_path / "new.txt"]).added == 1
        assert archive.check().problems == ()
        with archive.view() as view:
            assert view.printings([REPRINT]) == {REPRINT: ("chenguangribao-2021-01-02-p1-a01-s01",)}
    assert version(folder) == FORMAT
    connection = apsw.Connection(str(folder / FILE))
    connection.execute("UPDATE sources SET name = '/srv/elsewhere.txt' WHERE source = 2")
    connection.close()
    with opened(folder) as archive:
        assert "what was taken from /srv/elsewhere.txt is altered" in archive.check().problems[0]


def test_a_damaged_archive_is_no_sounder_for_being_moved_on(old: Path, tmp_path: Path) -> None:
    connection = apsw.Connection(str(old / FILE))
    connection.execute("UPDATE passages SET text = text || '。' WHERE row = 3")
    connection.close()
    (tmp_path / "new.txt").write_text(page_text(9), encoding="utf-8")
    with opened(old) as archive:
        told = archive.check().problems
        assert len(told) == 1
        archive.update([tmp_path / "new.txt"])
        assert archive.check().problems == told
    assert version(old) == FORMAT


def test_a_copy_in_the_first_format_can_be_put_back(tmp_path: Path) -> None:
    with opened(tmp_path / "new") as archive:
        assert archive.restore(FIRST).sources == 5
        assert archive.check().problems == ()


def test_an_export_of_the_first_format_can_be_taken_in(tmp_path: Path, old: Path) -> None:
    with opened(tmp_path / "new") as archive:
        assert archive.take_export(FIRST.with_suffix(".jsonl")).added == 5
        assert archive.check().problems == ()
        assert [row[0] for row in dump(archive.folder)["passages"]] == [row[0] for row in dump(old)["passages"]]


def test_a_later_format_is_refused_in_one_line(old: Path, tmp_path: Path) -> None:
    connection = apsw.Connection(str(old / FILE))
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    data = (old / FILE).read_bytes()
    (tmp_path / "new.txt").write_text(page_text(9), encoding="utf-8")
    with opened(old) as archive:
        for use in (archive.stats, archive.view, lambda: archive.update([tmp_path / "new.txt"])):
            with pytest.raises(
                ArchiveError, match=rf"has format {FORMAT + 1}, this Wenbao reads formats up to {FORMAT}; use"
            ) as told:
                use()
            assert "\n" not in str(told.value)
    assert (old / FILE).read_bytes() == data
