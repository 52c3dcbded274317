"""How a matter went on: the days that newspapers told of it, one quote a day, and how many articles each period printed.

Everything that covers the matter counts, not only the best hits: where one search is not enough, the time that the archive
covers is searched window by window, so that no year is crowded out by another. Days are those of the newspapers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.schema import DateRange, Filter, Passage
from index.text import fold, sentences
from qa.news.citer import Citer
from qa.news.coverage import Coverage
from qa.news.reprints import printings
from qa.question import Question
from qa.retrieval import Query, Ranking, View, coverage
from qa.schema import Moment, Period, Quote, Timeline, Unit

MOST = 400  # passages of one search; when all of them are about the matter there are more
WINDOWS = 24
_SHARE = 0.55  # of the coverage of the best passage
_HEADLINE = 0.2  # of equals the one whose headline names the matter
_LEAST = 0.3
_LEAD = 0.1  # a lead sentence says what happened
_DAYS_A_MONTH, _DAYS_A_YEAR = 62, 3_700  # counts by day up to two months, by year from ten years on


@dataclass(frozen=True, slots=True)
class Report:
    """A passage about the matter, the day it was printed (None: undated), how much of the matter it covers, and how much of it
    its headline and its place at the head of the article add."""

    passage: Passage
    date: str | None
    share: float
    lead: float = 0.0


def reports(question: Question, ranking: Ranking, view: View, held: Coverage) -> list[Report]:
    """Return the passages about a matter, those that cover most of it first."""
    query = ranking.query
    ids = [item.passage.id for item in ranking.ranked]
    found, complete = _searched(query, view, question.filter, MOST)
    ids += found
    best = _weighed(query, view, ids)
    if not complete and best and len(_passing(best)) >= MOST // 2:
        for window in windows(held):
            ids += _searched(query, view, _within(question.filter, window), MOST // 4)[0]
        best = _weighed(query, view, ids)
    return _passing(best)


def windows(held: Coverage) -> list[DateRange]:
    """Cut the time that an archive covers into up to 24 spans of equal length."""
    if not held.days:
        return []
    first, last = (datetime.date.fromisoformat(day) for day in (held.days[0], held.days[-1]))
    step = max(1, -(-((last - first).days + 1) // WINDOWS))
    starts = [first + datetime.timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    return [DateRange(start.isoformat(), (start + datetime.timedelta(days=step - 1)).isoformat()) for start in starts]


def _within(given: Filter, window: DateRange) -> Filter:
    if not given.dates:
        return replace(given, dates=(window,), undated=False)
    spans = (DateRange(max(span.first, window.first), min(span.last, window.last)) for span in given.dates)
    kept = tuple(span for span in spans if span.first <= span.last)
    return replace(given, dates=kept or (DateRange("0001-01-01", "0001-01-01"),), undated=False)


def _searched(query: Query, view: View, filter: Filter, limit: int) -> tuple[list[str], bool]:
    if not query.terms:
        return [], True
    hits = view.search_lexical(query.terms, limit=limit, filter=filter)
    return [hit.passage_id for hit in hits], len(hits) < limit


def _weighed(query: Query, view: View, ids: Iterable[str]) -> list[Report]:
    passages = [passage for passage in view.passages(list(dict.fromkeys(ids))).values() if passage.kind != "masthead"]
    dates = {issue_id: _date(view, issue_id) for issue_id in {passage.issue_id for passage in passages}}
    found = [_report(passage, dates[passage.issue_id], query) for passage in passages]
    return sorted(found, key=lambda report: (-report.share - report.lead, report.passage.id))


def _report(passage: Passage, date: str | None, query: Query) -> Report:
    whole = coverage(query.concepts, fold(f"{passage.context}\n{passage.text}"))
    named = coverage(query.concepts, fold(passage.context))
    return Report(passage, date, whole, _HEADLINE * named + (_LEAD if passage.paragraph == 1 else 0.0))


def _date(view: View, issue_id: str) -> str | None:
    issue = view.issue(issue_id)
    return issue.date if issue else None


def _passing(found: Sequence[Report]) -> list[Report]:
    floor = max(_LEAST, _SHARE * max((report.share for report in found), default=0.0))
    return [report for report in found if report.share >= floor]


def timeline(
    question: Question,
    query: Query,
    found: Sequence[Report],
    held: Coverage,
    citer: Citer,
    *,
    unit: Unit | None = None,
    limit: int = 50,
) -> Timeline | None:
    """Order the passages about a matter by day; None when none of them is dated.

    Of more than ``limit`` days those are kept that cover most of the matter, always the first and the last. A day that only
    reprints what an earlier day printed counts, but its quote is named with the earlier one.
    """
    dated = [report for report in found if report.date]
    if not dated:
        return None
    again = printings([report.passage for report in found], citer.view)
    copies = {passage.id for others in again.values() for passage in others}
    days = _by_day(report for report in dated if report.passage.id not in copies)
    chosen = _chosen(days, limit)
    citer = replace(citer, printings=again)
    articles = {day: _articles(reports) for day, reports in _by_day(dated).items()}
    moments = tuple(
        Moment(day, articles[day], citer.cite(number, quote_of(query, days[day]), days[day][0].passage))
        for number, day in enumerate(chosen, start=1)
    )
    unit = unit or _unit(min(articles), max(articles))
    undated = _articles([report for report in found if report.date is None])
    return Timeline(question.text, unit, _counts(dated, held, unit), moments, len(days) - len(chosen), undated)


def _by_day(found: Iterable[Report]) -> dict[str, list[Report]]:
    days: dict[str, list[Report]] = {}
    for report in found:
        days.setdefault(report.date or "", []).append(report)
    return days


def _chosen(days: dict[str, list[Report]], limit: int) -> list[str]:
    ordered = sorted(days)
    if len(ordered) <= limit:
        return ordered
    ends = [ordered[0], ordered[-1]][:limit]
    between = sorted(ordered[1:-1], key=lambda day: (-days[day][0].share, day))
    return sorted([*ends, *between[: max(0, limit - len(ends))]])


def _articles(found: Sequence[Report]) -> int:
    return len({report.passage.article_id for report in found})


def quote_of(query: Query, found: Sequence[Report]) -> Quote:
    """Return the sentence of the best passage that covers most of the matter; of equals the first, which tells the news."""
    passage = found[0].passage
    best, span = -1.0, (0, len(passage.text))
    for number, (start, end) in enumerate(sentences(passage.text)):
        share = coverage(query.concepts, fold(passage.text[start:end])) + (0.0 if number else _LEAD)
        if share > best:
            best, span = share, (start, end)
    return Quote(passage.id, *span, found[0].share)


def _unit(first: str, last: str) -> Unit:
    length = (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
    return "day" if length <= _DAYS_A_MONTH else "month" if length <= _DAYS_A_YEAR else "year"


def _counts(dated: Sequence[Report], held: Coverage, unit: Unit) -> tuple[Period, ...]:
    size = {"day": 10, "month": 7, "year": 4}[unit]
    told: dict[str, set[str]] = {}
    for report in dated:
        told.setdefault((report.date or "")[:size], set()).add(report.passage.article_id)
    first, last = min(told), max(told)
    periods = sorted({day[:size] for day in held.days if first <= day[:size] <= last} | told.keys())
    return tuple(Period(period, len(told.get(period, ()))) for period in periods)
