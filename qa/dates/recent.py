"""Dates counted from today in Chinese: 昨天, 上周三, 上个月底, 去年6月, 近三年, 两个月前.

Reads one expression at one place of folded text. What gives no first and last day (近年来) is a vague mention.
"""

from __future__ import annotations

import datetime
import re

from qa.dates import chinese, eras
from qa.dates.spans import Atom, Days, last_units, units_ago, weekday_of

_COUNT = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
_YEAR = re.compile(r"(?P<w>大前年|前年(?!货)|去年|今年|上年度?|上一年|本年度?|明年|后年)")
_DAY = re.compile(
    r"(?P<w>大前天|前天|前日(?=[的晚下上，,。？?]|$)|昨天|昨日|昨晚|今天|今日(?=的|报纸|有|发|$|[，,。？?])|明天)(?!下)"
)
_WEEK = re.compile(
    r"(?P<w>上上|上|这|本|下)一?个?(?:星期|礼拜|周)(?!年|刊|报|围|期|转|边|岁|全|密|末?版)(?P<day>[一二三四五六日天])?(?P<end>末)?"
)
_MONTH = re.compile(r"(?P<w>上上个?|上一?个?|这个?|本|下一?个?)月(?!球|刊|报|饼|台)")
_QUARTER = re.compile(r"(?P<w>上一?个?|这个?|本)季度")
_PAST = re.compile(rf"(?:最近|近|过去|此前)(?:的|这)?{_COUNT}(?:多)?个?(?P<unit>天|日|周|星期|礼拜|月|季度|年)(?!代|级|前|公里)")
_AGO = re.compile(rf"(?<![第初十百千\d]){_COUNT}个?(?P<unit>天|周|星期|礼拜|月|年)(?:以|之)?前(?!后|途|身|期|来|往)")
_VAGUE = re.compile(r"近年来?|近几年来?|近些年来?|这几年|最近几[年天周]|近几个?[天周月]|近期|近来|近日|前些年|前几[年天]|早些年")
_YEARS_BACK = {"大前年": 3, "前年": 2, "去年": 1, "今年": 0, "上": 1, "本": 0, "明年": -1, "后年": -2}
_DAYS_BACK = {"大前天": 3, "前": 2, "昨": 1, "今": 0, "明": -1}
_BACK = {"上上": 2, "上": 1, "这": 0, "本": 0, "下": -1}
_UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "年": "year"}

TRIGGER = re.compile(r"[大前去今上本明后昨这下最近过此早\d一二两三四五六七八九十半]")


def read(text: str, place: int, today: datetime.date) -> Atom | None:
    """Return the expression counted from today that begins at ``place`` of folded text, None when none does."""
    for reader in (_vague, _year, _day, _week, _month, _quarter, _past, _ago):
        atom = reader(text, place, today)
        if atom is not None:
            return atom
    return None


def _vague(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _VAGUE.match(text, place)
    return Atom(place, match.end(), None, relative=True, vague=True) if match else None


def _year(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _YEAR.match(text, place)
    if not match:
        return None
    back = next(value for key, value in _YEARS_BACK.items() if match["w"].startswith(key))
    return chinese.tail(text, today.year - back, place, match.end(), relative=True)


def _day(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _DAY.match(text, place)
    if not match:
        return None
    back = next(value for key, value in _DAYS_BACK.items() if match["w"].startswith(key))
    return Atom(place, match.end(), units_ago(today, back, "day"), relative=True)


def _week(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _WEEK.match(text, place)
    week = units_ago(today, _BACK[match["w"]], "week") if match else None
    if not match or week is None:
        return None
    days = week
    if match["day"]:
        days = weekday_of(week, "一二三四五六日".index(match["day"].replace("天", "日")))
    elif match["end"]:
        days = (weekday_of(week, 5)[0], week[1])
    return Atom(place, match.end(), days, relative=True)


def _month(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _MONTH.match(text, place)
    days = units_ago(today, _back(match["w"]), "month") if match else None
    return chinese.in_month(text, days, place, match.end()) if match and days else None


def _quarter(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _QUARTER.match(text, place)
    return Atom(place, match.end(), units_ago(today, _back(match["w"]), "quarter"), relative=True) if match else None


def _back(word: str) -> int:
    return next(value for key, value in _BACK.items() if word.startswith(key))


def _past(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _PAST.match(text, place)
    if not match:
        return None
    if match["n"] == "半":
        if match["unit"] not in "月年":
            return None
        days = last_units(today, 15, "day") if match["unit"] == "月" else last_units(today, 6, "month")
    elif match["unit"] == "季度":
        days = last_units(today, eras.number(match["n"]) * 3, "month")
    else:
        days = last_units(today, eras.number(match["n"]), _UNITS[match["unit"]])
    return Atom(place, match.end(), days, relative=True) if days else None


def _ago(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _AGO.match(text, place)
    if not match:
        return None
    if match["n"] == "半":
        days: Days | None = units_ago(today, 6, "month") if match["unit"] == "年" else None
    else:
        count = eras.number(match["n"])
        days = units_ago(today, count, _UNITS[match["unit"]]) if count else None
    return Atom(place, match.end(), days, relative=True) if days else None
