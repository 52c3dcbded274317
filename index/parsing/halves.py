"""Which short line is no heading but the first half of a broken paragraph: its end and the next line's start belong together.

Judges two neighbouring lines by their characters and words. Knows nothing of where they stand.
"""

from __future__ import annotations

import re

from index.parsing.credits import is_name
from index.parsing.lines import is_han, is_title
from index.text import dictionary_words, fold

_CLOSERS = "”’」』）》)】,，。、；;：:？?！!%％"
_CANNOT_START = re.compile(
    r"^(?:的|了|着|们|地(?!方|区|处|铁|球|震)|得(?!知|益|到)|等(?!待|到)|和(?!平|谐)|与(?!会|此)|及(?!时)|或者?|以及|而且|并且|以来|之一|左右[，。]|以上[，。的]|以下[，。的]|以内|之间)"
)
_CANNOT_END = re.compile(
    r"(?:的|了(?<=.{19})|是|在|将|把|和|与|对|以|由|被|从|向|让|使|给|及|或|并|而|也|就|都|还|各|每|该|这|那|第|据|、|[“‘「『（(《]|"
    r"已经|曾经|突然|正在|将要|能够|可以|应该|应当|必须|根据|按照|为了|由于|因为|如果|虽然|不仅|不但|但是|以及|包括|采用|记得|成为|作为|属于|位于|关于|对于|来自|"
    r"其中|此外|随后|尤其|特别是|一些|许多|这个|那个|这些|那些|我们|他们|不断|进一步|十分|非常|更加|逐步|逐渐|纷纷|一直|仍然|依然|立即|不会|不能|没有)$"
)
_ENGLISH_OPEN_END = re.compile(
    r"\b(?:the|a|an|of|to|and|or|in|on|at|for|with|by|from|as|that|than|which|who|is|was|were|are|be|been|has|had|have|its|his|her|their|"
    r"this|these|into|upon|but|said)$"
)
# 市委书记孙某 | 出席…: who acts stands at the end of one line, what they do at the start of the next.
_OFFICE_HOLDER = re.compile(
    r"(?:书记|[省市县区州镇乡村校院局厅处科部馆站队团社会厂店行]长|主席|主任|总理|经理|董事长|总裁|委员|代表|教授|医生|老师|专家|村民|居民|记者|"
    r"负责人|工程师|理事长|司令员?|政委|院士|研究员|站长|常委|秘书长)[\u4e00-\u9fff]{2,4}$"
)
_ACTS = re.compile(
    r"^(?:出席|主持|参加|率|作了|讲话|表示|强调|指出|要求|介绍|告诉|宣布|致辞|陪同|带领|深入|来到|前往|赴|说|认为|看到|回忆|等?(?:出席|参加|陪同))"
)
_RANK = re.compile(r"(?:国家|世界|省|市|县|区)级$|(?:大型|小型|新型|首个|首批|全国|全省|全市|多个|一批|最大)$")
_COUNTED = re.compile(r"^(?:\d|[年月日时分%％万亿千百余多个名人元米吨公平次项家户届期号])")
_PAIRS = ("“”", "‘’", "「」", "『』", "《》", "()")
_SPACED_OUT = re.compile(r"^\S(?:\s+\S)+$")  # a title set wide: 启 事
_PARTED = re.compile(r"[\u4e00-\u9fff”’」》\d][ \u3000][\u4e00-\u9fff“‘「《\d]")  # two parts of a heading; text has no spaces
_ORGAN = re.compile(
    r"^[省市区县州镇乡村院校局][\u4e00-\u9fff]{1,10}?(?:局|委|厅|部|院|会|办|中心|政府|学校|公司|队|长|站|所)"
)  # 区教体局
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
    if _SPACED_OUT.match(end) or _PARTED.search(end):
        return False
    if left[-1].isdigit() and _COUNTED.match(start):
        return True
    if any(end.count(pair[0]) > end.count(pair[1]) for pair in _PAIRS) or _CANNOT_END.search(end):
        return True
    if _OFFICE_HOLDER.search(end) and _ACTS.match(start):
        return True
    return _CANNOT_START.match(start) is not None or _word_crosses(end, start)


def _english_half(left: str, right: str) -> bool:
    """Whether a line of English that is not set like a title stops before its sentence does."""
    return not is_title(left) and (right[:1].islower() or open_ended(left))


def leaves_open(line: str) -> bool:
    """Tell whether a heading line ends in what needs another word: a particle, an adjective of rank, an open bracket."""
    end = fold(line)
    if not is_han(line):
        return open_ended(line)
    unpaired = any(end.count(pair[0]) > end.count(pair[1]) for pair in _PAIRS)
    return unpaired or _CANNOT_END.search(end) is not None or _RANK.search(end) is not None


def open_ended(line: str) -> bool:
    """Tell whether a line of English ends in a word that another must follow."""
    return _ENGLISH_OPEN_END.search(line, max(0, len(line) - 10)) is not None


def _word_crosses(left: str, right: str) -> bool:
    tail, head = _RUN_END.search(left), _RUN_START.match(right)
    if tail is None or head is None:
        return False
    at = 0
    if _ORGAN.match(right) or (len(dictionary_words(tail.group())[-1]) > 1 and (is_name(right[:3]) or is_name(right[:2]))):
        return False
    for word in dictionary_words(tail.group() + head.group()):
        if at < len(tail.group()) < at + len(word):
            return True
        at += len(word)
    return False
