"""Which place is meant by 我区, 全市, 县委: the region of the paper, where it is known or printed.

The region stands in the metadata (province, city, district), or follows from the name of the paper when the article or
its masthead prints that name with its rank (东昌府讯 and 东昌府区). Otherwise it is None. Knows no gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.schema import ArticleRecord
from index.text import fold

_RANKS = {"省": "province", "市": "city", "州": "city", "区": "district", "县": "district", "旗": "district"}
_WORD = re.compile(
    r"(?P<whose>我|全|本|该)(?P<rank>[省市州区县旗镇乡])(?![\u4e00-\u9fff]?(?:场|民间))|"
    r"(?<![\u4e00-\u9fff])(?P<office>[省市州区县旗])(?=委|政府|人大|政协|纪委|长(?!期|远|久))"
)
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,}?[省市州区縣县旗]")
_KIND = re.compile(r"(?:日报|晚报|晨报|早报|时报|商报|都市报|青年报|周报|新闻|时讯|周刊|报|讯)$")


@dataclass(frozen=True, slots=True)
class Deixis:
    """A word that points to a place: ``text`` is ``paragraph[start:end]``; ``region`` is None where it is not known."""

    paragraph: int
    start: int
    end: int
    text: str
    region: str | None


def places_meant(article: ArticleRecord, *, beside: Iterable[ArticleRecord] = ()) -> list[Deixis]:
    """Find the words of an article that point to the paper's own region, in printed order.

    ``beside`` are other articles of the same paper, which may print the region's full name.
    """
    known = regions_of(article, beside=beside)
    return [
        Deixis(paragraph.number, match.start(), match.end(), paragraph.text[match.start() : match.end()], known.get(_rank(match)))
        for paragraph in article.paragraphs
        for match in _WORD.finditer(fold(paragraph.text))
    ]


def regions_of(article: ArticleRecord, *, beside: Iterable[ArticleRecord] = ()) -> dict[str, str]:
    """Return the known regions by rank (省 市 区 县 ...)."""
    found: dict[str, str] = {}
    given = article.metadata.get("region")
    names = given.values() if isinstance(given, Mapping) else [given] if given else []
    for name in (part for whole in map(str, names) for part in _NAMED.findall(whole)):
        found.setdefault(fold(name[-1]), name)
    place = _KIND.sub("", article.newspaper or "")
    if len(place) < 2:
        return found
    if place[-1] in _RANKS:
        found.setdefault(place[-1], place)
        return found
    papers = (article, *(other for other in beside if other.newspaper == article.newspaper))
    printed = [fold(text) for paper in papers for text in (paper.headline or "", *(each.text for each in paper.paragraphs))]
    for rank in _RANKS:
        if any(f"{fold(place)}{rank}" in text for text in printed):
            found.setdefault(rank, f"{place}{rank}")
    return found


def _rank(match: re.Match[str]) -> str:
    return match["rank"] or match["office"]
