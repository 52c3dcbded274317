"""Synthetic pages from the gold articles: paragraphs cut at any character, one paragraph put among another article.

The figures asserted are what the rules reach, with some room; a cut right after a stop cannot be seen by anybody and
is not counted.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from index.parsing import parse_page
from index.parsing.lines import ends
from index.schema import MOVED, Issue, Page

GOLD = json.loads((Path(__file__).resolve().parents[2] / "gold" / "seed_gold.json").read_text(encoding="utf-8"))["files"]
PAGES = 100


@dataclass
class Synthetic:
    """A page and what is true of it."""

    text: str
    paragraphs: int
    cuts: list[str]
    displaced: str | None = None
    home: frozenset[str] = frozenset()  # the other paragraphs of its article


@dataclass
class Score:
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, value: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + value

    def share(self, name: str, of: str) -> float:
        return self.counts.get(name, 0) / self.counts[of]


def source_articles() -> list[dict[str, Any]]:
    return [a for gold in GOLD for a in gold["articles"] if a["headline"] and a["id"] != "A5" and len(a["paragraphs"]) >= 3]


def make(rng: random.Random, *, displace: bool) -> Synthetic:
    articles = rng.sample(source_articles(), rng.randint(3, 6))
    bodies = [list(article["paragraphs"]) for article in articles]
    page = Synthetic("", sum(map(len, bodies)), [])
    if displace:
        away = rng.randrange(len(articles))
        page.displaced = bodies[away].pop(rng.randrange(len(bodies[away])))
        page.home = frozenset(bodies[away])
        among = rng.choice([at for at in range(len(articles)) if at != away])
        bodies[among].insert(rng.randint(1, len(bodies[among])), page.displaced)
    lines: list[str] = []
    for article, body in zip(articles, bodies, strict=True):
        lines.append(article["headline_full"])
        for paragraph in body:
            cut = rng.randrange(1, len(paragraph) - 1) if rng.random() < 0.3 else 0
            if cut and not ends(paragraph[:cut]):
                page.cuts.append(paragraph)
                lines += [paragraph[:cut], paragraph[cut:]]
            else:
                lines.append(paragraph)
        lines.append("(融媒体 王洪伟)")
    page.text = "\n\n".join(lines)
    return page


def weigh(page: Synthetic, issue: Issue, score: Score) -> None:
    found = [[paragraph.text for paragraph in article.paragraphs] for article in issue.articles]
    texts = {text for article in found for text in article}
    score.add("paragraphs", page.paragraphs)
    score.add("cuts", len(page.cuts))
    score.add("joined", sum(paragraph in texts for paragraph in page.cuts))
    score.add("displaced", page.displaced is not None)
    for article, together in zip(issue.articles, found, strict=True):
        for paragraph in article.paragraphs:
            if MOVED in paragraph.flags:
                right = paragraph.text == page.displaced and not page.home.isdisjoint(together)
                score.add("moved right" if right else "moved wrongly", 1)


@pytest.fixture(scope="module")
def scores() -> dict[bool, Score]:
    scores = {True: Score(), False: Score()}
    for displace, score in scores.items():
        rng = random.Random(20210608 + displace)
        for _ in range(PAGES):
            page = make(rng, displace=displace)
            weigh(page, parse_page(Page("synthetic", page.text)), score)
    return scores


def test_broken_paragraphs_are_joined(scores: dict[bool, Score]) -> None:
    for score in scores.values():
        assert score.counts["cuts"] > 500
        assert score.share("joined", of="cuts") >= 0.97


def test_displaced_paragraphs_are_moved_home(scores: dict[bool, Score]) -> None:
    score = scores[True]
    assert score.counts["displaced"] == PAGES
    assert score.share("moved right", of="displaced") >= 0.5


def test_false_moves_are_rare(scores: dict[bool, Score]) -> None:
    for score in scores.values():
        assert score.share("moved wrongly", of="paragraphs") <= 0.01
    assert scores[False].counts.get("moved wrongly", 0) <= 1
