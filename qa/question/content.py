"""The words of a question that carry what is asked, without the frames that say how it is asked.

Knows nothing of names, dates or archives.
"""

from __future__ import annotations

import re

from index.text import fold
from qa.question.kinds import ALL, ANY, COUNTER, HOW_MUCH, MEASURE, NUM
from qa.schema import Language

# Question frames: words that say how is asked and nothing of what; cut out of the lexical query, longest first.
_ZH_FRAMES = re.compile(
    r"请问|请告诉我|帮我查一下|帮我查查|帮我查|帮我找一下|帮我找|查一下|告诉我|我想知道|想问一下|是?哪一[天年位日]|哪一[座个家所项次场届条种]|是?在?什么时候|"
    r"什么时间|什么地方|什么地点|什么原因|什么办法|"
    r"什么方式|什么方法|什么样的?|是什么意思|指的是什么|是什么|叫什么名字|叫什么|有什么|什么是|什么|啥时候|啥地方|叫啥|是啥|有啥|啥|咋回事|咋样|咋办|咋|"
    rf"{ANY}[时地处人]|为什么|为何|为啥|何以|如何|怎么样|怎么|怎样|"
    rf"有哪些|哪些人|哪些地方|哪些|哪个地方|哪个城市|哪座城市|哪个人|哪{NUM}+{MEASURE}?|哪几{MEASURE}?|"
    rf"哪{MEASURE}|哪里|哪儿|哪位|哪天|哪年|哪|是谁|谁|"
    rf"多少{COUNTER}|多少|{HOW_MUCH}|百分之几|(?<![十好])几{COUNTER}|几月几日|几号|几点|"
    rf"是否|是不是|有没有|能否|可否|分别是|分别|{ALL}|"
    r"吗(?=[？?。]?\s*$)|呢(?=[？?。]?\s*$)|[？?]"
)
_EN_FRAMES = re.compile(
    r"\b(?:who|whom|whose|when|where|why|how|which|what|many|much|is|are|was|were|be|been|being|am|do|does|"
    r"did|has|have|had|can|could|"
    r"will|would|shall|should|may|might|must|the|a|an|of|in|on|at|to|for|from|by|with|into|about|and|or|as|"
    r"that|this|these|those|it|its|"
    r"they|their|them|he|his|him|she|her|there|here|please|tell|me|us|you|your|i|we|our|any|some|all|both|each|than|then|so|such|"
    r"according|said|say|says|not|no|s)\b|[?？!.,;:]",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[的是在了和、，。,.；;：:\s'’]+|[的是在了有、，。,.；;：:\s'’]+$")

# What readers call a thing in full and mastheads print in short.
_MASTHEAD_WORDS = {
    "责任编辑": "责编",
    "美术编辑": "美编",
    "电子邮箱": "邮箱",
    "电子邮件": "邮箱",
    "网站": "网址",
    "几版": "今日",
    "多少版": "今日",
}


def content_of(text: str, language: Language, *, otherwise: str = "") -> tuple[str, ...]:
    """Return the runs of a question between its frames; when only frames are left those of ``otherwise``, or else all."""
    frames = _ZH_FRAMES if language == "zh" else _EN_FRAMES
    folded = fold(text)
    runs: list[str] = []
    place = 0
    for match in frames.finditer(folded):
        runs.append(text[place : match.start()])
        place = match.end()
    runs.append(text[place:])
    kept = (_EDGES.sub("", run) if language == "zh" else run.strip() for run in runs)
    content = tuple(run for run in kept if any(char.isalnum() for char in run))
    if not content and otherwise:
        return content_of(otherwise, language)
    return (content or (text,)) + tuple(short for long, short in _MASTHEAD_WORDS.items() if long in folded)
