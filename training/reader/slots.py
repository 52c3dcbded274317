"""Find what could be asked for in a sentence: numbers, dates, names, places, quoted terms, phrases, clauses.

Patterns and jieba's parts of speech; knows nothing of the question that will be made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "date", "person", "place", "body", "quoted", "phrase", "clause", "reason", "list", "year"]

_DIGITS = r"(?:\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千零〇]{1,6})"
_MEASURE = (
    r"(?:%|个百分点|平方公里|平方米|立方米|公里|千米|公斤|公顷|千瓦时?|海里|美元|欧元|英镑|港元|日元|毫米|厘米|小时|分钟|世纪|年代|"
    r"[个位名人家座所处项条件次届只头株台辆艘架套部本张篇首支枚颗块片间层栋户村镇县市省国吨斤克升亩米元天年月日周岁倍度种类门轮场组对级号集])"
)
_NUMBER = re.compile(
    rf"(?:超过|达到?|约|近|逾|第|多达|不足|至少)?{_DIGITS}[万亿千百]*(?:余|多)?(?P<unit>{_MEASURE})(?P<noun>[\u4e00-\u9fff]{{0,3}})"
)
_DATE = re.compile(
    r"(?:\d{2,4}|[一二三四五六七八九〇零]{4})年(?:代|底|初|末)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?|\d{1,2}月\d{1,2}[日号]"
    r"|\d{1,2}月[初底]?|\d{1,2}日|(?:\d{1,2}|[一二十]+)世纪(?:\d{2}年代)?|(?:昨|今|前|明|去|同)[日天年晚](?:上午|下午|晚上)?"
)
_QUOTED = re.compile(r"《[^《》]{1,25}》|“[^“”]{2,20}”|「[^「」]{1,20}」")
_LIST = re.compile(
    r"[^,，。；;：:、“”《》（）()\s]{2,12}(?:、[^,，。；;：:、“”（）()\s]{2,12}){1,5}(?:[和及与以][及]?[^,，。；;：:、“”（）()\s]{2,10})?"
)
_REASON = re.compile(r"(?:因为|由于|因|为了|为|旨在|源于)(?P<x>[^,，。；;]{4,40})")
_CLAUSE = re.compile(r"[^,，。；;：:！!？?“”\n]{5,40}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .'-]{2,30}[A-Za-z0-9]")
NAMED: dict[str, Kind] = {"nr": "person", "nrt": "person", "nrfg": "person", "ns": "place", "nt": "body", "nz": "quoted"}
NOUNS = ("n", "vn", "an", "nz", "ns", "nr", "nt", "j", "l", "b", "a", "eng", "i")
_HEADS = ("n", "j", "eng")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence with jieba's part of speech."""

    start: int
    end: int
    part: str


@dataclass(frozen=True, slots=True)
class Slot:
    """``sentence[start:end]`` could be an answer.

    ``unit`` is what counts in a number, ``head`` the last word of a phrase; ``ranked`` numbers are places in a row (第三届).
    """

    kind: Kind
    start: int
    end: int
    unit: str = ""
    head: str = ""
    ranked: bool = False


def find(sentence: str, words: Sequence[Word]) -> list[Slot]:
    """Return what could be asked for, in no order; slots may overlap."""
    return [*_patterned(sentence), *_named(sentence, words), *_phrases(sentence, words)]


def _patterned(sentence: str) -> Iterator[Slot]:
    for match in _DATE.finditer(sentence):
        yield Slot("date", *match.span())
    for match in _NUMBER.finditer(sentence):
        if not _DATE.match(sentence, match.start()):
            yield Slot(
                "number", match.start(), match.end("unit"), unit=match["unit"], head=match["noun"], ranked=match[0][0] == "第"
            )
    for match in _QUOTED.finditer(sentence):
        yield Slot("quoted", *match.span())
        yield Slot("quoted", match.start() + 1, match.end() - 1)
    for match in _LATIN.finditer(sentence):
        yield Slot("quoted", *match.span())
    for match in _LIST.finditer(sentence):
        yield Slot("list", *match.span())
    for match in _REASON.finditer(sentence):
        yield Slot("reason", *match.span("x"))
    for match in _CLAUSE.finditer(sentence):
        yield Slot("clause", *match.span())


def _named(sentence: str, words: Sequence[Word]) -> Iterator[Slot]:
    for word in words:
        kind = NAMED.get(word.part)
        if kind and word.end - word.start >= 2:
            yield Slot(kind, word.start, word.end)


def _phrases(sentence: str, words: Sequence[Word]) -> Iterator[Slot]:
    """Runs of nouns (北京人民大会堂), of which the last is the head."""
    first = 0
    while first < len(words):
        last = first
        while (
            last < len(words)
            and words[last].part.startswith(NOUNS)
            and (last == first or words[last].start == words[last - 1].end)
        ):
            last += 1
        if last > first and words[last - 1].part.startswith(_HEADS):
            for begin in range(first, last):
                head = sentence[words[last - 1].start : words[last - 1].end] if last - begin > 1 else ""
                if words[last - 1].end - words[begin].start >= 2:
                    kind: Kind = NAMED.get(words[last - 1].part, "phrase") if last - begin > 1 else "phrase"
                    yield Slot(kind, words[begin].start, words[last - 1].end, head=head)
        first = max(last, first + 1)
