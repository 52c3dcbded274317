"""Follow-up questions: which turn a pronoun or a short question leans on, and the full question it stands for.

Works by the shape of the questions alone (pronouns, demonstratives, ellipsis); it reads an earlier answer only for
the name of a person that a personal pronoun can mean. A change of topic needs no carrying and gets none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.text import fold, is_chinese
from qa.schema import Turn

_REACH = 6  # turns looked back

_ZH_PERSON = re.compile(r"他们|她们|(?<!其)他(?!人|乡|国|日)|她")
_ZH_THING = re.compile(r"它们|牠|它")
_ZH_THIS = re.compile(
    r"(?P<this>这次|此次|该次|这场|这一|这个|那次|那个|那场|这些|那些|这项|该项|本次|该|此|这|上述)"
    r"(?P<noun>会议|大会|活动|项目|比赛|公司|企业|单位|部门|村|镇|县|市|区|人|书记|局长|市长|园区|基地|平台|"
    r"节|展会|峰会|论坛|工程|计划|方案|政策|文件|学校|医院|中心|报|报纸|文章|行动|招聘会|培训班|机构|组织|"
    r"产业园|系统|制度|事件|事故)"
)
_ZH_ITS = re.compile(
    r"(?:(?<=^)|(?<=[，,。；、\s]))其(?!他|它|实|中|余|间|次)|(?<=[对在由与和让被])其(?=[\u4e00-\u9fff])(?!他|它|实|中|余|间|次)"
)
_ZH_LEAD = re.compile(r"^(?:那么|那|还有|另外|然后|此外)[，, ]?")
_ZH_SHORT = re.compile(r"^(?:那么|那)?(?P<what>.{1,24}?)呢[？?。]?$")
_EN_PRONOUN = re.compile(r"\b(?P<word>it|its|they|their|them|he|his|him|she|her|hers)\b", re.IGNORECASE)
_EN_THIS = re.compile(
    (
        r"\b(?:this|that|these|those|the same)\s+(?P<noun>meeting|event|festival|conference|competition|project|"
        r"company|office|city|town|county|village|district|person|man|woman|park|base|plan|paper|newspaper|"
        r"article|issue|programme|program|summit|fair|campaign)\b"
    ),
    re.IGNORECASE,
)
_EN_SHORT = re.compile(r"^(?:and\s+|what about\s+|how about\s+)(?P<what>.{1,60}?)\s*\??$", re.IGNORECASE)

# Where the topic of a Chinese question ends: its predicate or its frame begins.
_ZH_TOPIC_END = re.compile(
    r"[，,。；;？?！!：:]|在哪|在什么|在何|于哪|是哪|是谁|是什么|是多少|是否|是怎|是如|是几|是为|有哪|有多|"
    r"有几|有什么|都有|都是|都在|来了|去了|将|准备|计划|打算|希望|要求|强调|指出|介绍|"
    r"表示|认为|说|提出|把|被|由谁|由哪|由什|叫什|为什么|为何|为啥|怎么|怎样|如何|什么|哪|谁|多少|"
    r"几[个座家条处名次届]|何时|何地|举行|召开|举办|主持|成立|参加|获得|要拿|需要|分别|一共|总共|眼下|目前|"
    r"现在|提供|新增|预计|达到|占"
)
_ZH_ATTRIBUTE = re.compile(r"的[\u4e00-\u9fff、]{1,12}$")
_ZH_CLASS = re.compile(r"^(?:请问|请告诉我|我想知道|那么|那|在|从|对|关于|对于|根据|按照|据)")
_EN_NAME = re.compile(
    r"(?:(?:the|an?)\s+)?(?:\w+th |first |second |third |sixth )?(?:[A-Z][\w'’-]*)(?:\s+(?:[A-Z][\w'’-]*|of|"
    r"the|and|for)(?=\s|$|[?,.]))*"
)
_EN_OF = re.compile(
    r"\b(?:of|at|for|in|by|to|on)\s+(?P<topic>the\s+[\w'’ -]{3,60}?)\s*(?:\?|$|,|\b(?:is|are|was|were|in|at|on|by)\b)",
    re.IGNORECASE,
)
_EN_SUBJECT = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|will|can|would)\s+(?P<topic>(?:the\s+)?[\w'’ -]{3,60}?)"
    r"(?=\s+(?:expected|held|take|taking|going|create|created|keep|attend|be|been|have|plan|start|win|located|"
    r"made|say|said|open|opened|begin)\b|\?|$)",
    re.IGNORECASE,
)
_TITLE = (
    "(?:总裁|董事长|总经理|经理|书记|市长|区长|县长|镇长|乡长|省长|局长|主任|主席|会长|副主席|秘书长|校长|院长|"
    "厂长|所长|处长|部长|队长|村支书|负责人|专家|教授|记者|院士|代表|组长)"
)


@dataclass(frozen=True, slots=True)
class Completed:
    """The full question, the topic that it took over (empty when none) and notes for the reader."""

    text: str
    topic: str = ""
    notes: tuple[str, ...] = ()


def complete(asked: str, history: Sequence[Turn]) -> Completed:
    """Return the full question that ``asked`` stands for after the turns of ``history`` (oldest first)."""
    text = asked
    completed = Completed(asked)
    resolved: list[tuple[str, str]] = []
    for turn in history[-_REACH:]:
        if turn.question.strip():
            resolved.append((_resolve(turn.question.strip(), resolved).text, turn.answer))
    if resolved:
        completed = _resolve(text, resolved)
    return completed


def _resolve(asked: str, before: Sequence[tuple[str, str]]) -> Completed:
    if not before:
        return Completed(asked)
    question, answer = before[-1]
    if is_chinese(asked):
        return _resolve_zh(asked, question, answer)
    return _resolve_en(asked, question)


def _resolve_zh(asked: str, question: str, answer: str) -> Completed:
    short = _ZH_SHORT.match(asked)
    if short and len(asked) <= 16:
        return _noted(_swap_zh(question, short.group("what")), topic_of(question))
    text = _ZH_LEAD.sub("", asked)
    place, person = _pronoun(text)
    if place is None:
        return Completed(asked)
    topic = topic_of(question, person=person)
    if not topic:
        return _noted(f"{question.rstrip('？?')}，{text}", question)
    if person:
        name = _person_named(answer, topic)
        if name and name not in topic:
            office = re.search(_TITLE + "$", topic)
            topic = (office.group() if office else "") + name
    start, end = place
    full = topic + ("的" if text[start:end] == "其" else "")
    return _noted(text[:start] + full + text[end:], topic)


def _pronoun(text: str) -> tuple[tuple[int, int] | None, bool]:
    """Place of the word that leans on an earlier turn, and whether it means a person."""
    for pattern, person in ((_ZH_PERSON, True), (_ZH_THING, False), (_ZH_THIS, False), (_ZH_ITS, False)):
        match = pattern.search(text)
        if match and not _own_antecedent(text[: match.start()]):
            return (match.start(), match.end()), person
    return None, False


def _own_antecedent(before: str) -> bool:
    """A pronoun that follows a name within the same question means that name."""
    return len(before) >= 8 or bool(re.search(r"[”」》]", before))


def _swap_zh(question: str, what: str) -> str:
    """Put ``what`` in the place of its like in the earlier question (2019年… 2021年呢？), else in front."""
    for pattern in (r"\d{4}年", r"第[一二三四五六七八九十\d]+[\u4e00-\u9fff]", r"[\u4e00-\u9fff]{2,4}(?:省|市|县|区|镇|村)"):
        if re.search(pattern, what):
            swapped, times = re.subn(pattern, lambda _: what, question, count=1)
            if times:
                return swapped
    topic = topic_of(question)
    return question.replace(topic, what, 1) if topic else f"{what}{question}"


def topic_of(question: str, *, person: bool = False) -> str:
    """Return what a question is about: the words before its predicate; a person keeps the office (…的总裁)."""
    if not is_chinese(question):
        return _topic_en(question)
    folded = fold(question)
    start = 0
    lead = _ZH_CLASS.match(folded)
    if lead:
        start = lead.end()
    quoted = re.search(r"[“「《]", folded[:2])
    for end in _ZH_TOPIC_END.finditer(folded, start):
        if end.start() - start >= 2 and not _inside_quotes(folded, end.start()):
            topic = question[start : end.start()]
            break
        if end.start() == start and not quoted:
            start = end.end()
    else:
        topic = question[start:].rstrip("？?。")
    topic = re.sub(r"(?:在|是|的|都|也|又|还|去|来)+$", "", topic).strip()
    if not person and not re.search(r"[“「《]", topic[-12:]):
        topic = _ZH_ATTRIBUTE.sub("", topic) or topic
    return topic if len(topic) >= 2 else ""


def _inside_quotes(text: str, place: int) -> bool:
    before = text[:place]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "「」", "《》", "()"))


def _person_named(answer: str, topic: str) -> str | None:
    """The person an answer names with the office asked for (总裁高庆民), None when no office leads to a name."""
    office = re.search(_TITLE + "$", topic)
    if not office:
        return None
    match = re.search(
        office.group() + r"(?P<name>[\u4e00-\u9fff]{2,3})(?=介绍|说|表示|指出|强调|要求|认为|出席|主持|[：:，,。、])", answer
    )
    return match.group("name") if match else None


def _resolve_en(asked: str, question: str) -> Completed:
    topic = topic_of(question)
    short = _EN_SHORT.match(asked)
    if short and not re.search(r"\b(?:who|what|when|where|why|how|which)\b", short.group("what"), re.IGNORECASE) and topic:
        return _noted(question.replace(topic, short.group("what"), 1), topic)
    match = _EN_PRONOUN.search(asked) or _EN_THIS.search(asked)
    if not match or not topic or _en_antecedent(asked[: match.start()]):
        return Completed(asked)
    word = match.group().lower()
    full = topic + ("'s" if word in {"its", "their", "his", "hers"} or _possessive_her(asked, match) else "")
    return _noted(asked[: match.start()] + full + asked[match.end() :], topic)


def _en_antecedent(before: str) -> bool:
    return bool(re.search(r"\b[A-Z]\w+\b", re.sub(r"^\W*\w+", "", before)))


def _possessive_her(asked: str, match: re.Match[str]) -> bool:
    return match.group().lower() == "her" and bool(re.match(r"\s+\w", asked[match.end() :]))


def _topic_en(question: str) -> str:
    body = re.sub(r"^\W*(?:who|whom|whose|what|when|where|why|how|which)\b", " ", question, flags=re.IGNORECASE)
    names = [match.group().strip() for match in _EN_NAME.finditer(body) if len(match.group().strip()) > 2]
    names = [name for name in names if name[0].isupper() or " " in name]
    if names:
        return max(names, key=len)
    match = _EN_OF.search(body) or _EN_SUBJECT.search(body)
    return match.group("topic").strip() if match else ""


def _noted(text: str, topic: str) -> Completed:
    note = f"承接上文，理解为：{text}" if is_chinese(text) else f"follow-up, read as: {text}"
    return Completed(text, topic, (note,))
