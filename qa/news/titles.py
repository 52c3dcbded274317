"""Persons with their offices as a text names them: 市长李长萍, 李长萍当选市长, Mayor Li Changping, Li Changping, mayor of X.

Rules about language, no list of persons or places: an office is a word built like one, a name is a surname with one or two
characters, or a foreign name with dots, and ends where a clause goes on. Offices that are said to be given up are left out.
Offsets are code points into the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.gazetteer import SURNAMES, level, persons

_HEADS = (
    r"(?:[市省县区镇乡村州局厅处科所院校园厂站队组会馆行部司署社台团军师旅营连排班机船港旗盟]|董事|理事|秘书|检察|审计|审判)长|书记|主席|总统|总理|"
    r"首相|主任|总裁|总经理|总工程师|总编辑?|总干事|总监|总督|经理|主编|司令员?|政委|大使|首席执行官|教练|巡视员|国王|女王|天皇|教皇"
)
OFFICE = re.compile(rf"(?P<rank>常务副|第一副|代理|名誉|执行|原|前任?|时任|现任|新任|副|代)?(?P<head>{_HEADS})")
_CHAIN = r"(?:(?:兼|、|,|和)?[\u4e00-\u9fff]{0,8}?(?:" + _HEADS + r"))"
_FAMILY = "".join(sorted(SURNAMES))
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|呼延"
_GIVEN = r"[\u4e00-\u9fff]"
_NAME = (
    rf"(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_FAMILY}]{_GIVEN}{{1,2}}?|[\u4e00-\u9fff]{{1,8}}(?:[·‧•・][\u4e00-\u9fff]{{1,8}}?)+)"
)
# What may follow a name: the end of a clause or a word that goes on with the sentence.
_AFTER = (
    r"(?=$|[\s,。;:!?、)(》”\"“]|同志|先生|女士|一行|等|说|表示|介绍|指出|强调|要求|认为|告诉|坦言|回忆|称|出席|主持|参加|致辞|致词|讲话|带领|率|"
    r"在|就|从|对|向|与|和|及|为|是|的|作|做|到|赴|来|前往|深入|调研|视察|检查|走访|慰问|会见|接受|透露|宣布|签署|签订|代表|陪同|参观|察看|听取|"
    r"宣读|通报|传达|汇报|发表|发言|提出|呼吁|补充|感慨|笑|也|还|则|将|已|曾|亲|现场|今|昨|当|于|自|被|获|因|以|有|带|一起|共同|分别|先后|上任|到任|履新|不|没|又|再|同|与会|回|走|看|听|问|拿|忙)"
)
_AFTER_OFFICE = re.compile(rf"[\s:]{{0,2}}(?P<name>{_NAME}){_AFTER}")
# Heads of states are named by their foreign family name alone: 总统拜登宣布.
_STATE = re.compile(r"总统|首相|总理|主席|秘书长|总干事|国王|女王|天皇|教皇|外长|总书记")
_FOREIGN = re.compile(
    r"(?P<name>(?:(?![的了在是和与及为等将已对向就说称也于会曾再又并])[\u4e00-\u9fff]){2,5}?)"
    r"(?=表示|宣布|说|称|指出|强调|会见|会谈|举行|访问|抵达|出席|发表|签署|在|将|已|当天|就|对|与|和|[,。、)])"
)
_LIST_MARK = re.compile(rf"^(?:[、,兼和]{_CHAIN})*")
_TAKES = (
    r"(?:同志)?(?:正式|全票|再次|连任|继续|依法|高票)?"
    r"(?:当选为?|被?(?:选举|推选|任命|聘任|聘|选)为|出任|担任|就任|接任|继任|兼任|调任|升任|任|代理|为|是)"
)
_BEFORE_OFFICE = re.compile(rf"(?P<name>{_NAME}){_TAKES}(?P<organ>[^,。;:!?]{{0,24}}?)$")
_APPOINTS = re.compile(r"(?:选举|推选|任命|决定|聘任|聘请|聘|由|命|经|让|请)$")
_GIVEN_UP = re.compile(r"不再|免去|辞去|卸任|离任|前任|原$|卸下|撤销")
_LEAVES = re.compile(r"(?:职务|一职)?[^,。;:、]{0,6}(?:免去|辞去|卸任)")
_BREAK = re.compile(r"[,。;:!?、()“”\"《》\s]")
_EN_FULL = r"[A-Z][A-Za-z'’-]+(?: [A-Z]\.)?(?: [A-Z][A-Za-z'’-]+){1,3}"
EN_OFFICE = (
    r"(?:(?:lord |deputy |vice[- ]|acting |interim )?(?:mayor|governor|president|prime minister|premier|"
    r"chancellor|foreign minister|minister|secretary[- ]general|secretary|director[- ]general|director|"
    r"chairman|chairwoman|chairperson|chair|"
    r"chief executive(?: officer)?|ceo|general manager|manager|principal|headmaster|headmistress|dean|rector|police chief|chief|"
    r"commissioner|magistrate|party chief|party secretary|head|captain|coach|editor[- ]in[- ]chief|editor|ambassador|"
    r"superintendent|sheriff|king|queen|pope))"
)
_EN_TITLE = rf"(?P<office>(?i:{EN_OFFICE}))\b"
_EN_BODY = r"(?P<organ>[A-Z][\w'’-]*(?: (?:of |and )?[A-Z][\w'’-]*)*)"
_EN_TAKES = (
    r"(?:was |is |has been |who (?:was|is) )?(?:re-?elected|elected|appointed|named|sworn in as|chosen(?: as)?|became|is|was|as)"
    r"(?: as)? (?:the )?(?:new )?"
)
_EN_RANK = r"(?!(?:The|Prime|Deputy|Vice|Lord|Acting|Foreign|Party|Police|Chief|General)\b)"
_EN_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_EN_FULL}),? {_EN_TAKES}{_EN_TITLE}(?: (?:of|at) (?:the )?{_EN_BODY})?",
        rf"(?P<name>{_EN_FULL}), (?:the )?(?:(?:new|current|town|city|county) )?{_EN_TITLE}(?: (?:of|at) (?:the )?{_EN_BODY})?",
        rf"{_EN_TITLE} (?:of|at) (?:the )?{_EN_BODY},? (?P<name>{_EN_FULL})",
        rf"{_EN_BODY}(?:'s|’s) (?:new )?{_EN_TITLE},? (?P<name>{_EN_FULL})",
        rf"(?:(?P<organ>{_EN_RANK}[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*?) )?\b{_EN_TITLE} (?P<name>{_EN_FULL})",
    )
)
_EN_FORMER = re.compile(r"\b(?:former|late|ex)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titled:
    """A person and an office named together at ``text[start:end]``; the name alone at ``name_start:name_end``.

    ``office`` without a rank that changes nothing (时任, 代); ``organ`` is what is printed right before the office, so far as it
    can belong to it, empty where nothing is.
    """

    name: str
    office: str
    organ: str
    start: int
    end: int
    name_start: int
    name_end: int


def titled(text: str) -> list[Titled]:
    """Return the persons that a text names with their office, in order; folded forms, a person may come more than once."""
    leveled = level(text)
    return sorted({*_chinese(leveled), *_english(leveled)}, key=lambda found: (found.start, found.name_start, found.office))


def _chinese(text: str) -> Iterator[Titled]:
    for match in OFFICE.finditer(text):
        rank = match.group("rank") or ""
        if rank in ("原", "前", "前任"):
            continue
        office = ("" if rank in ("时任", "现任", "新任", "代", "代理") else rank) + match.group("head")
        organ = organ_before(text, match.start())
        yield from _name_after(text, match.end(), office, organ, match.start())
        yield from _name_before(text, match, office)


def _name_after(text: str, place: int, office: str, organ: str, start: int) -> Iterator[Titled]:
    chain = _LIST_MARK.match(text[place : place + 40])
    place += chain.end() if chain else 0
    found = _AFTER_OFFICE.match(text, place) or (_FOREIGN.match(text, place) if _STATE.search(office) else None)
    if found:
        low, high = found.span("name")
    else:
        near = [span for span in persons(text[place : place + 12]) if span[0] == 0]
        if not near:
            return
        low, high = place, place + near[0][1]
    if not _GIVEN_UP.search(text[max(0, start - 12) : start]):
        yield Titled(text[low:high], office, organ, start, high, low, high)


def _name_before(text: str, match: re.Match[str], office: str) -> Iterator[Titled]:
    """李长萍当选市长, 选举李长萍为市长, 李长萍市长."""
    left = max(0, match.start() - 44)
    clause = left + max((mark.end() for mark in re.finditer(r"[,。;:!?、]", text[left : match.start()])), default=0)
    before = text[clause : match.start()]
    if _GIVEN_UP.search(before) or _LEAVES.match(text, match.end()):
        return
    for takes in _from_the_end(_BEFORE_OFFICE, before):
        if _stands_alone(before, takes.start("name"), takes.end("name")):
            low, high = clause + takes.start("name"), clause + takes.end("name")
            yield Titled(text[low:high], office, takes.group("organ").strip(), low, match.end(), low, high)
            return
    direct = [span for span in persons(before) if span[1] == len(before.rstrip("(,"))]
    if direct and not _AFTER_OFFICE.match(text, match.end()):
        low, high = clause + direct[-1][0], clause + direct[-1][1]
        yield Titled(text[low:high], office, "", low, match.end(), low, high)


def _from_the_end(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches by their beginning, the last first, so that what stands before a name is not taken for a part of it."""
    for start in range(len(text) - 1, -1, -1):
        if match := pattern.match(text, start):
            yield match


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A name begins where a clause begins, after a word of appointing, or where the dictionary sees a person."""
    return start == 0 or _APPOINTS.search(text[:start]) is not None or (start, end) in persons(text)


def organ_before(text: str, place: int) -> str:
    """Return the run of characters before an office, back over other offices of the same person, to the last break."""
    run = text[max(0, place - 30) : place]
    cut = max((mark.end() for mark in _BREAK.finditer(run)), default=0)
    head, tail = run[:cut], run[cut:]
    earlier = re.search(rf"(?P<organ>[\u4e00-\u9fff]*?)(?:{_HEADS})[、,]$", head)
    if not tail and earlier:  # 市委副书记、市长: the organ of the second office is the first one's place
        return ""
    return tail


def _english(text: str) -> Iterator[Titled]:
    taken: set[tuple[int, int]] = set()
    for pattern in _EN_PATTERNS:
        for match in pattern.finditer(text):
            span = match.span("name")
            if span in taken or re.search(
                r"\b(?:former|late|ex)[- ]?$|\bformer\b", text[max(0, match.start() - 8) : match.end()], re.IGNORECASE
            ):
                continue
            taken.add(span)
            organ = (match.groupdict().get("organ") or "").strip()
            office = re.sub(r"[ -]+", " ", match.group("office").lower())
            yield Titled(text[slice(*span)], office, organ, match.start(), match.end(), *span)
