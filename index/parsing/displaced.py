"""Which fragment stands in the wrong article: paragraphs that share their rare words with another article of the page.

Measure: characters n-grams of 2 and 3 weighted by rarity on the page; what a paragraph shares with another article,
against what it shares with the rest of its own, each divided by the square root of the article's size. Only whole
paragraphs of articles with enough text are judged; nothing is known of meaning.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.parsing.articles import Draft
from index.parsing.joins import Unit
from index.text import fold

RATIO = 3.0
_SHORTEST = 30
_FEWEST_PARAGRAPHS = 3
_MOST_ARTICLES = 32  # a gram printed in more articles tells nothing
_EVIDENCE = 6.0  # least weight of shared grams, in units of one gram that two paragraphs of a hundred share


@dataclass(frozen=True, slots=True)
class Move:
    """A paragraph that belongs to another article: indices of drafts and of the paragraph in the first one."""

    source: int
    paragraph: int
    target: int
    ratio: float


def find_moves(drafts: Sequence[Draft]) -> list[Move]:
    """Find the paragraphs that stand in the wrong article, in printed order."""
    if len(drafts) < 2:
        return []
    page = _Statistics(drafts)
    moves: list[Move] = []
    for source, draft in enumerate(drafts):
        if len(draft.body) < _FEWEST_PARAGRAPHS:
            continue
        for paragraph, (unit, _) in enumerate(draft.body):
            if len(unit.text) >= _SHORTEST:
                best = page.best(source, paragraph)
                if best is not None:
                    moves.append(best)
    return moves


class _Statistics:
    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.grams = [[_grams(unit) for unit, _ in draft.body] for draft in drafts]
        self.headings = [set().union(*(_grams(unit) for unit in draft.heading)) for draft in drafts]
        self.counts = [Counter(gram for paragraph in article for gram in paragraph) for article in self.grams]
        for count, heading in zip(self.counts, self.headings, strict=True):
            count.update(heading)
        self.paragraphs = sum(len(article) for article in self.grams)
        self.printed: Counter[str] = Counter(gram for article in self.grams for paragraph in article for gram in paragraph)
        self.where: Mapping[str, list[int]] = self._where()
        self.sizes = [len(count) for count in self.counts]

    def _where(self) -> Mapping[str, list[int]]:
        where: dict[str, list[int]] = defaultdict(list)
        for article, count in enumerate(self.counts):
            for gram in count:
                if len(where[gram]) <= _MOST_ARTICLES:
                    where[gram].append(article)
        return where

    def weight(self, gram: str) -> float:
        return math.log(1 + self.paragraphs / max(1, self.printed[gram]))

    def best(self, source: int, paragraph: int) -> Move | None:
        """The article a paragraph belongs to rather than to its own, if there is one."""
        own = 0.0
        others: defaultdict[int, float] = defaultdict(float)
        for gram in self.grams[source][paragraph]:
            articles = self.where[gram]
            if len(articles) > _MOST_ARTICLES:
                continue
            weight = self.weight(gram)
            if self.counts[source][gram] > 1:
                own += weight
            for article in articles:
                if article != source:
                    others[article] += weight
        if not others:
            return None
        scores = {article: weight / math.sqrt(self.sizes[article]) for article, weight in others.items() if self.grams[article]}
        target = max(scores, key=lambda article: (scores[article], -article), default=None)
        if target is None or others[target] < _EVIDENCE * math.log(101):
            return None
        own_size = max(1, self.sizes[source] - len(self.grams[source][paragraph]))
        ratio = scores[target] / max(own / math.sqrt(own_size), 1e-9)
        return Move(source, paragraph, target, ratio) if ratio >= RATIO else None


def move(drafts: Sequence[Draft], moves: Iterable[Move]) -> set[tuple[int, ...]]:
    """Put the paragraphs into their articles: before its text when they were printed above it, else after it.

    Returns the line numbers of each moved paragraph.
    """
    moved: set[tuple[int, ...]] = set()
    leaving: dict[int, list[Move]] = defaultdict(list)
    for each in moves:
        leaving[each.source].append(each)
    arriving: dict[int, list[tuple[Unit, str | None]]] = defaultdict(list)
    for source, away in leaving.items():
        gone = {each.paragraph for each in away}
        for each in away:
            unit = drafts[source].body[each.paragraph][0]
            arriving[each.target].append((unit, None))
            moved.add(unit.numbers)
            drafts[source].numbers = [number for number in drafts[source].numbers if number not in unit.numbers]
        drafts[source].body = [pair for at, pair in enumerate(drafts[source].body) if at not in gone]
    for target, pairs in arriving.items():
        draft = drafts[target]
        start = min((unit.numbers[0] for unit, _ in draft.body), default=0)
        above = [pair for pair in pairs if pair[0].numbers[0] < start]
        draft.body = above + draft.body + [pair for pair in pairs if pair[0].numbers[0] >= start]
        for unit, _ in pairs:
            draft.add(unit)
    return moved


def _grams(unit: Unit) -> set[str]:
    key = "".join(char for char in fold(unit.text) if char.isalnum())
    return {key[at : at + size] for size in (2, 3) for at in range(len(key) - size + 1)}
