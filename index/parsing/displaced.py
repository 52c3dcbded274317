"""Which fragment stands in the wrong article: paragraphs that share their rare words with another article of the page.

The fit of a paragraph to an article is the weight of the content strings they share, rare ones weighing more, divided by
the square roots of both sizes. A paragraph is moved when another article fits it several times better than its own, about
as well as that one's own paragraphs, and its own article fits it far worse than the paragraphs around it. What opens an
article is never moved. Thresholds were chosen on made pages and on shuffles of real articles: where in doubt, nothing moves.
Only paragraphs and articles of some length are judged; nothing is known of meaning.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median

from index.parsing.articles import Draft
from index.parsing.cohesion import terms
from index.parsing.credits import closing_credit_of, starts_article
from index.parsing.joins import Unit

_MOST_DRAFTS = 300  # the fullest broadsheet pages have under 100 articles: what has more is no page
_LONGEST_PAGE = 150_000  # in characters; the fullest broadsheet pages have some 30,000
RATIO = 2.5  # how much better than its own the other article must fit
_AT_HOME = 0.3  # least fit to the other article, as a share of the fit of its own paragraphs (median)
_STRANGER = 0.6  # most fit to its own article, as a share of the fit of the paragraphs around it (median)
_SHORTEST = 30
_FEWEST_PARAGRAPHS = 3
_MOST_ARTICLES = 16  # a gram printed in more articles tells nothing
_EVIDENCE = 12.0  # least weight of shared grams: half a dozen that are rare on the page


@dataclass(frozen=True, slots=True)
class Move:
    """A paragraph that belongs to another article: indices of drafts and of the paragraph in the first one."""

    source: int
    paragraph: int
    target: int
    ratio: float  # how much better the other article fits


def find_moves(drafts: Sequence[Draft]) -> list[Move]:
    """Find the paragraphs that stand in the wrong article, in printed order."""
    if not 2 <= len(drafts) <= _MOST_DRAFTS or sum(len(unit.text) for draft in drafts for unit, _ in draft.body) > _LONGEST_PAGE:
        return []
    page = _Statistics(drafts)
    moves: list[Move] = []
    for source, draft in enumerate(drafts):
        if len(draft.body) < _FEWEST_PARAGRAPHS:
            continue
        longer = (paragraph for paragraph, (unit, _) in enumerate(draft.body) if _movable(unit, paragraph, draft))
        found = [candidate for paragraph in longer if (candidate := page.candidate(source, paragraph)) is not None]
        if len(found) * 2 < len(draft.body):
            moves.extend(page.strangers(source, found))
    return moves


def _movable(unit: Unit, paragraph: int, draft: Draft) -> bool:
    """Whether a paragraph may have come astray at all: what a headline or a dateline opens stands where it belongs."""
    opening = paragraph == 0 and bool(draft.heading)
    return len(unit.text) >= _SHORTEST and not opening and not starts_article(unit.text)


class _Statistics:
    """Which gram stands where. ``grams`` keep only what is printed in two places or more: the rest is shared by nobody."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        every = [[terms(unit.text) for unit, _ in draft.body] for draft in drafts]
        headings = [set().union(*(terms(unit.text) for unit in draft.heading)) for draft in drafts]
        parts = [(*article, heading) for article, heading in zip(every, headings, strict=True)]
        self.sizes = [max(1, len(set().union(*article))) for article in parts]
        self.lengths = [[max(1, len(paragraph)) for paragraph in article] for article in every]
        printed = Counter(chain.from_iterable(part for article in parts for part in article))
        repeated = {gram for gram, times in printed.items() if times > 1}
        self.counts = [Counter(chain.from_iterable(repeated & part for part in article)) for article in parts]
        self.where = _where(self.counts)
        paragraphs = sum(len(article) for article in every)
        self.weights = {
            gram: math.log(1 + paragraphs / printed[gram])
            for gram, articles in self.where.items()
            if len(articles) <= _MOST_ARTICLES
        }
        telling = set(self.weights)
        self.grams = [[telling & paragraph for paragraph in article] for article in every]
        self.fits = [[self.own_fit(a, p) for p in range(len(article))] for a, article in enumerate(self.grams)]
        self.usual = [median(fits) if fits else 0.0 for fits in self.fits]

    def own_fit(self, article: int, paragraph: int, away: Mapping[str, int] | None = None) -> float:
        """The fit of a paragraph to the rest of its article; ``away`` counts the grams of paragraphs that do not count."""
        counts = self.counts[article]
        shared = 0.0
        for gram in self.grams[article][paragraph]:
            if counts[gram] > (1 if away is None else away[gram]):
                shared += self.weights[gram]
        length = self.lengths[article][paragraph]
        return shared / math.sqrt(max(1, self.sizes[article] - length) * length)

    def candidate(self, source: int, paragraph: int) -> Move | None:
        """The move of a paragraph to an article that fits it far better than its own and as well as that one's own do."""
        shared: defaultdict[int, float] = defaultdict(float)
        for gram in self.grams[source][paragraph]:
            for article in self.where[gram]:
                shared[article] += self.weights[gram]
        length = self.lengths[source][paragraph]
        others = {article: weight / math.sqrt(self.sizes[article] * length) for article, weight in shared.items()}
        others = {article: fit for article, fit in others.items() if article != source and self.grams[article]}
        target = max(others, key=lambda article: (others[article], -article), default=None)
        if target is None or shared[target] < _EVIDENCE:
            return None
        at_home = others[target] >= _AT_HOME * self.usual[target]
        own = self.fits[source][paragraph]
        clear = others[target] >= RATIO * own
        return Move(source, paragraph, target, others[target] / max(own, 0.01 * others[target])) if clear and at_home else None

    def strangers(self, source: int, candidates: Sequence[Move]) -> list[Move]:
        """The candidates that their own article fits badly, fragments that came astray together not counted."""
        gone = {candidate.paragraph for candidate in candidates}
        away = Counter(gram for paragraph in gone for gram in self.grams[source][paragraph])
        staying = [fit for paragraph, fit in enumerate(self.fits[source]) if paragraph not in gone]
        most = _STRANGER * median(staying)
        return [each for each in candidates if self.own_fit(source, each.paragraph, away) <= most]


