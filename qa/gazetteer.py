"""Names of persons and places in Chinese text, by the dictionary's tags and by how such names are built.

A token that the dictionary tags as a name, or that it does not know and that begins with a surname, is a person;
a token tagged as a place, alone or with what ends a place (镇, 广场, 大学), is a place. Knows no context.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text import fold, segment

Span = tuple[int, int]

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤柴裴庞耿巴温康施牛樊葛邢安齐庄辛管祝左涂谷祁时舒耳卜路詹关凌费纪靳项尚鲁欧童阮聂游景柯娄"
    "房苗季宗古常文闻岳霍骆华章俞倪桂翁焦芦曲柏包申晏单查桑甘洪蓝殷岑步党刁窦樵"
    "翟饶麻颜阎鄢蔺臧冼覃全初丛"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木", "呼延")
# Characters that begin or end a word which no dictionary has far more often than they stand in a name (路要, 叶有).
_NOT_NAMES = re.compile(
    r"[的了在是和与及为等年月日号市县区镇村乡省局委会要能将已曾就也都又还才去来到时被把从对向给让其此这那有何"
    r"于因上下哪几两各某多少什么说称共中后前内外]"
)
_SPEECH = frozenset(
    [
        "说",
        "表示",
        "指出",
        "介绍",
        "认为",
        "强调",
        "称",
        "告诉",
        "坦言",
        "致辞",
        "致词",
        "透露",
        "回忆",
        "感慨",
        "笑着说",
        "要求",
        "主持",
        "宣布",
    ]
)
_PLACE_END_WORDS = """
省 市 县 区 镇 乡 村 州 国 岛 湖 河 江 山 路 街 道 街道 社区 广场 宾馆 酒店 饭店 会堂 会场 礼堂 会议中心 会展中心 展览馆 展览中心
体育馆 体育场 体育中心 剧院 剧场 影院 大厦 公园 学校 小学 中学 大学 学院 医院 车站 火车站 机场 港 港口 码头 大桥 桥 寺 庙 教堂
博物馆 图书馆 美术馆 文化馆 纪念馆 活动中心 服务中心 园区 产业园 开发区 高新区 新区 基地 工业园 半岛 群岛 自治区 自治州
特别行政区 府 院 厂 农场 林场 水库 景区 大街 大道 分会场 主会场
"""
_CAPITAL = re.compile(r"[A-Z]")
_PLACE_ENDS = frozenset(_PLACE_END_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Tags:
    """Words of the dictionary, and those that it tags as persons, as places and as nouns of any kind."""

    words: frozenset[str]
    persons: frozenset[str]
    places: frozenset[str]
    nouns: frozenset[str]


@functools.lru_cache(maxsize=1)
def _tags() -> _Tags:
    fields = (importlib.resources.files("jieba") / "dict.txt").read_text("utf-8").split()
    words, tags = fields[::3], fields[2::3]
    persons = frozenset(word for word, tag in zip(words, tags, strict=True) if tag in ("nr", "nrt", "nrfg"))
    places = frozenset(word for word, tag in zip(words, tags, strict=True) if tag == "ns")
    nouns = frozenset(word for word, tag in zip(words, tags, strict=True) if tag.startswith("n"))
    return _Tags(frozenset(words), persons, places, nouns)


def is_noun(word: str) -> bool:
    """Tell whether the dictionary tags a folded word as a noun, or does not know it (a name, then)."""
    tags = _tags()
    return word in tags.nouns or (word not in tags.words and not word.isascii())


def is_place(word: str) -> bool:
    """Tell whether the dictionary has a folded word as the name of a place."""
    return word in _tags().places


def level(text: str) -> str:
    """Fold width and traditional characters but keep the case of letters, which marks English names."""
    folded = fold(text)
    if _CAPITAL.search(text) is None:  # as nearly every Chinese text
        return folded
    return "".join(char if char.isascii() else other for char, other in zip(text, folded, strict=True))


@functools.lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[tuple[str, int], ...]:
    """Words of the text with the place where each begins."""
    folded = fold(text)
    placed: list[tuple[str, int]] = []
    end = 0
    for word in segment(text):
        start = folded.find(word, end)
        if start >= 0:
            placed.append((word, start))
            end = start + len(word)
    return tuple(placed)


def persons(text: str) -> list[Span]:
    """Return where persons are named, in order."""
    tags = _tags()
    found: list[Span] = []
    placed = tokens(text)
    for place, (word, start) in enumerate(placed):
        if end := _said_by(placed, place):
            found.append((start, end))
        elif _is_person(word, tags) and not (found and start < found[-1][1]):
            found.append((start, start + len(word)))
    return found


def _said_by(placed: tuple[tuple[str, int], ...], place: int) -> int:
    """The end of a name that the dictionary cuts in two (陈|大海|说): a surname, one more word, a word of speech; else 0."""
    if place + 2 >= len(placed):
        return 0
    (surname, start), (given, after), (verb, behind) = placed[place : place + 3]
    whole = surname in SURNAMES and after == start + 1 and len(given) <= 2 and behind == after + len(given)
    return behind if whole and verb in _SPEECH and not _NOT_NAMES.search(given) else 0


def _is_person(word: str, tags: _Tags) -> bool:
    if word in tags.words:
        return word in tags.persons and (word[0] in SURNAMES or len(word) >= 4)
    if _NOT_NAMES.search(word):
        return False
    return (len(word) in (2, 3) and word[0] in SURNAMES) or (len(word) in (3, 4) and word.startswith(_COMPOUND))


def places(text: str) -> list[Span]:
    """Return where places are named, in order; neighbours in an enumeration (兰陵、宿迁) count with the one that is known."""
    found = list(_runs(text))
    for word, start in tokens(text):
        end = start + len(word)
        beside = any(
            (text[b : b + 1] == "、" and b + 1 == start) or (text[end : end + 1] == "、" and end + 1 == a) for a, b in found
        )
        if (
            beside
            and len(word) in (2, 3)
            and (start, end) not in found
            and text[end : end + 1] in ("、", "等", "成", "两", "三", "，", "。")
        ):
            found.append((start, end))
    return sorted(found)


def _runs(text: str) -> Iterator[Span]:
    """Neighbouring tokens that make one place: known places, unknown words before a place's ending, the ending."""
    tags = _tags()
    run: list[tuple[str, int]] = []
    for word, start in (*tokens(text), ("", len(text) + 1)):
        if run and start != run[-1][1] + len(run[-1][0]):
            yield from _closed(run, tags)
            run = []
        if word and (
            word in tags.places
            or word not in tags.words
            or word in _PLACE_ENDS
            or (word in tags.persons and word not in tags.places)
        ):
            run.append((word, start))
        elif run:
            yield from _closed(run, tags)
            run = []


def _closed(run: list[tuple[str, int]], tags: _Tags) -> Iterator[Span]:
    """The run cut back to its last place word, when it has a name in it."""
    while run and not (run[-1][0] in tags.places or run[-1][0] in _PLACE_ENDS or run[-1][0][-1] in "省市县区镇乡村"):
        run = run[:-1]
    named = any(word in tags.places and len(word) > 1 for word, _ in run) or (len(run) > 1 and run[-1][0] in _PLACE_ENDS)
    if run and (named or (len(run[-1][0]) > 2 and run[-1][0][-1] in "省市县区镇乡村")):
        yield run[0][1], run[-1][1] + len(run[-1][0])
