"""Which papers a question is about: what filters, what stays content, what is told when nothing can be decided."""

from __future__ import annotations

import datetime

import pytest

from index.schema import DateRange, Filter, IssueRecord
from qa.question import Held, Holdings, understand

TODAY = datetime.date(2024, 5, 15)
HELD = Held(
    newspapers=("东昌府讯", "临江日报", "China Daily"),
    pages=("1", "03", "A2"),
    days=("1971-03-01", "2021-06-08", "2021-06-09", "2023-06-08", "2024-04-20"),
)


def _filter(text: str) -> Filter:
    return understand(text, today=TODAY, held=lambda: HELD).filter


def _days(*spans: str) -> Filter:
    return Filter(dates=tuple(DateRange(*span.split("/")) for span in spans))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2021年6月8日的报纸登了什么？", ["2021-06-08/2021-06-08"]),
        ("上个月的报纸", ["2024-04-01/2024-04-30"]),
        ("2021年6月发生了什么", ["2021-06-01/2021-06-30"]),
        ("昨天有什么新闻？", ["2024-05-14/2024-05-14"]),
        ("What happened in June 2021?", ["2021-06-01/2021-06-30"]),
        ("what was in the paper of 8 June 2021", ["2021-06-08/2021-06-08"]),
        ("2021年6月的报纸怎么说2025年的目标？", ["2021-06-01/2021-06-30"]),
        ("2019年和2021年的报纸", ["2019-01-01/2019-12-31", "2021-01-01/2021-12-31"]),
        ("民国十三年的报纸登过什么", ["1924-01-01/1924-12-31"]),
        ("6月8日的报纸登了什么", ["2021-06-08/2021-06-08", "2023-06-08/2023-06-08"]),
        ("辛亥年的报纸", ["1971-01-01/1971-12-31"]),
        ("the newspaper of 06/08/2021", ["2021-06-08/2021-06-08"]),
        ("上个月市里开了什么会？", ["2024-04-01/2024-04-30"]),
    ],
)
def test_dates_of_the_paper_filter(text: str, spans: list[str]) -> None:
    assert _filter(text) == _days(*spans)


@pytest.mark.parametrize(
    "text",
    [
        "2021年6月开了什么会？",
        "去年建了多少座公厕？",
        "昨天的会议谁主持？",  # the archive has no paper of yesterday
        "What did the mayor plan for 2025?",
        "6月8日的会议在哪里召开？",
        "1月1日的报纸",  # no such day in the archive
        "甲午年的报纸",
        "近年来的报纸怎么说",
        "2021户居民搬到了哪里？",
    ],
)
def test_dates_of_what_is_told_do_not_filter(text: str) -> None:
    assert not _filter(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《东昌府讯》头版有什么？", Filter(newspapers=("东昌府讯",), pages=("1",))),
        ("东昌府讯第3版登了什么", Filter(newspapers=("东昌府讯",), pages=("03",))),
        ("What was on the front page of China Daily?", Filter(newspapers=("China Daily",), pages=("1",))),
        ("the front page of Linjiang Ribao", Filter(newspapers=("临江日报",), pages=("1",))),
        ("What is on page A2 of the paper?", Filter(pages=("A2",))),
        ("第3版登了哪些文章？", Filter(pages=("03",))),
        ("《远山晚报》上刊登了什么", Filter(newspapers=("远山晚报",))),
        ("记者张大海写的文章有哪些？", Filter(authors=("张大海",))),
        ("Which articles by Li Ming are there?", Filter(authors=("Li Ming",))),
    ],
)
def test_paper_page_and_author_filter(text: str, expected: Filter) -> None:
    assert _filter(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《红楼梦》的作者是谁？",
        "临江日报的社长是谁？",
        "这本书第三版的售价是多少？",
        "出版社在哪里？",
        "《四季》讲了什么？",
        "版权归谁？",
    ],
)
def test_books_and_entities_do_not_filter(text: str) -> None:
    found = _filter(text)
    assert (found.newspapers, found.pages, found.authors) == ((), (), ())


def test_words_that_filter_are_no_longer_searched_or_demanded() -> None:
    question = understand("2021年6月8日《东昌府讯》第3版的网格化怎么做？", held=lambda: HELD)
    assert [run.strip("，的") for run in question.content] == ["网格化", "做"]
    assert question.names == ()
    assert understand("What did the June 2021 paper say about roads?", held=lambda: HELD).content == ("roads",)


def test_what_cannot_be_decided_is_told() -> None:
    (note,) = understand("甲午年的报纸", today=TODAY, held=lambda: HELD).notes
    assert "1954" in note
    (note,) = understand("the papers of 06/08/2020", held=lambda: HELD).notes
    assert "6 August 2020" in note
    assert "or" in note
    assert "1月1日" in understand("1月1日的报纸", held=lambda: HELD).notes[0]


def test_a_day_without_a_paper_is_told() -> None:
    assert any("没有2020年1月1日" in note for note in understand("2020年1月1日的报纸", held=lambda: HELD).notes)


def test_what_was_inferred_is_listed_with_its_words() -> None:
    question = understand("《东昌府讯》2021年6月的头版登了什么？", held=lambda: HELD)
    listed = {(item.field, item.value, item.words) for item in question.inferred}
    assert {
        ("newspapers", "东昌府讯", "《东昌府讯》"),
        ("dates", "2021-06-01/2021-06-30", "2021年6月"),
        ("pages", "1", "头版"),
    } <= listed
    assert all(set(item.to_dict()) == {"field", "value", "words"} for item in question.inferred)


def test_a_filter_given_is_exactly_the_filter() -> None:
    question = understand("《东昌府讯》2021年6月的头版登了什么？", filter=Filter(), held=lambda: HELD)
    assert (question.filter, question.widens, question.notes) == (Filter(), False, ())
    assert {item.field for item in question.inferred} <= {"kind"}
    only = Filter(newspapers=("临江日报",), undated=False)
    assert understand("2021年6月的报纸登了什么？", filter=only, held=lambda: HELD).filter == only


def test_the_archive_is_asked_at_most_once_and_only_when_needed() -> None:
    asked: list[int] = []

    def held() -> Held:
        asked.append(1)
        return HELD

    understand("全市有多少座公厕？", held=held)
    assert asked == []
    understand("《东昌府讯》6月8日的报纸第3版", held=held)
    assert asked == [1]


def test_without_an_archive_only_the_words_filter() -> None:
    assert understand("6月8日的报纸").filter == Filter()
    assert understand("头版登了什么？").filter == Filter(pages=("1",))


def test_holdings_are_gathered_once_a_state() -> None:
    class View:
        def __init__(self, sequence: int) -> None:
            self.sequence = sequence
            self.calls = 0

        def issues(self) -> list[IssueRecord]:
            self.calls += 1
            return [
                IssueRecord("i", "s", "临江日报", "2021-06-08", None, "A2", None, 1),
                IssueRecord("j", "s", None, None, None, None, None, 1),
            ]

    holdings, first, second = Holdings(), View(1), View(2)
    assert holdings.of(first)() == Held(("临江日报",), ("A2",), ("2021-06-08",))
    holdings.of(first)()
    assert first.calls == 1
    holdings.of(second)()
    assert second.calls == 1
