"""Passages: verbatim, complete, with stable names."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.parsing import parse_page
from index.passages import LONGEST, content_hash, issue_id, parts, split
from index.readers import read_source
from index.schema import CONTINUATION_MISSING, JOINED, PAGE_INFERRED, Issue, Page, Passage

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))


def read(path: Path) -> tuple[Issue, str]:
    [page] = read_source(path)
    issue = parse_page(page)
    return issue, issue_id(issue, content_hash(page.text))


def passages_of(issue: Issue, name: str) -> list[Passage]:
    return [passage for _, passages in split(issue, name) for passage in passages]


def test_names_of_the_seed_pages() -> None:
    assert [read(path)[1] for path in SEEDS] == ["page-5ed1a011", "dongchangfuxun-2021-06-08-p1"]


def test_names_of_other_pages() -> None:
    def name(text: str) -> str:
        return issue_id(parse_page(Page("x", text)), "0123456789abcdef")

    assert name("人民日报 2021年6月8日 第A02版\n\n标题\n\n正文，在这里。") == "renminribao-2021-06-08-pa2"
    assert name("人民日报 2021年6月8日\n\n标题\n\n正文，在这里。") == "renminribao-2021-06-08-01234567"
    assert name("2021年6月8日 星期二\n\n标题\n\n正文，在这里。") == "page-01234567"
    assert name("THE RIVERTON HERALD\nJune 8, 2021  Page 3\n\nTitle Here\n\nText.") == "therivertonherald-2021-06-08-p3"


def test_ids_articles_and_paragraphs() -> None:
    issue, name = read(SEEDS[1])
    articles = split(issue, name)
    assert [article_id for article_id, _ in articles] == [f"{name}-a{number:02d}" for number in range(9)]
    masthead = articles[0][1][0]
    assert masthead.kind == "masthead"
    assert masthead.text.split("\n")[:3] == ["东昌府讯", "责编/版式:李念辉 校对:全兴社", "2021年6月8日"]
    assert "dcsx2005@sina.com" in masthead.text
    assert masthead.context == "东昌府讯"
    assert masthead.flags == (PAGE_INFERRED,)
    second = articles[2][1]
    assert [passage.id for passage in second] == [f"{name}-a02-s{number:02d}" for number in range(1, 5)]
    assert [passage.paragraph for passage in second] == [1, 2, 3, 4]
    assert second[0].context == "数字驱动 智建未来 第六届中国智能建筑节在我区成功举办"


def test_flags_travel_to_the_passage() -> None:
    issue, name = read(SEEDS[1])
    joined = next(passage for passage in passages_of(issue, name) if "认清我们面临" in passage.text)
    assert set(joined.flags) == {JOINED, CONTINUATION_MISSING, PAGE_INFERRED}


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_paragraph_and_caption_is_a_passage(path: Path) -> None:
    issue, name = read(path)
    passages = passages_of(issue, name)
    for number, article in enumerate(issue.articles, start=1):
        own = [passage for passage in passages if passage.article_id == f"{name}-a{number:02d}"]
        for paragraph in article.paragraphs:
            assert "".join(passage.text for passage in own if passage.paragraph == paragraph.number) == paragraph.text
        assert [passage.text for passage in own if passage.kind == "caption"] == [caption.text for caption in article.captions]
    assert len({passage.id for passage in passages}) == len(passages)


def test_subhead_is_context() -> None:
    issue, name = read(SEEDS[0])
    passage = next(passage for passage in passages_of(issue, name) if passage.text.startswith("这个项目落户聊城"))
    assert passage.context.endswith("赋能助力聊城高质量发展 资源整合 打造全生态链产业平台")


def test_long_paragraphs_are_cut_between_sentences_into_even_parts() -> None:
    text = "一二三四五六七八九。" * 130
    spans = parts(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(text[end - 1] == "。" for _, end in spans)
    assert max(end - start for start, end in spans) <= LONGEST
    assert min(end - start for start, end in spans) >= LONGEST // 2


@given(st.text("一二三。，；？”a. \n", max_size=2500))
def test_parts_lose_nothing_but_space(text: str) -> None:
    spans = parts(text)
    assert all(0 < end - start <= LONGEST for start, end in spans) or not text
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_same_text_same_hash() -> None:
    assert content_hash("一\n二") == content_hash("一\n二")
    assert content_hash("一\n二") != content_hash("一二")
    assert len(content_hash("\ud800")) == 64
