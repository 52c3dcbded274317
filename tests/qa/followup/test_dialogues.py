"""Dialogues of two turns in Chinese and English: the question before, what is typed next, and the full question it stands for."""

from __future__ import annotations

import pytest

from qa.followup import complete
from qa.question import understand
from qa.schema import Turn

CHINESE = """
2019年全市新增多少个就业岗位？ | 那2021年呢？ | 2021年全市新增多少个就业岗位？
2019年全市新增多少个就业岗位？ | 去年呢 | 去年全市新增多少个就业岗位？
2019年全市新增多少个就业岗位？ | 2020年？ | 2020年全市新增多少个就业岗位？
全市新增多少个就业岗位？ | 那去年呢？ | 去年全市新增多少个就业岗位？
莘县有多少个贫困村？ | 阳谷县呢？ | 阳谷县有多少个贫困村？
莘县有多少个贫困村？ | 那山东省呢？ | 山东省有多少个贫困村？
全市有多少座公厕？ | 垃圾中转站呢？ | 全市有多少垃圾中转站？
临江县招聘会提供了多少个岗位？ | 企业呢？ | 临江县招聘会提供了多少企业？
第三届读书节在哪里举办？ | 第四届呢？ | 第四届读书节在哪里举办？
2021年6月8日的报纸第1版登了什么？ | 第2版呢？ | 2021年6月8日的报纸第2版登了什么？
2021年6月8日的报纸头版登了什么？ | 第2版呢？ | 2021年6月8日的报纸第2版登了什么？
市长是谁？ | 市委书记呢？ | 市委书记是谁？
临江县的县长是谁？ | 那县委书记呢？ | 临江县的县委书记是谁？
周小山强调了什么？ | 李长明呢？ | 李长明强调了什么？
第三届读书节的主题是什么？ | 时间呢？ | 第三届读书节的时间是什么时候？
第三届读书节的主题是什么？ | 地点呢？ | 第三届读书节的地点在哪里？
第三届读书节在哪里举行？ | 什么时候？ | 第三届读书节什么时候举行？
第三届读书节在哪里举行？ | 为什么？ | 第三届读书节为什么举行？
孙大力要求守住哪几条底线？ | 为什么？ | 孙大力为什么要求守住底线？
第三届读书节在哪里举行？ | 谁主持的？ | 第三届读书节谁主持的？
第三届读书节在哪里举行？ | 有多少人参加？ | 第三届读书节有多少人参加？
第三届读书节在哪里举行？ | 主题是什么？ | 第三届读书节的主题是什么？
全市春季运动会在哪里召开？ | 几点开始？ | 全市春季运动会几点开始？
大桥什么时候通车？ | 花了多少钱？ | 大桥花了多少钱？
大桥什么时候通车？ | 那条大桥有多长？ | 大桥有多长？
2019年全市建了多少座公厕？ | 和2018年相比呢？ | 2019年全市建了多少座公厕，和2018年相比呢？
莘县有多少个贫困村？ | 跟阳谷县比呢？ | 莘县有多少个贫困村，跟阳谷县比呢？
2018年9月协议在哪座城市签的？ | 当天谁出席了？ | 2018年9月协议谁出席了？
招聘会在莘县哪里举行？ | 那里有多少家企业？ | 莘县有多少家企业？
“春风行动”什么时候开始？ | 这个活动来了多少人？ | “春风行动”来了多少人？
博物馆什么时候开放？ | 门票多少钱？ | 博物馆的门票多少钱？
博物馆什么时候开放？ | 怎么预约？ | 博物馆怎么预约？
环卫处管护着多少座公厕？ | 它负责多大面积？ | 环卫处负责多大面积？
环卫处管护着多少座公厕？ | 其办公地点在哪里？ | 环卫处的办公地点在哪里？
谁设计了大桥？ | 他还设计过什么？ | 设计了大桥的人还设计过什么？
张学民是哪里人？ | 她什么时候退休？ | 张学民什么时候退休？
谁主持会议？ | 还有谁参加？ | 会议还有谁参加？
图书馆有哪些活动？ | 还有呢？ | 图书馆有哪些活动？
What was the theme of the third Harbour Reading Festival? | 它在哪里举行？ | the third Harbour Reading Festival在哪里举行？
"""

