"""What is this line: one kind for every non-empty line, from its own characters alone.

Where a line stands is judged later (wraps, masthead, headings). Knows nothing of articles.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from index.parsing.credits import byline_of, credit_of, starts_article
from index.parsing.furniture import DASHED_NUMBER, Furnishing, is_section, recognise
from index.parsing.jumps import is_jump, is_jump_from
from index.parsing.papers import bare_name
from index.text import fold

Kind = Literal[
    "heading",  # marked by the input (# ...), or short and without stops
    "body",
    "caption",
    "byline",  # names with a mark or a role
    "credit",  # names in brackets
    "subtitle",  # opens with a dash
    "jump",  # continued on another page
    "jump_from",  # continued from another page
    "furniture",
    "rule",  # no letter or digit in it
]

_MARKDOWN = re.compile(r"^(#{1,6})\s*(?=\S)(.*?)\s*#*$")
_QUOTED = re.compile(r"^(?:>\s?)+")  # what Markdown sets apart: > 记者：张三
_LABEL = re.compile(r"^(?:\*\*|__)([^*_]{1,12}[:：])(?:\*\*|__)\s*(?=\S)")  # **作者：** 张三
_BOLD = re.compile(r"^(\*\*|__)(?=\S)(.{1,120}?)(?<=\S)\1$")
_IMAGE = re.compile(r"^!\[([^\]]{0,200})\]\([^)]{0,500}\)$|^<img\b[^>]{0,500}>$", re.IGNORECASE)
_CAPTION = re.compile(
    r"^[△▲▼▽◎↑↓←→]|^(?:上图|下图|左图|右图|图片说明|图[①②③④⑤⑥]|图[一二三四1-9]:)|^图为(?!了)|^(?:photo|caption|above|pictured):"
)
_PHOTO_CREDIT = re.compile(
    r"(?:[\s(/。]|记者|通讯员|融媒体)[\u4e00-\u9fff]{2,4}(?:[\s、]{1,2}[\u4e00-\u9fff]{2,4}){0,2}[\s/]{0,2}"
    r"(?:(?<!拍)摄|摄影|摄影报道|供图)[)】]?$|"
    r"^[\u4e00-\u9fff]{2,4}[\s/]{1,2}(?:摄|摄影|供图)$|(?:^|[\s(。])(?:资料图片?|新华社发)[)】]?$|"
    r"(?:photo by|photo:|/photo)\s?[\w .'-]{2,40}$"
)
_SIGNED = re.compile(r"^◎|报道[)】]?$")  # what looks like a caption but only names the authors
_TABLE = re.compile(r"^</?(?:table|tr|td|th|tbody|thead|ul|ol|li|p|br|div)\b|^\|.*\|$")
_DASHED = re.compile(r"^(?:——|--|―|—)\s?(?=\w|[“《<「])")
_STOP = re.compile(r"[。;!?]|,(?!\d{3})|:(?![\d/])")
_CONTACT = re.compile(
    r"^(?:联系人|联系|报名|咨询|招生|订购|服务)?(?:方式|电话|地址|地点|时间|热线|邮箱|网址|微信|传真|手机)?:(?<=..:)|"
    r"(?:电话|热线|手机|传真|邮箱|微信号?|qq)\s?:?\s?[\d(a-z]|\b(?:tele)?phone:? \d|\btel\.? \d"
)
_ENUMERATED = re.compile(
    r"^(?:[(]?[一二三四五六七八九十]{1,3}[、.)]|[(]\d{1,2}[)]|\d{1,2}[、.)](?!\d)|[①-⑳]|[·•●▪◆★☆■□◇▌▶►]|[-*+] |"
    r"第[一二三四五六七八九十百\d]{1,4}[章节条部篇]|[(]?(?:[一二三四五六七八九十]{1,3}|[ivx]{1,4})[)]?\.?$)"
)
_END = re.compile(r"[。！？…；：!?;:][”’」』）)】》\"'\]]*$|[.][”’」』）)】\"'\]]*$")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LONGEST_HEADING = 80
_MOST_WORDS = 16
_LONGEST_SENTENCE_CASE = 72


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A non-empty line: ``text`` without outer space and heading marks, ``key`` the same folded.

    ``level`` is the depth of a heading mark (1 for #, 7 for bold), 0 when there is none; ``gap`` the number of empty lines
    before it; ``indented`` whether it opens with the space of a new paragraph; ``width`` in columns, two for a Han character.
    """

    number: int
    text: str
    key: str
    kind: Kind
    level: int
    gap: int
    indented: bool
    width: int
    furnishing: Furnishing | None = None

    @property
    def marked(self) -> bool:
        return self.level > 0


def read_lines(text: str, names: frozenset[str], first: int = 1) -> list[TypedLine]:
    """Read every line that is not empty, numbered from ``first``. ``names`` are the folded names the paper may have."""
    lines: list[TypedLine] = []
    gap = 0
    for number, raw in enumerate(text.split("\n"), start=first):
        if not raw.strip():
            gap += 1
            continue
        text, key, kind, level, indented, width, furnishing = _read(raw, names)
        lines.append(TypedLine(number, text, key, kind, level, gap, indented, width, furnishing))
        gap = 0
    return lines


