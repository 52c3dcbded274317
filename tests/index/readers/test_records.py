"""Records: aliases, nesting, our own export, what is reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import ReadError
from index.parsing import issue_to_dict, parse_page
from index.readers import read_file
from index.readers.facts import read_date, read_page
from index.schema import Page


def write(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def test_chinese_field_names_and_a_list(tmp_path: Path) -> None:
    record = {
        "报名": "清河日报",
        "日期": "2023年3月16日",
        "版次": "第02版",
        "标题": "河水清了",
        "作者": ["方同", "田一天"],
        "正文": "河水清了。\n鱼也多了。",
    }
    [page] = read_file(write(tmp_path / "a.json", [record])).pages
    issue = parse_page(page)
    assert (issue.newspaper, issue.date, issue.page) == ("清河日报", "2023-03-16", "2")
    assert issue.articles[0].headline == "河水清了"
    assert issue.articles[0].authors == ("方同", "田一天")


def test_page_record_with_articles_inside(tmp_path: Path) -> None:
    record = {
        "lccn": {"title": "The evening star. [volume]"},
        "edition": {"date": "1926-05-04"},
        "page_number": "p3",
        "full articles": [
            {"headline": "One", "article": "First text here."},
            {"headline": "Two", "article": "Second text here."},
        ],
    }
    [page] = read_file(write(tmp_path / "a.json", record)).pages
    issue = parse_page(page)
    assert (issue.newspaper, issue.date, issue.page) == ("The evening star", "1926-05-04", "3")
    assert [article.headline for article in issue.articles] == ["One", "Two"]


def test_what_parse_prints_can_be_read_again(tmp_path: Path) -> None:
    page = Page(
        "x",
        "清河日报\n2023年3月16日\n\n河水清了\n\n本报讯（记者 方同）河水清了，人在河里能看到小田螺。\n\n县里说，天天有人看河。",
    )
    first = parse_page(page)
    exported = write(tmp_path / "export.json", {"issues": [issue_to_dict(first)]})
    [again] = [parse_page(page) for page in read_file(exported).pages]
    assert (again.newspaper, again.date) == (first.newspaper, first.date) == ("清河日报", "2023-03-16")
    assert [(a.headline, a.authors, [p.text for p in a.paragraphs]) for a in again.articles] == [
        (a.headline, a.authors, [p.text for p in a.paragraphs]) for a in first.articles
    ]


def test_json_lines_under_the_name_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    [page] = read_file(path).pages
    assert [article.paragraphs[0].text for article in parse_page(page).articles] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": "cut', "is no JSON"),
        ("[]", "holds no article"),
        ("42", "holds no article.*is no record: 42"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply|is no JSON"),
        ('{"headline": "alone"}', "holds no article"),
    ],
)
def test_refusals_are_one_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=reason) as caught:
        read_file(path)
    assert "\n" not in str(caught.value)


def test_facts_are_understood_or_none() -> None:
    dates = [
        "2021-06-08",
        "2021/6/8",
        "20210608",
        "2021年6月8日",
        "二〇二一年六月八日",
        "June 8, 2021",
        "8 June 2021",
        "2021-06-08T00:00:00",
    ]
    assert {read_date(date) for date in dates} == {"2021-06-08"}
    assert [read_date(date) for date in ("2021-13-01", "June", "", "20210230", "2021")] == [None] * 5
    assert [read_page(page) for page in ("p3", "第01版", "A02", "三", "12", "Page 7", "两页")] == [
        "3",
        "1",
        "A2",
        "3",
        "12",
        "7",
        None,
    ]
