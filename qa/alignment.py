"""What a question names, and whether the evidence says it: names, ordinals, years, numbers, rare words.

Near misses are told by this: all the words of 第七届 but one stand in the article on the 第六届. Works on printed words: it
knows no other name of the same person or place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.schema import ArticleRecord, Passage
from index.text import bigrams, fold
from qa.crosslingual import numeral_zh
from qa.gazetteer import is_place, places
from qa.question import Question
from qa.retrieval import Concept, Query, View

_LOOSELY = 0.6  # share of the pairs of a longer name that must stand in the text
_PARTLY = 0.8  # the most that a name counts when only its pairs stand in the text
_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {"两": "2", "〇": "0"}
_REGIONS = {
    "区": "我区|全区|区委|区政府",
    "县": "我县|全县|县委|县政府",
    "市": "我市|全市|市委|市政府",
    "省": "我省|全省|省委",
    "镇": "我镇|全镇|该镇",
    "村": "我村|全村|该村|我们村",
}
_ANY_REGION = "我省|全省|我市|全市|我县|全县|我区|全区"
_ORDINAL = re.compile(r"第([零〇一二三四五六七八九十百\d]+)(方面|季度|阶段|[届期次批版轮章条集卷号任代])")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?=年)")
_NUMBER = re.compile(r"(?<![\d第.])(\d+(?:\.\d+)?)(?![\d.年])")
_KIND_OF_PLACE = "省市县区镇乡村"


@dataclass(frozen=True, slots=True)
class Alignment:
    """What of the question the evidence lacks.

    ``missing``: names and years that the article does not mention; ``conflicts``: (asked, printed) where the text near the
    answer has another one of the same kind instead; ``absent``: the rarest word of the question that does not stand near the
    answer, weighed from 0 to 1, ``absent_second`` the one after it, ``absent_article`` the rarest that the article lacks;
    ``words``: share of the words, by rarity, that stand in the passage or its headlines; ``numbers``: share of the question's
    plain numbers that the article lacks; ``says``: the question names something and all of it stands near the answer.
    """

    missing: tuple[str, ...]
    conflicts: tuple[tuple[str, str], ...]
    absent: float
    absent_second: float
    absent_article: float
    words: float
    numbers: float
    says: bool


def align(question: Question, query: Query, passage: Passage, near: str, view: View) -> Alignment:
    """Compare a question with the passage that answers best; ``near`` is its folded text around the answer."""
    whole = everything(passage, view.article(passage.article_id))
    rarest = math.log(2 * view.size + 2)  # about the weight of a word that the archive never prints
    weights = [(word, min(1.0, word.weight / rarest) if word.printed else 1.0) for word in query.words]
    local = sorted((weight * (1.0 - held(word, near)) for word, weight in weights), reverse=True)
    numbers = _NUMBER.findall(fold(question.text))
    return Alignment(
        missing=lacking(question, passage, view),
        conflicts=tuple(_conflicts(question, whole, near)),
        absent=local[0] if local else 0.0,
        absent_second=local[1] if len(local) > 1 else 0.0,
        absent_article=max((weight * (1.0 - held(word, whole)) for word, weight in weights), default=0.0),
        words=_share(query.words, fold(passage.context + "\n" + passage.text)),
        numbers=sum(not _prints(number, whole) for number in numbers) / len(numbers) if numbers else 0.0,
        says=bool(question.names) and all(name in near for name in question.names),
    )


def _prints(number: str, text: str) -> bool:
    """Whether a text has a number, in Chinese numerals too where it has two digits."""
    return number in text or bool(numeral_zh(number) and numeral_zh(number) in text)


def held(concept: Concept, text: str) -> float:
    """Return how far a folded text has a word: 1 as a whole, less when only pairs of its characters stand there."""
    fit = concept.fit(text)
    if fit or len(concept.word) < 3:
        return fit
    pairs = bigrams(concept.word)
    return _PARTLY * sum(pair in text for pair in pairs) / len(pairs) if len(pairs) > 1 else 0.0


def _share(words: Sequence[Concept], text: str) -> float:
    total = sum(word.weight for word in words)
    return sum(word.weight * held(word, text) for word in words) / total if total else 0.0


def _conflicts(question: Question, whole: str, near: str) -> Iterator[tuple[str, str]]:
    """Pairs of what was asked and what is printed near the answer in its place."""
    asked = fold(question.text)
    for number, unit in _ORDINAL.findall(asked):
        printed = [(n, u) for n, u in _ORDINAL.findall(near) if u == unit]
        if printed and all(arabic(f"第{n}") != arabic(f"第{number}") for n, _ in printed) and f"第{number}{unit}" not in whole:
            yield f"第{number}{unit}", f"第{printed[0][0]}{unit}"
    years = _YEAR.findall(near)
    for year in _YEAR.findall(asked):
        if years and year not in whole:
            yield f"{year}年", f"{years[0]}年"
    for name in question.names:
        if name[-1] in _KIND_OF_PLACE and name not in whole:
            other = next((near[a:b] for a, b in places(near) if near[b - 1] == name[-1] and b - a > 1), None)
            if other and name not in other:
                yield name, other


def lacking(question: Question, passage: Passage, view: View) -> tuple[str, ...]:
    """Return the names and years of the question that the article of a passage does not mention."""
    article = view.article(passage.article_id)
    text = everything(passage, article)
    names = [name for name in question.names if not mentions(name, text) and not _here(name, text, passage, view)]
    years = [
        mention.text
        for mention in question.dates
        if mention.year
        and mention.range not in question.filter.dates
        and not any(form in text for form in mention.forms)
        and not _of_year(mention.year, text, article, passage, view)
    ]
    return tuple(dict.fromkeys((*names, *years)))


def unknown_names(question: Question, query: Query, passage: Passage, view: View) -> tuple[str, ...]:
    """Return names of an English question that the archive prints in no script, and those of places that the article lacks."""
    if question.language == "zh":
        return ()
    text = everything(passage, view.article(passage.article_id))
    named = _capitalised(question, query)
    bare = [name for name, concept in named if not concept.known]
    elsewhere = [
        name
        for name, concept in named
        if any(is_place(form.text) for form in concept.forms)
        and not concept.fit(text)
        and not any(_here(form.text, text, passage, view) for form in concept.forms if is_place(form.text))
    ]
    return tuple(dict.fromkeys((*bare, *elsewhere)))


def _capitalised(question: Question, query: Query) -> list[tuple[str, Concept]]:
    """Words of an English question, its first left out, that begin with a capital."""
    inside = re.findall(r"(?<=[a-z0-9,] )[A-Z][A-Za-z-]{2,}|(?<=[A-Z][a-z] )[A-Z][A-Za-z-]{2,}", question.text)
    concepts = {part: word for word in query.words if word.weight for part in (word.word, *word.word.split())}
    return [(name, concepts[name.lower()]) for name in inside if name.lower() in concepts]


def named_share(question: Question, query: Query, text: str) -> float:
    """Return the share of what the question names and the archive prints that the folded ``text`` mentions; 1 for no names."""
    here = [mentions(name, text) for name in question.names]
    if question.language == "en":
        here += [concept.fit(text) > 0.0 for _, concept in _capitalised(question, query) if concept.printed]
    return sum(here) / len(here) if here else 1.0


def everything(passage: Passage, article: ArticleRecord | None) -> str:
    """Return all that the article of a passage prints, folded; the passage alone where there is no article."""
    parts = [passage.context, passage.text]
    if article is not None:
        parts += [article.kicker or "", article.headline or "", article.subtitle or "", *article.captions]
        parts += [paragraph.text for paragraph in article.paragraphs]
    return fold("\n".join(parts))


def mentions(name: str, text: str) -> bool:
    """Tell whether a folded text has a name, an ordinal in other digits or a long name loosely included."""
    if name in text or arabic(name) in arabic(text) or (name.startswith("第一") and name.replace("第一", "首", 1) in text):
        return True
    if re.match(r"第[\d零〇一二三四五六七八九十百]+", name):
        return False
    # A longer name may be quoted loosely, or differ in a character that was misread.
    pairs = bigrams(name)
    return len(pairs) >= 3 and sum(pair in text for pair in pairs) / len(pairs) >= _LOOSELY


def arabic(text: str) -> str:
    """Return the text with ordinals in Arabic digits, so that 第6届 is 第六届 (up to 99; larger ones stay as they are)."""
    return re.sub(r"第([零〇一二三四五六七八九十]+)", lambda match: "第" + _value(match.group(1)), text)


def _value(word: str) -> str:
    if "十" in word:
        tens, _, ones = word.partition("十")
        return (_DIGITS.get(tens, tens) or "1") + (_DIGITS.get(ones, ones) or "0")
    return "".join(_DIGITS[char] for char in word)


def _here(name: str, text: str, passage: Passage, view: View) -> bool:
    """我区 is the district that the paper itself belongs to: named by the paper or elsewhere in its issue."""
    if not re.search(_REGIONS.get(name[-1], _ANY_REGION), text):
        return False
    issue = view.issue(passage.issue_id)
    if issue is not None and issue.newspaper and name.rstrip("省市县区镇村") in fold(issue.newspaper):
        return True
    return any(name in everything(passage, article) for article in view.articles(passage.issue_id))


def _of_year(year: int, text: str, article: ArticleRecord | None, passage: Passage, view: View) -> bool:
    if str(year) in text:
        return True
    issue = view.issue(passage.issue_id)
    day = (article.date if article else None) or (issue.date if issue else None)
    if day is None:
        return bool(issue) and (issue.metadata if issue else {}).get("year_estimate") == year
    gap = int(day[:4]) - year
    words = {0: "", 1: "去年|上年", 2: "前年", -1: "明年|下年"}.get(gap)
    return words == "" or (words is not None and re.search(words, text) is not None)