ENGLISH = """
What was the theme of the third Harbour Reading Festival? | When? | When was the third Harbour Reading Festival?
Where was the third Harbour Reading Festival held? | When? | When was the third Harbour Reading Festival held?
Where was the third Harbour Reading Festival held? | Who hosted it? | Who hosted the third Harbour Reading Festival?
How many trees were planted in Shandong in 2019? | And in 2021? | How many trees were planted in Shandong in 2021?
How many trees were planted in Shandong in 2019? | What about last year? | How many trees were planted in Shandong last year?
How many trees were planted in Shandong in 2019? | And in Henan? | How many trees were planted in Henan in 2019?
How many trees were planted in Shandong? | In 2021? | How many trees were planted in Shandong in 2021?
How many trees were planted in 2019? | How about roads? | How many roads were planted in 2019?
How many trees were planted in 2019? | Compared with 2018? | How many trees were planted in 2019, compared with 2018?
Who is the mayor of Liaocheng? | And Jinan? | Who is the mayor of Jinan?
Who is the mayor of Liaocheng? | What did he say? | What did the mayor of Liaocheng say?
Who is the mayor of Liaocheng? | How old is he? | How old is the mayor of Liaocheng?
How many jobs did the fair offer? | And companies? | How many companies did the fair offer?
Where was the Harbour Bridge built? | Why? | Why was the Harbour Bridge built?
Where was the Harbour Bridge built? | What is the cost? | What was the cost of the Harbour Bridge?
Who led the Harbour Festival? | How many people attended? | How many people attended the Harbour Festival?
What did Mayor Wang say in 2019? | And in 2021? | What did Mayor Wang say in 2021?
What happened in Shanghai in 1937? | Who was in charge there? | Who was in charge in Shanghai?
What happened in Shanghai in 1937? | Who was mayor that year? | Who was mayor in 1937?
What does the sanitation office do? | How large an area does it cover? | How large an area does the sanitation office cover?
Which villages got new roads? | anything else? | Which villages got new roads?
第三届读书节在哪里举行？ | Where was it held? | Where was 第三届读书节 held?
"""

# A change of topic: nothing is carried over.
ALONE = """
第三届读书节在哪里举行？ | 粮价为什么上涨？
第三届读书节在哪里举行？ | 图书馆有多少藏书？
第三届读书节在哪里举行？ | 莘县有多少个贫困村？
第三届读书节在哪里举行？ | 哪些村修了路？
第三届读书节在哪里举行？ | 什么是网格化管理？
第三届读书节在哪里举行？ | “四个环节”是哪四个？
第三届读书节在哪里举行？ | 2021年6月8日的报纸登了什么？
第三届读书节在哪里举行？ | 谁是聊城市市长？
第三届读书节在哪里举行？ | 其他村修了路吗？
Where was the Harbour Bridge built? | How many bridges are planned?
Where was the Harbour Bridge built? | Who is the mayor of Jinan?
Where was the Harbour Bridge built? | When did Mayor Wang say he would retire?
Which villages got new roads? | Were there any protests?
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().split("\n")]


@pytest.mark.parametrize(("before", "asked", "full"), [*_rows(CHINESE), *_rows(ENGLISH)])
def test_the_full_question(before: str, asked: str, full: str) -> None:
    completed = complete(asked, (Turn(before),))
    assert completed.text == full
    assert any(full in note for note in completed.notes)


@pytest.mark.parametrize(("before", "asked"), _rows(ALONE))
def test_a_change_of_topic_carries_nothing(before: str, asked: str) -> None:
    completed = complete(asked, (Turn(before),))
    assert (completed.text, completed.topic, completed.notes) == (asked, "", ())


def test_a_place_asked_for_is_taken_from_the_answer() -> None:
    turn = Turn("启动仪式在什么地方举行？", "启动仪式在济南市泉城广场举行。")
    assert complete("那里还办过什么活动？", (turn,)).text.startswith("济南市")


def test_a_day_asked_for_is_taken_from_the_answer() -> None:
    turn = Turn("协议是哪天签的？", "2018年9月6日，双方在杭州签约。")
    assert complete("那天还有谁在场？", (turn,)).text.startswith("2018年9月6日")


def test_the_one_person_of_an_answer_is_who_was_asked_for() -> None:
    turn = Turn("谁主持了会议？", "会议由李长明主持。")
    assert complete("他还说了什么？", (turn,)).text == "李长明还说了什么？"


def test_a_new_topic_is_what_the_next_pronoun_means() -> None:
    history = (Turn("第三届读书节在哪里举行？"), Turn("环卫处管护着多少座公厕？"))
    assert complete("它负责多大面积？", history).text == "环卫处负责多大面积？"


def test_swaps_follow_each_other() -> None:
    history = (Turn("2019年莘县有多少个贫困村？"), Turn("2020年呢？"))
    assert complete("阳谷县呢？", history).text == "2020年阳谷县有多少个贫困村？"


def test_what_was_carried_over_is_listed_and_taken_back_without_history() -> None:
    history = (Turn("第三届读书节在哪里举行？"),)
    carried = [item for item in understand("谁主持的？", history).inferred if item.field == "topic"]
    assert [item.value for item in carried] == ["第三届读书节"]
    assert not [item for item in understand("谁主持的？").inferred if item.field == "topic"]


def test_a_long_history_costs_little_and_breaks_nothing() -> None:
    history = tuple(Turn("那" * 900 + "呢？", "他" * 5000) for _ in range(20))
    assert complete("它呢？", history).text
