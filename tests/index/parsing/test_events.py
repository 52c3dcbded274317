"""Dates, offices and regions in the text of articles: tables of what is told, and of what is not."""

from __future__ import annotations

import pytest

from index.parsing.deixis import places_meant, regions_of
from index.parsing.events import dates_in, event_dates
from index.parsing.people import offices_held
from index.schema import ArticleRecord, Paragraph

ISSUE = "2021-06-08"  # a Tuesday


def article(*texts: str, date: str | None = ISSUE, newspaper: str | None = None, **metadata: object) -> ArticleRecord:
    paragraphs = tuple(Paragraph(number, text, (number,)) for number, text in enumerate(texts, start=1))
    return ArticleRecord(
        id="x-a01", issue_id="x", source="x", ordinal=1, newspaper=newspaper, date=date, issue_number=None, page=None,
        weekday=None, headline=None, kicker=None, subtitle=None, subheads=(), authors=(), captions=(), jump=None, flags=(),
        paragraphs=paragraphs, metadata=metadata,
    )  # fmt: skip


DATES = [
    # words, issue, printed, first, last
    ("6月4日，会议召开", ISSUE, "6月4日", "2021-06-04", "2021-06-04"),
    ("六月四日，会议召开", ISSUE, "六月四日", "2021-06-04", "2021-06-04"),
    ("6月2日至4日，观摩项目", ISSUE, "6月2日至4日", "2021-06-02", "2021-06-04"),
    ("5月30日—6月2日举行", ISSUE, "5月30日—6月2日", "2021-05-30", "2021-06-02"),
    ("12月28日，会议召开", "2021-01-05", "12月28日", "2020-12-28", "2020-12-28"),
    ("将于1月6日举行", "2020-12-29", "1月6日", "2021-01-06", "2021-01-06"),
    ("12月底前完成", ISSUE, "12月底", "2021-12-21", "2021-12-31"),
    ("将于9月10日开学", ISSUE, "9月10日", "2021-09-10", "2021-09-10"),
    ("2月3日启动", ISSUE, "2月3日", "2021-02-03", "2021-02-03"),
    ("去年12月20日动工", ISSUE, "去年12月20日", "2020-12-20", "2020-12-20"),
    ("今年1月动工", ISSUE, "今年1月", "2021-01-01", "2021-01-31"),
    ("明年3月投产", ISSUE, "明年3月", "2022-03-01", "2022-03-31"),
    ("前年建成", ISSUE, "前年", "2019-01-01", "2019-12-31"),
    ("去年，全市", ISSUE, "去年", "2020-01-01", "2020-12-31"),
    ("今年上半年完成", ISSUE, "今年上半年", "2021-01-01", "2021-06-30"),
    ("2020年下半年", ISSUE, "2020年下半年", "2020-07-01", "2020-12-31"),
    ("2021年第一季度", ISSUE, "2021年第一季度", "2021-01-01", "2021-03-31"),
    ("2018年9月6日，三方签约", ISSUE, "2018年9月6日", "2018-09-06", "2018-09-06"),
    ("2018年9月6日，三方签约", None, "2018年9月6日", "2018-09-06", "2018-09-06"),
    ("二〇一九年五月一日", ISSUE, "二〇一九年五月一日", "2019-05-01", "2019-05-01"),
    ("民国二十三年五月四日", None, "民国二十三年五月四日", "1934-05-04", "1934-05-04"),
    ("民國二十三年", None, "民國二十三年", "1934-01-01", "1934-12-31"),
    ("自2016年创办以来", ISSUE, "2016年", "2016-01-01", "2016-12-31"),
    ("2020-02-29发布", None, "2020-02-29", "2020-02-29", "2020-02-29"),
    ("昨日，记者获悉", ISSUE, "昨日", "2021-06-07", "2021-06-07"),
    ("昨天下午", ISSUE, "昨天", "2021-06-07", "2021-06-07"),
    ("昨晚举行", "2021-03-01", "昨晚", "2021-02-28", "2021-02-28"),
    ("今日起实施", "2021-01-01", "今日", "2021-01-01", "2021-01-01"),
    ("明日停水", ISSUE, "明日", "2021-06-09", "2021-06-09"),
    ("前日抵达", ISSUE, "前日", "2021-06-06", "2021-06-06"),
    ("本月3日启动", ISSUE, "本月3日", "2021-06-03", "2021-06-03"),
    ("上月28日启动", "2021-01-08", "上月28日", "2020-12-28", "2020-12-28"),
    ("下个月开工", "2020-12-08", "下个月", "2021-01-01", "2021-01-31"),
    ("本月中旬开工", ISSUE, "本月中旬", "2021-06-11", "2021-06-20"),
    ("上周五举行", ISSUE, "上周五", "2021-06-04", "2021-06-04"),
    ("下周一开赛", ISSUE, "下周一", "2021-06-14", "2021-06-14"),
    ("本周日闭幕", ISSUE, "本周日", "2021-06-13", "2021-06-13"),
    ("上周，市里", ISSUE, "上周", "2021-05-31", "2021-06-06"),
    ("本周末降雨", ISSUE, "本周末", "2021-06-12", "2021-06-13"),
    ("记者7日从市局获悉", ISSUE, "7日", "2021-06-07", "2021-06-07"),
    ("记者28日从市局获悉", ISSUE, "28日", "2021-05-28", "2021-05-28"),
    ("6月份，全市", ISSUE, "6月份", "2021-06-01", "2021-06-30"),
    ("2月份，全市", "2020-06-08", "2月份", "2020-02-01", "2020-02-29"),
    ("日前，会议召开", ISSUE, "日前", None, None),
    ("近日，记者", ISSUE, "近日", None, None),
    ("周五，会议召开", ISSUE, "周五", None, None),
    ("6月4日，会议召开", None, "6月4日", None, None),
    ("昨日，会议召开", None, "昨日", None, None),
    ("去年，全市", None, "去年", None, None),
    ("上周五举行", None, "上周五", None, None),
    ("On June 4, 2021, the council met", None, "June 4, 2021", "2021-06-04", "2021-06-04"),
    ("the council met on June 4.", ISSUE, "June 4", "2021-06-04", "2021-06-04"),
    ("met on December 30 to vote", "2021-01-04", "December 30", "2020-12-30", "2020-12-30"),
    ("on 4th June 2021 it", None, "4th June 2021", "2021-06-04", "2021-06-04"),
    ("the council met yesterday", ISSUE, "yesterday", "2021-06-07", "2021-06-07"),
    ("the fire broke out last night", ISSUE, "last night", "2021-06-07", "2021-06-07"),
    ("last Monday the council met", ISSUE, "last Monday", "2021-06-07", "2021-06-07"),
    ("next Friday the fair opens", ISSUE, "next Friday", "2021-06-11", "2021-06-11"),
    ("prices rose last year", ISSUE, "last year", "2020-01-01", "2020-12-31"),
    ("it opens next month", "2020-12-08", "next month", "2021-01-01", "2021-01-31"),
    ("in May 2020 it", None, "in May 2020", "2020-05-01", "2020-05-31"),
    ("founded in 1898 by", None, "in 1898", "1898-01-01", "1898-12-31"),
    ("the council met on Monday", ISSUE, "on Monday", None, None),
    ("the council met yesterday", None, "yesterday", None, None),
]


