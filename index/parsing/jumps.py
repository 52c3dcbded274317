"""Jump lines: where an article goes on (下转第二版, Continued on Page 4) and where it began (上接第1版, Continued from Page 1).

Reads one line or paragraph; knows nothing of the other page.
"""

from __future__ import annotations

import re

from index.parsing.dates import number
from index.readers.names import plain_page
from index.text import fold

_PAGE_NUMBER = r"第?\s?([a-d]?\d{1,3}|[一二三四五六七八九十]{1,3})"
_AIM = r"[(（【\[<《]?[\s▶►→↓▼★●\->]{0,6}"
_END = r"[^)）】\]。]{0,12}[)）】\]>》▶►→]{0,4}"
_TO = r"(?:下转|紧接|续见|下接|余转|文转|转)"
_FROM = r"(?:上接|紧接上|续接|接)"
_ON = re.compile(rf"^{_AIM}{_TO}\s?(?:{_PAGE_NUMBER}\s?[、,至-]?\s?[\d一二三四五六七八九十]{{0,2}}\s?版|本版){_END}$")
_BACK = re.compile(rf"^{_AIM}[◀◄←↑▲\s]{{0,4}}{_FROM}\s?{_PAGE_NUMBER}\s?版{_END}$")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENGLISH_PAGE = rf"([a-d]?-?\d{{1,3}}|{'|'.join(_WORDS)})"
_ENGLISH_ON = re.compile(
    rf"^\W{{0,3}}(?:please )?(?:continued|cont(?:inued|['’]?d)?\.?|see|turn)\b.{{0,30}}?"
    rf"\b(?:(?:on|to)\s+)?(?:page|p\.|pg\.|on|to)\s*{_ENGLISH_PAGE}"
    r"(?:,? col(?:umn|\.)? ?\w{1,5})?\W{0,3}$|"
    rf"^\W{{0,3}}see [a-z’' ]{{2,24}}, {_ENGLISH_PAGE}\W{{0,3}}$"
)
_ENGLISH_BACK = re.compile(
    rf"^\W{{0,3}}(?:[a-z’' ]{{2,24}}[,:] )?(?:(?:continued|cont['’]?d\.?) )?from\b(?: the)? "
    rf"(?:front page|(?:page|p\.|pg\.)\s*{_ENGLISH_PAGE}|([a-d]-?\d{{1,2}}))"
    r"(?:,? col(?:umn|\.)? ?\w{1,5})?\W{0,3}$|^\W{0,3}continued from\b.{1,30}$"
)
_INLINE_ON = re.compile(rf"[(（【]\s?{_TO}\s?{_PAGE_NUMBER}\s?版[^)）】]{{0,12}}[)）】]\s*$")
_INLINE_BACK = re.compile(rf"^[(（【]\s?{_FROM}\s?{_PAGE_NUMBER}\s?版[^)）】]{{0,12}}[)）】]")


def is_jump(key: str) -> bool:
    """Tell whether a folded line is nothing but the sign that the article goes on elsewhere."""
    return _ON.match(key) is not None or _ENGLISH_ON.match(key) is not None


def is_jump_from(key: str) -> bool:
    """Tell whether a folded line is nothing but the sign that the article began elsewhere."""
    return _BACK.match(key) is not None or _ENGLISH_BACK.match(key) is not None


def inline_jump(text: str) -> str | None:
    """The jump line that ends a paragraph, as printed: …制度。（下转第二版）"""
    at = max(0, len(text) - 30)
    match = _INLINE_ON.search(fold(text[at:]))
    return text[at + match.start() : at + match.end()].strip() if match else None


def inline_jump_from(text: str) -> str | None:
    """The jump line that opens a paragraph, as printed: （上接第一版）会议指出…"""
    match = _INLINE_BACK.match(fold(text[:40]))
    return text[: match.end()] if match else None


def page_of(jump: str) -> str | None:
    """The page that a jump line names, as ``Issue.page`` writes it; None for 转本版 and the like."""
    key = fold(jump)
    for pattern in (_ON, _BACK, _INLINE_ON, _INLINE_BACK, _ENGLISH_ON, _ENGLISH_BACK):
        if match := pattern.search(key):
            printed = next((group for group in match.groups() if group), None)
            return _page(printed) if printed else ("1" if "front page" in key else None)
    return None


def _page(printed: str) -> str:
    if printed in _WORDS:
        return str(1 + _WORDS.index(printed))
    return plain_page(printed.replace("-", "")) if printed.isascii() else str(number(printed))
