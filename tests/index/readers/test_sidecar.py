"""Sidecars and front matter: what they say, how they rank, how faults in them are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ReadError
from index.parsing import parse_page
from index.readers import find_sources, read_file

TEXT = "清河日报\n2023年3月16日\n\n河水清了\n\n本报讯（记者 方同）河水清了，人在河里能看到小田螺。\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_folder_and_file_sidecar_rank_above_print_and_name(tmp_path: Path) -> None:
    write(tmp_path / "issue.yaml", "paper: 清河晚报\nissue_number: 7\nregion:\n  county: 清河县\naliases: [清晚, 晚报]\n")
    write(tmp_path / "20230317_03版.yaml", "date: 2023-3-18\nsource_url: https://example.org/a\n")
    [page] = read_file(write(tmp_path / "20230317_03版.txt", TEXT)).pages
    issue = parse_page(page)
    assert (issue.newspaper, issue.date, issue.issue_number, issue.page) == ("清河晚报", "2023-03-18", 7, "3")
    assert issue.metadata["date_conflict"] == ["2023-03-18", "2023-03-16", "2023-03-17"]
    assert issue.metadata["newspaper_conflict"] == ["清河晚报", "清河日报"]
    assert issue.metadata["region"] == {"county": "清河县"}
    assert issue.metadata["aliases"] == ["清晚", "晚报"]
    found, skipped = find_sources([tmp_path])
    assert ([path.name for path in found], skipped) == (["20230317_03版.txt"], [])


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ("date: [unclosed", "is no YAML"),
        ("- a list", "is no list of facts"),
        ("date: someday", "date is not understood: someday"),
        ("papr: 清河日报", "unknown: papr; known are newspaper"),
        ("a: " + "[" * 20_000, "is nested too deeply|is no YAML"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\naliases: [*c, *c]", "unknown"),
    ],
)
def test_a_faulty_sidecar_is_told_and_the_page_is_read(tmp_path: Path, sidecar: str, reason: str) -> None:
    write(tmp_path / "issue.yaml", sidecar)
    reading = read_file(write(tmp_path / "a.txt", TEXT))
    assert reading.pages[0].text == TEXT
    [*_, last] = reading.skipped
    assert last.source.endswith("issue.yaml")
    assert reason.split("|")[0] in last.reason or reason.split("|")[-1] in last.reason
    assert len(str(reading.pages[0].metadata)) < 2000


def test_front_matter_keeps_line_numbers(tmp_path: Path) -> None:
    [page] = read_file(
        write(tmp_path / "a.md", "---\npaper: 清河日报\ndate: 2023-03-16\n---\n河水清了\n\n河水清了，鱼多了。\n")
    ).pages
    assert page.metadata == {"newspaper": "清河日报", "date": "2023-03-16"}
    assert page.text.split("\n")[4] == "河水清了"


def test_rules_around_text_are_no_front_matter(tmp_path: Path) -> None:
    text = "---\n河水清了：鱼多了。\n---\n河水清了，鱼多了。\n"
    [page] = read_file(write(tmp_path / "a.md", text)).pages
    assert page.text == text


def test_sidecar_given_by_itself(tmp_path: Path) -> None:
    sidecar = write(tmp_path / "issue.yaml", "paper: 清河日报")
    assert "holds facts about other files" in find_sources([sidecar])[1][0].reason
    with pytest.raises(ReadError, match="holds facts about other files"):
        read_file(sidecar)