@pytest.mark.parametrize(("text", "issue", "printed", "first", "last"), DATES)
def test_dates_are_resolved_against_the_issue(
    text: str, issue: str | None, printed: str, first: str | None, last: str | None
) -> None:
    found = dates_in(text, issue)[0]
    assert (found.text, found.first, found.last) == (printed, first, last)
    assert text[found.start : found.end] == printed


@pytest.mark.parametrize(
    "text",
    [
        "3个月",
        "历时15日",
        "13月5日",
        "2021年2月30日",
        "90年代",
        "总第1345期",
        "2035年代",
        "一日三餐",
        "每日新闻",
        "《今日早报》报道",
        "第3日",
        "1.5月",
        "5日内完成",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [found for found in dates_in(text, ISSUE) if found.first] == []


def test_the_same_day_is_the_last_one_told() -> None:
    found = dates_in("6月4日，会议召开。当天下午，现场观摩。", ISSUE)
    assert [(each.text, each.first) for each in found] == [("6月4日", "2021-06-04"), ("当天", "2021-06-04")]
    assert dates_in("当天下午，现场观摩。", ISSUE)[0].first is None


def test_paragraphs_keep_their_numbers() -> None:
    found = event_dates(article("会议昨日召开。", "明日闭幕，定于2022年再开。"))
    assert [(each.paragraph, each.text, each.first) for each in found] == [
        (1, "昨日", "2021-06-07"),
        (2, "明日", "2021-06-09"),
        (2, "2022年", "2022-01-01"),
    ]


PEOPLE = [
    ("区委书记马军权，区委副书记、区长巴海峰出席会议。", [("区委书记", "马军权"), ("区委副书记、区长", "巴海峰")]),
    ("聊城市市长宋军继说，要抓紧。", [("市长", "宋军继")]),
    ("市水务局局长张三介绍，工程已完工。", [("局长", "张三")]),
    ("张三局长介绍，工程已完工。", [("局长", "张三")]),
    ("李局长说，工程已完工。", [("局长", "李")]),
    ("党组书记、局长张学宏郑重表态。", [("党组书记、局长", "张学宏")]),
    ("村党支部书记潘松刚说。", [("村党支部书记", "潘松刚")]),
    ("公司董事长欧阳明华致辞。", [("董事长", "欧阳明华")]),
    ("由王小明院长带队。", [("院长", "王小明")]),
    ("副市长刘文强在致辞中表示", [("副市长", "刘文强")]),
    ("局长办公会议召开。", []),
    ("总书记关于网络强国的重要思想", []),
    ("书记和局长都到了现场。", []),
    ("市长热线接到来电。", []),
    ("Mayor John Hardwick said on Monday", [("Mayor", "John Hardwick")]),
    ("Deputy Chief Ruth Doyle led the search.", [("Deputy Chief", "Ruth Doyle")]),
    ("Clara Ferris, superintendent of Elmwood schools, said", [("superintendent", "Clara Ferris")]),
    ("The mayor said nothing.", []),
]


@pytest.mark.parametrize(("text", "wanted"), PEOPLE)
def test_persons_with_their_titles(text: str, wanted: list[tuple[str, str]]) -> None:
    found = offices_held(article(text))
    assert [(each.title, each.name) for each in found] == wanted
    assert all(text[each.start : each.end] == each.name and each.date == ISSUE for each in found)


def test_the_office_beside_a_title() -> None:
    [one] = offices_held(article("日前，市水务局局长张三介绍了情况。"))
    assert one.office == "市水务局"
    [two] = offices_held(article("会上，记者采访了市水务局局长张三。"))
    assert two.office == "市水务局"
    [three] = offices_held(article("Clara Ferris, superintendent of the Elmwood schools, said so."))
    assert three.office == "Elmwood schools"


def test_regions_from_metadata_name_and_print() -> None:
    told = article("我区召开会议，全市参加，市委书记讲话。", region={"city": "聊城市", "district": "东昌府区"})
    assert [(each.text, each.region) for each in places_meant(told)] == [
        ("我区", "东昌府区"),
        ("全市", "聊城市"),
        ("市", "聊城市"),
    ]
    assert regions_of(article("x", region="山东省聊城市东昌府区")) == {"省": "山东省", "市": "聊城市", "区": "东昌府区"}
    bare = article("我区召开会议。", newspaper="东昌府讯")
    assert [each.region for each in places_meant(bare)] == [None]
    other = article("会议在东昌府区举行。", newspaper="东昌府讯")
    assert [each.region for each in places_meant(bare, beside=[other])] == ["东昌府区"]
    stranger = article("会议在东昌府区举行。", newspaper="清河报")
    assert [each.region for each in places_meant(bare, beside=[stranger])] == [None]
    assert regions_of(article("x", newspaper="莘县报")) == {"县": "莘县"}
    assert [each.region for each in places_meant(article("我省与全县，县长讲话。"))] == [None, None, None]


def test_offsets_of_regions() -> None:
    text = "在我区，全区上下"
    assert [text[each.start : each.end] for each in places_meant(article(text))] == ["我区", "全区"]
