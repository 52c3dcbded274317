"""What must hold for any text: nothing is lost, nothing breaks, and the form of the file does not matter."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ParseError
from index.parsing import issue_to_dict, parse_page
from index.readers.decoding import decode
from index.schema import Issue, Page

ROOT = Path(__file__).resolve().parents[3]
SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
PIECES = [
    *("本报讯", "（记者 张三）", "(下转二版)", "（上接第一版）", "## ", "# ", "2021年6月8日", "星期二", "总第1345期", "今日4版"),
    *("清河日报", "清河讯 6月4日，", "责编:张三", "By JOHN SMITH", "The quick brown fox", "——副题", "△图", "一、提高", "**粗**"),
    *("图为花 李四 摄", "会议指出", "，", "。", "：", "“", "”", "（", "）", "\n", "\n\n", "\n\u3000\u3000", " ", "此致", "---"),
    *("网址: <http://a.b.cn>", "![a](b)", "|a|b|"),
]
anything = st.text(st.characters(codec=None), max_size=120)
letters = st.text("要闻记者报讯年月日版。，\n \u3000ABc1２", max_size=6)
newsprint = st.lists(st.sampled_from(PIECES) | letters, max_size=40).map("".join)


def shuffled(lines: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(lines), max_size=30).map("\n".join)


seed_lines = shuffled([line for seed in SEEDS for line in seed.split("\n")])


def lands_once(issue: Issue, text: str) -> None:
    used = Counter(number for article in issue.articles for number in article.lines)
    used.update(each.line for each in issue.furniture)
    used.update(each.line for each in issue.unassigned)
    assert used == Counter(number for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def consistent(issue: Issue, text: str) -> None:
    lines = text.split("\n")
    for article in issue.articles:
        assert [paragraph.number for paragraph in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))
        for paragraph in article.paragraphs:
            assert set(paragraph.lines) <= set(article.lines)
            assert len(paragraph.joins) == len(paragraph.lines) - 1
            printed = "".join(lines[number - 1] for number in paragraph.lines)
            # Only white space, heading marks and the hyphen of a line's end may differ from print.
            assert Counter(filter(str.isalnum, paragraph.text)) == Counter(filter(str.isalnum, printed))


@settings(max_examples=150, deadline=None)
@given(anything | newsprint | seed_lines)
def test_any_text_lands_somewhere_exactly_once(text: str) -> None:
    try:
        issue = parse_page(Page("x", text))
    except ParseError:
        assert not text.strip()
        return
    lands_once(issue, text)
    consistent(issue, text)
    json.dumps(issue_to_dict(issue))


def articles(text: str) -> list[tuple[str | None, str | None, tuple[str, ...], tuple[str, ...]]]:
    issue = parse_page(Page("x", text))
    return [
        (article.headline, article.kicker, article.authors, tuple(paragraph.text for paragraph in article.paragraphs))
        for article in issue.articles
    ]


@pytest.mark.parametrize("text", SEEDS, ids=["000", "003"])
def test_encoding_and_line_ends_do_not_matter(text: str) -> None:
    for data in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        text.encode("utf-8-sig"),
        text.encode("gb18030"),
        text.encode("utf-16"),
    ):
        assert articles(decode(data, "x")) == articles(text)


@pytest.mark.parametrize("text", SEEDS, ids=["000", "003"])
def test_empty_lines_at_the_ends_and_spaces_do_not_matter(text: str) -> None:
    assert articles("\n\n\n" + text + "\n\n") == articles(text)
    assert articles("\n".join(line + "  " for line in text.split("\n"))) == articles(text)
    assert articles(text.replace("\n", "\n\n")) == articles(text)


@pytest.mark.parametrize("text", SEEDS, ids=["000", "003"])
def test_full_width_brackets_do_not_matter(text: str) -> None:
    wide = text.replace("(", "（").replace(")", "）")
    assert [(a[2], len(a[3])) for a in articles(wide)] == [(a[2], len(a[3])) for a in articles(text)]
    assert [a[0] for a in articles(wide)] == [a[0] and a[0].replace("(", "（").replace(")", "）") for a in articles(text)]


@pytest.mark.parametrize("blank", ["", " \n", "\n\n\t\n"])
def test_a_page_without_text_is_a_parse_error(blank: str) -> None:
    with pytest.raises(ParseError, match="no text"):
        parse_page(Page("x", blank))
