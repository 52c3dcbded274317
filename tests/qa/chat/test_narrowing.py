"""A reader's own filter and the question's: both hold, and where they exclude each other the reader's does."""

from __future__ import annotations

import pytest

from index.errors import QuestionError
from index.schema import DateRange, Filter
from qa.chat.carried import Carried, carried
from qa.chat.narrowing import both, narrowed
from tests.qa.chat.fake_assistant import FakeAssistant

YEAR = DateRange("2021-01-01", "2021-12-31")
JUNE = DateRange("2021-06-01", "2021-06-30")
OLD = DateRange("1998-01-01", "1998-12-31")


@pytest.mark.parametrize(
    ("kept", "read", "expected"),
    [
        (Filter(dates=(YEAR,)), Filter(), Filter(dates=(YEAR,))),
        (Filter(newspapers=("甲报",)), Filter(dates=(JUNE,)), Filter(dates=(JUNE,), newspapers=("甲报",))),
        (Filter(dates=(YEAR,)), Filter(dates=(JUNE,)), Filter(dates=(JUNE,))),
        (Filter(dates=(YEAR,)), Filter(dates=(OLD,)), Filter(dates=(YEAR,))),
        (Filter(newspapers=("甲报", "乙報")), Filter(newspapers=("乙报",)), Filter(newspapers=("乙報",))),
        (Filter(newspapers=("甲报",)), Filter(newspapers=("乙报",)), Filter(newspapers=("甲报",))),
        (Filter(dates=(YEAR,), undated=False), Filter(dates=(JUNE,)), Filter(dates=(JUNE,), undated=False)),
        (Filter(pages=("1",)), Filter(authors=("李红",)), Filter(pages=("1",), authors=("李红",))),
    ],
)
def test_both_filters_hold(kept: Filter, read: Filter, expected: Filter) -> None:
    assert both(kept, read) == expected


def test_a_filter_for_this_question_alone_is_taken_as_it_is() -> None:
    fake = FakeAssistant()
    assert narrowed(fake, "问？", (), Carried(filter=Filter(), keep=Filter(pages=("1",)))) == Filter()
    assert narrowed(fake, "问？", (), Carried()) is None
    assert narrowed(fake, "问？", (), Carried(keep=Filter())) is None
    assert narrowed(fake, "问？", (), Carried(keep=Filter(pages=("1",)))) == Filter(pages=("1",))


def test_what_the_page_sends_is_read_strictly() -> None:
    sent = '{"keep": {"dates": [{"first": "2021-06-01", "last": "2021-06-30"}], "newspapers": ["甲报"], "undated": false}}'
    assert carried(sent).keep == Filter(dates=(JUNE,), newspapers=("甲报",), undated=False)
    assert carried(sent).filter is None
    for wrong in (
        '{"keep": {"dates": [{"first": "2021-02-30", "last": "2021-06-30"}]}}',
        '{"keep": {"sql": "x"}}',
        '{"keep": []}',
    ):
        with pytest.raises(QuestionError):
            carried(wrong)
