"""Reprints among what was found: the same report in another paper, on another page or day.

Passages are compared by their shingles (runs of five characters of the folded text; Broder 1997), all against all, so this is
for the hits of one question; the archive's own groups (``index.storage.reprints``) add what the question did not find.
Recurring items (daily bulletins, price lists) look alike too: where their figures or days say that they speak of different days
they are no reprints. Does not know which printing is right.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.schema import Passage
from index.text import fold
from qa.cite.source import page_number
from qa.news.coverage import say_day
from qa.news.figures import figures
from qa.news.shingles import shared
from qa.retrieval import Ranked, Ranking, View, coverage
from qa.schema import Citation, Language, Printing

ALIKE = 0.5  # Jaccard; a reprint with 5 % of its characters misread still has 0.69, two reports of one event 0.02
WITHIN = 0.8  # share of the shorter one that stands in the longer one, for a reprint that was cut
_SHORTEST = 24  # shingles; shorter passages are alike by chance
_SHORTEST_WITHIN = 40
COMPARED = 120  # passages, the best ones
_STORED = 20
_TOLERANCE = 0.02
_SERIES = 3  # figures that are all different: two items of a series, not a reprint with errors
_DIGITS = re.compile(r"\d[\d.,]*")
_DAYS = re.compile(
    r"\d{1,2}月\d{1,2}日|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}"
    r"|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_RELATIVE = re.compile(
    r"昨日|昨天|今日|今天|明日|明天|当日|当天|本周|上周|本月|上月|截至|"
    r"\b(?:yesterday|today|tomorrow|this week|last week|this month|last month|as of)\b"
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A ranking with one passage for each report, and under its id the other printings, the earliest first."""

    ranking: Ranking
    printings: Mapping[str, tuple[Passage, ...]]


def gather(ranking: Ranking, view: View) -> Gathered:
    """Put the printings of one report together; the earliest that covers the question as well as any stands for all."""
    ranked = ranking.ranked
    groups = [group for group in _groups([item.passage for item in ranked[:COMPARED]], view) if len(group) > 1]
    if not groups:
        return Gathered(ranking, {})
    gone: set[int] = set()
    stand_in: dict[int, Ranked] = {}
    printings: dict[str, tuple[Passage, ...]] = {}
    for group in groups:
        first = _speaker([ranked[i] for i in group], ranking, view)
        best = min(group)
        stand_in[best] = replace(ranked[best], passage=first)
        gone.update(i for i in group if i != best)
        others = [ranked[i].passage for i in group if ranked[i].passage.id != first.id]
        printings[first.id] = tuple(sorted(others, key=lambda passage: _age(passage, view)))
    kept = tuple(stand_in.get(i, item) for i, item in enumerate(ranked) if i not in gone)
    return Gathered(replace(ranking, ranked=kept), printings)


def printings(passages: Sequence[Passage], view: View) -> dict[str, tuple[Passage, ...]]:
    """Return for the earliest printing of each report that is printed more than once the others, the earliest first."""
    found: dict[str, tuple[Passage, ...]] = {}
    for group in _groups(passages[:COMPARED], view):
        if len(group) > 1:
            first, *others = sorted((passages[i] for i in group), key=lambda passage: _age(passage, view))
            found[first.id] = tuple(others)
    return found


def with_stored(passage: Passage, known: Sequence[Passage], view: View) -> tuple[Passage, ...]:
    """Return the printings of a passage that are known with those that the archive itself found, the earliest first.

    The archive knows those that the question did not find; whether they are the same report is asked here as of any other.
    """
    ids = view.printings([passage.id]).get(passage.id, ())
    new = [id for id in ids if id not in {printing.id for printing in known}][:_STORED]
    others = [other for other in view.passages(new).values() if other.article_id != passage.article_id]
    same = [other for other in others if alike(passage.text, other.text) and same_report(passage, other, view)]
    return tuple(sorted([*known, *same], key=lambda printing: _age(printing, view))) if same else tuple(known)


def _speaker(items: Sequence[Ranked], ranking: Ranking, view: View) -> Passage:
    covered = [coverage(ranking.query.concepts, fold(item.passage.text)) for item in items]
    fitting = [item.passage for item, share in zip(items, covered, strict=True) if share >= max(covered) - _TOLERANCE]
    return min(fitting, key=lambda passage: _age(passage, view))


