"""Near misses: an answerable question with one year, number, ordinal or name changed, so that the archive no longer answers it.

The new thing is of the same kind and does not stand in the article that answered. Kinds come from the part-of-speech
tags of jieba, which nothing in ``qa`` uses to judge, so the judge is not measured on its own opinion of what a name is.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.text import fold

Changed = Literal["year", "ordinal", "number", "person", "place", "organisation", "title", "latin"]

_TAGS: Mapping[str, Changed] = {
    "nr": "person",
    "nrt": "person",
    "nrfg": "person",
    "ns": "place",
    "nt": "organisation",
    "nz": "title",
}
_NUMERALS = "一二三四五六七八九"
_YEAR = re.compile(r"(?<!\d)1[0-9]\d\d(?=年)|(?<!\d)20[0-4]\d(?=年)")
_ORDINAL = re.compile(r"(?<=第)(?:\d{1,3}|[一二三四五六七八九])(?=[届屆次期任代集章条號号批季])")
_NUMBER = re.compile(
    r"(?<![\d第.年月日])\d+(?:\.\d+)?(?![\d年月日.])|(?<=[^\u4e00-\u9fff第])[两三四五六七八九](?=[个名座家所条项位])"
)
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z0-9.-]{2,}")
_TITLE = re.compile(r"(?<=《)[^《》]{2,12}(?=》)")
_PATTERNS: Sequence[tuple[Changed, re.Pattern[str]]] = (
    ("year", _YEAR),
    ("ordinal", _ORDINAL),
    ("number", _NUMBER),
    ("title", _TITLE),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a question names: what kind, and where it stands in the question."""

    kind: Changed
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Altered:
    """A question after the change: what was asked of, and what it became."""

    question: str
    kind: Changed
    before: str
    after: str


def named(question: str) -> list[Named]:
    """Return the things of a question that can be changed, in order, without overlaps."""
    import jieba.posseg

    text = fold(question)
    found = [Named(kind, *match.span()) for kind, pattern in _PATTERNS for match in pattern.finditer(text)]
    found += [Named("latin", *match.span()) for match in _LATIN.finditer(question)]
    place = 0
    for word, tag in jieba.posseg.cut(text):
        start = text.index(word, place)
        place = start + len(word)
        if tag in _TAGS and len(word) > 1:
            found.append(Named(_TAGS[tag], start, place))
    return list(_apart(found))


def _apart(found: Sequence[Named]) -> Iterator[Named]:
    end = 0
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if item.start >= end:
            yield item
            end = item.end


def pool(questions: Sequence[str]) -> dict[Changed, list[str]]:
    """Return the names of each kind that some questions have, as what to change others into."""
    names: dict[Changed, set[str]] = defaultdict(set)
    for question in questions:
        for item in named(question):
            names[item.kind].add(question[item.start : item.end])
    return {kind: sorted(found) for kind, found in names.items()}


def alter(question: str, article: str, names: Mapping[Changed, Sequence[str]], *, seed: int) -> Altered | None:
    """Change one thing of a question to another that ``article`` does not mention; None when there is none to change.

    The same seed gives the same change.
    """
    rng = random.Random(f"{seed} {question}")
    places = named(question)
    rng.shuffle(places)
    text = fold(article)
    for item in places:
        before = question[item.start : item.end]
        others = [other for other in _others(item.kind, before, names, rng) if fold(other) not in text]
        if others:
            after = others[0]
            return Altered(question[: item.start] + after + question[item.end :], item.kind, before, after)
    return None


def _others(kind: Changed, before: str, names: Mapping[Changed, Sequence[str]], rng: random.Random) -> list[str]:
    if kind == "ordinal" and before in _NUMERALS:
        return rng.sample([char for char in _NUMERALS if char != before], 8)
    if kind == "number" and not before[0].isdigit():
        return rng.sample([char for char in "两三四五六七八九" if char != before], 7)
    if kind in ("year", "ordinal"):
        near = [int(before) + step for step in (*range(-9, 0), *range(1, 10)) if int(before) + step > 0]
        return [str(value) for value in rng.sample(near, len(near))]
    if kind == "number":
        return _numbers(before, rng)
    alike = [other for other in names.get(kind, ()) if abs(len(other) - len(before)) <= 1 and fold(other) != fold(before)]
    return rng.sample(alike, min(8, len(alike)))


def _numbers(before: str, rng: random.Random) -> list[str]:
    """Other numbers with as many digits."""
    digits = [place for place, char in enumerate(before) if char.isdigit()]
    found: list[str] = []
    for _ in range(8):
        chars = list(before)
        place = rng.choice(digits)
        chars[place] = rng.choice([digit for digit in "123456789" if digit != chars[place]])
        found.append("".join(chars))
    return found
