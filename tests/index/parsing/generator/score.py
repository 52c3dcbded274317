"""Scores parsed pages against the truth, in the field's terms.

Articles are compared by the characters of their lines. Advertisements count neither for nor against, photo news counts for
precision only. Displaced paragraphs have figures of their own.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.parsing import parse_page
from index.schema import MOVED, Article, Issue, Page
from tests.index.parsing.generator.press import Made, Printed

_SAME = 0.75  # share of the characters of both that a right article holds


@dataclass
class Score:
    """Counts, and the places of failures for those who write rules."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str, str]] = field(default_factory=list)  # page, measure, what

    def add(self, measure: str, right: bool, page: str, what: str) -> None:
        self.counts[f"{measure}/all"] += 1
        self.counts[f"{measure}/right"] += right
        if not right:
            self.failures.append((page, measure, what))

    def share(self, measure: str) -> float:
        return self.counts[f"{measure}/right"] / max(1, self.counts[f"{measure}/all"])

    def figures(self) -> dict[str, float]:
        measures = (
            "headline recall",
            "kicker and subtitle",
            "article precision",
            "article recall",
            "paragraphs whole and in place",
            "join precision",
            "join recall",
            "displaced found",
            "authors",
            "masthead fields",
        )
        figures = {measure: round(self.share(measure), 4) for measure in measures}
        paragraphs = max(1, self.counts["paragraphs whole and in place/all"])
        figures["false moves"] = round(self.counts["false moves"] / paragraphs, 4)
        figures["characters lost"] = self.counts["characters lost"]
        return figures


def score(pages: Iterable[Made]) -> Score:
    """Parse and score pages."""
    total = Score()
    for at, made in enumerate(pages):
        _Scorer(made, parse_page(Page(f"{made.style} {at}", made.text)), total, f"{made.style} {at}").run()
    return total


class _Scorer:
    def __init__(self, made: Made, issue: Issue, total: Score, page: str) -> None:
        self.made, self.issue, self.total, self.page = made, issue, total, page
        self.home = self._homes()

    def _add(self, measure: str, right: bool, what: object) -> None:
        self.total.add(measure, right, self.page, str(what))

    def _homes(self) -> dict[int, Article]:
        """The parsed article that holds most of the text of each true one."""
        shares: dict[int, Counter[int]] = {}
        for at, article in enumerate(self.issue.articles):
            for number in article.lines:
                line = self.made.lines[number]
                weight = len(line.text) * (3 if line.role == "heading" else 1)
                shares.setdefault(line.article, Counter())[at] += weight
        return {true: self.issue.articles[shares[true].most_common(1)[0][0]] for true in shares if true >= 0}

    def run(self) -> None:
        self._articles()
        self._headings()
        self._paragraphs()
        self._joins()
        self._masthead()
        used = Counter(number for article in self.issue.articles for number in article.lines)
        used.update(each.line for each in self.issue.furniture)
        used.update(each.line for each in self.issue.unassigned)
        self.total.counts["characters lost"] += sum(len(bare(line.text)) for at, line in self.made.lines.items() if not used[at])
        self.total.counts["characters lost"] += sum(len(bare(line.text)) for at, line in self.made.lines.items() if used[at] > 1)

    def _is_displaced(self, line: Printed) -> bool:
        return line.paragraph is not None and self.made.articles[line.paragraph[0]].displaced == line.paragraph[1]

    def _articles(self) -> None:
        size: Counter[int] = Counter()
        for line in self.made.lines.values():
            size[line.article] += 0 if self._is_displaced(line) else len(line.text)
        right: set[int] = set()
        for article in self.issue.articles:
            lines = [self.made.lines[number] for number in article.lines]
            held = Counter[int]()
            for line in lines:
                held[line.article] += 0 if self._is_displaced(line) else len(line.text)
            if all(line.role == "ad" for line in lines):
                continue
            best, share = held.most_common(1)[0]
            same = best >= 0 and share >= _SAME * size[best] and share >= _SAME * held.total()
            self._add("article precision", same, article.headline or (article.paragraphs or article.captions)[0].text[:30])
            right |= {best} if same else set()
        for at, truth in enumerate(self.made.articles):
            if truth.kind == "news":
                self._add("article recall", at in right, truth.heading)

    def _headings(self) -> None:
        for at, truth in enumerate(self.made.articles):
            if truth.kind != "news" or truth.heading is None:
                continue
            found = self.home.get(at)
            wanted = bare(truth.heading.headline)
            self._add(
                "headline recall", found is not None and bare(found.headline) == wanted, (truth.heading, found and found.headline)
            )
            beside = (bare(truth.heading.kicker), bare(truth.heading.subtitle))
            got = (bare(found.kicker), bare(found.subtitle)) if found else None
            self._add("kicker and subtitle", got == beside, (beside, got))
            self._add("authors", found is not None and found.authors == truth.authors, (truth.authors, found and found.authors))

    def _paragraphs(self) -> None:
        flagged = 0
        for at, truth in enumerate(self.made.articles):
            if truth.kind != "news":
                continue
            found = self.home.get(at)
            texts = {bare(each.text): MOVED in each.flags for each in found.paragraphs} if found else {}
            for number, text in enumerate(truth.paragraphs):
                moved = texts.get(bare(text))
                if number == truth.displaced:
                    self._add("displaced found", moved is True, text)
                    flagged += moved is True
                else:
                    self._add("paragraphs whole and in place", moved is not None, text)
        every = sum(MOVED in paragraph.flags for article in self.issue.articles for paragraph in article.paragraphs)
        self.total.counts["false moves"] += every - flagged
        if every != flagged:
            self.total.failures.append((self.page, "false moves", ""))

    def _joins(self) -> None:
        wraps, breaks = _true_joins(self.made)
        for article in self.issue.articles:
            for paragraph in article.paragraphs:
                for pair in itertools.pairwise(paragraph.lines):
                    roles = {self.made.lines[number].role for number in pair}
                    if pair not in wraps and roles != {"ad"}:
                        self._add("join precision", pair in breaks, self._shown(pair))
        made = {pair for article in self.issue.articles for each in article.paragraphs for pair in itertools.pairwise(each.lines)}
        for pair in sorted(breaks):
            self._add("join recall", pair in made, self._shown(pair))

    def _shown(self, pair: tuple[int, int]) -> str:
        return " | ".join((self.made.lines[pair[0]].text[-24:], self.made.lines[pair[1]].text[:24]))

    def _masthead(self) -> None:
        facts, issue = self.made.facts, self.issue
        page = None if issue.metadata.get("page_inferred") else issue.page
        pairs = (
            ("newspaper", bare(facts.newspaper).lower(), bare(issue.newspaper).lower()),
            ("date", facts.day.isoformat() if facts.day else None, issue.date),
            ("weekday", bare(facts.weekday).lower(), bare(issue.weekday).lower()),
            ("number", facts.number, issue.issue_number),
            ("page", facts.page, page),
        )
        for name, wanted, got in pairs:
            self._add("masthead fields", wanted == got, (name, wanted, got))


def _true_joins(made: Made) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    wraps: set[tuple[int, int]] = set()
    breaks: set[tuple[int, int]] = set()
    numbers: Sequence[int] = sorted(made.lines)
    for before, number in itertools.pairwise(numbers):
        cut = made.lines[number].cut
        if cut:
            (wraps if cut == "wrap" else breaks).add((before, number))
    return wraps, breaks


def bare(text: str | None) -> str:
    """Text without white space, and without the space and hyphen of a line's end; empty for None."""
    return re.sub(r"\s+", "", text or "")
