"""When the events of an article happened: dates named in its paragraphs, resolved against the date of the issue.

A day without a year lies in the year of the issue, or across the turn of the year where that is nearer; 昨日 is the day before
the paper came out. What cannot be told (日前, a bare 周五, anything relative without an issue date) has no range, never a guess.
Works on demand; knows nothing of archives. (What a *question* means by a date is read elsewhere.)
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from index.parsing.dates import number
from index.schema import ArticleRecord
from index.text import fold

_ACROSS = 300  # days from the issue beyond which a day without a year is of the year before or after
_N = "[〇○零一二三四五六七八九十廿]"
_DAY_NUMBER = rf"\d{{1,2}}|{_N}{{1,3}}"
_YEAR = (
    rf"(?:(?P<year>\d{{4}}|[〇○零一二三四五六七八九]{{4}})\s?年|民国\s?(?P<republic>\d{{1,2}}|{_N}{{1,3}})\s?年|"
    r"(?P<ryear>今|去|前|明|后)年)"
)
_MONTH = rf"(?:(?<![\d几数.])(?P<month>\d{{1,2}}|{_N}{{1,2}})\s?月(?:份)?|(?P<rmonth>本|上|下)个?月(?:份)?)"
_END = r"(?:\s?(?:至|到|—+|-|~)\s?(?:(?P<month2>\d{1,2})\s?月\s?)?(?P<day2>\d{1,2})\s?[日号])?"
_CHINESE = re.compile(
    rf"(?:{_YEAR}\s?)?{_MONTH}\s?(?:(?P<day>{_DAY_NUMBER})\s?[日号]{_END}|(?P<part>上旬|中旬|下旬|初|底|末))?|"
    rf"{_YEAR.replace('?P<', '?P<y_')}的?"
    r"(?P<half>上半年|下半年|第?[一二三四]季度|年?初|年?底|年?末)?(?!代|级|度|龄|[至到-]\d)|"
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)|"
    r"(?<!《)(?P<rday>昨|今|明|前|后)(?:日|天|晚|晨|夜|早|下午|上午)(?![报刊])|"
    r"(?P<week>上|本|这|下)一?个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])?|"
    r"(?<![\d月年第近每这几/.-])(?P<bare>\d{1,2})日(?=上午|下午|晚|凌晨|清晨|中午|从|在|举行|召开|电|讯|发布|宣布|表示|说|晨|夜|，|,)|"
    r"(?P<same>当日|当天|同日)|(?P<vague>日前|近日|近期|最近|目前|当前|近年来?|(?:周|星期)[一二三四五六日](?![\u4e00-\u9fff]))"
)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NAMES = "|".join(_MONTHS)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH = re.compile(
    rf"\b(?:(?P<month>{_NAMES}|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\b\.? "
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?|"
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{_NAMES})(?:,? (?P<year2>\d{{4}}))?|"
    rf"(?:in |since |by |of )(?P<month3>{_NAMES}) (?P<year3>\d{{4}})|(?:in|since|of) (?P<year4>(?:1[6-9]|20)\d\d)\b|"
    rf"(?P<rday>yesterday|today|tomorrow|last night|tonight|this morning)|"
    rf"(?P<rel>last|this|next) (?P<unit>year|month|week|{'|'.join(_DAYS)})|(?P<vague>recently|lately|on (?:{'|'.join(_DAYS)})))\b"
)
_RELATIVE_DAY = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "yesterday": -1, "last night": -1, "tomorrow": 1}
_RELATIVE = {"前": -2, "去": -1, "上": -1, "last": -1, "今": 0, "本": 0, "这": 0, "this": 0, "明": 1, "下": 1, "next": 1, "后": 2}
_PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}

Day = datetime.date
Range = tuple[Day, Day]


@dataclass(frozen=True, slots=True)
class EventDate:
    """A date as printed: ``text`` is ``paragraph[start:end]`` (offsets in code points), ``paragraph`` its number in the article.

    ``first`` and ``last`` are ISO days, both included; both are None where the words do not tell.
    """

    paragraph: int
    start: int
    end: int
    text: str
    first: str | None
    last: str | None


def event_dates(article: ArticleRecord) -> list[EventDate]:
    """Find the dates an article names, in printed order, resolved against the date of its issue."""
    return [
        found for paragraph in article.paragraphs for found in dates_in(paragraph.text, article.date, paragraph=paragraph.number)
    ]


def dates_in(text: str, issued: str | None, *, paragraph: int = 1) -> list[EventDate]:
    """Find the dates a text names; ``issued`` is the ISO date of the issue or None."""
    issue = Day.fromisoformat(issued) if issued else None
    key = fold(text)
    found: list[EventDate] = []
    latest: Range | None = None
    for match in sorted((*_CHINESE.finditer(key), *_ENGLISH.finditer(key)), key=lambda each: each.start()):
        if found and match.start() < found[-1].end:
            continue
        words = match.groupdict()
        if words.get("same"):
            days = latest if latest and latest[0] == latest[1] else None
        else:
            days = _read(words, issue, match.re is _ENGLISH)
            latest = days or latest
        if days is None and not _may_be_unknown(words):
            continue
        first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
        found.append(EventDate(paragraph, match.start(), match.end(), text[match.start() : match.end()], first, last))
    return found


def _may_be_unknown(words: dict[str, str | None]) -> bool:
    """Whether an expression that was not resolved is one all the same (13月 and 2月30日 are none)."""
    told = ("month", "y_year", "y_republic", "iso", "day", "day2", "year4", "bare")
    relative = ("vague", "same", "rday", "rmonth", "ryear", "y_ryear", "week", "rel")
    if any(words.get(name) for name in relative):
        return True
    day, month = words.get("day") or words.get("day2"), words.get("month") or words.get("month2")
    if month and day and not (words.get("year") or words.get("year2")):
        return _month(month) is not None and 1 <= number(day) <= 31
    return any(words.get(name) for name in told if name in ("bare",))


def _read(words: dict[str, str | None], issue: Day | None, english: bool) -> Range | None:
    try:
        readers = _ENGLISH_READERS if english else _CHINESE_READERS
        return next((read(words, issue) for names, read in readers if any(words.get(name) for name in names)), None)
    except (ValueError, OverflowError, KeyError):
        return None  # no such day


def _year_of(words: dict[str, str | None], issue: Day | None, prefix: str = "") -> int | None:
    """The year that is printed or counted from the issue; None where there is none, ValueError where it cannot be told."""
    if year := words.get(f"{prefix}year"):
        return _sound(number(year))
    if republic := words.get(f"{prefix}republic"):
        return _sound(1911 + number(republic))
    if relative := words.get(f"{prefix}ryear"):
        return _known(issue).year + _RELATIVE[relative]
    return None


def _sound(year: int) -> int:
    if not 1600 <= year <= 2100:
        raise ValueError(year)
    return year


def _known(issue: Day | None) -> Day:
    if issue is None:
        raise ValueError("without a date of the issue")
    return issue


def _month(printed: str) -> int | None:
    if printed.isascii() and printed.isalpha():
        return next(at for at, name in enumerate(_MONTHS, start=1) if name.startswith(printed[:3]))
    value = number(printed)
    return value if 1 <= value <= 12 else None


def _month_and_day(words: dict[str, str | None], issue: Day | None) -> Range | None:
    year = _year_of(words, issue)
    if relative := words.get("rmonth"):
        year, month = _moved(_known(issue), _RELATIVE[relative])
    else:
        found = _month(words["month"] or "")
        if found is None:
            return None
        month = found
    if day := words.get("day"):
        first = _day(year, month, number(day), issue)
        if not words.get("day2"):
            return first, first
        last = Day(first.year, int(words.get("month2") or first.month), int(words["day2"] or 0))
        return (first, last) if last >= first else (first, last.replace(year=last.year + 1))
    year = _day(None, month, 1, issue).year if year is None else year
    start, end = _PARTS.get(words.get("part") or "", (1, 31))
    return Day(year, month, start), Day(year, month, min(end, monthrange(year, month)[1]))


def _day(year: int | None, month: int, day: int, issue: Day | None) -> Day:
    """A day; without a year that of the issue, or the one before or after where the day lies most of a year away."""
    if year is not None:
        return Day(year, month, day)
    near = _known(issue)
    away = (Day(near.year, month, min(day, 28)) - near).days
    return Day(near.year + (away < -_ACROSS) - (away > _ACROSS), month, day)


def _moved(issue: Day, months: int) -> tuple[int, int]:
    year, month = divmod(issue.year * 12 + issue.month - 1 + months, 12)
    return year, month + 1


def _whole_year(words: dict[str, str | None], issue: Day | None) -> Range | None:
    year = _year_of(words, issue, "y_")
    if year is None:
        return None
    half = words.get("half") or ""
    if "季" in half:
        month = 3 * "一二三四".index(half.strip("第季度")) + 1
        return Day(year, month, 1), Day(year, month + 2, monthrange(year, month + 2)[1])
    spans = {"上": (1, 6), "下": (7, 12), "初": (1, 3), "底": (10, 12), "末": (10, 12)}
    first, last = next((span for word, span in spans.items() if word in half), (1, 12))
    return Day(year, first, 1), Day(year, last, monthrange(year, last)[1])


def _iso_day(words: dict[str, str | None], issue: Day | None) -> Range:
    year, month, day = map(int, (words["iso"] or "").split("-"))
    found = Day(_sound(year), month, day)
    return found, found


def _relative_day(words: dict[str, str | None], issue: Day | None) -> Range:
    found = _known(issue) + datetime.timedelta(days=_RELATIVE_DAY.get(words["rday"] or "", 0))
    return found, found


def _week(words: dict[str, str | None], issue: Day | None) -> Range:
    near = _known(issue)
    monday = near + datetime.timedelta(days=7 * _RELATIVE[words["week"] or ""] - near.weekday())
    day = words.get("wd")
    if day is None:
        return monday, monday + datetime.timedelta(days=6)
    if day == "末":
        return monday + datetime.timedelta(days=5), monday + datetime.timedelta(days=6)
    found = monday + datetime.timedelta(days="一二三四五六日".index(day.replace("天", "日")))
    return found, found


def _bare_day(words: dict[str, str | None], issue: Day | None) -> Range:
    """The day of a report without its month (记者8日从…获悉): the last such day before the paper came out."""
    near, day = _known(issue), int(words["bare"] or 0)
    year, month = (near.year, near.month) if day <= near.day else _moved(near, -1)
    found = Day(year, month, day)
    return found, found


def _english_day(words: dict[str, str | None], issue: Day | None) -> Range | None:
    month = _month(words.get("month") or words.get("month2") or "")
    year = words.get("year") or words.get("year2")
    day = words.get("day") or words.get("day2") or ""
    found = _day(_sound(int(year)) if year else None, month or 0, int(day), issue)
    return found, found


def _english_month(words: dict[str, str | None], issue: Day | None) -> Range:
    year, month = _sound(int(words["year3"] or 0)), _month(words["month3"] or "") or 0
    return Day(year, month, 1), Day(year, month, monthrange(year, month)[1])


def _english_year(words: dict[str, str | None], issue: Day | None) -> Range:
    year = _sound(int(words["year4"] or 0))
    return Day(year, 1, 1), Day(year, 12, 31)


def _english_relative(words: dict[str, str | None], issue: Day | None) -> Range:
    near, by, unit = _known(issue), _RELATIVE[words["rel"] or ""], words["unit"] or ""
    if unit == "year":
        return Day(near.year + by, 1, 1), Day(near.year + by, 12, 31)
    if unit == "month":
        year, month = _moved(near, by)
        return Day(year, month, 1), Day(year, month, monthrange(year, month)[1])
    if unit == "week":
        return _week({"week": {-1: "上", 0: "本", 1: "下"}[by]}, near)
    ahead = (_DAYS.index(unit) - near.weekday()) % 7
    found = near + datetime.timedelta(days=(ahead or 7) if by > 0 else ahead if by == 0 else ahead - 7)
    return found, found


_Reader = Callable[[dict[str, "str | None"], "Day | None"], "Range | None"]
_CHINESE_READERS: tuple[tuple[tuple[str, ...], _Reader], ...] = (
    (("month", "rmonth"), _month_and_day),
    (("y_year", "y_republic", "y_ryear"), _whole_year),
    (("iso",), _iso_day),
    (("rday",), _relative_day),
    (("week",), _week),
    (("bare",), _bare_day),
)
_ENGLISH_READERS: tuple[tuple[tuple[str, ...], _Reader], ...] = (
    (("month", "month2"), _english_day),
    (("month3",), _english_month),
    (("year4",), _english_year),
    (("rday",), _relative_day),
    (("rel",), _english_relative),
)
