"""Answers over the invented newspapers: offices, stories, contents, and what is said where nothing is found."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from index.errors import QuestionError
from index.schema import DateRange, Filter
from qa import Assistant, Turn
from qa.retrieval import retrieve
from qa.schema import Answer
from tests.asynchronous import run


def verbatim(answer: Answer) -> None:
    for citation in (*answer.citations, *answer.nearest):
        assert citation.passage_text[citation.start : citation.end] == citation.quote
        assert all(citation.start <= start < end <= citation.end for start, end in citation.marks)
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


# -- offices


@pytest.mark.parametrize(
    ("question", "holders"),
    [
        ("临江市市长是谁？", [("李秀兰", "2021-05-06"), ("周明远", "2019-04-18")]),
        ("谁是临江市的市长", [("李秀兰", "2021-05-06"), ("周明远", "2019-04-18")]),
        ("临江市历任市长有哪些", [("李秀兰", "2021-05-06"), ("周明远", "2019-04-18")]),
        ("2019年临江市的市长是谁？", [("李秀兰", "2019-11-21"), ("周明远", "2019-04-18")]),
        ("德川市市长是谁？", [("高建平", "2019-04-18")]),
        ("市教育局的局长是谁？", [("许文婷", "2021-05-07"), ("陈志高", "2018-09-05")]),
        ("城南小学的校长叫什么名字？", [("郑海燕", "2018-03-12")]),
        ("Who is the mayor of Port Ellery?", [("Thomas Okafor", "2003-11-07"), ("Eleanor Whitfield", "1998-04-02")]),
    ],
)
def test_holders_of_an_office_are_listed_newest_first_with_dates(
    reporter: Assistant, question: str, holders: list[tuple[str, str]]
) -> None:
    answer = reporter.ask(question)
    verbatim(answer)
    assert answer.found
    assert answer.dated
    shown = [(citation.passage_text[slice(*citation.marks[0])], citation.date) for citation in answer.citations]
    assert shown == holders
    assert len(answer.text.splitlines()) == len(holders)
    if len(holders) > 1:
        assert any("职务会变动" in note or "change hands" in note for note in answer.interpretation.notes)


def test_every_line_begins_with_the_day_of_its_issue(reporter: Assistant) -> None:
    assert reporter.ask("临江市市长是谁？").text.startswith("2021年5月6日：")
    assert reporter.ask("Who is the mayor of Port Ellery?").text.startswith("7 November 2003: ")


def test_the_holder_of_another_place_is_no_answer(reporter: Assistant) -> None:
    for citation in reporter.ask("青峰市市长是谁？").citations:
        assert not citation.quote
    assert not reporter.ask("青峰市市长是谁？").found


def test_who_did_something_is_another_question(reporter: Assistant) -> None:
    answer = reporter.ask("出席江口大桥通车仪式的原市长是谁？")
    assert not any("职务会变动" in note for note in answer.interpretation.notes)


# -- stories


def test_a_story_is_told_by_date_with_one_quote_a_day(reporter: Assistant) -> None:
    answer = reporter.ask("江口大桥的建设经过是怎样的？")
    verbatim(answer)
    dates = [citation.date for citation in answer.citations]
    assert dates == ["2018-03-12", "2018-09-05", "2019-04-18", "2019-11-20", "2020-10-15", "2021-05-06"]
    deeds = ("开工", "主墩", "突破", "合龙", "荷载试验", "建成通车")
    assert all(deed in line for deed, line in zip(deeds, answer.text.splitlines(), strict=True))
    assert answer.timeline is not None
    assert [moment.citation for moment in answer.timeline.moments] == list(answer.citations)
    assert [(period.period, period.articles) for period in answer.timeline.counts] == [
        ("2018-03", 2), ("2018-09", 1), ("2019-04", 1), ("2019-11", 2), ("2020-10", 1), ("2021-05", 2),
    ]  # fmt: skip
    assert [printing.newspaper for printing in answer.citations[3].also_printed_in] == ["江城晚报"]
    assert reporter.ask("江口大桥全长多少米？").timeline is None


def test_a_limit_keeps_the_first_and_the_last_day(reporter: Assistant) -> None:
    answer = reporter.ask("江口大桥的建设经过", limit=3)
    assert len(answer.citations) == 3
    assert (answer.citations[0].date, answer.citations[-1].date) == ("2018-03-12", "2021-05-06")
    assert answer.timeline is not None
    assert answer.timeline.omitted == 3


def test_an_english_story(reporter: Assistant) -> None:
    answer = reporter.ask("How did the ferry terminal go on?")
    assert [citation.date for citation in answer.citations] == ["1998-04-02", "2001-06-15", "2003-11-07"]
    assert answer.text.startswith("2 April 1998: ")


def test_a_follow_up_asks_for_the_story(reporter: Assistant) -> None:
    first = reporter.ask("江口大桥在哪里开工？")
    answer = reporter.ask("它的建设经过是怎样的？", (Turn(first.question, first.text),))
    assert answer.timeline is not None
    assert len(answer.timeline.moments) == 6


def test_a_story_told_on_one_day_only_is_an_ordinary_answer(reporter: Assistant) -> None:
    answer = reporter.ask("城南小学新校舍启用的经过")
    assert answer.timeline is None
    assert {citation.date for citation in answer.citations} <= {"2018-03-12"}


def test_the_timeline_alone_by_year_and_within_a_filter(reporter: Assistant) -> None:
    line = reporter.timeline("江口大桥", unit="year")
    assert line is not None
    assert [(period.period, period.articles) for period in line.counts] == [("2018", 3), ("2019", 3), ("2020", 1), ("2021", 2)]
    only = reporter.timeline("江口大桥", filter=Filter(dates=(DateRange("2019-01-01", "2020-12-31"),), undated=False))
    assert only is not None
    assert [moment.date for moment in only.moments] == ["2019-04-18", "2019-11-20", "2020-10-15"]
    assert only.to_dict()["moments"][0]["citation"]["date"] == "2019-04-18"
    daily = reporter.timeline("江口大桥", unit="day", limit=2)
    assert daily is not None
    assert len(daily.moments) == 2
    assert ("2018-03-13", 1) in [(period.period, period.articles) for period in daily.counts]


def test_periods_without_a_report_are_zero_where_the_archive_has_newspapers(reporter: Assistant) -> None:
    line = reporter.timeline("今日菜价 黄瓜 西红柿", unit="day")
    assert line is not None
    assert [(period.period, period.articles) for period in line.counts] == [("2018-09-05", 1), ("2019-04-18", 1)]
    line = reporter.timeline("ferry terminal", unit="day")
    assert line is not None
    assert [period.articles for period in line.counts] == [1, 1, 1]


def test_a_matter_that_the_archive_does_not_know_has_no_timeline(reporter: Assistant) -> None:
    assert not reporter.ask("火星登陆计划的经过").found


# -- contents


@pytest.mark.parametrize(
    ("question", "headlines"),
    [
        ("2018年3月12日的报纸有什么内容？", ["江口大桥开工建设", "春季河道清淤全面展开", "城南小学新校舍启用", "老街茶馆见闻"]),
        ("2018年3月12日第2版有哪些文章", ["城南小学新校舍启用", "老街茶馆见闻"]),
        ("2021年5月6日的江城晚报登了什么？", ["大桥通车首日见闻"]),
        ("《江城晚报》2019年11月21日头版有哪些新闻？", ["江口大桥合龙"]),
        ("What was in the paper of 15 June 2001?", ["Work on ferry terminal begins", "New mayor sworn in"]),
        (
            "What was on the front page of the Harbour Gazette of 2 April 1998?",
            ["Council approves plan for ferry terminal", "Fish market opens late"],
        ),
        ("最新一期报纸的标题有哪些", ["市人大常委会举行会议", "青年志愿者清理江滩", "春耕备耕走访记", "春耕备耕走访记"]),
    ],
)  # fmt: skip
def test_the_headlines_of_an_issue_by_page(reporter: Assistant, question: str, headlines: list[str]) -> None:
    answer = reporter.ask(question)
    verbatim(answer)
    assert answer.found
    assert [citation.headline for citation in answer.citations] == headlines
    assert answer.contents is not None
    assert all(f"{headline} [{number}]" in answer.text for number, headline in enumerate(headlines, start=1))


def test_pages_are_headed_by_paper_day_and_page(reporter: Assistant) -> None:
    lines = reporter.ask("2018年3月12日的报纸有什么内容？").text.splitlines()
    assert [line for line in lines if line.endswith("：")] == [
        "《临江日报》2018年3月12日第1版：",
        "《临江日报》2018年3月12日第2版：",
    ]


def test_a_limit_cuts_the_list_and_says_so(reporter: Assistant) -> None:
    answer = reporter.ask("2018年3月12日的报纸有什么内容？", limit=1)
    assert len(answer.citations) == 1
    assert "另有 3 篇" in answer.text


def test_an_issue_that_is_not_held_names_the_nearest_days(reporter: Assistant) -> None:
    answer = reporter.ask("2020年1月5日的报纸有什么内容？")
    assert not answer.found
    assert not answer.citations
    assert "2019年11月21日" in answer.text
    assert "2020年10月15日" in answer.text
    assert answer.contents is not None
    assert answer.contents.nearest == ("2019-11-21", "2020-10-15")


def test_a_paper_that_is_not_held_of_that_day(reporter: Assistant) -> None:
    answer = reporter.ask("2018年9月5日的江城晚报登了什么？")
    assert not answer.found
    assert "2018年3月13日" in answer.text
    assert "2019年11月21日" in answer.text


def test_a_topic_makes_it_an_ordinary_question(reporter: Assistant) -> None:
    answer = reporter.ask("2021年5月6日的报纸对城市更新有什么报道？")
    assert answer.contents is None
    assert any("城市更新" in (citation.headline or "") for citation in (*answer.citations, *answer.nearest))


def test_contents_without_a_question(reporter: Assistant) -> None:
    listed = reporter.contents("2018-03")
    assert [(page.newspaper, page.date, page.page) for page in listed.pages] == [
        ("临江日报", "2018-03-12", "1"), ("临江日报", "2018-03-12", "2"), ("江城晚报", "2018-03-13", "1"),
    ]  # fmt: skip
    assert [len(page.articles) for page in listed.pages] == [2, 2, 1]
    assert listed.to_dict()["pages"][0]["articles"][0]["headline"] == "江口大桥开工建设"
    assert reporter.contents("2018-03", newspaper="江城晚报").pages[0].articles[0].number == 1
    assert [page.page for page in reporter.contents(DateRange("2018-01-01", "2018-12-31"), page="2").pages] == ["2"]
    assert reporter.contents().pages[0].date == "2021-05-07"
    assert reporter.contents("1949").nearest == ("1998-04-02",)
    assert reporter.contents("2018-03", limit=2).omitted == 3
    with pytest.raises(QuestionError):
        reporter.contents("tomorrow")


# -- what is said where nothing is found


def test_a_date_that_the_archive_lacks_is_said(reporter: Assistant) -> None:
    answer = reporter.ask("2020年5月江口大桥发生了什么事故？")
    assert not answer.found
    assert "档案里没有2020年5月的报纸（2019年12月至2020年9月都缺）" in answer.text
    assert "1998年4月2日至2021年5月7日之间 12 天" in answer.text
    assert answer.nearest


def test_in_english_too(reporter: Assistant) -> None:
    answer = reporter.ask("What did the harbour office say about the fire in 2002?")
    assert not answer.found
    assert "no newspaper of 2002" in answer.text
    assert "15 June 2001 and 7 November 2003" in answer.text


def test_an_article_that_goes_on_on_a_page_not_held_is_named(reporter: Assistant) -> None:
    answer = reporter.ask("城市更新三年行动方案提出了哪几项保障措施？")
    said = answer.text + " ".join(answer.interpretation.notes)
    assert "下转第3版" in said
    assert "档案中没有该版" in said


def test_an_article_whose_rest_is_held_names_it(reporter: Assistant) -> None:
    answer = reporter.ask("记者走访了几个产粮乡镇？")
    assert "三个产粮乡镇" in answer.text
    assert any("下转第4版，续文也在档案中：春耕备耕走访记" in note for note in answer.interpretation.notes)


# -- from another program


def test_asking_from_an_event_loop(reporter: Assistant) -> None:
    async def ask_all() -> list[Answer]:
        return await asyncio.gather(*(reporter.aask(text) for text in ("江口大桥全长多少米？", "临江市市长是谁？")))

    first, second = run(ask_all)
    assert first.text == reporter.ask("江口大桥全长多少米？").text
    assert second.text == reporter.ask("临江市市长是谁？").text


def test_errors_come_through_the_event_loop(reporter: Assistant) -> None:
    with pytest.raises(QuestionError):
        run(lambda: reporter.aask(""))


def test_a_cancelled_question_stops_after_the_step_under_way(reporter: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, weighed, go_on = threading.Event(), threading.Event(), threading.Event()

    def slow(*given: object, **named: object) -> object:
        entered.set()
        go_on.wait(10)
        return retrieve(*given, **named)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr("qa.assistant.retrieve", slow)
    monkeypatch.setattr("qa.assistant.weigh", lambda *_: weighed.set())

    async def give_up() -> None:
        task = asyncio.create_task(reporter.aask("江口大桥全长多少米？"))
        while not entered.is_set():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        go_on.set()

    run(give_up)
    time.sleep(0.1)
    assert not weighed.is_set()
