"""Days held and days lacking, and how they are said."""

from __future__ import annotations

import pytest

from index.errors import QuestionError
from index.schema import DateRange
from qa.news.coverage import Coverage, held, lacking, say_day, say_span, span_of

HELD = Coverage(("2018-03-12", "2018-03-13", "2018-09-05", "2020-12-30"), 2)
DAY, MONTH, YEAR = (
    DateRange("2019-06-08", "2019-06-08"),
    DateRange("2018-04-01", "2018-04-30"),
    DateRange("2019-01-01", "2019-12-31"),
)


def test_gaps_are_whole_months_without_any_issue() -> None:
    assert HELD.gaps() == [DateRange("2018-04-01", "2018-08-31"), DateRange("2018-10-01", "2020-11-30")]
    assert Coverage(("2021-01-31", "2021-02-01"), 0).gaps() == []


def test_nearest_days_on_both_sides() -> None:
    assert HELD.nearest(DAY) == ("2018-09-05", "2020-12-30")
    assert HELD.nearest(DateRange("2010-01-01", "2010-12-31")) == ("2018-03-12",)
    assert HELD.nearest(DateRange("2022-01-01", "2022-12-31")) == ("2020-12-30",)


@pytest.mark.parametrize(
    ("span", "chinese", "english"),
    [
        (DAY, "2019年6月8日", "8 June 2019"),
        (MONTH, "2018年4月", "April 2018"),
        (YEAR, "2019年", "2019"),
        (DateRange("2019-01-01", "2021-12-31"), "2019年至2021年", "2019 to 2021"),
        (DateRange("2018-10-01", "2020-11-30"), "2018年10月至2020年11月", "October 2018 to November 2020"),
        (DateRange("2018-10-01", "2018-12-31"), "2018年10月至2018年12月", "October 2018 to December 2018"),
        (DateRange("2018-10-03", "2018-10-09"), "2018年10月3日至2018年10月9日", "3 October 2018 to 9 October 2018"),
    ],
)
def test_spans_in_words(span: DateRange, chinese: str, english: str) -> None:
    assert say_span(span, "zh") == chinese
    assert say_span(span, "en") == english


def test_what_is_no_day_is_said_as_it_is() -> None:
    assert say_day("2019-02-30", "en") == "2019-02-30"


def test_what_is_lacking_names_the_gap_and_the_nearest_days() -> None:
    assert lacking([MONTH], HELD, "zh") == (
        "档案里没有2018年4月的报纸（2018年4月至2018年8月都缺），离得最近的是2018年3月13日和2018年9月5日的报纸。"
    )
    assert lacking([YEAR], HELD, "en") == (
        "The archive has no newspaper of 2019 (nothing is held of October 2018 to November 2020); "
        "the nearest are of 5 September 2018 and 30 December 2020."
    )
    assert lacking([DateRange("2018-01-01", "2018-12-31")], HELD, "zh") == ""
    assert lacking([DAY], Coverage((), 3), "en") == ""


def test_what_is_held() -> None:
    assert held(HELD, "zh") == "档案现有2018年3月12日至2020年12月30日之间 4 天的报纸，以及未注明日期的 2 版。"
    assert held(Coverage((), 0), "en") == "The archive is still empty."
    assert held(Coverage(("2018-03-12",), 1), "en") == "It holds newspapers of 12 March 2018 and 1 undated page."


def test_dates_in_iso_form() -> None:
    assert span_of("2021-06-08") == DateRange("2021-06-08", "2021-06-08")
    assert span_of("2021-02") == DateRange("2021-02-01", "2021-02-28")
    assert span_of("2020") == DateRange("2020-01-01", "2020-12-31")


@pytest.mark.parametrize("date", ["", "yesterday", "2021-13", "2021-02-30", "2021-06-08-01", "June"])
def test_what_is_no_date_is_one_clear_line(date: str) -> None:
    with pytest.raises(QuestionError, match="is no date: give a day as 2021-06-08"):
        span_of(date)
