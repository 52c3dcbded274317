from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import ArchiveError, ParseError, ReadError
from index.schema import Page, Skipped, Vectors
from tests.index.storage.sample import HashEncoder, both_legs, dump, found_texts, opened, page_text, write_pages


def test_updating_twice_changes_nothing(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        before, derived = dump(folder), (folder / "derived" / "manifest.json").read_bytes()
        report = archive.update([inbox])
        assert (report.added, report.replaced, report.unchanged, report.sequence) == (0, 0, 6, 6)
        assert archive.stats().sequence == 6
    assert dump(folder) == before
    assert (folder / "derived" / "manifest.json").read_bytes() == derived


def test_a_new_encoding_or_date_of_a_file_changes_nothing(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        path = inbox / "page0001.txt"
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030"))
        os.utime(inbox / "page0002.txt", (0, 0))
        assert archive.update([inbox]).unchanged == 6


def test_moving_the_folder_changes_no_id(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        before = dump(folder)
        inbox.rename(inbox.with_name("elsewhere"))
        report = archive.update([inbox.with_name("elsewhere")], prune=True)
        assert (report.unchanged, report.removed, report.sequence) == (6, 0, 6)
        with archive.view() as view:
            assert {Path(issue.source).parent.name for issue in view.issues()} == {"elsewhere"}
    assert dump(folder) == before


def test_the_folder_one_stands_in_makes_no_difference(inbox: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        monkeypatch.chdir(inbox.parent)
        assert archive.update(["inbox"]).unchanged == 6
        monkeypatch.chdir(inbox)
        assert archive.update([Path("page0000.txt")]).unchanged == 1
        assert archive.remove(["page0000.txt"]).removed == 1


def test_a_changed_file_replaces_what_it_said(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        assert any("编号为3号" in text for text in found_texts(archive, "工程编号为3号"))
        (inbox / "page0003.txt").write_text(page_text(77), encoding="utf-8")
        report = archive.update([inbox])
        assert (report.added, report.replaced, report.unchanged) == (0, 1, 5)
        texts = found_texts(archive, "工程编号为3号")
        assert not any("编号为3号" in text for text in texts)
        assert any("编号为77号" in text for text in found_texts(archive, "工程编号为77号"))
        assert archive.check().ok


class Counting(HashEncoder):
    """Keeps in ``SEEN`` what it encodes."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        SEEN.extend(texts)
        return super().encode_passages(texts)


SEEN: list[str] = []


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_only_what_changed_in_a_file_is_encoded_again(inbox: Path, folder: Path) -> None:
    with opened(folder, Counting()) as archive:
        archive.update([inbox])
        SEEN.clear()
        edited(inbox / "page0003.txt", "编号为3号", "编号为三号")
        archive.update([inbox])
    assert len(SEEN) == 1
    assert "编号为三号" in SEEN[0]


def test_a_new_headline_encodes_its_article_and_no_other(inbox: Path, folder: Path) -> None:
    with opened(folder, Counting()) as archive:
        archive.update([inbox])
        before = {row[0]: row for row in dump(folder)["passages"]}
        SEEN.clear()
        edited(inbox / "page0003.txt", "# ", "# 图文：")
        archive.update([inbox])
        after = {row[0]: row for row in dump(folder)["passages"]}
    assert before.keys() == after.keys()
    changed = {id.rpartition("-s")[0] for id in after if after[id] != before[id]}
    assert len(changed) == 1
    assert len(SEEN) == sum(id.startswith(tuple(changed)) for id in after) < len([id for id in after if "01-04" in id])


@pytest.mark.parametrize("how", ["renamed", "touched", "encoded otherwise", "moved", "copied", "line ends"])
def test_what_says_the_same_keeps_its_ids_and_is_not_encoded_again(how: str, inbox: Path, folder: Path) -> None:
    with opened(folder, Counting()) as archive:
        archive.update([inbox])
        before, sequence = dump(folder), archive.stats().sequence
        SEEN.clear()
        path = inbox / "page0003.txt"
        data = path.read_bytes()
        if how == "renamed":
            path.rename(inbox / "第三页.txt")
        elif how == "touched":
            os.utime(path, (1, 1))
        elif how == "encoded otherwise":
            path.write_bytes(data.decode("utf-8").encode("utf-16"))
        elif how == "moved":
            (inbox / "2021").mkdir()
            path.rename(inbox / "2021" / path.name)
        elif how == "copied":
            (inbox / "copy.txt").write_bytes(data)
        else:
            path.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
        report = archive.update([inbox], prune=True)
        assert (report.added, report.replaced, report.removed) == (0, 0, 0)
        assert archive.stats().sequence == sequence
        assert archive.check().ok
    assert SEEN == []
    assert dump(folder) == before


def test_removed_sources_are_found_by_neither_leg(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        (inbox / "page0003.txt").unlink()
        assert archive.update([inbox]).removed == 0
        assert any("编号为3号" in text for text in found_texts(archive, "工程编号为3号"))
        report = archive.update([inbox], prune=True)
        assert (report.removed, report.unchanged) == (1, 5)
        assert not any("编号为3号" in text for text in found_texts(archive, "工程编号为3号"))

        report = archive.remove([str(inbox / "page0004.txt")])
        assert (report.removed, report.unchanged, report.sequence) == (1, 4, 8)
        assert not any("编号为4号" in text for text in found_texts(archive, "工程编号为4号"))
        assert archive.check().ok
        assert archive.remove([str(inbox)]).removed == 4
        assert archive.stats().passages == 0
        assert both_legs(archive, "工程") == [[], []]


def test_pruning_touches_only_the_folders_given(inbox: Path, folder: Path, tmp_path: Path) -> None:
    write_pages(tmp_path / "inbox-2", [10, 11])
    with opened(folder) as archive:
        archive.update([inbox, tmp_path / "inbox-2"])
        shutil.rmtree(tmp_path / "inbox-2")
        assert archive.update([inbox], prune=True).removed == 0


def test_an_unknown_source_is_refused_and_nothing_removed(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive:
        archive.update([inbox])
        with pytest.raises(ArchiveError, match="no such source"):
            archive.remove([str(inbox / "page0001.txt"), "nothing.txt"])
        assert archive.stats().sources == 6


def test_files_that_cannot_be_read_are_reported_and_the_rest_is_taken(inbox: Path, folder: Path) -> None:
    (inbox / "photo.txt").write_bytes(bytes(range(256)) * 40)
    with opened(folder) as archive:
        report = archive.update([inbox])
        assert report.added == 6
        assert [(Path(item.source).name, item.line) for item in report.skipped] == [("photo.txt", None)]
        assert report.skipped[0].reason


def test_only_unreadable_files_make_no_archive(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "photo.txt").write_bytes(bytes(range(256)) * 40)
    with opened(folder) as archive:
        assert len(archive.update([tmp_path / "photo.txt"]).skipped) == 1
    assert not folder.exists()


def test_a_missing_path_stops_before_anything_is_done(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive, pytest.raises(ReadError, match="does not exist"):
        archive.update([inbox, inbox / "nothing"])
    assert not folder.exists()


def test_a_page_that_upsets_the_parser_keeps_no_other_out(inbox: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.parsing import source
    from index.parsing.page import parse_page

    def upset(page: Page, **_: bool):  # type: ignore[no-untyped-def]
        if "编号为2号" in page.text:
            raise ZeroDivisionError("a rule went wrong")
        if "编号为3号" in page.text:
            raise ParseError(page.source, "no rule fits")
        return parse_page(page)

    monkeypatch.setattr(source, "parse_page", upset)
    with opened(folder) as archive:
        report = archive.update([inbox])
        assert report.added == 4
        assert {(Path(item.source).name, item.reason) for item in report.skipped} == {
            ("page0002.txt", "could not be taken in (ZeroDivisionError: a rule went wrong)"),
            ("page0003.txt", "no rule fits"),
        }
        monkeypatch.undo()
        assert archive.update([inbox]).added == 2


def test_two_pages_of_one_name_both_stay(tmp_path: Path, folder: Path) -> None:
    write_pages(tmp_path / "in", [5])
    other = page_text(5).replace("编号为5号", "编号为五号")
    (tmp_path / "in" / "second.txt").write_text(other, encoding="utf-8")
    with opened(folder) as archive:
        assert archive.update([tmp_path / "in"]).added == 2
        with archive.view() as view:
            ids = sorted(issue.id for issue in view.issues())
            assert [id.rpartition("-")[0] for id in ids] == ["chenguangribao-2021-01-06-p1"] * 2
            texts = {passage.text for id in ids for article in view.articles(id) for passage in view.article_passages(article.id)}
        assert any("编号为五号" in text for text in texts)
        assert any("编号为5号" in text for text in texts)
        (tmp_path / "in" / "second.txt").write_text(other + "\n\n新添的一段文字，说明后来的事情。", encoding="utf-8")
        assert archive.update([tmp_path / "in"]).replaced == 1
        with archive.view() as view:
            assert len(view.issues()) == 2


def test_one_by_one_equals_all_at_once(tmp_path: Path) -> None:
    write_pages(tmp_path / "in", range(12))
    with opened(tmp_path / "grown") as grown, opened(tmp_path / "fresh") as fresh:
        for path in sorted((tmp_path / "in").iterdir()):
            grown.update([path])
        fresh.update([tmp_path / "in"])
        for question in ("图书馆建成开放", "工程历时几个月", "负责人王建国", "编号为7号"):
            for one, other in zip(both_legs(grown, question), both_legs(fresh, question), strict=True):
                assert [hit.passage_id for hit in one] == [hit.passage_id for hit in other]
                assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], abs=1e-4)
    assert dump(tmp_path / "grown") == dump(tmp_path / "fresh")


def test_progress_counts_to_the_end(inbox: Path, folder: Path) -> None:
    calls: list[tuple[int, int, str]] = []
    with opened(folder) as archive:
        archive.update([inbox], progress=lambda done, total, source: calls.append((done, total, source)))
    assert [(done, total) for done, total, _ in calls] == [(n, 6) for n in range(7)]


def test_lines_of_no_article_are_reported(inbox: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from index.parsing import source
    from index.parsing.page import parse_page
    from index.schema import Line

    stray = (Line(9, "来历不明的一行"),)
    monkeypatch.setattr(source, "parse_page", lambda page, **_: replace(parse_page(page), unassigned=stray))
    with opened(folder) as archive:
        report = archive.update([inbox / "page0001.txt"])
    assert report.skipped == (Skipped(str(inbox / "page0001.txt"), "belongs to no article: 来历不明的一行", 9),)
