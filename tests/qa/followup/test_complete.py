"""Follow-ups: what a pronoun or a short question stands for, and when nothing is carried over."""

from __future__ import annotations

import pytest

from qa.followup import complete, topic_of
from qa.schema import Turn

FULL = [
    ("第三届读书节的主题是什么？", "它前两届在哪些地方办过？", "第三届读书节前两届在哪些地方办过？"),
    ("全市春季运动会在哪里召开？", "这次会议谁主持？", "全市春季运动会谁主持？"),
    (
        "临江县“暖冬行动”招聘会来了多少家企业？",
        "它的启动仪式在什么地方举行？",
        "临江县“暖冬行动”招聘会的启动仪式在什么地方举行？",
    ),
    ("“茶二代”周小山说村里要做什么？", "他希望怎么卖茶？", "“茶二代”周小山希望怎么卖茶？"),
    ("2019年的市长是谁？", "2021年呢？", "2021年的市长是谁？"),
    (
        "What was the theme of the third Harbour Reading Festival?",
        "Where was it held?",
        "Where was the third Harbour Reading Festival held?",
    ),
    (
        "What was the theme of the third Harbour Reading Festival?",
        "Where were its earlier editions held?",
        "Where were the third Harbour Reading Festival's earlier editions held?",
    ),
]


@pytest.mark.parametrize(("before", "asked", "full"), FULL)
def test_the_full_question(before: str, asked: str, full: str) -> None:
    completed = complete(asked, (Turn(before),))
    assert completed.text == full
    assert any(full in note for note in completed.notes)


def test_a_person_is_taken_from_the_answer() -> None:
    turn = Turn("青山集团的总裁叫什么名字？", "青山集团总裁高小林介绍，公司今年扩产。")
    assert complete("他为什么看好茶叶？", (turn,)).text == "总裁高小林为什么看好茶叶？"


@pytest.mark.parametrize(
    "asked",
    [
        "哪些村修了路？",
        "其他村修了路吗？",
        "图书馆馆长周小山说他喜欢什么？",
        "How many bridges are planned?",
        "When did Mayor Wang say he would retire?",
    ],
)
def test_a_question_that_stands_alone_carries_nothing(asked: str) -> None:
    completed = complete(asked, (Turn("第三届读书节的主题是什么？"),))
    assert (completed.text, completed.topic, completed.notes) == (asked, "", ())


def test_without_history_a_pronoun_stays() -> None:
    assert complete("它在哪里？", ()).text == "它在哪里？"


def test_a_chain_of_follow_ups_reaches_the_first_question() -> None:
    history = (Turn("第三届读书节的主题是什么？"), Turn("它在哪里举行？"))
    assert complete("它有多少人参加？", history).text == "第三届读书节有多少人参加？"


def test_topic_is_the_words_before_the_predicate() -> None:
    assert topic_of("全市春季运动会在哪里召开？") == "全市春季运动会"
    assert topic_of("青山集团的总裁是谁？", person=True) == "青山集团的总裁"
    assert topic_of("青山集团的总裁是谁？") == "青山集团"
