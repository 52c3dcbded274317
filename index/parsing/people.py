"""Who holds which office in an article: names with their titles, as printed (区委书记马军权, 李某局长, Mayor John Hardwick).

A name is taken only beside a title, and where print does not show its end the dictionary's words decide between two and
three characters. Who 他 or the mayor is elsewhere is not told. Works on demand; knows nothing of archives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.parsing.credits import is_name
from index.schema import ArticleRecord
from index.text import fold, segment

_HAN = "\u4e00-\u9fff"
_HEADS = (
    "总书记|书记|省长|市长|区长|县长|州长|旗长|镇长|乡长|村长|局长|厅长|部长|处长|科长|院长|校长|所长|站长|馆长|台长|社长|会长|厂长|行长|队长|"
    "组长|班长|连长|营长|团长|师长|司长|署长|庭长|检察长|秘书长|理事长|董事长|总经理|经理|总裁|总监|总编辑|主编|主任|主席|总统|总理|首相|国王|"
    "委员长|委员|常委|代表|议员|司令员|司令|政委|教授|研究员|院士|工程师|医生|主任医师|医师|护士长|教练|大使|发言人|负责人|专员|干事|调研员|督学"
)
_RANK = "(?:第一|原|前|时任|现任|代理|名誉|执行|常务|党组|党委|党支部|党工委|支部|高级|首席|总)?副?"
_BODY = (
    "[省市县区州旗镇乡村]委|[省市县区州旗镇乡村](?=党|人大|政协|纪委)|纪委|政协|人大常委会|人大|党组|党委|党支部|党总支|党工委"
)
_TITLE = rf"(?:{_RANK}(?:(?:{_BODY}){{1,2}}{_RANK})?(?:{_HEADS}))"
_SERIES = re.compile(rf"{_TITLE}(?:(?:、|兼){_TITLE}){{0,4}}")
_OFFICE = re.compile(
    rf"[{_HAN}A-Za-z]{{1,16}}?(?:省|市|区|县|州|旗|镇|乡|村|街道|社区|局|厅|部|委|委员会|院|大学|学院|学校|中学|小学|公司|集团|中心|处|科|站|所|队|"
    r"协会|学会|联合会|办公室|办|室|厂|店|银行|馆|社|基金会|政府|党委|支部|法院|检察院|医院|合作社|联盟)$"
)
_STOPS = re.compile(r"[，。、；：:！？,.;!?（(）)“”‘’《》\s]")
_NOT_OFFICE = re.compile(r"[的了在是由，、了和与及]|记者|采访|会见|聘请|邀请|来自|据|对|向|被|任命")
_AFTER = re.compile(
    r"[，。、；：:！？,.;!?（(）)“”‘’\"《》…\s—-]|$|说|表示|介绍|指出|强调|要求|出席|主持|参加|讲话|致辞|致词|告诉|在|率|陪同|宣布|认为|带领|就|"
    r"对|向|与|和|及|等|为|作|代表|先后|一行|同志|来到|深入|先生|女士|教授|坦言|透露|回忆|称|也|还|则|正|已|将|的|是|从|到|任|于|带着|亲自|分别|"
    r"接受|前往|赴|会见|看望|调研|检查|走访|最|又|都|当选|获|被|给|把|让|曾|笑|算|谈"
)
_BEFORE = re.compile(r"(?:^|[，。、；：:！？“”‘’（(《》\s]|由|与|和|请|给|对|向|找到|见到|采访)$")
_NAME_FIRST = re.compile(rf"(?P<name>[{_HAN}]{{1,4}})(?P<title>副?(?:{_HEADS}))(?![{_HAN}]{{0,1}}(?:办公|会议|信箱|热线))")
_WORDS = frozenset(
    ("关于", "对于", "和平", "平安", "安排", "严格", "明确", "全面", "全体", "全程", "同意", "于是", "万一", "许多", "鲁迅奖")
)
_NEVER_IN_NAMES = re.compile(f"{_HEADS}|^.+[的了都也到及等是在与和]")
_ENGLISH_TITLE = (
    "Mayor|President|Vice President|Governor|Senator|Congressman|Judge|Justice|Superintendent|Principal|Professor|Dr\\.|Captain|"
    "Colonel|General|Sheriff|Chief|Commissioner|Director|Chairman|Chairwoman|Secretary|Minister|Prime Minister|Councilman|"
    "Councilwoman|Rev\\.|Bishop|Officer|Sergeant|Lieutenant|Inspector|Engineer|Ambassador|Treasurer|Clerk|Manager|Editor"
)
_ENGLISH_NAME = r"(?:[A-Z][a-z'’-]+|[A-Z]\.)(?: (?:[A-Z][a-zA-Z'’-]+|[A-Z]\.)){0,3}"
_ENGLISH_FIRST = re.compile(
    rf"\b(?P<title>(?:(?:Deputy|Assistant|Acting|Former|City|County|State|Police|Fire) )*(?:{_ENGLISH_TITLE})) "
    rf"(?P<name>{_ENGLISH_NAME})"
)
_ENGLISH_AFTER = re.compile(
    r"\b(?P<name>[A-Z][a-z'’-]+ (?:[A-Z]\. )?[A-Z][a-zA-Z'’-]+), (?:the |an? )?"
    r"(?P<title>(?:[a-z-]+ ){0,2}(?:mayor|president|governor|senator|judge|superintendent|principal|professor|chairman|"
    r"chairwoman|director|manager|secretary|minister|commissioner|chief|engineer|treasurer|spokesman|spokeswoman|spokesperson|editor|"
    r"owner|farmer))"
    r"(?P<office> (?:of|at|for) (?:the )?[A-Z][\w'’ -]{2,40}?(?=,| said|\.))?"
)


@dataclass(frozen=True, slots=True)
class Office:
    """A person with a title: ``name`` is ``paragraph[start:end]``, ``title`` and ``office`` as printed beside it (office None
    where none is), ``date`` the ISO date of the issue: titles change."""

    name: str
    title: str
    office: str | None
    paragraph: int
    start: int
    end: int
    date: str | None


def offices_held(article: ArticleRecord) -> list[Office]:
    """Find the persons an article names with a title, in printed order."""
    return [
        Office(name, title, office, paragraph.number, start, start + len(name), article.date)
        for paragraph in article.paragraphs
        for name, title, office, start in sorted(_in(paragraph.text), key=lambda each: each[3])
    ]


_Found = tuple[str, str, "str | None", int]


def _in(text: str) -> Iterator[_Found]:
    key = fold(text)
    taken: list[tuple[int, int]] = []
    for match in _SERIES.finditer(key):
        length = _name_length(key, match.end())
        if length:
            start = match.end()
            taken.append((match.start(), start + length))
            yield text[start : start + length], text[match.start() : start], _office(text, key, match.start()), start
    for match in _NAME_FIRST.finditer(key):
        named = _named_before(match)
        if named is not None and not any(start < match.end("title") and named < end for start, end in taken):
            yield text[named : match.end("name")], text[match.start("title") : match.end("title")], None, named
    yield from _english(text)


def _name_length(key: str, at: int) -> int:
    """How many characters behind a title are a name: 0, 2, 3 or 4."""
    lengths = [length for length in (4, 3, 2) if _is_name(key[at : at + length]) and len(key) >= at + length]
    closed = [length for length in lengths if _AFTER.match(key, at + length)]
    if closed:
        return closed[-1] if _word_ends(key, at, closed[-1]) or len(closed) == 1 else closed[0]
    return next((length for length in lengths if _word_ends(key, at, length)), 0)


def _is_name(word: str) -> bool:
    return is_name(word) and word[:2] not in _WORDS and _NEVER_IN_NAMES.search(word) is None


def _word_ends(key: str, at: int, length: int) -> bool:
    """Whether the dictionary's words leave a gap behind so many characters."""
    place = 0
    for word in segment(re.split(rf"[^{_HAN}]", key[at : at + 12])[0]):
        place += len(word)
        if place >= length:
            return place == length
    return place == length


