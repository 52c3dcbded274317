"""Leafing through an issue: pages in printed order, neighbours, other newspapers of the day, pages without a date."""

from __future__ import annotations

from collections.abc import Sequence

from index.schema import ArticleRecord, IssueRecord, PrintedDay
from qa.news.calendar import Calendar, calendar_of
from qa.news.issue import leaf

PAGES = (
    ("甲报", "2021-06-08", "10"),
    ("甲报", "2021-06-08", "02"),
    ("甲报", "2021-06-08", "1"),
    ("甲报", "2021-06-08", None),
    ("甲报", "2021-06-01", "1"),
    ("甲报", "2021-06-15", "1"),
    ("乙报", "2021-06-08", "A1"),
    (None, "2021-06-08", "1"),
    (None, None, None),
)


class Leaves:
    def issues_of(self, date: str | None) -> Sequence[IssueRecord]:
        return [
            IssueRecord(f"i{number}", "f", newspaper, day, None, page, None, 1)
            for number, (newspaper, day, page) in enumerate(PAGES)
            if day == date
        ]

    def articles(self, issue_id: str) -> Sequence[ArticleRecord]:
        return []


def calendar() -> Calendar:
    counted = {(day, newspaper) for newspaper, day, _ in PAGES}
    return calendar_of(PrintedDay(day, newspaper, 1, 1) for day, newspaper in counted)


def test_pages_stand_in_printed_order_between_the_neighbouring_issues() -> None:
    found = leaf(Leaves(), calendar(), "2021-06-08", newspaper="甲報")  # the traditional form of the name finds it too
    assert [page.record.page for page in found.pages] == ["1", "02", "10", None]
    assert found.newspapers == ("甲报", "乙报", None)
    found = leaf(Leaves(), calendar(), "2021-06-08", newspaper="甲报")
    assert (found.before, found.after) == ("2021-06-01", "2021-06-15")


def test_without_a_name_the_newspaper_with_most_issues_comes_first() -> None:
    found = leaf(Leaves(), calendar(), "2021-06-08", any_newspaper=True)
    assert found.newspaper == "甲报"
    assert len(found.pages) == 4


def test_pages_that_name_no_newspaper_are_an_issue_of_their_own() -> None:
    found = leaf(Leaves(), calendar(), "2021-06-08")
    assert (found.newspaper, len(found.pages)) == (None, 1)


def test_a_day_that_is_not_held_names_the_nearest() -> None:
    found = leaf(Leaves(), calendar(), "2021-06-10", any_newspaper=True)
    assert (found.pages, found.before, found.after) == ((), "2021-06-08", "2021-06-15")
    found = leaf(Leaves(), calendar(), "2021-06-10", newspaper="乙报")
    assert (found.before, found.after) == ("2021-06-08", None)


def test_pages_without_a_date_and_the_limit() -> None:
    found = leaf(Leaves(), calendar(), None, any_newspaper=True)
    assert (len(found.pages), found.newspaper, found.before, found.after) == (1, None, None, None)
    found = leaf(Leaves(), calendar(), "2021-06-08", newspaper="甲报", limit=3)
    assert (len(found.pages), found.omitted) == (3, 1)
