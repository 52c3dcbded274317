"""What is asked: kinds, content, names, counts, filters, and questions that cannot be asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import QuestionError
from index.schema import DateRange, Filter
from qa.question import LONGEST, understand

KINDS = {
    "三峡大坝是谁设计的？": ["who"],
    "公司总经理叫什么名字？": ["who"],
    "运动会是哪一天开幕的？": ["when"],
    "协议是哪天在哪座城市签的？": ["when", "where"],
    "图书馆建在哪里？": ["where"],
    "今年新建了几座桥？": ["number"],
    "全县有多少贫困户？": ["number"],
    "粮价为什么上涨？": ["why"],
    "大桥停用是因为什么？": ["why"],
    "这里的名称为什么又叫新村？": ["why"],
    "他被授予什么，为什么？": ["why"],
    "这种集会俗称为什么？": ["what"],
    "他被册封为什么官职？": ["what"],
    "新學校後來改名為什麼？": ["what"],
    "村里怎么处理垃圾？": ["how"],
    "这个村有哪些特产？": ["list"],
    "要守住哪几条底线？": ["list"],
    "新旧两种办法有什么区别？": ["compare", "list"],
    "什么是网格化管理？": ["definition"],
    "大桥通车了吗？": ["yesno"],
    "When was the bridge opened?": ["when"],
    "Who opened the bridge?": ["who"],
    "How many bridges are planned?": ["number"],
    "How large an area is covered?": ["number"],
    "How is the waste treated?": ["how"],
    "Which three bridges are planned?": ["list"],
    "Why did prices rise?": ["why"],
    "Was the bridge opened?": ["yesno"],
}


@pytest.mark.parametrize("text", KINDS)
def test_kinds(text: str) -> None:
    assert sorted(understand(text).kinds) == sorted(KINDS[text])


def test_question_frames_carry_no_content() -> None:
    assert understand("请问三峡大坝是哪一年建成的？").content == ("三峡大坝", "建成")
    assert understand("How many bridges are planned in Wuhan?").content == ("bridges", "planned", "Wuhan")


def test_only_frames_leave_the_whole_question() -> None:
    assert understand("是谁？").content == ("是谁？",)


def test_names_are_what_evidence_must_mention() -> None:
    assert understand("第七届“读书节”在阳谷县哪里举办？").names == ("读书节", "第七届", "阳谷县")
    assert "各县" not in understand("各县市区有什么任务？").names


def test_ordinals_in_english_are_names_in_chinese() -> None:
    assert understand("Where was the seventh festival held?").names == ("第七",)
    assert understand("Where was the 21st festival held?").names == ("第二十一",)
    assert understand("When was it first held?").names == ()


def test_measures_follow_the_number_word() -> None:
    assert understand("准备建几座过街天桥？").measures[0] == "座"
    assert understand("有多少人报名？").measures == ("人",)
    assert understand("谁报了名？").measures == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("“四个环节”是哪四个？", 4),
        ("要做好哪三件事？", 3),
        ("Which five routines were shown?", 5),
        ("有哪些做法？", None),
        ("第六届有哪些活动？", None),
    ],
)
def test_counted_lists(text: str, count: int | None) -> None:
    assert understand(text).count == count


def test_a_date_filters_only_where_the_paper_is_meant() -> None:
    june = DateRange("2021-06-01", "2021-06-30")
    assert understand("2021年6月的报纸登了什么？").filter == Filter(dates=(june,))
    assert understand("What was published in June 2021?").filter == Filter(dates=(june,))
    event = understand("2021年6月开了什么会？")
    assert event.filter == Filter()
    assert event.dates[0].range == june


def test_an_inferred_filter_is_shown_and_a_given_one_wins() -> None:
    question = understand("2021年6月的报纸登了什么？", filter=Filter(dates=(DateRange("2019-01-01", "2019-12-31"),)))
    assert question.filter.dates == (DateRange("2019-01-01", "2019-12-31"),)
    assert any("按报纸日期筛选：2021年6月（" in note for note in understand("2021年6月的报纸登了什么？").notes)


def test_two_years_ask_for_a_contrast() -> None:
    assert understand("2019年和2021年的市长分别是谁？").contrast
    assert not understand("2019年的市长是谁？").contrast


@pytest.mark.parametrize("text", ["", "   ", "？？？", "\u200b\u200b", "\x00"])
def test_empty_questions_are_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        understand(text)


def test_long_questions_are_refused() -> None:
    understand("问" * LONGEST)
    with pytest.raises(QuestionError, match="1001 characters"):
        understand("问" * (LONGEST + 1))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_understood_or_refused_in_one_line(text: str) -> None:
    try:
        question = understand(text)
    except QuestionError as error:
        assert "\n" not in str(error)
    else:
        assert question.kinds
        assert question.content


@pytest.mark.parametrize(
    ("question", "kinds", "content"),
    [
        ("中国的首都是哪里？", ("where",), ("中国的首都",)),
        ("成都有多少人口？", ("number",), ("成都", "人口")),
        ("任何人都可以参加吗？", ("yesno",), ("任何人都可以参加",)),
        ("如何处理生活垃圾？", ("how",), ("处理生活垃圾",)),
        ("很多大学为什么停课？", ("why",), ("很多大学", "停课")),
        ("面临多重困难的企业怎么办？", ("how",), ("面临多重困难的企业", "办")),
        ("12345热线受理了多少件诉求？", ("number",), ("12345热线受理", "诉求")),
        ("报社的联系电话是多少？", ("contact", "number"), ("报社的联系电话",)),
        ("多少家庭受益？", ("number",), ("家庭受益",)),
        ("多少年轻人返乡？", ("number",), ("年轻人返乡",)),
    ],
)
def test_words_that_only_look_like_asking_stay(question: str, kinds: tuple[str, ...], content: tuple[str, ...]) -> None:
    understood = understand(question)
    assert understood.kinds == kinds
    assert understood.content == content


def test_a_counter_that_opens_another_word_counts_nothing() -> None:
    assert understand("多少家庭受益？").measures == ("家庭",)
    assert understand("共有几家企业？").measures == ("家", "企业")


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("会议什么时候在哪里召开？", "问的是：什么时候、什么地方"),
        ("Who opened the meeting?", "asked for: who"),
    ],
)
def test_the_kind_asked_for_is_told(question: str, note: str) -> None:
    assert note in understand(question).notes


def test_no_kind_no_note() -> None:
    assert understand("环卫工人的收入").notes == ()


@pytest.mark.parametrize(
    ("question", "unit"),
    [("长江有多长？", "公里"), ("这座楼多高？", "米"), ("石头有多重？", "吨"), ("要等多久？", "天"), ("带回多少克月壤？", "克")],
)
def test_what_a_size_is_counted_in(question: str, unit: str) -> None:
    assert unit in understand(question).measures


def test_a_thing_to_be_reached_by_is_asked_for_only_where_it_is_the_question() -> None:
    assert understand("谁发明了电话？").kinds == ("who",)
    assert understand("报社电话？").kinds == ("contact",)
