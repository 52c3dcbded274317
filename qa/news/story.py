"""Whether a question asks how something went on, and about what.

Works by the wording of questions in Chinese and English. Does not know whether the archive tells of the matter on more than
one day.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.text import fold
from qa.question import Question, content_of

# What asks for a course of events, and the words around it that ask and name nothing.
_WORK = "发展|建设|推进|演变|变迁|成长|改革|实施|筹备|筹建|施工|修建|审理|抢险|救援|调查|办理|处理"
_ZH = re.compile(
    r"(?:的|是)?(?:整个|全部|具体|完整|详细|主要|最新|前后|事情)?(?:的)?"
    r"(?:来龙去脉|前因后果|始末|大事记|时间线|时间轴|时间表(?=[？?。]?\s*$)|发展脉络"
    rf"|(?:{_WORK})?(?:历程|过程|全过程|进展(?:情况)?(?![最较缓顺快慢很太]))|演变(?:情况)?|沿革"
    rf"|(?<=的)(?:{_WORK})?经过|(?:{_WORK})?经过(?=[？?。]?\s*$|是什么|是怎样|是怎么|如何|怎样|怎么样|情况))"
    r"(?:是什么|是怎样|是怎么样|怎么样|怎样|如何|情况)?(?:的)?"
    r"|后来(?:怎么样|怎样|如何|又怎么|呢)了?"
    r"|(?:是)?(?:怎么|怎样|如何|一步步|一步一步)(?:一步步|一步一步)?(?:地)?(?:发展|推进|演变|变化|进行|走)"
    r"(?:过来|起来|下来|到今天|至今|到现在)?(?:的|了)?"
    r"|先后(?=[有发经采进出开推举召]).{1,2}(?:了)?(?=哪些|什么|几)|历次|逐[年月]"
    r"|按(?:时间|日期)(?:顺序|先后)?(?:列出|排列|梳理|整理)?"
)
_ZH_FRAME = re.compile(
    r"(?:请|帮我|给我)?(?:梳理|整理|列出|介绍|回顾|说说|讲讲|讲述|描述|概括|总结)(?:一下|下)?"
    r"|(?:有|都有|取得了?|出现了?)(?:哪些|什么|何)|有关|关于|(?:的)?报道"
)
_VERBS = (
    "go on|gone on|unfold(?:ed)?|develop(?:ed)?|evolv(?:e|ed)|proceed(?:ed)?|progress(?:ed)?|go|gone|come about|change over time"
)
_EN_HOW = r"\bhow (?:did|has|have|does|do|was|were)\b"
_EN_NOUN = re.compile(
    r"\b(?:a |the )?(?:timelines?|time line|chronology|sequence of events|course of events|milestones)\b(?: of| in| on| for)?"
    r"|\b(?:the |what )(?:course|history|progress|development|stages) (?:of|in|on) (?=the\b|this\b|that\b|[A-Z])"
    r"|\bwhat progress\b|\bwhat happened (?:next|then|after(?:wards?| that)?)\b|\bover time\b|\bstep by step\b"
    r"|\bin chronological order\b|\bfrom (?:start|beginning) to (?:finish|end)\b",
    re.IGNORECASE,
)
_EN_VERB = re.compile(
    rf"\b(?:{_VERBS})\b(?=\W*$|\W+(?:over|from|since|until|between|in|during|step)\b)",
    re.IGNORECASE,
)
_EN_FRAME = re.compile(
    r"\b(?:give|show|list|draw|make|describe|outline|tell|trace|summari[sz]e|me|us|please|what|is|was|were|are|the|a|how|did|has|"
    r"have|does|happened|been|made)\b",
    re.IGNORECASE,
)


def asked(question: Question) -> bool:
    """Tell whether a question asks how something went on."""
    text = fold(question.text)
    if question.language == "zh":
        return _ZH.search(text) is not None
    return _EN_NOUN.search(question.text) is not None or (
        re.search(_EN_HOW, text) is not None and _EN_VERB.search(text) is not None
    )


def subject(question: Question) -> Question:
    """Return the question with only the matter it asks about left to search for; as it is when nothing would be left."""
    if not asked(question):
        return question
    text = (
        _blank(question.text, _ZH, _ZH_FRAME)
        if question.language == "zh"
        else _blank(question.text, _EN_VERB, _EN_NOUN, _EN_FRAME)
    )
    text = " ".join(text.split()).strip(" 的，。？?、,.!！:：")
    if not any(char.isalnum() for char in text):
        return question
    return replace(
        question, text=text, bare=text, content=content_of(text, question.language), kinds=("what",), count=None, contrast=False
    )


def _blank(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        for match in reversed(list(pattern.finditer(text))):
            text = text[: match.start()] + " " + text[match.end() :]
    return text
