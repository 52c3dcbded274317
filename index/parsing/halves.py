"""Which short line is no heading but the first half of a broken paragraph: its end and the next line's start belong together.

Judges two neighbouring lines by their characters and words. Knows nothing of where they stand.
"""

from __future__ import annotations

import re

from index.parsing.lines import is_han
from index.text import fold, segment

_CLOSERS = "”’」』）》)】,，。、；;：:？?！!%％"
_CANNOT_START = re.compile(
    r"^(?:的|了|着|们|地(?!方|区|处|铁|球|震)|得(?!知|益|到)|等(?!待|到)|和(?!平|谐)|与(?!会|此)|及(?!时)|或者?|以及|而且|并且)"
)
_CANNOT_END = re.compile(
    r"(?:的|了|是|在|将|把|和|与|对|以|由|被|从|向|让|使|给|及|或|并|而|也|就|都|还|各|每|该|这|那|第|据|、|[“‘「『（(《])$"
)
_ENGLISH_OPEN_END = re.compile(
    r"\b(?:the|a|an|of|to|and|or|in|on|at|for|with|by|from|as|that|than|which|who|is|was|were|are|be|been|has|had|have|its|his|her|their|"
    r"this|these|into|upon|but|said)$"
)
_COUNTED = re.compile(r"^(?:\d|[年月日时分%％万亿千百余多个名人元米吨公平次项家户届期号])")
_PAIRS = ("“”", "‘’", "「」", "『』", "《》", "()")
_SPACED_OUT = re.compile(r"^\S(?:\s+\S)+$")  # a title set wide: 启 事
_RUN_END = re.compile(r"[\u4e00-\u9fff]{1,8}$")
_RUN_START = re.compile(r"^[\u4e00-\u9fff]{1,8}")


def starts_inside(right: str) -> bool:
    """Tell whether a line begins with what can only follow other text: a closing mark, a comma, a stop."""
    return right[:1] in _CLOSERS and right[:1] != ""


def is_half(left: str, right: str) -> bool:
    """Tell whether a line without a stop breaks off inside a sentence that the next line carries on."""
    if starts_inside(right):
        return True
    if not right:
        return False
    if not is_han(left):
        return _english_half(left, right)
    end, start = fold(left), fold(right)
    if _SPACED_OUT.match(end):
        return False
    if left[-1].isdigit() and _COUNTED.match(start):
        return True
    if any(end.count(pair[0]) > end.count(pair[1]) for pair in _PAIRS) or _CANNOT_END.search(end):
        return True
    return _CANNOT_START.match(start) is not None or _word_crosses(end, start)


def _english_half(left: str, right: str) -> bool:
    """Whether a line of English that is not set like a title stops before its sentence does."""
    return not is_title(left) and (right[:1].islower() or open_ended(left))


def open_ended(line: str) -> bool:
    """Tell whether a line of English ends in a word that another must follow."""
    return _ENGLISH_OPEN_END.search(line, max(0, len(line) - 10)) is not None


def is_title(line: str) -> bool:
    """Tell whether a line of English is set like a title: its longer words in capitals."""
    longer = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) >= 4]
    return not longer or sum(word[0].isupper() for word in longer) * 10 >= 7 * len(longer)


def _word_crosses(left: str, right: str) -> bool:
    tail, head = _RUN_END.search(left), _RUN_START.match(right)
    if tail is None or head is None:
        return False
    at = 0
    for word in segment(tail.group() + head.group()):
        if at < len(tail.group()) < at + len(word):
            return True
        at += len(word)
    return False
