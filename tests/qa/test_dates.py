"""Date expressions of questions against the days they mean."""

from __future__ import annotations

import pytest

from index.schema import DateRange
from qa.dates import mentions

RANGES = {
    "2021年6月8日的报纸登了什么": [("2021-06-08", "2021-06-08")],
    "2021 年 6 月 8 日": [("2021-06-08", "2021-06-08")],
    "2021-06-08有什么新闻": [("2021-06-08", "2021-06-08")],
    "2021.6.8": [("2021-06-08", "2021-06-08")],
    "二〇二一年六月": [("2021-06-01", "2021-06-30")],
    "二〇一九年十二月三十一日": [("2019-12-31", "2019-12-31")],
    "2021年6月": [("2021-06-01", "2021-06-30")],
    "2020年2月有多少天": [("2020-02-01", "2020-02-29")],
    "2019年的计划": [("2019-01-01", "2019-12-31")],
    "2019年和2021年两份报纸": [("2019-01-01", "2019-12-31"), ("2021-01-01", "2021-12-31")],
    "2019至2021年": [("2019-01-01", "2021-12-31")],
    "2019年到2021年之间": [("2019-01-01", "2021-12-31")],
    "in June 2021": [("2021-06-01", "2021-06-30")],
    "on 8 June 2021": [("2021-06-08", "2021-06-08")],
    "on June 8, 2021": [("2021-06-08", "2021-06-08")],
    "the 8th of June 2021": [("2021-06-08", "2021-06-08")],
    "What happened in 2020?": [("2020-01-01", "2020-12-31")],
    "from 2019 to 2021": [("2019-01-01", "2019-12-31"), ("2021-01-01", "2021-12-31")],
}


@pytest.mark.parametrize("text", RANGES)
def test_ranges(text: str) -> None:
    assert [mention.range for mention in mentions(text)] == [DateRange(*span) for span in RANGES[text]]


@pytest.mark.parametrize("text", ["6月4日的会议", "on 4 June", "June 4"])
def test_a_day_without_a_year_has_no_range(text: str) -> None:
    (mention,) = mentions(text)
    assert (mention.range, mention.month, mention.day) == (None, 6, 4)


@pytest.mark.parametrize("text", ["2000余人参加", "1785.23万平方米", "2020年代", "总第1345期", "13月40日", "a 2,021 page book"])
def test_numbers_are_not_dates(text: str) -> None:
    assert mentions(text) == []


def test_a_day_that_no_calendar_has_gives_no_day() -> None:
    assert all(mention.range is None or mention.day is None for mention in mentions("2021年2月30日"))


def test_mentions_are_spans_of_the_text() -> None:
    text = "2019年3月和2021年6月8日"
    assert [text[mention.start : mention.end] for mention in mentions(text)] == ["2019年3月", "2021年6月8日"]