def _named_before(match: re.Match[str]) -> int | None:
    """Where the name before a title begins: 李局长, 李某某局长; None when what stands there is no name."""
    name, end = match["name"], match.end("name")
    for length in (4, 3, 2, 1):
        candidate = name[-length:]
        if len(candidate) < length:
            continue
        before = match.string[max(0, end - length - 3) : end - length]
        named = _is_name(candidate) if length > 1 else is_name(candidate + "某")
        if named and _BEFORE.search(before):
            return end - length
    return None


def _office(text: str, key: str, end: int) -> str | None:
    """The organisation printed right before a title, back to the last stop."""
    start = max(0, end - 20)
    for match in _STOPS.finditer(key, start, end):
        start = match.end()
    run = key[start:end]
    for stop in _NOT_OFFICE.finditer(run):
        start = max(start, end - len(run) + stop.end())
    return text[start:end] if _OFFICE.fullmatch(key[start:end]) else None


def _english(text: str) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    for match in _ENGLISH_FIRST.finditer(text):
        taken.append(match.span("name"))
        yield match["name"], match["title"], None, match.start("name")
    for match in _ENGLISH_AFTER.finditer(text):
        if not any(start < match.end("name") and match.start("name") < end for start, end in taken):
            office = match["office"]
            yield match["name"], match["title"], re.sub(r"^ \w+ (?:the )?", "", office) if office else None, match.start("name")
