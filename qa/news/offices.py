"""Who holds an office: titles change hands, so what the archive says is listed by date, the newest first.

Takes a question for an office and nothing else (X的局长是谁, who is the mayor of X), looks for persons named with that office
in what was retrieved, and keeps those whose body or place agrees. A printed page is believed: it does not know who holds the
office today, nor whether two spellings are one person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.schema import Passage
from index.text import fold, segment, sentences
from qa.news.titles import EN_OFFICE, OFFICE, Titled, titled
from qa.question import Question
from qa.quotes import within
from qa.retrieval import Query, View
from qa.schema import Language, Quote

MOST = 6  # persons listed
_LONG = 120  # characters
_CLAUSE_END = re.compile(r"[，；,;]")
_WHO = (
    r"(?:是谁|是哪一?位|是什么人|是何人|叫什么名字|叫什么|姓什么|名字叫什么|的名字是什么|的姓名|的名字|由谁担任|由谁出任|谁来当|是谁担任|"
    r"谁当|谁担任|谁任|为谁|有谁|都有谁|有哪些人|有哪些|有哪几位|有哪几任|都是谁|换过谁|谁)"
)
_NOW = r"(?:请问|我想知道|现在|目前|如今|当前|现任|时任|历任|历届|新任|当时|前后|先后|的|,|\s)*"
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
# Words after which an organ begins anew: what stands before them belongs to another part of the sentence.
_OPENING = frozenset(
    """
    的 由 在 经 据 对 向 是 了 到 请 被 将 让 与 和 及 跟 同 并 为 给 从 等 着 我 说 受 任 兼 新 任命 选举 选举产生 当选 出任 担任
    邀请 采访 会见 来自 听取 现任 时任 新任 兼任 记者 陪同 以及 随后 会上 当天 昨日 今日 日前 近日 产生 通过 决定 介绍 代表
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
_HERE = re.compile(r"^(?:我|全|该|本)?(?=[省市区县镇乡村])")
_PLACE_END = "省市区县镇乡村"
_SURE = 0.5  # fit of a translation that counts as the word itself


@dataclass(frozen=True, slots=True)
class Office:
    """An office asked for: its printed forms, and the body or place it belongs to (folded, empty where none is said)."""

    forms: tuple[str, ...]
    organ: str
    language: Language


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, with the passage that names them with the office, the day it was printed, and the span of the sentence."""

    name: str
    date: str | None
    passage: Passage
    quote: Quote


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
            return Office((_plain(match.group("office")),), _joined(match.group("organ").strip("的时年月日,、 ")), "zh")
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


def _joined(organ: str) -> str:
    """东昌府区 + 区委 is printed 东昌府区委."""
    return re.sub(rf"([{_PLACE_END}])\1", r"\1", organ)


def holders(question: Question, office: Office, passages: Sequence[Passage], query: Query, view: View) -> list[Holder]:
    """Return the persons named with an office, the newest mention of each, the newest person first, the undated last."""
    newest: dict[str, Holder] = {}
    periods = [mention.range for mention in question.dates if mention.range]
    for passage in passages:
        if periods and not any(within(period, passage, view) for period in periods):
            continue
        for person in titled(passage.text) if passage.kind != "masthead" else ():
            if person.office in office.forms and _belongs(person, office, passage, query, view):
                holder = Holder(person.name, _date(passage, view), passage, _quoted(person, passage))
                if person.name not in newest or _later(holder, newest[person.name]):
                    newest[person.name] = holder
    return sorted(newest.values(), key=lambda holder: (holder.date or "", holder.passage.id), reverse=True)[:MOST]


def _later(one: Holder, other: Holder) -> bool:
    """Tell whether a mention is newer, or says it in fewer words on the same day."""
    lengths = [holder.quote.start - holder.quote.end for holder in (one, other)]
    return ((one.date or ""), lengths[0]) > ((other.date or ""), lengths[1])


def _date(passage: Passage, view: View) -> str | None:
    issue = view.issue(passage.issue_id)
    return issue.date if issue else None


def _quoted(person: Titled, passage: Passage) -> Quote:
    """The sentence that names the person, the name marked; of a long sentence the clauses around the name."""
    mark = (person.name_start, person.name_end)
    for start, end in sentences(passage.text):
        if start <= person.name_start < end:
            break
    else:
        start, end = 0, len(passage.text)
    if end - start > _LONG:
        marks = [match.end() for match in _CLAUSE_END.finditer(passage.text, start, end)]
        start = max((place for place in marks if place <= person.start), default=start)
        end = min((place for place in marks if place >= person.end), default=end)
    return Quote(passage.id, start, max(end, mark[1]), 1.0, (mark,))


def _belongs(person: Titled, office: Office, passage: Passage, query: Query, view: View) -> bool:
    if not office.organ:
        return True
    around = _around(passage, view)
    if office.language == "en":
        return _belongs_en(person, office.organ, around, query)
    printed, wanted = _short(person.organ, person.office), _short(office.organ, person.office)
    shared = _common_end(printed, wanted)
    if shared == len(wanted):
        return True
    if not _opens(printed[: len(printed) - shared]) and not _HERE.match(printed):
        return False
    rest = wanted[: len(wanted) - shared]
    return _stands(rest, around) and (shared > 0 or not printed or _is_here(printed) or _opens(printed))


def _short(organ: str, office: str) -> str:
    """聊城市 before 市长 is printed 聊城 as well: what the office repeats of its place is left away."""
    organ = _joined(organ)
    return organ[:-1] if organ and office and organ[-1] == office[0] and organ[-1] in _PLACE_END else organ


def _common_end(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def _opens(before: str) -> bool:
    """Tell whether an organ may begin after these characters: there are none, or the last word opens a new phrase."""
    if not before:
        return True
    words = segment(before)
    return not words or words[-1] in _OPENING


def _is_here(organ: str) -> bool:
    return organ in ("我", "全", "该", "本")


def _stands(organ: str, around: str) -> bool:
    """Tell whether the article or its paper speaks of a body: its name, or the places and words it is made of."""
    if organ in around or organ.rstrip(_PLACE_END) in around:
        return True
    parts = [word for word in segment(organ) if len(word) > 1]
    return bool(parts) and all(part in around or part.rstrip(_PLACE_END) in around for part in parts)


def _belongs_en(person: Titled, organ: str, around: str, query: Query) -> bool:
    """Every word of the body asked for stands by the office, or in the article where nothing stands by the office."""
    words = [word for word in re.findall(r"[a-z][a-z'’-]+", organ.lower()) if word not in ("of", "the", "and", "in", "at", "for")]
    where = fold(person.organ) or around
    by_word = {concept.word: concept for concept in query.words}
    for word in words:
        concept = by_word.get(word) or by_word.get(word.removesuffix("'s"))
        if word in where or (concept is not None and concept.fit(where) >= _SURE):
            continue
        if concept is not None and not person.organ.isascii() and concept.fit(around) >= _SURE and _loose(person.organ):
            continue
        return False
    return True


def _loose(organ: str) -> bool:
    return len(organ) < 3 or _opens(organ)


def _around(passage: Passage, view: View) -> str:
    article = view.article(passage.article_id)
    parts = [passage.context, passage.text]
    if article is not None:
        parts += [article.newspaper or "", article.headline or "", article.kicker or "", *(p.text for p in article.paragraphs)]
    return fold("\n".join(parts))
