"""Pages of one name: called by what they say, whatever order they came in, and plainly again once they are alone."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from index.archive import Archive
from index.storage.naming import Namesake, plain_name, settled
from tests.index.storage.sample import dump, opened, page_text, write_pages

NAME = "chenguangribao-2021-01-06-p1"


def versions() -> dict[str, str]:
    """Return three pages that print the same paper, date and page number."""
    text = page_text(5)
    return {name: text.replace("编号为5号", f"编号为{name}号") for name in ("甲", "乙", "丙")}


def ids(archive: Archive) -> list[str]:
    with archive.view() as view:
        return [issue.id for issue in view.issues()]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=lambda order: "".join(map(str, order)))
def test_ids_do_not_depend_on_the_order_of_arrival(order: tuple[int, ...], tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    paths = {name: inbox / f"{name}.txt" for name in versions()}
    for name, text in versions().items():
        paths[name].write_text(text, encoding="utf-8")
    with opened(tmp_path / "all") as together:
        together.update([inbox])
    with opened(tmp_path / "grown") as grown:
        for number in order:
            grown.update([list(paths.values())[number]])
        assert dump(grown.folder) == dump(together.folder)
        assert len(set(ids(grown))) == 3
        assert {plain_name(id, id[-6:]) for id in ids(grown)} == {NAME}
        assert grown.check().problems == ()
        grown.remove([str(paths["甲"]), str(paths["丙"])])
        assert ids(grown) == [NAME]
        assert grown.check().problems == ()
        with grown.view() as view:
            passages = view.article_passages(f"{NAME}-a01")
        assert any("编号为乙号" in passage.text for passage in passages)
        assert {(passage.issue_id, passage.article_id) for passage in passages} == {(NAME, f"{NAME}-a01")}


def test_what_is_called_otherwise_is_still_found_by_both_legs(tmp_path: Path) -> None:
    write_pages(tmp_path / "in", [5])
    with opened(tmp_path / "archive") as archive:
        archive.update([tmp_path / "in"])
        vector = archive.encoder.encode_questions(["工程编号"])[0]
        with archive.view() as before:
            held = {hit.passage_id for hit in before.search_dense(vector, limit=50)}
            (tmp_path / "in" / "second.txt").write_text(versions()["甲"], encoding="utf-8")
            archive.update([tmp_path / "in"])
            assert {hit.passage_id for hit in before.search_dense(vector, limit=50)} == held
            assert set(before.passages(held)) == held
        with archive.view() as after:
            found = {hit.passage_id for hit in after.search_dense(vector, limit=50)}
            assert set(after.passages(found)) == found
            assert len(found) == 2 * len(held)
            assert not found & held


def test_one_file_may_hold_a_page_twice(tmp_path: Path) -> None:
    pages = [Namesake(None, "p-1", "abcdef01", "same", place) for place in (1, 0)]
    assert list(settled("p-1", pages).values()) == ["p-1-abcdef", "p-1-abcdef-2"]
    assert settled("p-1", pages)[pages[1]] == "p-1-abcdef"


def test_a_page_whose_content_is_not_known_keeps_its_id() -> None:
    old, new = Namesake(1, "p-1", None, "x", 1), Namesake(None, "p-1", "abcdef01", "y", 0)
    assert settled("p-1", [old, new]) == {old: "p-1", new: "p-1-abcdef"}
    taken = Namesake(2, "p-1-abcdef", None, "x", 2)
    assert settled("p-1", [old, taken, new])[new] == "p-1-abcdef-2"
    assert plain_name("p-1-abcdef-2", "abcdef01") == "p-1"
    assert plain_name("p-1-abcdef-2", None) == "p-1-abcdef-2"
