"""The archive's own views as markup: overview, year, issue, words in context, hits; hostile names stay text in all of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from index.schema import ArticleRecord, DateRange, Filter, IssueRecord, PrintedDay
from qa.chat.bars import STEPS, Bar, bars
from qa.chat.browsing import issue
from qa.chat.concordance import LINES, concordance, unfit
from qa.chat.hits import hits, traced
from qa.chat.overview import overview
from qa.chat.year import year
from qa.news.calendar import Calendar, calendar_of
from qa.news.issue import LeafedIssue, LeafedPage
from qa.schema import Interpretation, Period, Timeline, Unit
from qa.verbatim import Concordance, Line
from tests.qa.chat.fake_assistant import MEETING, VALLEY, FakeAssistant
from tests.qa.chat.page_reader import OURS, elements
from tests.qa.chat.test_news import answered, cited

ALLOWED = OURS | {"li", "nav", "ol", "table", "tbody", "td", "th", "thead", "tr", "ul"}
ATTRIBUTES = {"aria-current", "aria-pressed", "class", "hidden", "id", "lang", "scope", "type", "value"}
HOSTILE = "<img src=x onerror=alert(1)>\"'&[x](javascript:1)"


def clean(markup: str) -> bool:
    """Tell whether a browser would make nothing but our elements of it."""
    parsed = elements(markup)
    return all(name in ALLOWED and set(given) <= ATTRIBUTES for name, given in parsed.elements)


def printed(first: int, last: int, *, newspaper: str | None = "晨光日报", articles: int = 8) -> list[PrintedDay]:
    """Return an issue for each day of January 2021 from one to another."""
    return [PrintedDay(f"2021-01-{day:02}", newspaper, 4, articles) for day in range(first, last + 1)]


def chinese(markup: str) -> str:
    """Return the text of the Chinese page."""
    return elements(re.sub(r'<span class="wb-en" lang="en">.*?</span>', "", markup)).text


def values(markup: str, cls: str) -> list[str]:
    """Return the addresses of all buttons of a class, in order."""
    return [given.get("value") or "" for name, given in elements(markup).elements if cls in (given.get("class") or "").split()]


def held(*parts: list[PrintedDay]) -> Calendar:
    return calendar_of(each for part in parts for each in part)


def test_the_overview_names_papers_years_and_counts() -> None:
    calendar = held(printed(1, 20), printed(3, 4, newspaper="湖畔周报"), [PrintedDay("2019-05-01", "湖畔周报", 1, 1)])
    shown = overview(calendar)
    words = chinese(shown)
    assert "23 期 · 89 个版面 · 177 篇文章 · 2019年5月1日 — 2021年1月20日" in words
    assert words.index("晨光日报") < words.index("湖畔周报")
    assert [int(value) for value in re.findall(r">(\d{4})</button></th>", shown)] == [2019, 2021]
    assert shown.count("<tr>") == 1 + 2 + 1 + 3  # papers with their head, and years with theirs: 2020 is a row without a paper
    assert "/page/archive?when=2021-01" in values(shown, "wb-heat")
    assert clean(shown)


def test_a_month_within_a_run_that_is_lacking_is_a_gap_and_one_outside_is_not() -> None:
    shown = overview(held([PrintedDay(day, "周报", 1, 1) for day in ("2020-03-01", "2020-06-01")]))
    assert shown.count("wb-heat wb-gap") == 2 + 1  # April and May, and the one of the legend
    assert shown.count("wb-heat wb-out") == 8


def test_a_long_archive_has_a_bar_a_year_and_a_short_one_a_bar_a_month() -> None:
    days = [PrintedDay(f"{year}-{month:02}-01", "日报", 1, 2) for year in range(1950, 2020) for month in (1, 7)]
    shown = overview(held(days))
    assert shown.count('class="wb-column"') == 70
    assert "每年文章数" in chinese(shown)
    assert "每月文章数" in chinese(overview(held(days[:4])))
    assert len(shown) < 300_000


def test_one_newspaper_alone_leads_back_to_all() -> None:
    calendar = held(printed(1, 3), printed(1, 9, newspaper="湖畔周报"))
    shown = overview(calendar, newspaper="湖畔周报")
    assert "9 期" in chinese(shown)
    assert values(shown, "wb-crumb") == ["/page/archive"]
    assert "没有这份报纸" in overview(calendar, newspaper="无此报")
    assert "档案里还没有报纸" in overview(calendar_of([]))


def test_undated_pages_are_named() -> None:
    leafed = FakeAssistant().issue(None, any_newspaper=True)
    shown = overview(held(printed(1, 2), [PrintedDay(None, None, 3, 3)]), undated=leafed)
    assert "3 个版面未印日期" in chinese(shown)
    assert str(VALLEY.headline) in chinese(shown)
    assert "另有 2 个" in chinese(shown)


def test_a_year_shows_every_day_and_says_what_is_missing() -> None:
    calendar = held(
        [each for each in printed(1, 31) if each.date not in ("2021-01-12", "2021-01-13", "2021-01-20")],
        [PrintedDay(f"2021-{month:02}-{day:02}", "晨光日报", 4, 8) for month in (2, 3) for day in range(1, 29)],
    )
    shown = year(calendar, "2021-01")
    assert "可能缺 12–13、20 日" in chinese(shown)
    assert len(values(shown, "wb-day")) == 365
    assert shown.count("wb-day wb-gap") == 3
    assert shown.count('aria-current="true"') == 1
    assert "/page/issue?date=2021-01-31" in values(shown, "wb-l4")
    assert clean(shown)


def test_years_lead_to_their_neighbours_over_years_without_a_paper() -> None:
    days = [PrintedDay(f"{each}-05-01", "周报", 1, 1) for each in (1999, 2004, 2006)]
    shown = year(held(days), "2004")
    assert values(shown, "wb-link") == ["/page/archive?when=1999", "/page/archive?when=2006"]
    assert "这一年的报纸档案里没有" in year(held(days), "2005")


def leafed(**changes: object) -> LeafedIssue:
    record = IssueRecord("i1", "/home/x/page.txt", "东昌府讯", "2021-06-08", 1345, "01", "星期二", 2)
    bare = replace(MEETING, id="a2", headline=None, kicker=None, authors=())
    whole = LeafedIssue("东昌府讯", "2021-06-08", (LeafedPage(record, (MEETING, bare)),), ("东昌府讯",), "2021-06-01", None)
    return replace(whole, **changes)  # type: ignore[arg-type] # the tests name the fields


def test_an_issue_lists_headlines_that_open_their_articles() -> None:
    shown = issue(leafed())
    words = chinese(shown)
    for said in ("2021年6月8日", "星期二", "总第1345期", "第1版", MEETING.headline, MEETING.kicker, "全兴社"):
        assert str(said) in words
    assert words.count("区长巴海峰出席") == 1  # an article without a headline is named by its first words
    assert values(shown, "wb-open") == [f"/page/articles/{MEETING.id}", "/page/articles/a2"]
    # At the head of the issue and at its end.
    assert values(shown, "wb-issue-before") == ["/page/issue?date=2021-06-01&paper=%E4%B8%9C%E6%98%8C%E5%BA%9C%E8%AE%AF"] * 2
    assert values(shown, "wb-issue-after") == []
    assert clean(shown)


def test_an_issue_that_is_not_held_names_the_nearest() -> None:
    shown = issue(leafed(pages=(), newspaper=None, before="2021-06-01", after="2021-06-15"))
    assert "没有这一天的报纸" in shown
    assert values(shown, "wb-link") == ["/page/issue?date=2021-06-01", "/page/issue?date=2021-06-15"]


def test_undated_pages_are_told_apart_by_their_files() -> None:
    record = IssueRecord("i1", "C:/old/旧报.txt", None, None, None, None, None, 0)
    words = chinese(issue(LeafedIssue(None, None, (LeafedPage(record, ()),), (None,))))
    assert "文件 旧报.txt" in words
    assert "报纸名未印" in words
    assert "这一版没有成篇的文章" in words


def lines(*around: tuple[str, str]) -> Concordance:
    given = tuple(Line(left, "大桥", right, cited(number)) for number, (left, right) in enumerate(around, 1))
    return Concordance(("大桥",), len(given), len(given), True, given, 1)


@pytest.mark.parametrize(("sort", "rights"), [("date", "三一二"), ("after", "一三二"), ("before", "二三一")])
def test_words_in_context_are_sorted_by_what_stands_around_them(sort: str, rights: str) -> None:
    found = lines(("丁b", "三"), ("甲c", "一"), ("戊a", "二"))
    shown = concordance(found, "大桥", sort=sort)
    assert "".join(re.findall(r'class="wb-right" lang="zh">(.)', shown)) == rights
    assert shown.count('aria-pressed="true"') == 1


def test_words_in_context_open_their_passage_with_the_words_marked() -> None:
    shown = concordance(lines(("前", "后")), "大桥")
    assert values(shown, "wb-key") == ["/page/articles/a1?passage=p1&quote=0-7&marks=0-7"]
    assert "1 处 · 1 段文字" in chinese(shown)
    assert clean(shown)


def test_words_are_limited_as_the_reader_limits_the_search() -> None:
    only = Filter(dates=(DateRange("2021-06-08", "2021-06-08"),), newspapers=(HOSTILE,), pages=("A2",), authors=("李红",))
    shown = concordance(lines(("前", "后"), ("左", "右")), "大桥", filter="{}", only=only)
    assert f"只查：2021年6月8日 · {HOSTILE} · 李红 · 第A2版" in chinese(shown)
    assert all(address.endswith("filter=%7B%7D") for address in values(shown, "wb-tab"))
    assert clean(shown)


def test_many_lines_come_in_parts() -> None:
    found = lines(*((f"前{n}", f"后{n}") for n in range(LINES + 5)))
    first, second = concordance(found, "大桥"), concordance(found, "大桥", start=LINES)
    assert (first.count("<li>"), second.count("<li>")) == (LINES, 5)
    assert values(first, "wb-link") == [f"/page/words?q=%E5%A4%A7%E6%A1%A5&sort=date&start={LINES}"]
    assert "至少" in concordance(replace(found, complete=False), "大桥")
    assert "没有一处这样印着" in concordance(Concordance(("无",), 0, 0, True, (), 1), "无")


def line(unit: Unit, **counts: int) -> Timeline:
    return Timeline("问？", unit, tuple(Period(period.replace("_", "-")[1:], n) for period, n in counts.items()), ())


def test_hits_run_evenly_over_time_and_lead_to_their_period() -> None:
    shown = hits(line("month", p2020_11=4, p2021_02=0, p2021_03=1))
    assert shown is not None
    assert shown.count("<li") == 5
    assert shown.count("wb-unheld") == 2  # December and January: no newspaper is held
    assert values(shown, "wb-period") == ["2020-11", "2021-03"]
    assert "相关报道 5 篇，按月分布如下" in chinese(shown)
    assert clean(shown)


def test_hits_of_one_period_are_no_course() -> None:
    assert hits(None) is None
    assert hits(line("day", p2021_06_08=3)) is None
    days = hits(line("day", p2021_02_27=1, p2021_03_02=1))
    assert days is not None
    assert days.count("<li") == 4
    years = hits(line("year", p1999=1, p2003=2))
    assert years is not None
    assert years.count("<li") == 5


def test_the_highest_bar_is_whole_and_the_lowest_can_be_seen() -> None:
    shown = bars([Bar("2021-01", 1), Bar("2021-02", 5000), Bar("2021-03", 0), Bar("2021-04", None)])
    assert re.findall(r"wb-rod wb-h(\d+)", shown) == ["1", str(STEPS), "0", "0"]
    assert "2021年2月 5,000 篇文章" in chinese(shown)
    assert "没有收进报纸" in chinese(shown)


def test_an_answer_tells_the_page_how_it_was_understood() -> None:
    answer = replace(
        answered(cited(1)), question="“大桥”", interpretation=Interpretation("“大桥”", Filter(newspapers=(HOSTILE,)))
    )
    shown = traced(answer)
    assert json.loads(unescape(values(shown, "wb-traced")[0]))["filter"]["newspapers"] == [HOSTILE]
    assert values(shown, "wb-alone") == ["大桥"]
    several = traced(replace(answer, question="“甲乙”和“丙丁”、“甲乙”有何不同？"))
    assert values(several, "wb-everywhere") == ["甲乙", "丙丁"]
    assert values(several, "wb-alone") == []
    assert clean(shown)


def test_hostile_names_stay_text_everywhere() -> None:
    record = IssueRecord("i1", HOSTILE, HOSTILE, "2021-01-02", 1, HOSTILE, HOSTILE, 1)
    article: ArticleRecord = replace(MEETING, id=HOSTILE, headline=HOSTILE, kicker=HOSTILE, authors=(HOSTILE,))
    whole = LeafedIssue(HOSTILE, "2021-01-02", (LeafedPage(record, (article,)),), (HOSTILE, None), "2021-01-01", None)
    bad = replace(cited(1, headline=HOSTILE), newspaper=HOSTILE, date=HOSTILE, article_id=HOSTILE, passage_id=HOSTILE)
    calendar = held(
        printed(1, 31, newspaper=HOSTILE), [PrintedDay("2021-03-01", HOSTILE, 1, 1), PrintedDay(HOSTILE, HOSTILE, 1, 1)]
    )
    undated = replace(whole, date=None)
    for shown in (
        overview(calendar, undated=undated),
        overview(calendar, newspaper=HOSTILE),
        year(calendar, "2021", newspaper=HOSTILE),
        issue(whole),
        issue(undated),
        concordance(
            Concordance((HOSTILE,), 2, 2, True, (Line(HOSTILE, HOSTILE, HOSTILE, bad), Line("", "x", "", bad)), 1), HOSTILE
        ),
        traced(replace(answered(bad), question=f"“{HOSTILE[:20]}”{HOSTILE}")),
    ):
        assert clean(shown)
        assert "<img" not in shown


def test_words_that_cannot_be_looked_for_are_told_why() -> None:
    assert "请先写下要查的字句" in unfit(" ", "there are no words to look for; give one or more, a phrase in quotation marks")
    words = elements(unfit("！！", "！！: is only marks; give a word, a number or a Chinese character")).text
    for told in ("这样的字句查不了。", "！！：只有标点，请写上汉字、字母或数字", "These words cannot be looked for."):
        assert told in words
