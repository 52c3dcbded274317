"""What an archive holds day by day: runs, missing days, sums by month and year."""

from __future__ import annotations

import datetime

from index.schema import PrintedDay
from qa.news.calendar import Calendar, Count, calendar_of


def days(first: str, last: str, *, weekdays: str = "0123456") -> list[str]:
    """Return the days from first to last that fall on these weekdays (Monday is 0)."""
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    every = (start + datetime.timedelta(days=n) for n in range((end - start).days + 1))
    return [day.isoformat() for day in every if str(day.weekday()) in weekdays]


def paper(name: str | None, held: list[str], *, pages: int = 4, articles: int = 20) -> list[PrintedDay]:
    return [PrintedDay(day, name, pages, articles) for day in held]


def missing(calendar: Calendar) -> list[str]:
    return list(calendar.missing)


def test_days_months_and_years_are_summed_over_newspapers() -> None:
    calendar = calendar_of(
        [
            *paper("甲报", ["2021-01-01", "2021-02-01"]),
            *paper("乙报", ["2021-01-01", "2022-03-05"], pages=1, articles=3),
            PrintedDay(None, None, 7, 30),
        ]
    )
    assert calendar.days["2021-01-01"] == Count(2, 5, 23)
    assert calendar.months == {"2021-01": Count(2, 5, 23), "2021-02": Count(1, 4, 20), "2022-03": Count(1, 1, 3)}
    assert calendar.years == {"2021": Count(3, 9, 43), "2022": Count(1, 1, 3)}
    assert calendar.count == Count(4, 10, 46)
    assert calendar.undated == 7


def test_the_day_that_a_daily_lacks_is_missing() -> None:
    held = days("2021-01-01", "2021-06-30")
    held.remove("2021-03-15")
    calendar = calendar_of(paper("日报", held))
    assert calendar.missing == {"2021-03-15": ("日报",)}


def test_a_weekend_without_a_paper_is_no_gap() -> None:
    held = days("2021-01-04", "2021-12-31", weekdays="01234")
    assert missing(calendar_of(paper("晚报", held))) == []
    held.remove("2021-05-05")  # a Wednesday
    assert missing(calendar_of(paper("晚报", held))) == ["2021-05-05"]


def test_a_weekly_lacks_the_weeks_it_skips() -> None:
    held = days("2021-01-01", "2021-12-31", weekdays="4")
    gone = [held.pop(10), held.pop(20)]
    assert missing(calendar_of(paper("周报", held))) == gone


def test_a_few_scattered_issues_tell_nothing_of_missing_days() -> None:
    assert missing(calendar_of(paper("东昌府讯", ["2019-02-01", "2021-06-08"]))) == []
    assert (
        missing(calendar_of(paper("旬刊", [f"2021-{month:02}-{day}" for month in range(1, 13) for day in ("01", "11", "21")])))
        == []
    )


def test_a_year_that_is_lacking_altogether_takes_the_weekdays_of_the_year_before() -> None:
    held = days("2019-01-01", "2019-12-31") + days("2021-01-01", "2021-12-31")
    calendar = calendar_of(paper("日报", held))
    assert missing(calendar) == days("2020-01-01", "2020-12-31")
    assert calendar.within("2020-06")
    assert not calendar.within("2018-12")


def test_pages_that_name_no_newspaper_are_no_run() -> None:
    held = days("2021-01-01", "2021-12-31")
    del held[100:120]
    assert missing(calendar_of(paper(None, held))) == []


def test_one_newspaper_alone() -> None:
    calendar = calendar_of([*paper("甲报", ["2021-01-01", "2021-01-05"]), *paper("乙报", ["2021-01-03"])])
    alone = calendar.of("甲报")
    assert list(alone.days) == ["2021-01-01", "2021-01-05"]
    assert [run.newspaper for run in alone.runs] == ["甲报"]
    assert calendar.of("丙报").runs == ()
    run = calendar.run("甲报")
    assert run is not None
    assert (run.first, run.last) == ("2021-01-01", "2021-01-05")
    assert run.neighbours("2021-01-05") == ("2021-01-01", None)
    assert run.neighbours("2021-01-03") == ("2021-01-01", "2021-01-05")


def test_an_empty_archive_has_an_empty_calendar() -> None:
    calendar = calendar_of([])
    assert (calendar.runs, calendar.undated, dict(calendar.days), calendar.count) == ((), 0, {}, Count())


def test_seventy_years_of_two_dailies_are_counted_at_once() -> None:
    held = days("1949-01-01", "2018-12-31")
    calendar = calendar_of([*paper("甲报", held), *paper("乙报", held[::2])])
    assert calendar.count.issues == len(held) + len(held[::2])
    assert len(calendar.years) == 70