def _age(passage: Passage, view: View) -> tuple[str, str]:
    """Sorts by the day of the issue, the undated last."""
    issue = view.issue(passage.issue_id)
    return (issue.date if issue and issue.date else "9999", passage.id)


def _groups(passages: Sequence[Passage], view: View) -> list[list[int]]:
    """Indexes of passages that print the same report, each in one group."""
    group_of = list(range(len(passages)))
    for i, j in _alike_pairs(passages):
        if group_of[i] == group_of[j] or passages[i].article_id == passages[j].article_id:
            continue
        if same_report(passages[i], passages[j], view):
            low, high = sorted((group_of[i], group_of[j]))
            group_of = [low if group == high else group for group in group_of]
    return [[i for i, other in enumerate(group_of) if other == group] for group in sorted(set(group_of))]


def _alike_pairs(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    sizes, common = shared(["" if passage.kind == "masthead" else passage.text for passage in passages])
    smaller, larger = np.minimum.outer(sizes, sizes), np.maximum.outer(sizes, sizes)
    whole = (smaller >= _SHORTEST) & (common >= ALIKE * (smaller + larger - common))
    cut = (smaller >= _SHORTEST_WITHIN) & (common >= WITHIN * smaller)
    return [(int(i), int(j)) for i, j in np.argwhere(np.triu(whole | cut, 1))]


def alike(one: str, other: str) -> bool:
    """Tell whether two texts are largely the same words, whatever their figures."""
    sizes, common = shared([_DIGITS.sub("0", text) for text in (one, other)])
    both = int(common[0, 1])
    return both >= ALIKE * (int(sizes.sum()) - both) > 0


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a text says of its day: dates, figures with their units, and whether it speaks of its day as today or yesterday."""

    days: frozenset[str]
    figures: frozenset[tuple[float, str]]
    relative: bool


@functools.lru_cache(maxsize=512)  # each text is held against every one that looks like it
def _facts(text: str) -> _Facts:
    folded = fold(text)
    told = frozenset((figure.value, figure.unit) for figure in figures(text))
    return _Facts(frozenset(_DAYS.findall(folded)), told, _RELATIVE.search(folded) is not None)


def same_report(one: Passage, other: Passage, view: View) -> bool:
    """Tell whether two passages that look alike print one report, rather than two items of a recurring kind."""
    first, second = _facts(one.text), _facts(other.text)
    if first.days and second.days and not first.days & second.days:
        return False
    mine, theirs = first.figures, second.figures
    if not mine or not theirs or mine == theirs:
        return True
    issues = [view.issue(passage.issue_id) for passage in (one, other)]
    dates, papers = ({getattr(issue, name, None) for issue in issues} for name in ("date", "newspaper"))
    if len(dates) == 1:
        return True
    recurring = first.relative and second.relative
    if mine & theirs:
        return not (recurring and len(papers) == 1)
    return not recurring and min(len(mine), len(theirs)) < _SERIES


def notes(citations: Sequence[Citation], language: Language) -> list[str]:
    """Say for the reader where printings give other figures than the quote."""
    return [
        _difference(citation.number, printing, language)
        for citation in citations
        for printing in citation.also_printed_in
        if printing.differs
    ]


def _difference(number: int, printing: Printing, language: Language) -> str:
    where = _where(printing, language)
    if language == "zh":
        pairs = "，".join(f"此处作“{here}”，彼处作“{there}”" for here, there in printing.differs)
        return f"[{number}] 与另一处刊载的数字不一致：{pairs}（{where}）"
    pairs = "; ".join(f"“{here}” here, “{there}” there" for here, there in printing.differs)
    return f"[{number}] another printing gives other figures: {pairs} ({where})"


def _where(printing: Printing, language: Language) -> str:
    """Newspaper, day and page of a printing; what it does not print is said to be so."""
    page = page_number(printing.page) if printing.page else ""
    if language == "zh":
        paper = f"《{printing.newspaper}》" if printing.newspaper else "报名不详"
        day = say_day(printing.date, language) if printing.date else "日期不详"
        return f"{paper}{day}{f'第{page}版' if page else ''}"
    day = say_day(printing.date, language) if printing.date else "undated"
    return ", ".join(part for part in (printing.newspaper or "newspaper unknown", day, f"page {page}" if page else "") if part)
