"""What heads an article: a block of heading lines -> kicker, headline, subtitle.

In Chinese papers the kicker (引题) stands before the headline and tells the occasion, the subtitle (副题) after it.
Print often runs them into one line with spaces between. Knows nothing of other articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.parsing.halves import leaves_open
from index.parsing.joins import Unit
from index.parsing.lines import is_han
from index.text import fold

_OCCASION = re.compile(
    r"(?:要求|强调|指出|表示|提出|部署|召开|举行|举办|开幕|闭幕|启动|开班|(?<![小同及实当准])时|之际|仪式上|会上|会议上|大会上|致辞|批示|作出批示|通知|意见)$"
)
_UNFINISHED = re.compile(r"(?:要求|强调|指出|表示|提出|(?<![小同及实当准])时|之际|仪式上|会上|会议上|大会上)$")
_ATTENDS = re.compile(r"(?:主持|出席|参加|讲话|致辞|陪同|主讲|宣布|收看|列席)")
_EVENT = re.compile(r"(?:举行|举办|召开|开幕|闭幕|启动|开工|竣工|投产|揭牌|落成|成立|发布|开班|开赛|签约|落幕|揭晓)$")
_COLUMN = re.compile(
    r"^.{0,5}(?:新闻|简讯|快讯|短讯|速递|速览|集锦|纵横|视点|专栏|在线|播报|关注|观察|聚焦|故事|评论|来信|之声|论坛|时评|走基层|人物|连载)$"
)
_QUOTED = re.compile(r"[“「『《\"]([^“”「」『』《》\"]{2,40})[”」』》\"]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of a heading as printed; parts on several lines are separated by one space."""

    headline: str | None
    kicker: str | None = None
    subtitle: str | None = None


def read_heading(block: Sequence[Unit], body: str) -> Heading:
    """Take a block of heading lines apart. ``body`` is the text below, which may quote a motto of the kicker."""
    subtitles = [unit.text for unit in block if unit.kind == "subtitle"]
    rest = [unit for unit in block if unit.kind != "subtitle"]
    if not rest:
        return Heading(None, subtitle=" ".join(subtitles) or None)
    before, main, after = _by_level(rest) if any(unit.lines[0].marked for unit in rest) else _by_words(rest)
    headline = _together(main)
    kicker = _together(before) if before else None
    tail = [unit.text for unit in after] + subtitles
    if kicker is None and len(main) == 1:
        kicker, headline, more = split_line(headline, body)
        tail = ([more] if more else []) + tail
    return Heading(headline, kicker, " ".join(tail) or None)


def split_line(line: str, body: str) -> tuple[str | None, str, str | None]:
    """Split one printed line into (kicker, headline, subtitle) at its spaces, where language tells that they differ."""
    parts = line.split()
    if len(parts) < 2 or not is_han(line):
        return None, line, None
    first, rest = parts[0], line[len(parts[0]) :].strip()
    if len(first) >= 6 and _OCCASION.search(fold(first)):
        if _ATTENDS.search(fold(rest)) and not _UNFINISHED.search(fold(first)):
            return None, first, rest
        return first, rest, None
    last = parts[-1]
    motto = line[: len(line) - len(last)].strip()
    if len(last) >= 10 and _EVENT.search(fold(last)) and _is_motto(motto, body):
        return motto, last, None
    return None, line, None


def _is_motto(text: str, body: str) -> bool:
    """Whether the body prints this text in quotation marks, as the theme of an event."""
    wanted = _bare(text)
    return any(_bare(match[1]) == wanted for match in _QUOTED.finditer(body))


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def _by_level(block: Sequence[Unit]) -> tuple[Sequence[Unit], Sequence[Unit], Sequence[Unit]]:
    """The highest mark is the headline, what stands before it kicker, after it subtitle."""
    levels = [unit.lines[0].level or 9 for unit in block]
    first = levels.index(min(levels))
    last = first
    while last + 1 < len(block) and levels[last + 1] == levels[first]:
        last += 1
    if last > first:
        before, main, after = _by_words(block[first : last + 1])
        return (*block[:first], *before), main, (*after, *block[last + 1 :])
    return block[:first], block[first : last + 1], block[last + 1 :]


def _by_words(block: Sequence[Unit]) -> tuple[Sequence[Unit], Sequence[Unit], Sequence[Unit]]:
    """Without marks the first line is the headline, unless its words make it a kicker or leave it open."""
    if len(block) == 1:
        return (), block, ()
    first, second = fold(block[0].text), fold(block[1].text)
    occasion = _OCCASION.search(first) is not None and " " not in first and not _ATTENDS.search(second)
    if _COLUMN.search(first) or _UNFINISHED.search(first) or occasion:
        return block[:1], block[1:2], block[2:]
    lines = 1
    while lines < len(block) and _one_headline(block[lines - 1].text, block[lines].text, couplet=lines == 1):
        lines += 1
    return (), block[:lines], block[lines:]


def _one_headline(first: str, second: str, *, couplet: bool) -> bool:
    """Whether two lines are one headline set on two lines: a couplet, a line left open, English in capitals."""
    if leaves_open(first):
        return True
    if is_han(first):
        plain = not re.search(r"[\d\s]", first + second)  # figures tell the details that a subtitle gives
        return couplet and plain and len(first) == len(second) and 6 <= len(first) <= 18
    return (first.isupper() and second.isupper()) or first.endswith(",")


def _together(units: Sequence[Unit]) -> str:
    return " ".join(unit.text for unit in units)
