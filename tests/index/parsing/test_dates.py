"""Days as printed."""

from __future__ import annotations

import pytest

from index.parsing.dates import estimate_year, find_date, number, weekday_agrees
from index.text import fold


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2021年6月8日", "2021-06-08"),
        ("２０２１年６月８日", "2021-06-08"),
        ("二〇二一年六月八日", "2021-06-08"),
        ("中華民國二十三年五月六日", "1934-05-06"),
        ("民国元年一月一日", "1912-01-01"),
        ("2021-06-08", "2021-06-08"),
        ("2021.6.8", "2021-06-08"),
        ("Tuesday, June 8, 2021", "2021-06-08"),
        ("8th June 2021", "2021-06-08"),
        ("二〇二一年十二月廿八日", "2021-12-28"),
        ("2021年13月8日", None),
        ("2021-02-30", None),
        ("6月8日", None),
        ("12021-06-08", None),
    ],
)
def test_days(printed: str, date: str | None) -> None:
    found = find_date(fold(printed))
    assert (found and found[0]) == date


def test_numbers() -> None:
    printed = ["十", "十二", "二十", "廿八", "卅", "三十一", "一九三四", "7"]
    assert [number(each) for each in printed] == [10, 12, 20, 28, 30, 31, 1934, 7]


def test_weekdays() -> None:
    assert weekday_agrees("2021-06-08", "星期二")
    assert weekday_agrees("2021-06-08", "tuesday")
    assert not weekday_agrees("2021-06-08", "星期天")
    assert weekday_agrees("2021-06-06", "星期天")


def test_year_of_a_page_is_the_one_it_speaks_of_most() -> None:
    assert estimate_year("2018年9月签约，2019年开工，2019年投产，力争到2025年上市，到2025年翻番，到2025年出口。") == 2019
    assert estimate_year("六月七日，会议召开。") is None
