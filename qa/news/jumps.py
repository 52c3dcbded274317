"""Articles that go on on another page: which page, and whether the archive holds the rest.

Reads the printed jump line (下转第二版, continued on page A4). Does not join the parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.schema import CONTINUATION_MISSING, ArticleRecord
from index.text import fold
from qa.retrieval import View
from qa.schema import Language

_PAGE = re.compile(r"([a-z]?\d{1,3})|([一二三四五六七八九十]{1,3})(?=\s*版|$)")
_OWN_PAGE = re.compile(r"-p[^-]*$")
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True, slots=True)
class Jump:
    """Where an article goes on: the page as a number or letter and number, None where the line does not say;
    whether the archive holds that page; and the headline of what it continues there."""

    page: str | None
    page_held: bool
    continuation: ArticleRecord | None = None


def jump_of(article: ArticleRecord, view: View) -> Jump | None:
    """Return where an article goes on, None when it is whole."""
    page = article.continues_on
    if page is None and CONTINUATION_MISSING not in article.flags:
        return None
    page = page or page_of(fold(article.jump or ""))
    rest = view.continuation(article.id)
    there = view.issue(_OWN_PAGE.sub(f"-p{page.lower()}", article.issue_id)) if page else None
    return Jump(page, rest is not None or there is not None, rest)


def page_of(line: str) -> str | None:
    """Return the page that a folded jump line names, None when it names none."""
    match = _PAGE.search(line)
    if match is None:
        return None
    if match.group(1):
        return match.group(1).upper()
    tens, mark, ones = match.group(2).partition("十")
    if not mark:
        return str(_DIGITS[tens]) if len(tens) == 1 else None
    return str(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0))


def say_cut(number: int, jump: Jump, language: Language) -> str:
    """Say of the article of a citation that its rest is not in the archive, or which article it is."""
    if language == "zh":
        where = f"第{jump.page}版" if jump.page else "其他版"
        if jump.continuation is not None:
            return f"[{number}] 所在的文章下转{where}，续文也在档案中：{jump.continuation.headline or '无标题'}"
        lost = "该版" if jump.page and not jump.page_held else "后文"
        return f"[{number}] 所在的文章下转{where}，档案中没有{lost}，答案可能不完整"
    where = f"page {jump.page}" if jump.page else "another page"
    if jump.continuation is not None:
        return f"the article of [{number}] continues on {where}: {jump.continuation.headline or 'no headline'}"
    return f"the article of [{number}] continues on {where}, which the archive lacks: the answer may be incomplete"


def say(jump: Jump, language: Language) -> str:
    """Say where the rest is, or that the archive lacks it; one sentence about “the nearest article”."""
    if language == "zh":
        where = f"第{jump.page}版" if jump.page else "其他版"
        if jump.continuation is not None:
            return f"最接近的文章下转{where}，续文也在档案中，但没有找到答案。"
        held = "档案有该版，但其中没有认出续文" if jump.page_held else "档案中没有该版"
        return f"最接近的文章下转{where}，{held if jump.page else '后文未收录'}。"
    where = f"page {jump.page}" if jump.page else "another page"
    if jump.continuation is not None:
        return f"The nearest article continues on {where}, which the archive holds; no answer was found there either."
    if jump.page_held:
        return f"The nearest article continues on {where}; the archive holds that page, but the rest was not recognised on it."
    return f"The nearest article continues on {where}, which the archive lacks."
