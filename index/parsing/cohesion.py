"""Whether two stretches of text speak of the same thing: the share of content strings they have in common.

Measured on news: later halves of one article share 0.05 or more of their character trigrams with the first half in four
cases of five, other articles of the same day in one of ten. Knows nothing of articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.text import fold

_FUNCTION = "的了是在和与对为以将把等也就都而及或这那有不个中上下要会从到被让还很更最已于之其"
_RUN = re.compile(rf"[^\W\da-z_{_FUNCTION}]+")
_WORD = re.compile(r"[a-z]{5,}")
_SHORTER_WORD = re.compile(r"[a-z]{4,}")
_STEM = 7
# What news says of any matter tells nothing of this one.
_FORMULA = re.compile(
    r"告诉记者|记者从|据(?:了解|悉|介绍|统计)|负责人|(?:表示|介绍|指出|强调|说)[，,:“]|提供的?数据显示|截至目前|下一步|近年来|工作人员|"
    r"(?<![a-z])(?:about|after|again|against|among|before|being|could|every|first|great|known|later|might|never|night|often|other|place|"
    r"since|shall|should|still|their|there|these|those|three|today|under|until|where|which|while|whose|would|years|yesterday|morning|"
    r"according|during|having|little|making|people|persons|present|without|several|reported|through|within|between|another|because)(?![a-z])"
)
_LEAST_HAN = 0.06
_LEAST_WORDS = 0.15
_LOOSE = 0.4
_LEAST_SHARED = 4


def content(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The content strings of a text: trigrams of Han characters without function words, and longer words of other scripts."""
    key = _FORMULA.sub(" ", fold(text))
    runs = _RUN.findall(key)
    return frozenset(run[at : at + 3] for run in runs for at in range(len(run) - 2)), frozenset(_WORD.findall(key))


def terms(text: str) -> set[str]:
    """The strings that may tie a paragraph to its article: bigrams and trigrams of content characters, stems of English words."""
    key = _FORMULA.sub(" ", fold(text))
    found = {word[:_STEM] for word in _SHORTER_WORD.findall(key)}
    for run in _RUN.findall(key):
        found.update(run[at : at + size] for size in (2, 3) for at in range(len(run) - size + 1))
    return found


class Topic:
    """The content of a text that grows by paragraphs."""

    def __init__(self) -> None:
        self._grams: set[str] = set()
        self._words: set[str] = set()

    def add(self, text: str) -> None:
        grams, words = content(text)
        self._grams |= grams
        self._words |= words

    def covers(self, texts: Iterable[str], *, loosely: bool = False) -> bool:
        """Tell whether other paragraphs carry this text on; ``loosely`` where little speaks against it."""
        grams, words = content("\n".join(texts))
        if grams:
            return _share(self._grams, grams) >= (_LOOSE if loosely else 1) * _LEAST_HAN
        return _share(self._words, words) >= (_LOOSE if loosely else 1) * _LEAST_WORDS


def _share(ours: set[str], theirs: frozenset[str]) -> float:
    shared = len(theirs & ours)
    return shared / min(len(ours), len(theirs)) if shared >= _LEAST_SHARED else 0.0
