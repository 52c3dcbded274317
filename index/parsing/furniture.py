"""What is masthead: recognise lines that carry facts of the issue and belong to no article.

A line is furniture when the facts in it (paper's name, day, weekday, issue number, page, editors, contact ...) use up
all, or nearly all, of its characters. Works line by line; knows nothing of where the line stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.parsing.dates import WEEKDAY, find_date, number
from index.parsing.papers import is_daily, is_english, is_weak
from index.readers.names import plain_page
from index.text import fold

_NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_HAN = "\u4e00-\u9fff"
_SECTION_WORDS = (
    "要闻|综合|新闻|时政|时事|民生|社会|经济|财经|文化|体育|国际|国内|本地|本埠|地方|副刊|专版|专题|专刊|广告|公告|理论|教育|健康|卫生|视点|"
    "聚焦|关注|县区|城事|热线|天下|中国|世界|文艺|科技|科教|法治|法制|生活|旅游|读书|评论|观点|言论|图片|影像|深度|调查|特稿|特别报道|人物|"
    "乡村|三农|农业|企业|产业|金融|房产|汽车|娱乐|周末|都市|港闻|两岸|文娱|基层|党建|政法|环球|军事|声音|来信|读者"
)
SECTION = re.compile(rf"(?:{_SECTION_WORDS}){{1,3}}(?:[·・/](?:{_SECTION_WORDS}){{1,2}})?(?:版|专版|周刊)?")
_ENGLISH_SECTION = (
    "(?:front page|local|national|world|international|business|sports?|opinion|editorials?|letters?|city|metro|news|arts|"
    "features|classifieds)"
)
_EDITOR = (
    "责任编辑|责编|本版编辑|本版责编|版面编辑|执行主编|执行总编|总编辑|主编|编辑|美术编辑|美编|版式设计|版式|制版|校对|责任校对|组版|排版|"
    "值班主任|值班编委|值班总编|签发|审读|审校|检校|制图|统筹|策划|监制|本版主编|编审"
)
_EDITORS = re.compile(
    rf"((?:{_EDITOR})(?:[/、·](?:{_EDITOR}))*)\s*(?:[:/]\s*|\s+)"
    rf"((?:[{_HAN}]{{2,4}}|[{_HAN}] [{_HAN}])(?:[\s、/]+(?!(?:{_EDITOR}))[{_HAN}]{{2,4}})*)"
)
_LABEL = (
    r"(?:网\s?址|网站|官网|投稿邮箱|电子邮箱|电子邮件|邮\s?箱|e-?mail|新闻热线|热线电话|服务热线|订阅热线|广告热线|发行热线|热线|联系电话|电\s?话|传\s?真|"
    r"社\s?址|地\s?址|报社地址|邮\s?编|邮政编码|邮发代号|国内统一刊号|国内统一连续出版物号|国际标准刊号|刊\s?号|广告经营许可证号?|广告许可证|"
    r"零售价?|定\s?价|售\s?价|每份|印\s?刷|印刷单位|承印|发\s?行|出版单位|出\s?版|主\s?管|主\s?办|承办|协办|官方微信|微信公众号|微信|微博|"
    r"客户端|qq群?|website|web|(?:tele)?phone|tel|fax|address|published by|editor|news ?tips?|newsroom|news desk|subscriptions?|"
    r"to subscribe|advertising|circulation|home delivery|customer service|contact us)"
)
_LABELLED = re.compile(rf"{_LABEL}\.?(?:(?:\s*:\s*|\s+)(?:<[^>\s]{{1,120}}>|[^\s]{{1,60}})|\s*[\d<a-z][^\s]{{0,60}})")
_COLON_LABEL = re.compile(rf"^{_LABEL}[^:。,]{{0,8}}:\s*.{{1,80}}$")
_WEB = re.compile(r"(?:来源|稿源|文章来源|发布时间|发表时间|时间|日期|字数|浏览次数|阅读|点击)\s*:\s{0,3}([^\s:]{1,30})")
_AUTHOR = re.compile(rf"(?:作者|记者|通讯员|撰文)\s*:\s*([{_HAN}]{{2,4}}(?:[\s、,]+[{_HAN}]{{2,4}}(?![{_HAN}:]))*)")
_SOURCE = re.compile(rf"(?:来源|稿源)\s*:\s*[《「]?([{_HAN}]{{2,12}}(?:报|讯|新闻|周刊))")
# Every fact has one of these in it; most lines have none, and are done with.
_TRIGGER = re.compile(
    r"[\d:@$£€¥]|[一二三四五六七八九十]\s?[日版]|星期|礼拜|周|[农夏阴旧]历|[编校版审签图]|主|电|邮|网|day|vol|page|tel|pri|edition|cent"
)
_URL = re.compile(r"<?((?:https?://|www\.)[a-z0-9./_~%?=&#:-]{3,200})>?")
_EMAIL = re.compile(r"<?([a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})>?")
_LUNAR = re.compile(
    r"(?:农历|夏历|阴历|旧历)[^\s,。|]{2,16}|"
    r"[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\s?闰?[正一二三四五六七八九十冬腊]{1,2}月[初十廿卅一二三四五六七八九]{1,3}"
)
_WHOLE_ISSUE = re.compile(r"总\s?第?\s?(\d[\d,]{0,6})\s?[期号]")
_ISSUE = re.compile(
    r"第?\s?(\d[\d,]{0,6})\s?[期号](?!\w)|第\s?([〇○零一二三四五六七八九]{2,6}|[一二三四五六七八九]?十[一二三四五六七八九]?)\s?[期号]|\b(?:no|issue|number)\.?\s?(\d[\d,]{0,6})\b"
)
_VOLUME = re.compile(r"\bvol(?:ume)?\.?\s?[\divxlc]+,?")
_TODAY = re.compile(rf"(?:今日|今天|本期|本报今日|共)\s?(?:共|出|出版)?\s?{_NUMBER}\s?(?:个?版|块版)|\b(\d{{1,3}}) pages\b")
_PAGE = re.compile(
    r"第\s?([a-d]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?版|(?<![\w])([a-d]?\d{1,3}|[一二三四五六七八九十]{1,2})\s?版|"
    r"\bpage\s([a-d]?\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?:\s?(?:of|/)\s?\d{1,3}\b)?|版次\s?[:]?\s?([a-d]?\d{1,3})|^([a-d]\d{1,3})(?=\s|$)"
)
_SHEET = re.compile(r"第\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?张(?=\s*第)")
_PAGE_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PRICE = re.compile(
    r"[$£€¥]\s?\d+(?:\.\d\d)?|\b(?:price )?(?:\d+|one|two|three|four|five|six|eight|ten|fifteen|twenty)[ -]?"
    r"(?:cents?|pence|penny)\b|"
    r"\bprice [a-z]*pence\b|"
    r"\bcn\s?\d\d-\d{4}\b|\b\d+(?:\.\d+)?元"
)
_EDITION = re.compile(
    r"\b(?:(?:city|final|late|early|morning|evening|home|weekend|sunday) ){0,2}edition\b|\best(?:ablished|\.)? (?:in )?\d{4}\b"
)
_SEGMENT = re.compile(r"(?:(?!\s\s)[^|丨│•·,、;\u3000])+")
_PAGE_FIRST = re.compile(r"(?:p\.? ?)?([a-d]?\d{1,2})(?![\w.])\s*")
_PAGE_LAST = re.compile(r"\s*(?<![\w.])(?:p\.? ?)?([a-d]?\d{1,2})$")
_TOWN = re.compile(r"[a-z]+\.?(?: [a-z]+\.?)?")
_PAGE_AND_SECTION = re.compile(rf"^(0\d|[a-d]\d{{1,2}})[\s·|:]+(?:{_SECTION_WORDS})+版?$")
_FILLER = re.compile(r"[\s|丨·•—\-–_/,、。:;（）()<>《》【】*#~.&\[\]=+]+")
DASHED_NUMBER = re.compile(r"^\W*[-—–]\s?(\d{1,3})\s?[-—–]\W*$")
_PUBLISHED = re.compile(rf"[{_HAN}]{{2,10}}(?:社|委|集团|公司|部|中心)(?:编辑)?(?:出版|主办|主管|编印|承印)")


@dataclass(frozen=True, slots=True)
class Furnishing:
    """What a furniture line says: its kind and the facts in it under the names of ``Issue`` and its metadata."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class _Reader:
    """Takes facts out of a folded line; what is left at the end decides whether the line is furniture at all."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = fold(text)
        self.facts: dict[str, Any] = {}
        self.kinds: list[str] = []

    def take(self, pattern: re.Pattern[str], kind: str) -> re.Match[str] | None:
        match = pattern.search(self.key)
        if match is not None:
            self.cut(match.start(), match.end(), kind)
        return match

    def take_date(self) -> None:
        found = find_date(self.key)
        if found is not None:
            self.facts["date"] = found[0]
            self.cut(found[1], found[2], "date")

    def printed(self, match: re.Match[str]) -> str:
        return self.text[match.start() : match.end()].strip()

    def cut(self, start: int, end: int, kind: str) -> None:
        self.kinds.append(kind)
        self.key = self.key[:start] + " " * (end - start) + self.key[end:]

    def left(self) -> str:
        return _FILLER.sub("", self.key)


def recognise(text: str, names: frozenset[str] = frozenset()) -> Furnishing | None:
    """Read a line as furniture, or None when it says more than facts of the issue.

    ``names`` are the folded names the paper may have; they count as facts when printed beside others.
    """
    if len(text) > 200 or not text:
        return None
    line = _Reader(text)
    if not _TRIGGER.search(line.key):
        return None
    if DASHED_NUMBER.match(line.key):
        return Furnishing("page")  # of the file or of the paper: nobody can tell
    _take_contact(line)
    _take_editors(line)
    line.take_date()
    _take_calendar(line)
    _take_web(line)
    _take_numbers(line)
    beside = _take_name(line, names)
    line.take(_PRICE, "price")
    line.take(_EDITION, "edition")
    if "date" in line.facts:
        _take_folio(line)
    left = line.left()
    if not line.kinds:
        return None
    if left and _section_only(left):
        line.facts["section"] = text if len(text) <= 12 else left
        left = ""
    if left and (len(left) > 4 or len(left) * 4 > len(_FILLER.sub("", text)) or (len(line.kinds) < 2 and not beside)):
        return None
    return Furnishing(line.kinds[0], line.facts)


@functools.lru_cache(maxsize=1 << 14)
def is_section(text: str) -> bool:
    """Tell whether a line is nothing but the name of a page or column (要闻, 综合新闻, SPORTS)."""
    return _section_only(_FILLER.sub("", fold(text)))


def _section_only(left: str) -> bool:
    return SECTION.fullmatch(left) is not None or re.fullmatch(_ENGLISH_SECTION, left) is not None


def _take_folio(line: _Reader) -> None:
    """What stands beside the day in a head line: the paper's name, its page, a section, the town.

    Taken only if that uses up the line: A4 | June 9, 2021 | The Elmwood Courier.
    """
    facts: dict[str, Any] = {}
    towns = 0
    for match in _SEGMENT.finditer(line.key):
        segment = match.group().strip(" .:()-–—*/《》「」")
        if not segment:
            continue
        inner = _PAGE_FIRST.match(segment) or _PAGE_LAST.search(segment)
        if inner and "page" not in line.facts and "page" not in facts:
            facts["page"] = plain_page(inner[1])
            segment = (segment[: inner.start()] + segment[inner.end() :]).strip(" .:()-–—*")
        parts = [part for part in segment.split() if not _section_only(part)]
        if not parts or _section_only(segment):
            continue
        segment = parts[0] if len(parts) == 1 else segment
        if (
            "newspaper" not in line.facts
            and "newspaper" not in facts
            and (is_daily(segment) or is_weak(segment) or is_english(segment))
        ):
            start = line.key.index(segment, match.start())
            facts["newspaper"] = line.text[start : start + len(segment)]
        elif _TOWN.fullmatch(segment) and towns < 2 and "issue_number" in line.facts:
            towns += 1
        else:
            return
    if facts or towns:
        line.facts.update(facts)
        line.kinds.append("masthead")
        line.key = " " * len(line.key)


def _take_contact(line: _Reader) -> None:
    if match := _URL.search(line.key):
        line.facts["website"] = match[1].rstrip(".")
    if match := _EMAIL.search(line.key):
        line.facts["email"] = match[1]
    if _COLON_LABEL.match(line.key) and not re.search(r"[。!?]", line.key):
        line.take(_COLON_LABEL, "contact")
        return
    for _ in range(6):
        if line.take(_LABELLED, "contact") is None:
            break
    line.take(_PUBLISHED, "contact")
    line.take(_URL, "contact")
    line.take(_EMAIL, "contact")


def _take_editors(line: _Reader) -> None:
    editors: dict[str, str] = {}
    while match := line.take(_EDITORS, "editors"):
        names = re.sub(r"\s+", " ", line.text[match.start(2) : match.end(2)]).strip()
        if re.fullmatch(rf"[{_HAN}] [{_HAN}]", names):
            names = names.replace(" ", "")
        for role in re.split(r"[/、·]", line.text[match.start(1) : match.end(1)]):
            editors[role] = names
    if editors:
        line.facts["editors"] = editors


def _take_web(line: _Reader) -> None:
    """The line that web pages put under a headline: 2024年10月12日 来源：东平日报 作者：周丽."""
    if match := _SOURCE.search(line.key):
        line.facts["newspaper"] = line.text[match.start(1) : match.end(1)]
    if (match := _AUTHOR.search(line.key)) and (line.kinds or _WEB.search(line.key)):
        line.facts["author"] = line.text[match.start(1) : match.end(1)]
        line.take(_AUTHOR, "author")
    for _ in range(4):
        if line.take(_WEB, "web") is None:
            break


def _take_calendar(line: _Reader) -> None:
    if match := line.take(_LUNAR, "lunar_date"):
        line.facts["lunar_date"] = line.printed(match)
    if match := line.take(WEEKDAY, "weekday"):
        line.facts["weekday"] = line.printed(match)


def _take_numbers(line: _Reader) -> None:
    whole = line.take(_WHOLE_ISSUE, "issue_number")
    single = line.take(_ISSUE, "issue_number")
    if issue := whole or single:
        line.facts["issue_number"] = number(next(group for group in issue.groups() if group).replace(",", ""))
    line.take(_VOLUME, "issue_number")
    if match := line.take(_TODAY, "pages_today"):
        line.facts["pages_today"] = number(match[1] or match[2])
    if match := line.take(_SHEET, "page"):
        line.facts["sheet"] = str(number(match[1]))
    if match := _PAGE_AND_SECTION.match(line.key):
        line.facts["page"], line.facts["section"] = plain_page(match[1]), line.text
        line.kinds.append("page")
        line.key = " " * len(line.key)
    elif match := line.take(_PAGE, "page"):
        line.facts["page"] = _page(next(group for group in match.groups() if group))


def _page(printed: str) -> str:
    if printed in _PAGE_WORDS:
        return str(1 + _PAGE_WORDS.index(printed))
    return plain_page(printed) if printed.isascii() else str(number(printed))


def _take_name(line: _Reader, names: frozenset[str]) -> bool:
    """Take the longest name in what is left of the line, the first of equal ones."""
    if not line.kinds:
        return False
    for size in _sizes(names):
        at = next((at for at in range(len(line.key) - size + 1) if line.key[at : at + size] in names), None)
        if at is not None:
            line.facts["newspaper"] = line.text[at : at + size].strip()
            line.cut(at, at + size, "masthead")
            return True
    return False


@functools.lru_cache(maxsize=64)
def _sizes(names: frozenset[str]) -> list[int]:
    return sorted({len(name) for name in names if name}, reverse=True)
