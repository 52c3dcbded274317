"""A new date, ordinal, place, person, office, title or counted thing put in the place of its like in the question before.

Works on the words alone; where the question has nothing of the kind, the new words go in front or take the topic's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.dates import mentions
from qa.followup.topic import TITLE, topic_of
from qa.gazetteer import Span, level, persons, places

_NOUNS = """
主题 地点 时间 日期 规模 面积 长度 高度 人数 人口 名单 结果 原因 目的 意义 作用 背景 过程 经过 内容 主持人 主办方
承办方 协办方 主办单位 承办单位 负责人 嘉宾 冠军 名次 成绩 投资 投资额 造价 预算 资金 效果 情况 规定 要求 标准 条件
电话 地址 联系方式 作者 标题 特点 优势 困难 措施 目标 任务 门票 票价 价格 费用 奖金 口号 宗旨 名字 名称 年龄 职务
单位 来源 数量 比例
"""
ATTRIBUTE = re.compile(
    "(?:具体|总|主要|大概|最终|参赛|参加|报名|举办|开幕|活动|会议)?(?:"
    + "|".join(sorted(_NOUNS.split(), key=len, reverse=True))
    + ")"
)
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十百]+(?P<unit>[届次期版轮章条卷个批名位])|头版")
_QUOTED = re.compile(r"[“「《][^“”「」《》]{1,40}[”」》]")
_OFFICE = re.compile(rf"(?:市委|区委|县委|省委|党组|党委|常务|副|总|[市区县镇乡省])*{TITLE}")
_COUNTED = re.compile(r"多少(?P<unit>[个座家条处户名位所种项件])?(?P<noun>[\u4e00-\u9fff]{1,6}?)(?=[？?，,]|$|参加|参与|报名)")
_REGION = re.compile(r"[\u4e00-\u9fff]{1,5}(?:省|市|县|区|镇|乡|村|街道)")
_ASKED_BY = {
    "时间": "是什么时候", "日期": "是哪一天", "地点": "在哪里", "地址": "在哪里", "人数": "是多少", "规模": "有多大",
    "面积": "是多少", "长度": "是多少", "高度": "是多少", "人口": "是多少", "投资": "是多少", "投资额": "是多少",
    "造价": "是多少", "预算": "是多少", "费用": "是多少", "价格": "是多少", "票价": "是多少", "奖金": "是多少",
    "数量": "是多少", "比例": "是多少", "年龄": "是多少",
    "主持人": "是谁", "负责人": "是谁", "冠军": "是谁", "作者": "是谁", "嘉宾": "有谁",
}  # fmt: skip


def swap(question: str, what: str) -> str:
    """Return the question asked of ``what`` instead of its like (2019年… and 2021年 -> 2021年…)."""
    for rule in (_date, _ordinal, _quoted, _attribute, _office, _place, _person, _counted):
        full = rule(question, what)
        if full:
            return full
    topic = topic_of(question)
    return question.replace(topic, what, 1) if topic else f"{what}{question}"


def _date(question: str, what: str) -> str:
    new = mentions(level(what))
    if not new or (new[0].start, new[-1].end) != (0, len(what)):
        return ""
    old = mentions(level(question))
    if not old:
        return f"{what}{question}"
    start, end = old[0].start, old[0].end
    bare_year = old[0].text.isdigit() and question[end : end + 1] != "年"
    return question[:start] + (what.rstrip("年") if bare_year else what) + question[end:]


def _ordinal(question: str, what: str) -> str:
    new = _ORDINAL.fullmatch(what) or _ORDINAL.match(what)
    if not new:
        return ""
    unit = new["unit"] or "版"
    for old in _ORDINAL.finditer(question):
        if (old["unit"] or "版") == unit:
            return question[: old.start()] + new.group() + question[old.end() :]
    return ""


def _quoted(question: str, what: str) -> str:
    old = _QUOTED.search(question) if _QUOTED.fullmatch(what) else None
    return question[: old.start()] + what + question[old.end() :] if old else ""


def _attribute(question: str, what: str) -> str:
    topic = topic_of(question)
    if not topic or not ATTRIBUTE.fullmatch(what):
        return ""
    asked = next((words for noun, words in _ASKED_BY.items() if what.endswith(noun)), "是什么")
    return f"{topic}的{what}{asked}？"


def _office(question: str, what: str) -> str:
    old = _OFFICE.search(question) if _OFFICE.fullmatch(what) else None
    return question[: old.start()] + what + question[old.end() :] if old else ""


def _place(question: str, what: str) -> str:
    if not (_whole(what, places) or _REGION.fullmatch(what)):
        return ""
    levelled = level(question)
    spans = list(dict.fromkeys((*places(levelled), *(match.span() for match in _REGION.finditer(levelled)))))
    alike = [span for span in spans if question[span[1] - 1] == what[-1]] or spans
    if not alike:
        return f"{what}{question}"
    start, end = alike[0]
    return question[:start] + what + question[end:]


def _person(question: str, what: str) -> str:
    old = persons(level(question)) if _whole(what, persons) else []
    return question[: old[0][0]] + what + question[old[0][1] :] if old else ""


def _whole(text: str, find: Callable[[str], Sequence[Span]]) -> bool:
    return (0, len(text)) in find(level(text))


def _counted(question: str, what: str) -> str:
    old = _COUNTED.search(question)
    return question[: old.start()] + "多少" + what + question[old.end("noun") :] if old else ""
