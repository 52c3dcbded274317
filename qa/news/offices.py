"""Whether a question asks who holds an office, and which: X的局长是谁, 谁是X的市长, who is the mayor of X.

Takes a question for an office and nothing else; who did something at a meeting is another question. Does not know whether the
office exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text import fold
from qa.news.titles import EN_OFFICE, OFFICE
from qa.question import Question
from qa.schema import Language

PLACE_END = "省市区县镇乡村"
_WHO = (
    r"(?:是谁|是哪一?位|是什么人|是何人|叫什么名字|叫什么|姓什么|名字叫什么|的名字是什么|的姓名|的名字|由谁担任|由谁出任|谁来当|是谁担任|"
    r"谁当|谁担任|谁任|为谁|有谁|都有谁|有哪些人|有哪些|有哪几位|有哪几任|都是谁|换过谁|谁)"
)
_NOW = r"(?:请问|我想知道|现在|目前|如今|当前|现任|时任|历任|历届|新任|当时|前后|先后|的|,|\s){0,6}"
_ZH = (
    re.compile(rf"^{_NOW}(?P<organ>[^,。;?？!]{{0,30}}?)的?{_NOW}(?P<office>{OFFICE.pattern}){_NOW}{_WHO}"),
    re.compile(
        rf"^{_NOW}谁{_NOW}(?:是|任|担任|出任|当|当过|做|做过|担任过)了?{_NOW}"
        rf"(?P<organ>[^,。;?？!]{{0,30}}?)的?{_NOW}(?P<office>{OFFICE.pattern})"
    ),
)
_ZH_END = re.compile(r"^[\s?？。!呢啊]*$")
# An organ is a name; with one of these it is a clause, and the question asks for a person in some event.
_CLAUSE = re.compile(
    r"出席|参加|主持|宣布|表示|介绍|指出|要求|认为|会上|上说|召开|举行|被|把|让|说|获得?|领衔|带领|视察|调研|负责|分管|兼|哪|什么|"
    r"为什么|怎么|去世|死|任命|当选|关于|谈|对|与|和.{6,}"
)
_EN_WHO = r"^(?:please )?(?:tell me )?who (?:is|was|are|were|has been|have been|serves as|served as|became|holds the office of)"
_EN_ORGAN = r"(?P<organ>[^?,]+?)"
_EN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_EN_WHO}(?: the)?(?: current| present| then| new| serving)? (?P<office>{EN_OFFICE})s?"
        rf"(?:(?: of| at| in) (?:the )?{_EN_ORGAN})?(?: now| today| at present| over time)?\W*$",
        rf"{_EN_WHO} (?:the )?{_EN_ORGAN}(?:['’]s)? (?:current )?(?P<office>{EN_OFFICE})(?: now| today)?\W*$",
        rf"^what (?:is|was) the name of (?:the )?(?P<office>{EN_OFFICE})(?:(?: of| at) (?:the )?{_EN_ORGAN})?\W*$",
    )
)
# What English calls an office and the words that Chinese papers print for it.
_IN_CHINESE: dict[str, tuple[str, ...]] = {
    "mayor": ("市长", "镇长"),
    "deputy mayor": ("副市长",),
    "vice mayor": ("副市长",),
    "governor": ("省长", "州长"),
    "president": ("总统", "主席", "总裁", "校长", "院长", "会长", "行长"),
    "prime minister": ("总理", "首相"),
    "premier": ("总理",),
    "chancellor": ("总理", "校长"),
    "minister": ("部长",),
    "foreign minister": ("外长", "部长"),
    "secretary": ("书记", "秘书长"),
    "secretary general": ("秘书长",),
    "director": ("局长", "主任", "所长", "馆长", "院长", "处长", "厅长", "社长", "台长"),
    "director general": ("总干事", "局长", "署长"),
    "deputy director": ("副局长", "副主任", "副院长", "副馆长"),
    "chairman": ("主席", "董事长", "会长", "理事长"),
    "chairwoman": ("主席", "董事长", "会长", "理事长"),
    "chairperson": ("主席", "董事长", "会长", "理事长"),
    "chair": ("主席", "董事长", "会长", "理事长"),
    "chief executive": ("总裁", "总经理", "首席执行官", "行政长官"),
    "chief executive officer": ("总裁", "总经理", "首席执行官"),
    "ceo": ("总裁", "总经理", "首席执行官"),
    "general manager": ("总经理",),
    "manager": ("经理", "总经理"),
    "principal": ("校长",),
    "headmaster": ("校长",),
    "headmistress": ("校长",),
    "dean": ("院长",),
    "rector": ("校长",),
    "police chief": ("局长", "警察局长", "警长"),
    "chief": ("局长", "长官", "所长", "站长"),
    "commissioner": ("专员", "局长"),
    "magistrate": ("县长", "知县"),
    "party chief": ("书记",),
    "party secretary": ("书记",),
    "head": ("区长", "县长", "局长", "主任", "院长", "校长", "部长", "科长", "处长", "会长", "队长", "站长"),
    "captain": ("队长", "船长"),
    "coach": ("教练",),
    "editor": ("主编", "总编", "总编辑"),
    "editor in chief": ("主编", "总编", "总编辑"),
    "ambassador": ("大使",),
    "king": ("国王",),
    "queen": ("女王",),
    "pope": ("教皇",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """An office asked for: its printed forms, and the body or place it belongs to (folded, empty where none is said)."""

    forms: tuple[str, ...]
    organ: str
    language: Language


def asked(question: Question) -> Office | None:
    """Return the office that a question asks the holder of, None when it asks for anything more or else."""
    text = fold(question.text)
    for mention in question.dates:
        text = text.replace(fold(mention.text), "", 1)
    text = text.strip()
    if question.language == "en":
        return _asked_en(text)
    for pattern in _ZH:
        match = pattern.search(text)
        if match and _ZH_END.match(text[match.end() :]) and not _CLAUSE.search(match.group("organ")):
            return Office((_plain(match.group("office")),), joined(match.group("organ").strip("的时年月日,、 ")), "zh")
    return None


def _asked_en(text: str) -> Office | None:
    for pattern in _EN:
        match = pattern.match(text)
        if match:
            office = re.sub(r"[ -]+", " ", match.group("office").lower())
            return Office((office, *_IN_CHINESE.get(office, ())), (match.group("organ") or "").strip(), "en")
    return None


def _plain(office: str) -> str:
    return re.sub(r"^(?:时任|现任|新任|代理|代)(?=.)", "", office)


def joined(organ: str) -> str:
    """Write a place and its body as papers do: 东昌府区 + 区委 is printed 东昌府区委."""
    return re.sub(rf"([{PLACE_END}])\1", r"\1", organ)
