"""Whether the quotes answer the question: a probability, and what of the question the evidence lacks.

Two kinds of reason to refuse. What the question names (quoted terms, ordinals, places, years) and the evidence
lacks is said by name; the rest is a logistic combination of coverage, answer type and agreement, learned by
``training/evidence.py``. It does not understand: a wrong premise made of words that all stand there passes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.schema import CONTINUATION_MISSING, ArticleRecord, Passage
from index.text import bigrams, fold
from qa.expected import satisfied
from qa.question import Question
from qa.quotes import KEPT
from qa.retrieval import Query, Ranking, View, coverage
from qa.schema import Language, Quote
from qa.sentences import Sentence

THRESHOLD = 0.5
# Made by: python training/evidence.py (see docs/adr/0004-evidence-and-not-found.md).
BIAS: dict[Language, float] = {"zh": -7.7, "en": -4.9}
WEIGHTS: dict[Language, dict[str, float]] = {
    "zh": {"passage": 0.3, "words": 1.7, "score": 5.3, "share": 1.9},
    "en": {"passage": 1.4, "words": 1.4, "score": 2.1, "share": 2.8},
}
# Taken off the log odds when of what is shown only an unlikely quote has the kind of thing asked for; none has (names
# escape the patterns more often than figures); a number counts something else. Set by hand: the question sets have no
# such near misses.
_UNLIKELY, _UNTYPED, _MISCOUNTED = 1.0, 2.0, 3.0
_EMPTY = 0.35  # the most confidence in quotes without any figure where one is asked for
_LOOSELY = 0.6  # share of the pairs of a longer name that must stand in the text
_LACKING = 0.2  # the most confidence in evidence that lacks something the question names
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the quotes answer (0 to 1), what they lack, and whether the rest of the article is missing."""

    confidence: float
    missing: tuple[str, ...]
    cut_off: bool

    @property
    def found(self) -> bool:
        return self.confidence >= THRESHOLD


def judge(question: Question, ranking: Ranking, sentences: Sequence[Sentence], quotes: Sequence[Quote], view: View) -> Judgement:
    """Say how likely the quotes answer the question."""
    if not sentences or not quotes:
        return Judgement(0.0, (), False)
    passages = {sentence.passage.id: sentence.passage for sentence in sentences}
    cited = [passages[quote.passage_id] for quote in quotes]
    missing = (*_missing(question, cited, view), *_unknown_names(question, ranking.query))
    values = signals(ranking, sentences, quotes)
    weights = WEIGHTS[question.language]
    odds = BIAS[question.language] + sum(weights[name] * value for name, value in values.items())
    shown = [passages[quote.passage_id].text[quote.start : quote.end] for quote in quotes]
    odds -= _penalty(question, shown, quotes)
    article = view.article(cited[0].article_id)
    cut_off = article is not None and (CONTINUATION_MISSING in article.flags or article.jump is not None)
    probability = 1.0 / (1.0 + math.exp(-odds))
    if _shows_nothing(question, shown):
        probability = min(probability, _EMPTY)
    return Judgement(min(probability, _LACKING) if missing else probability, missing, cut_off)


def _penalty(question: Question, shown: Sequence[str], quotes: Sequence[Quote]) -> float:
    """What the log odds lose when nothing likely is of the kind asked for."""
    likely = [text for text, quote in zip(shown, quotes, strict=True) if quote.score >= KEPT * quotes[0].score]
    if satisfied(question, "\n".join(likely)) >= 0.5:
        return 0.0
    shows = satisfied(question, "\n".join(shown))
    if shows >= 0.5:
        return _UNLIKELY
    if "number" in question.kinds:  # what an English question counts is only guessed from the dictionary
        return _MISCOUNTED if question.language == "zh" else _UNLIKELY
    return _UNTYPED


def _shows_nothing(question: Question, shown: Sequence[str]) -> bool:
    """Nothing but figures, dates or addresses is asked for, and the quotes have none: digits do not escape the patterns."""
    return set(question.kinds) <= {"number", "when", "contact"} and satisfied(question, "\n".join(shown)) == 0.0


def signals(ranking: Ranking, sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> dict[str, float]:
    """What the probability is made of; each value from about 0 to 1."""
    best = sentences[0]
    whole = fold(best.passage.context + "\n" + best.passage.text)
    return {
        "passage": coverage(ranking.query.concepts, whole),
        "words": coverage(ranking.query.words, whole),
        "score": best.score / 10,
        "share": min(1.0, sum(quote.score for quote in quotes)),
    }


def _missing(question: Question, cited: Sequence[Passage], view: View) -> tuple[str, ...]:
    """Names and years of the question that the evidence lacks: one article must have them all, a contrast may share them out."""
    lacking = [_lacking(question, passage, view) for passage in cited]
    if question.contrast:
        return tuple(name for name in lacking[0] if all(name in other for other in lacking))
    return min(lacking, key=len)


def _lacking(question: Question, passage: Passage, view: View) -> tuple[str, ...]:
    """Names and years of the question that the article of a passage does not mention."""
    article = view.article(passage.article_id)
    text = _everything(passage, article)
    names = [name for name in question.names if not _mentions(name, text) and not _here(name, text, passage, view)]
    years = [
        mention.text
        for mention in question.dates
        if mention.year
        and mention.range not in question.filter.dates
        and not _of_year(mention.year, text, article, passage, view)
    ]
    return tuple(dict.fromkeys((*names, *years)))


def _unknown_names(question: Question, query: Query) -> tuple[str, ...]:
    """Names of an English question that the archive prints in no script."""
    if question.language == "zh":
        return ()
    inside = re.findall(r"(?<=[a-z,] )[A-Z][A-Za-z-]{3,}", question.text)
    bare = {concept.word for concept in query.words if concept.weight and not concept.known}
    return tuple(dict.fromkeys(name for name in inside if name.lower() in bare))


def _everything(passage: Passage, article: ArticleRecord | None) -> str:
    parts = [passage.context, passage.text]
    if article is not None:
        parts += [article.kicker or "", article.headline or "", article.subtitle or "", *article.captions]
        parts += [paragraph.text for paragraph in article.paragraphs]
    return fold("\n".join(parts))


def _mentions(name: str, text: str) -> bool:
    if name in text or _arabic(name) in _arabic(text) or (name.startswith("第一") and name.replace("第一", "首", 1) in text):
        return True
    if re.match(r"第[\d零〇一二三四五六七八九十百]+", name):
        return False
    # A longer name may be quoted loosely, or differ in a character that was misread.
    pairs = bigrams(name)
    return len(pairs) >= 3 and sum(pair in text for pair in pairs) / len(pairs) >= _LOOSELY


def _arabic(text: str) -> str:
    """Ordinals with Arabic digits, so that 第6届 is 第六届 (up to 99; larger ones stay as they are)."""
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
    return any(name in _everything(passage, article) for article in view.articles(passage.issue_id))


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
