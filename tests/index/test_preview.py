from __future__ import annotations

from pathlib import Path

from index.preview import PagePreview, preview

PAGE = "北河晚报\n2024年3月5日 星期二 第2版\n渡口大桥通车\n本报讯（记者 林远舟）3月4日，渡口大桥正式通车，全长1260米。\n"


def test_a_page_is_told_as_it_would_be_taken_in(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    seen = preview(tmp_path / "page.txt")
    assert seen.pages == (PagePreview("北河晚报", "2024-03-05", None, "2", 1, "渡口大桥通车"),)
    assert seen.skipped == ()


def test_what_is_not_printed_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("渡口大桥正式通车，全长1260米，双向六车道，设计时速80公里。\n", encoding="utf-8")
    (page,) = preview(tmp_path / "a.txt").pages
    assert (page.newspaper, page.date, page.issue_number, page.page) == (None, None, None, None)


def test_what_cannot_be_read_is_told_and_not_raised(tmp_path: Path) -> None:
    for name, content in (("a.exe", b"MZ"), ("b.txt", b""), ("c.txt", b"\x00\x01\x02"), ("d.jsonl", b'{"text": "\xe5')):
        (tmp_path / name).write_bytes(content)
        seen = preview(tmp_path / name)
        assert seen.pages == ()
        assert [item.source for item in seen.skipped] == [str(tmp_path / name)]


def test_a_damaged_line_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    good = '{"newspaper": "北河晚报", "date": "2024-03-05", "headline": "通车", "text": "渡口大桥正式通车。"}\n'
    (tmp_path / "a.jsonl").write_text(good + "{broken\n" + good.replace("通车", "开工"), encoding="utf-8")
    seen = preview(tmp_path / "a.jsonl")
    assert len(seen.pages) >= 1
    assert [item.line for item in seen.skipped] == [2]