@functools.lru_cache(maxsize=1 << 15)
def _read(raw: str, names: frozenset[str]) -> tuple[str, str, Kind, int, bool, int, Furnishing | None]:
    """Read a line without its place: a text is read once to find its pages and once page by page."""
    text = _LABEL.sub(r"\1", _QUOTED.sub("", raw.strip()) or raw.strip())
    level = 0
    if marked := _MARKDOWN.match(text):
        text, level = (marked[2] or text), (len(marked[1]) if marked[2] else 0)
    if bold := _BOLD.match(text):
        text, level = bold[2], level or 7
    key = fold(text)
    indented = raw.startswith(("\u3000", "  ", "\t"))
    furnishing = None
    kind = _kind(text, key, level)
    if kind in ("heading", "body") or DASHED_NUMBER.match(key):
        furnishing = _furnishing(text, key, names)
        kind = "furniture" if furnishing else kind
    return text, key, kind, level, indented, columns(raw.rstrip()), furnishing


def _kind(text: str, key: str, level: int) -> Kind:
    if _IMAGE.match(text) or not any(char.isalnum() for char in text):
        return "rule"
    if len(key) <= 60 and is_jump_from(key):
        return "jump_from"
    if len(key) <= 60 and is_jump(key):
        return "jump"
    named = _named(text) if len(text) <= 100 else None
    if is_caption(key) and not (named and _SIGNED.search(key)):
        return "caption"
    if named:
        return named
    if _DASHED.match(text) and len(text) <= _LONGEST_HEADING and not ends(text) and "。" not in text:
        return "subtitle"
    if _TABLE.match(key):
        return "body"
    if starts_article(text):
        return "body"
    if level:
        return "heading" if len(text) <= 2 * _LONGEST_HEADING and not re.search(r"。.", text) else "body"
    return "heading" if reads_as_heading(text, key) else "body"


def _named(text: str) -> Kind | None:
    if byline_of(text):
        return "byline"
    return "credit" if credit_of(text) else None


def is_caption(key: str) -> bool:
    """Tell whether folded text is a photo caption: by its mark, or because it ends in the photographer's credit."""
    return _CAPTION.match(key) is not None or (len(key) <= 200 and _PHOTO_CREDIT.search(key, max(0, len(key) - 50)) is not None)


def reads_as_heading(text: str, key: str) -> bool:
    """Tell whether a line has the form of a heading: short, no stop or comma inside, no final stop."""
    if _HAN.search(text):
        return len(text) <= _LONGEST_HEADING and not _STOP.search(key) and not _END.search(text)
    if (
        len(text) > 100
        or len(text.split()) > _MOST_WORDS
        or (len(text) > _LONGEST_SENTENCE_CASE and not is_title(text))
        or text.endswith((",", ";", ":", "-"))
    ):
        return False
    if text[0].islower() or not any(char.isalpha() for char in text):
        return False
    return not _END.search(text) and not re.search(r"[.!?][\"”’)]?\s+[\"“‘(]?[A-Z]", text)


def is_title(line: str) -> bool:
    """Tell whether a line of English is set like a title: its longer words in capitals."""
    longer = [word for word in _LATIN_WORD.findall(line) if len(word) >= 4]
    return not longer or sum(word[0].isupper() for word in longer) * 10 >= 7 * len(longer)


def _furnishing(text: str, key: str, names: frozenset[str]) -> Furnishing | None:
    if len(text) > 200:
        return None
    if (name := bare_name(key)) in names:
        start = key.index(name)
        return Furnishing("masthead", {"newspaper": text[start : start + len(name)]})
    if is_section(text):
        return Furnishing("section", {"section": text})
    return recognise(text, names)


def ends(text: str) -> bool:
    """Tell whether a line ends a sentence or announces what follows (closing marks after the stop included)."""
    return _END.search(text, max(0, len(text) - 12)) is not None


def enumerated(key: str) -> bool:
    """Tell whether folded text opens with the mark of a list or of a numbered subhead (一、 （二） 3. ● -)."""
    return _ENUMERATED.match(key) is not None


def is_contact(key: str) -> bool:
    """Tell whether a short line of folded text says where to turn to, as notices end: 联系人：王女士 电话：8123456."""
    return len(key) <= _LONGEST_HEADING and _CONTACT.search(key) is not None


def has_stop(key: str) -> bool:
    """Tell whether folded text holds a comma or a stop."""
    return _STOP.search(key) is not None


def is_han(text: str) -> bool:
    """Tell whether text holds a Han character."""
    return _HAN.search(text) is not None


def columns(text: str) -> int:
    """Width of text in columns: two for East Asian wide characters, one for all others."""
    if text.isascii():
        return len(text)
    return len(text) + sum(char > "\u10ff" and unicodedata.east_asian_width(char) in "WF" for char in text)
