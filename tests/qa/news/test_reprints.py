"""Reprints are put together, recurring items are not, differing figures are pointed out."""

from __future__ import annotations

import pytest

from index.schema import Filter, IssueRecord, Passage
from qa import Assistant
from qa.news.reprints import alike, printings

TEXT = "大桥建设需要搬迁沿江居民32户，市交通局局长何志刚介绍，搬迁工作将在年底前完成，搬迁户可就近选择安置小区。"
DAILY = "据市物价监测中心消息，今日城区农贸市场黄瓜每公斤{0}元，西红柿每公斤{1}元，土豆每公斤{2}元，总体运行平稳。"


class Shelf:
    """As much of an archive as grouping needs: the days of issues."""

    def __init__(self, dates: dict[str, str | None]) -> None:
        self.dates = dates

    def issue(self, issue_id: str) -> IssueRecord:
        return IssueRecord(issue_id, "source", "报", self.dates[issue_id], None, "1", None, 1)


def grouped(*texts: str, dates: tuple[str | None, ...] = ("2018-03-13", "2018-03-12")) -> dict[str, list[str]]:
    passages = [Passage(f"p{n}", f"a{n}", f"i{n}", "paragraph", text, "", 1) for n, text in enumerate(texts)]
    shelf = Shelf({f"i{n}": dates[n % len(dates)] for n in range(len(texts))})
    found = printings(passages, shelf)  # type: ignore[arg-type] # the rest of a view is not needed
    return {first: [other.id for other in others] for first, others in found.items()}


def test_the_earliest_printing_comes_first() -> None:
    assert grouped(TEXT, TEXT) == {"p1": ["p0"]}
    assert grouped(TEXT, TEXT, dates=(None, "2018-03-12")) == {"p1": ["p0"]}


def test_a_few_misread_characters_and_another_figure_do_not_matter() -> None:
    assert grouped(TEXT, TEXT.replace("32户", "23户").replace("何志刚", "何志钢")) == {"p1": ["p0"]}


def test_traditional_characters_do_not_matter() -> None:
    assert grouped(TEXT, TEXT.replace("建设", "建設").replace("大桥", "大橋").replace("户", "戶")) == {"p1": ["p0"]}


def test_a_part_of_a_report_is_a_reprint_of_it() -> None:
    long = TEXT + "施工单位表示，他们将加强现场管理，确保工程质量和安全生产，争取早日通车，造福两岸群众。"
    assert grouped(long, TEXT) == {"p1": ["p0"]}


def test_other_reports_of_the_event_are_none() -> None:
    assert grouped(TEXT, "沿江居民的搬迁工作年底前完成，何志刚说，32户人家都可以就近选择安置的小区，大桥建设不会受影响。") == {}


def test_recurring_items_are_none() -> None:
    assert grouped(DAILY.format("3.2", "4.1", "2.6"), DAILY.format("4.0", "5.3", "2.9")) == {}
    one = "截至昨日24时，全市现有登记在册志愿者3201名，比前一日有所增加，欢迎更多市民加入志愿服务队伍。"
    assert grouped(one, one.replace("3201", "3305")) == {}
    assert grouped(TEXT.replace("年底", "6月4日"), TEXT.replace("年底", "7月9日")) == {}


def test_short_lines_and_mastheads_are_none() -> None:
    assert grouped("图为活动现场。", "图为活动现场。") == {}
    passages = [Passage(f"p{n}", f"a{n}", f"i{n}", "masthead", TEXT, "") for n in range(2)]
    assert printings(passages, Shelf({"i0": None, "i1": None})) == {}  # type: ignore[arg-type]


def test_alike_looks_past_figures() -> None:
    assert alike(DAILY.format("3.2", "4.1", "2.6"), DAILY.format("14.0", "5.3", "12.9"))
    assert not alike(TEXT, DAILY)
    assert not alike("短", "短")


def test_an_answer_has_one_citation_a_report_and_says_where_figures_differ(reporter: Assistant) -> None:
    answer = reporter.ask("江口大桥要搬迁多少户居民？")
    first = answer.citations[0]
    assert (first.newspaper, first.date) == ("临江日报", "2018-03-12")
    assert "32户" in first.quote
    (other,) = first.also_printed_in
    assert (other.newspaper, other.date, other.page) == ("江城晚报", "2018-03-13", "1")
    assert other.differs == (("32户", "23户"),)
    assert other.passage_id not in {citation.passage_id for citation in answer.citations}
    assert any("32户" in note and "23户" in note and "江城晚报" in note for note in answer.interpretation.notes)
    shaped = first.to_dict()["also_printed_in"]
    assert shaped[0]["differs"] == [["32户", "23户"]]
    assert shaped[0]["label"].startswith("《江城晚报》2018年3月13日")


def test_a_printing_that_the_question_left_out_is_named_as_well(reporter: Assistant) -> None:
    answer = reporter.ask("江口大桥要搬迁多少户居民？", filter=Filter(newspapers=("江城晚报",)))
    first = answer.citations[0]
    assert first.newspaper == "江城晚报"
    assert [(other.newspaper, other.date) for other in first.also_printed_in] == [("临江日报", "2018-03-12")]


def test_search_hits_name_the_reprints_they_stand_for(reporter: Assistant) -> None:
    hits = reporter.search("江口大桥搬迁居民", 8)
    shown = {hit.citation.passage_id for hit in hits}
    also = {printing.passage_id for hit in hits for printing in hit.citation.also_printed_in}
    assert also
    assert not shown & also
    assert any(hit.to_dict()["also_printed_in"] for hit in hits)


def test_prices_of_two_days_stay_two_and_are_dated(reporter: Assistant) -> None:
    answer = reporter.ask("城区农贸市场黄瓜每公斤多少元？")
    assert answer.found
    assert {citation.date for citation in answer.citations} == {"2018-09-05", "2019-04-18"}
    assert answer.dated
    assert "2018年9月5日：" in answer.text
    assert "2019年4月18日：" in answer.text


@pytest.mark.parametrize("question", ["江口大桥全长多少米？", "How long is the new bridge at Jiangkou?"])
def test_printings_never_change_the_quote(reporter: Assistant, question: str) -> None:
    for citation in reporter.ask(question).citations:
        assert citation.passage_text[citation.start : citation.end] == citation.quote
