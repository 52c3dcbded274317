"""Questions made from the archive's own articles, for a first visit.

General templates over what newspapers print: offices with names, counted terms in quotation marks, figures,
themes, meetings. Only questions that the assistant itself answers from the same article are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from index.schema import MOVED, START_MISSING, ArticleRecord
from index.text import is_chinese
from qa.schema import Answer, Language

_OFFICE = r"总裁|董事长|总经理|党委书记|党支部书记|书记|市长|区长|县长|镇长|局长|院长|校长|会长|主任|馆长"
_HOLDER = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{3,18}}?(?:公司|集团|管理局|委员会|协会|大学|医院|学校|村|镇|局|中心))(?:"
    rf"党组书记、)?(?P<office>{_OFFICE})(?P<name>[\u4e00-\u9fff]{{2,3}})(?=说|介绍|表示|指出|[，。：、])"
)
_COUNTED = re.compile(r"[“「](?P<term>(?P<n>[三四五六七八九])(?:个|大|项)[\u4e00-\u9fff]{2,6})[”」]")
_THEME = re.compile(
    r"以[“「](?P<theme>[^“”「」]{4,30})[”」]为主题的(?P<event>[\u4e00-\u9fff\d]{4,24}?)(?=在|于|正式|隆重|[，。])"
)
_FIGURE = re.compile(
    r"(?:^|(?<=[。！？]))(?P<before>(?![为在对从由其该此这他她它据因])[\u4e00-\u9fff“”]{4,24}?)(?:约|近|超过|达)?(?P<number>\d[\d.,]*(?:余|多)?[万亿]?(?:余|"
    r"多)?)(?P<unit>平方米|公里|[个家座户人名件亩吨])(?P<after>[\u4e00-\u9fff]{0,8})(?=[，。；、])"
)
_EVENT = re.compile(
    r"(?P<event>[\u4e00-\u9fff]{6,36}(?:会议|大会|比赛|活动|论坛|峰会|展览|仪式|"
    r"节))在(?P<place>[\u4e00-\u9fff]{2,12}?)(?P<verb>举行|召开|举办|开幕)"
)
_HOLDER_EN = re.compile(
    r"(?P<name>[A-Z][a-z]+ [A-Z][a-z]+), (?P<office>(?:the )?(?:president|director|mayor|chairman|head|"
    r"manager|secretary) of [A-Z][\w ]{3,40}?)(?=[,.])"
)


def answered(articles: Iterable[ArticleRecord], language: Language, limit: int, *, ask: Callable[[str], Answer]) -> list[str]:
    """Return up to ``limit`` questions of different articles that ``ask`` answers from the article they come from."""
    kept: list[str] = []
    for article in articles:
        for question in made_from(article, language):
            answer = ask(question)
            if answer.found and answer.citations[0].article_id == article.id and question not in kept:
                kept.append(question)
                break
        if len(kept) >= limit:
            break
    return kept


def made_from(article: ArticleRecord, language: Language) -> Iterator[str]:
    """Yield questions that an article may answer."""
    for paragraph in article.paragraphs:
        if {MOVED, START_MISSING} & set(paragraph.flags):
            continue  # a first visit begins with what is certain
        text = paragraph.text
        yield from (_chinese if language == "zh" else _english)(text)


def _chinese(text: str) -> Iterator[str]:
    for match in _COUNTED.finditer(text):
        yield f"“{match.group('term')}”是哪{match.group('n')}个？"
    for match in _THEME.finditer(text):
        yield f"{match.group('event')}的主题是什么？"
    for match in _HOLDER.finditer(text):
        yield f"{match.group('body')}{match.group('office')}是谁？"
    for match in _EVENT.finditer(text):
        yield f"{match.group('event')}在哪里{match.group('verb')}？"
    for match in _FIGURE.finditer(text):
        before = match.group("before")
        if len(before) + len(match.group("after")) >= 8:
            yield f"{before}多少{match.group('unit')}{match.group('after')}？"


def _english(text: str) -> Iterator[str]:
    if not is_chinese(text):
        for match in _HOLDER_EN.finditer(text):
            yield f"Who is {match.group('office')}?"
        return
    for match in _COUNTED.finditer(text):
        yield f"What are the “{match.group('term')}”?"
    for match in _THEME.finditer(text):
        yield f"What is the theme of “{match.group('event')}”?"
    for match in _EVENT.finditer(text):
        yield f"Where was “{match.group('event')}” held?"
