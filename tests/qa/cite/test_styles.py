"""Citations: the thirteen references of the seed pages in both editions, labels, BibTeX, RIS, unknown facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.schema import ArticleRecord, IssueRecord, Passage
from qa.assistant import Assistant
from qa.cite import Source, bibtex, cite, gbt7714, is_complete, label, ris, source_of
from qa.schema import Quote

SEED = Source(
    newspaper="东昌府讯",
    date="2021-06-08",
    issue_number=1345,
    page="1",
    page_inferred=True,
    weekday="星期二",
    year_estimate=None,
    headline="第六届中国智能建筑节在我区成功举办",
    subtitle=None,
    authors=("裴崇旭", "郭龙君"),
    first_words="",
)
PASSAGE = Passage("p", "a", "i", "paragraph", "东昌府讯 6月6日，盛会举办。近2000人参加。", "", 4, ("已拼接",))
UNKNOWN = "[报名不详]，[2019]."
KNOWN = "东昌府讯，2021-06-08（1）."
ORACLES = [
    f"孙亚飞，王兆锋，杨成涛. 赋能助力聊城高质量发展[N]. {UNKNOWN}",
    f"肖会，焦松青，刘广阔，等. 为聊城城市管理谱写新篇章[N]. {UNKNOWN}",
    f"孙亚飞，马泽磊. 扶贫政策进万家[N]. {UNKNOWN}",
    f"孙亚飞，张露. “春风行动” 助力就业扶贫[N]. {UNKNOWN}",
    f"移风易俗助力脱贫[N]. {UNKNOWN}",
    "全兴社. 一以贯之加快推进新旧动能转换 坚定走好高质量发展之路："
    f"马军权巴海峰在主会场参加会议 王振江魏雷在东昌府分会场参加收看[N]. {KNOWN}",
    f"裴崇旭，郭龙君. 第六届中国智能建筑节在我区成功举办[N]. {KNOWN}",
    f"王洪伟. 我区安排部署省级重大基础设施建设项目用地 服务监管工作[N]. {KNOWN}",
    f"裴崇旭. 聊城市侨界健身气功比赛暨全市侨界手机摄影大赛颁奖活动举行[N]. {KNOWN}",
    f"积极有为 高质高效 推进社会治理网格化服务管理工作[N]. {KNOWN}",
    f"分析原因查找差距明确方向苦干实干 高质高效推进重点项目建设[N]. {KNOWN}",
    f"郭龙君，周建报. [6月7日，一年一度的高考正式拉开帷幕][N]. {KNOWN}",
    f"数字经济驱动高质量发展：第六届中国智能建筑节在我区胜利举办的启示[N]. {KNOWN}",
]


def _bare(text: str) -> str:
    return "".join(text.split())


def _seed_articles(assistant: Assistant) -> list[tuple[ArticleRecord, IssueRecord]]:
    with assistant._archive.view() as view:
        return [(article, issue) for issue in view.issues() for article in view.articles(issue.id)]


def test_references_of_the_seed_pages_2025(assistant: Assistant) -> None:
    made = {_bare(gbt7714(source_of(article, issue))) for article, issue in _seed_articles(assistant)}
    assert {_bare(text) for text in ORACLES} <= made


def test_references_of_the_seed_pages_2015(assistant: Assistant) -> None:
    made = {_bare(gbt7714(source_of(article, issue), edition="2015")) for article, issue in _seed_articles(assistant)}
    marks = str.maketrans({"，": ",", "：": ":", "（": "(", "）": ")"})
    # Marks inside the headline stay as printed: the one clause title keeps its full-width comma.
    expected = {_bare(text).translate(marks).replace("6月7日,", "6月7日，") for text in ORACLES}
    assert expected <= made


def test_label_names_everything_a_reader_needs() -> None:
    assert label(SEED, PASSAGE) == (
        "《东昌府讯》2021年6月8日 星期二 总第1345期 第1版（推断）｜第六届中国智能建筑节在我区成功举办｜裴崇旭 郭龙君｜第4段"
    )
    assert label(SEED, PASSAGE, language="en") == (
        "东昌府讯, Tuesday 8 June 2021, no. 1345, p. 1 (inferred) | 第六届中国智能建筑节在我区成功举办 | "
        "裴崇旭 郭龙君 | paragraph 4"
    )


def test_unknown_facts_are_said_not_guessed() -> None:
    nothing = replace(SEED, newspaper=None, date=None, page=None, weekday=None, issue_number=None, page_inferred=False)
    assert label(nothing, PASSAGE).startswith("［报名不详］［日期不详］｜")
    assert gbt7714(nothing).endswith("[N]. [报名不详]，[出版日期不详].")
    assert gbt7714(replace(nothing, year_estimate=1987)).endswith("[报名不详]，[1987].")
    assert (is_complete(SEED), is_complete(nothing)) == (True, False)


def test_english_articles_keep_half_width_marks() -> None:
    english = replace(
        SEED, newspaper="Harbour News", headline="Bridge opens", authors=("A Lee", "B Ray", "C Fox", "D Orr"), page="A1"
    )
    assert gbt7714(english) == "A Lee, B Ray, C Fox, et al. Bridge opens[N]. Harbour News, 2021-06-08(A1)."


@pytest.mark.parametrize(("page", "shown"), [("1", "（1）"), ("01", "（1）"), ("A1", "（A1）"), ("2, 5-7", "（2, 5-7）")])
def test_page_numbers(page: str, shown: str) -> None:
    assert shown in gbt7714(replace(SEED, page=page))


def test_a_column_label_is_no_author() -> None:
    assert gbt7714(replace(SEED, authors=("东昌府新闻评论",))).startswith("第六届")
    assert gbt7714(replace(SEED, authors=("本报评论员",))).startswith("本报评论员. ")


def test_cite_takes_the_quote_out_of_the_passage() -> None:
    citation = cite(1, Quote("p", 14, 23, 0.5, ((15, 20),)), PASSAGE, SEED)
    assert citation.passage_text[citation.start : citation.end] == citation.quote
    assert citation.flags == ("已拼接",)


def test_bibtex_escapes_and_leaves_out_what_is_unknown() -> None:
    entry = bibtex(replace(SEED, headline="A & B {50%} \\ #1", date=None), key="东昌府讯 2021/06")
    assert entry.startswith("@article{-")
    assert r"A \& B \{50\%\} \textbackslash{} \#1" in entry
    assert "date = " not in entry
    assert "note = {incomplete: date unknown; page inferred}" in entry
    assert "entrysubtype = {newspaper}" in entry


def test_ris_is_one_record_with_crlf() -> None:
    record = ris(SEED)
    assert record.startswith("TY  - NEWS\r\nAU  - 裴崇旭\r\nAU  - 郭龙君\r\n")
    assert "DA  - 2021/06/08\r\n" in record
    assert record.endswith("ER  - \r\n")
