"""What a question is about: the words before its predicate in Chinese, its longest name or noun phrase in English.

Knows nothing of turns. Offsets are not kept: a topic is words to put in the place of a pronoun.
"""

from __future__ import annotations

import re

from index.text import fold, is_chinese
from qa.gazetteer import tokens

TITLE = (
    "(?:总裁|董事长|总经理|经理|书记|市长|区长|县长|镇长|乡长|省长|局长|主任|主席|会长|副主席|秘书长|校长|院长|"
    "厂长|所长|处长|部长|队长|村支书|负责人|专家|教授|记者|院士|代表|组长|社长|站长|馆长|总编辑?|主编|司令)"
)
# Where the topic of a Chinese question ends: its predicate or its frame begins.
_END = re.compile(
    r"[，,。；;？?！!：:]|在哪|在什么|在何|于哪|是哪|是谁|是什么|是多少|是否|是怎|是如|是几|是为|有哪|有多|"
    r"有几|有什么|都有|都是|都在|来了|去了|将|准备|计划(?!的)|打算|希望|要求|强调|指出|介绍|"
    r"表示|认为|说|提出|把|被|由谁|由哪|由什|叫什|为什么|为何|为啥|怎么|怎样|如何|什么|哪|谁|多少|"
    r"几[个座家条处名次届]|何时|何地|举行|召开|举办|主持|成立|参加|获得|要拿|需要|分别|一共|总共|眼下|目前|"
    r"现在|提供|新增|预计|达到|占|吗|有没有|是不是"
)
_VERBS = frozenset("建修设开办种养卖买收签用做花拿给产出招引来去到有当任写演唱教带管造")
_ATTRIBUTE = re.compile(r"的[\u4e00-\u9fff、]{1,12}$")
_LEAD = re.compile(r"^(?:请问|请告诉我|我想知道|那么|那|在|从|对|关于|对于|根据|按照|据)")
_EN_NAME = re.compile(
    r"(?:(?:the|an?)\s+)?(?:\w+th |first |second |third )?(?:[A-Z][\w'’-]*)(?:\s+(?:[A-Z][\w'’-]*|of|"
    r"the|and|for)(?=\s|$|[?,.]))*"
)
_EN_OF = re.compile(
    r"\b(?:of|at|for|in|by|to|on)\s+(?P<topic>the\s+[\w'’ -]{3,60}?)\s*(?:\?|$|,|\b(?:is|are|was|were|in|at|on|by)\b)",
    re.IGNORECASE,
)
_EN_SUBJECT = re.compile(
    r"\b(?:is|are|was|were|did|does|do|has|have|will|can|would)\s+(?P<topic>(?:the\s+)?[\w'’ -]{3,60}?)"
    r"(?=\s+(?:expected|held|take|taking|going|create|created|keep|attend|be|been|have|plan|start|win|located|"
    r"made|say|said|do|rise|fall|increase|decrease|change|grow|open|opened|begin|built|planned|signed|founded|published|cost|last|end|happen|win|elected)\b|\?|$)",
    re.IGNORECASE,
)
_EN_COUNTED = re.compile(
    r"\bhow (?:many|much) (?P<topic>[\w'’-]+(?: [\w'’-]+)?)(?= (?:is|are|was|were|did|does|do|will|can|has|have)\b)",
    re.IGNORECASE,
)
_EN_HOLDER = re.compile(r"^\W*who (?:is|was|are|were) (?P<topic>[\w'’ -]{3,60}?)\W*$", re.IGNORECASE)
_EN_WH = re.compile(r"^\W*(?:who|whom|whose|what|when|where|why|how|which)\b", re.IGNORECASE)


def topic_of(question: str, *, person: bool = False) -> str:
    """Return what a question is about, empty when it does not say; a person keeps the office (…的总裁)."""
    if not is_chinese(question):
        return _english(question, person=person)
    folded = fold(question)
    lead = _LEAD.match(folded)
    start = lead.end() if lead else 0
    quoted = re.search(r"[“「《]", folded[:2])
    for end in _END.finditer(folded, start):
        if end.start() - start >= 2 and not _inside_quotes(folded, end.start()):
            topic = question[start : end.start()]
            break
        if end.start() == start and not quoted:
            start = end.end()
    else:
        topic = question[start:].rstrip("？?。")
    topic = _without_verb(re.sub(r"(?:在|是|的|都|也|又|还|去|来)+$", "", topic).strip())
    if not person and not re.search(r"[“「《]", topic[-12:]):
        topic = _ATTRIBUTE.sub("", topic) or topic
    return topic if len(topic) >= 2 else ""


def _without_verb(topic: str) -> str:
    """Drop the verb that a topic ends with (环卫处管护着, 全市建)."""
    words = [word for word, _ in tokens(topic)]
    if len(words) < 2:
        return topic
    aspect = words[-1] in ("着", "了", "过")
    verb = words[-2] if aspect else words[-1]
    cut = len(verb) + (1 if aspect else 0)
    if aspect or (len(verb) == 1 and verb in _VERBS) or verb[-1] in "着了":
        return topic[:-cut] if len(topic) - cut >= 2 else topic
    return topic


def _inside_quotes(text: str, place: int) -> bool:
    before = text[:place]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "「」", "《》", "()"))


def _english(question: str, *, person: bool = False) -> str:
    holder = _EN_HOLDER.match(question) if person else None
    if holder:
        return holder["topic"]
    body = _EN_WH.sub(" ", question)
    names = [match.group().strip() for match in _EN_NAME.finditer(body) if len(match.group().strip()) > 2]
    names = [name for name in names if name[0].isupper() or " " in name]
    if names:
        return max(names, key=len)
    match = _EN_OF.search(body) or _EN_SUBJECT.search(body) or _EN_COUNTED.search(question)
    return match.group("topic").strip() if match else ""