def move(drafts: Sequence[Draft], moves: Iterable[Move]) -> dict[tuple[int, ...], float]:
    """Put the paragraphs into their articles: before its text when they were printed above it, else after it
    (but not before its dateline, nor after the paragraph that closes with its authors).

    Returns for the line numbers of each moved paragraph how much better it fits where it is now.
    """
    moved: dict[tuple[int, ...], float] = {}
    leaving: dict[int, list[Move]] = defaultdict(list)
    for each in moves:
        leaving[each.source].append(each)
    arriving: dict[int, list[tuple[Unit, str | None]]] = defaultdict(list)
    for source, away in leaving.items():
        gone = {each.paragraph for each in away}
        for each in away:
            unit = drafts[source].body[each.paragraph][0]
            arriving[each.target].append((unit, None))
            moved[unit.numbers] = each.ratio
            drafts[source].numbers = [number for number in drafts[source].numbers if number not in unit.numbers]
        drafts[source].body = [pair for at, pair in enumerate(drafts[source].body) if at not in gone]
    for target, pairs in arriving.items():
        draft = drafts[target]
        start = min((unit.numbers[0] for unit, _ in draft.body), default=0)
        above = [pair for pair in pairs if pair[0].numbers[0] < start]
        below = [pair for pair in pairs if pair[0].numbers[0] >= start]
        signed = len(draft.body) - 1 if draft.body and closing_credit_of(draft.body[-1][0].text) else len(draft.body)
        opening = 1 if draft.body and signed and starts_article(draft.body[0][0].text) else 0
        draft.body = [*draft.body[:opening], *above, *draft.body[opening:signed], *below, *draft.body[signed:]]
        for unit, _ in pairs:
            draft.add(unit)
    return moved


def _where(counts: Sequence[Counter[str]]) -> dict[str, list[int]]:
    """The articles each gram stands in; the list ends soon after ``_MOST_ARTICLES``."""
    where: dict[str, list[int]] = defaultdict(list)
    for article, count in enumerate(counts):
        for gram in count:
            articles = where[gram]
            if len(articles) <= _MOST_ARTICLES:
                articles.append(article)
    return where
