"""What is known of the issue: print, what stands beside it, and what only looks like masthead."""

from __future__ import annotations

from index.parsing import parse_page
from index.schema import Article, Issue, Page


def parse(text: str, **metadata: object) -> Issue:
    return parse_page(Page("test", text, metadata))


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def test_file_name_ranks_below_print_and_a_sidecar_above() -> None:
    text = "清河日报 2021年6月8日\n\n标题在这里\n\n正文第一段，说的是一件事。"
    named = {"file_name": {"date": "2020-01-01", "issue_number": 7}}
    issue = parse(text, **named)
    assert (issue.newspaper, issue.date, issue.issue_number) == ("清河日报", "2021-06-08", 7)
    assert issue.metadata["date_conflict"] == ["2021-06-08", "2020-01-01"]
    assert parse(text, date="2021-06-09", **named).date == "2021-06-09"


def test_weekday_that_cannot_be_is_kept_and_reported() -> None:
    issue = parse("清河日报 2021年6月8日 星期三 第2版\n\n标题在这里\n\n正文第一段，说的是一件事。")
    assert issue.weekday == "星期三"
    assert issue.metadata["weekday_conflict"] == ["2021-06-08", "星期三"]


def test_page_of_captions_only_and_of_one_line() -> None:
    issue = parse("△2018年9月6日，三方在杭州签约")
    assert [caption.text for caption in issue.articles[0].captions] == ["△2018年9月6日，三方在杭州签约"]
    assert texts(parse("小明买了三斤苹果").articles[0]) == ["小明买了三斤苹果"]


def test_lines_of_an_announcement_are_no_masthead() -> None:
    lines = [
        "读书沙龙将于周末举行",
        "市图书馆将举办读书沙龙，欢迎市民参加。",
        "时间：6月8日",
        "地点：市图书馆三楼",
        "主办：市图书馆",
    ]
    issue = parse("\n\n".join([*lines, "纪录片在我市拍摄", "本报讯 6月1日，纪录片《河》在我市开机。", "责编：张三"]))
    assert texts(issue.articles[0]) == lines[1:]
    assert [article.headline for article in issue.articles] == [lines[0], "纪录片在我市拍摄"]
    assert [(each.kind, each.text) for each in issue.furniture] == [("editors", "责编：张三")]


def test_name_of_a_column_is_no_newspaper() -> None:
    issue = parse("东方晨报\n\nA03\n\n本地新闻\n\n2019年7月15日 星期一\n\n暴雨过后\n\n昨日6时，暴雨停歇。")
    assert (issue.newspaper, issue.page, issue.metadata) == ("东方晨报", "A3", {"section": "本地新闻"})
