"""Lines that print broke: headlines on several lines, paragraphs cut inside their first clause."""

from __future__ import annotations

import pytest

from index.parsing import parse_page
from index.schema import JOINED, Page

BODY = "\n\n本报讯（记者 张三）6月4日，我市公布了有关情况，要求各级抓好落实。\n\n会议还听取了有关汇报。"


@pytest.mark.parametrize(
    ("lines", "headline", "subtitle"),
    [
        ("我市新增三家国家级\n企业技术中心\n总数达到十二家", "我市新增三家国家级 企业技术中心", "总数达到十二家"),
        ("市委常委会召开会议\n李强主持并讲话", "市委常委会召开会议", "李强主持并讲话"),
        ("响水涧水库重新开闸\n灌溉3个村的农田", "响水涧水库重新开闸", "灌溉3个村的农田"),
    ],
)
def test_headlines_on_several_lines(lines: str, headline: str, subtitle: str) -> None:
    [article] = parse_page(Page("page", lines + BODY)).articles
    assert (article.headline, article.subtitle) == (headline, subtitle)


def test_english_decks() -> None:
    text = (
        "MAYOR PRATT WINS\nRE-ELECTION BY\nTWO HUNDRED VOTES\nDoyle Concedes at Midnight\n\nBy JOHN SMITH\n\n"
        "Mayor Pratt was elected again yesterday by a margin of two hundred votes.\n\nMr. Doyle gave up at midnight."
    )
    [article] = parse_page(Page("page", text)).articles
    assert article.headline == "MAYOR PRATT WINS RE-ELECTION BY TWO HUNDRED VOTES"
    assert article.subtitle == "Doyle Concedes at Midnight"
    assert article.authors == ("John Smith",)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("市委书记孙爱军", "出席会议并讲话，要求各级各部门抓好落实。"),
        ("工程自去年三月开工", "以来，已完成投资三亿元，占总投资的六成。"),
        ("一辆白色轿车看到警灯后突然", "掉头，被守在后面的民警拦下。"),
        ("柳树湾景区的游客服务中心已经", "建成，预计国庆期间对外开放。"),
    ],
)
def test_paragraphs_cut_inside_the_first_clause(left: str, right: str) -> None:
    text = f"区委召开工作会议\n\n本报讯 6月4日，区委召开会议，研究部署下一步工作。\n\n{left}\n\n{right}\n\n会议还听取了有关汇报。"
    [article] = parse_page(Page("page", text)).articles
    assert article.paragraphs[1].text == left + right
    assert JOINED in article.paragraphs[1].flags


def test_a_heading_over_text_is_not_joined_to_it() -> None:
    for heading in ("（一）零点的路口", "■师傅领进门", "线上开张 线下分红"):
        text = (
            "手艺有了传人\n\n本报讯（记者 张三）手艺人王五收了三个徒弟，作坊又热闹起来。\n\n"
            f"{heading}\n\n就手艺来说，王五说，刻一块版要用五种刀，染色七道。"
        )
        issue = parse_page(Page("page", text))
        assert all(heading not in paragraph.text for article in issue.articles for paragraph in article.paragraphs)
