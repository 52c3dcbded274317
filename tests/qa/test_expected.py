"""Words of the kind that a question asks for, and names of persons and places."""

from __future__ import annotations

import pytest

from qa.expected import enumerated, marks, satisfied, spans
from qa.gazetteer import level, persons, places
from qa.question import Kind, understand

SHOWN: list[tuple[Kind, str, list[str]]] = [
    ("when", "2018年9月6日，三方在杭州正式签约。", ["2018年9月6日"]),
    ("when", "大会於二〇一九年三月開幕。", ["二〇一九年三月"]),
    ("when", "The bridge opened on 8 June 2021.", ["8 June 2021"]),
    ("number", "来自当地的150余家企业参加，提供3000余个就业岗位。", ["150余家", "3000余个"]),
    ("number", "城区供热面积180万平方米，直供到户率达到70%以上。", ["180万平方米", "达到70%"]),
    ("number", "拟建设三座过街天桥。", ["三座"]),
    ("list", "主题有教育、医疗、养老和住房。", ["主题有教育、医疗、养老和住房"]),
]


@pytest.mark.parametrize(("kind", "text", "words"), SHOWN)
def test_spans(kind: Kind, text: str, words: list[str]) -> None:
    found = [text[start:end] for start, end in spans(kind, text)]
    assert [word.removeprefix("达到") for word in found] == [word.removeprefix("达到") for word in words]


def test_persons_are_found_with_and_without_an_office() -> None:
    text = "区委书记马军权、区长巴海峰出席，会议由李长萍主持。"
    assert {text[start:end] for start, end in spans("who", text)} >= {"马军权", "巴海峰", "李长萍"}
    assert [(start, end) for start, end in persons("会议由李长萍主持")] == [(3, 6)]
    assert persons("提高政治站位，金融高度发展") == []


def test_places_join_name_and_building() -> None:
    text = "日前，招聘会在莘县燕塔广场举办，去兰陵、宿迁等地参观。"
    found = [text[start:end] for start, end in places(text)]
    assert "莘县燕塔广场" in found
    assert {"兰陵", "宿迁"} <= set(found)


def test_marks_leave_out_what_the_question_said() -> None:
    question = understand("2021年6月8日在上海签约的还有哪座城市？")
    text = "2021年6月8日，上海、杭州同时签约。"
    assert "上海" not in [text[start:end] for start, end in marks(question, text)]


def test_a_number_must_count_what_was_asked() -> None:
    question = understand("招聘会有多少人报名？")
    assert satisfied(question, "共有300人报名。") == 1.0
    assert satisfied(question, "来自当地的150余家企业参加。") < 0.5
    assert satisfied(question, "报名踊跃。") == 0.0


def test_untyped_questions_are_undecided() -> None:
    assert satisfied(understand("为什么推迟？"), "因为下雨。") == 0.5


def test_enumerations() -> None:
    assert enumerated("引进数据湖、河姆渡、住建云等企业。")
    assert not enumerated("引进数据湖和河姆渡。")


def test_level_keeps_offsets_and_the_case_of_letters() -> None:
    text = "Ａｌｉ與Bob（1）"
    assert len(level(text)) == len(text)
    assert level("與Bob（1）") == "与Bob(1)"
