"""What a date mention carries beside its days, and texts that no date reader may choke on."""

from __future__ import annotations

import datetime
import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.schema import DateRange
from qa.dates import in_year, mentions
from qa.dates.saying import say_span

TODAY = datetime.date(2024, 5, 15)
_PIECES = """
2021 年 6 月 8 日 至 到 - — 从 以来 以前 前 后 上 下 本 个 月 周 近 三 十 廿 〇 世纪 年代 初 底 民国 光绪 辛亥 农历 正月
the early mid late end of in may march june 21st century s ' 80 1980 20210608 / . between and to from since before last past week
第 季度 百 ， ago two quarter q1 year republic reign couple , ？
"""
PIECES = _PIECES.split()


@pytest.mark.parametrize("text", ["6月4日的会议", "on 4 June", "June 4"])
def test_a_day_without_a_year_gets_its_range_from_a_year(text: str) -> None:
    (mention,) = mentions(text)
    assert (mention.range, mention.month, mention.day) == (None, 6, 4)
    assert in_year(mention, 2021) == DateRange("2021-06-04", "2021-06-04")


def test_a_span_without_a_year_gets_its_range_from_a_year() -> None:
    (mention,) = mentions("12月28日至1月3日的报纸")
    assert in_year(mention, 2020) == DateRange("2020-12-28", "2021-01-03")
    (mention,) = mentions("2月29日")
    assert in_year(mention, 2021) is None
    assert in_year(mention, 2020) == DateRange("2020-02-29", "2020-02-29")


def test_a_day_that_no_calendar_has_gives_no_day() -> None:
    assert all(mention.range is None or mention.day is None for mention in mentions("2021年2月30日"))


def test_mentions_are_spans_of_the_text() -> None:
    text = "2019年3月和2021年6月8日"
    assert [text[mention.start : mention.end] for mention in mentions(text)] == ["2019年3月", "2021年6月8日"]


def test_a_year_that_words_fix_has_the_forms_in_which_it_is_printed() -> None:
    (mention,) = mentions("民国十三年")
    assert mention.year == 1924
    assert {"1924", "民国十三年", "民国13年", "一九二四"} <= set(mention.forms)


def test_what_today_decides_fixes_no_year() -> None:
    (mention,) = mentions("去年6月", today=TODAY)
    assert (mention.year, mention.relative) == (None, True)
    (mention,) = mentions("2019年以来", today=TODAY)
    assert (mention.year, mention.relative) == (None, False)


def test_a_year_of_the_cycle_may_be_several() -> None:
    (mention,) = mentions("辛亥年", today=TODAY)
    assert DateRange("1911-01-01", "1911-12-31") in mention.candidates
    assert DateRange("1971-01-01", "1971-12-31") in mention.candidates


def test_without_a_day_given_the_clock_decides() -> None:
    (mention,) = mentions("今天")
    assert mention.range is not None
    assert abs((datetime.date.fromisoformat(mention.range.first) - datetime.date.today()).days) <= 1


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_mixture_of_date_words_is_read(text: str) -> None:
    found = mentions(text, today=TODAY)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(mention.range is None or mention.range.first <= mention.range.last for mention in found)


@pytest.mark.parametrize("piece", PIECES)
def test_repetition_does_not_slow_the_reader(piece: str) -> None:
    text = (piece * 1000)[:1000]
    start = time.perf_counter()
    mentions(text, today=TODAY)
    assert time.perf_counter() - start < 0.2


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        ("2021-06-08", "2021-06-08", "2021年6月8日", "8 June 2021"),
        ("2021-06-01", "2021-06-30", "2021年6月", "June 2021"),
        ("2019-01-01", "2020-12-31", "2019年至2020年", "2019 to 2020"),
        ("0001-01-01", "1949-10-01", "1949年10月1日及以前", "up to 1 October 1949"),
        ("2020-03-01", "9999-12-31", "2020年3月1日起", "from 1 March 2020 on"),
        ("9999-12-01", "9999-12-30", "9999年12月1日至9999年12月30日", "1 December 9999 to 30 December 9999"),
    ],
)
def test_spans_are_said_as_readers_say_them(first: str, last: str, chinese: str, english: str) -> None:
    span = DateRange(first, last)
    assert (say_span(span, "zh"), say_span(span, "en")) == (chinese, english)
