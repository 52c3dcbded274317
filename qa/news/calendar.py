"""What an archive holds day by day: each newspaper's run, its years and months, and the days that seem to be missing.

Counts what was printed, not what it tells of. Nobody wrote down when a newspaper appeared, so a missing day is inferred: it lies
within the run of a paper, on a day of the week on which that paper mostly appeared that year. A year with too few issues
to tell takes its weekdays from the nearest year before it that has enough; where there is none, nothing is called missing.
"""

from __future__ import annotations

import bisect
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.schema import PrintedDay

_WEEKS_NEEDED = 8  # of a run in a year, to tell its weekdays
_MOSTLY = 0.6  # of the weeks of a run, for a weekday to count as one of publication
_ONE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Count:
    """How much was printed: issues (a newspaper on a day), pages, articles."""

    issues: int = 0
    pages: int = 0
    articles: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.issues + other.issues, self.pages + other.pages, self.articles + other.articles)


_NOTHING = Count()


@dataclass(frozen=True, slots=True)
class Run:
    """One newspaper from its first day held to its last; ``newspaper`` is None for pages that do not name theirs.

    ``days`` maps each day held, in order, to what was printed; ``missing`` are days of the run that seem to be lacking.
    """

    newspaper: str | None
    first: str
    last: str
    days: Mapping[str, Count]
    missing: tuple[str, ...]
    count: Count

    def neighbours(self, day: str) -> tuple[str | None, str | None]:
        """Return the days held before and after a day."""
        held = list(self.days)
        before, after = bisect.bisect_left(held, day), bisect.bisect_right(held, day)
        return (held[before - 1] if before else None, held[after] if after < len(held) else None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dated pages of an archive, or of one newspaper in it. ``undated`` counts pages without a date.

    ``days`` are all days held; ``missing`` maps days to the newspapers that seem to be lacking on them.
    """

    runs: tuple[Run, ...]
    undated: int
    days: Mapping[str, Count]
    missing: Mapping[str, tuple[str | None, ...]]
    months: Mapping[str, Count]
    years: Mapping[str, Count]

    @property
    def count(self) -> Count:
        return sum((run.count for run in self.runs), _NOTHING)

    def run(self, newspaper: str | None) -> Run | None:
        """Return the run of one newspaper."""
        return next((run for run in self.runs if run.newspaper == newspaper), None)

    def of(self, newspaper: str | None) -> Calendar:
        """Return the calendar of one newspaper alone; it is empty for one that the archive has not."""
        return _calendar([run for run in self.runs if run.newspaper == newspaper], 0)

    def within(self, month: str) -> bool:
        """Tell whether a month (YYYY-MM) lies between the first and the last issue of a newspaper."""
        return any(run.first[:7] <= month <= run.last[:7] for run in self.runs)


def calendar_of(printed: Iterable[PrintedDay]) -> Calendar:
    """Put together what was counted by day and newspaper."""
    papers: dict[str | None, dict[str, Count]] = defaultdict(dict)
    undated = 0
    for each in printed:
        if each.date is None or not _is_day(each.date):
            undated += each.pages
        else:
            papers[each.newspaper][each.date] = Count(1, each.pages, each.articles)
    runs = [_run(newspaper, days) for newspaper, days in papers.items()]
    return _calendar(sorted(runs, key=lambda run: (run.newspaper is None, -run.count.issues, run.newspaper or "")), undated)


def _calendar(runs: Sequence[Run], undated: int) -> Calendar:
    days: dict[str, Count] = {}
    missing: dict[str, list[str | None]] = defaultdict(list)
    for run in runs:
        for day, count in run.days.items():
            days[day] = days.get(day, _NOTHING) + count
        for day in run.missing:
            missing[day].append(run.newspaper)
    ordered = {day: days[day] for day in sorted(days)}
    lacking = {day: tuple(missing[day]) for day in sorted(missing)}
    return Calendar(tuple(runs), undated, ordered, lacking, _summed(ordered, 7), _summed(ordered, 4))


def _summed(days: Mapping[str, Count], size: int) -> dict[str, Count]:
    sums: dict[str, Count] = {}
    for day, count in days.items():
        sums[day[:size]] = sums.get(day[:size], _NOTHING) + count
    return sums


def _run(newspaper: str | None, days: Mapping[str, Count]) -> Run:
    ordered = {day: days[day] for day in sorted(days)}
    # Pages that do not name their newspaper are not the run of anything.
    missing = () if newspaper is None else tuple(_missing(list(ordered)))
    return Run(newspaper, min(days), max(days), ordered, missing, sum(ordered.values(), _NOTHING))


def _missing(held: Sequence[str]) -> Iterable[str]:
    """Yield the days on which a newspaper mostly appeared and of which nothing is held, between its first and last day."""
    first, last = (_day(held[place]) for place in (0, -1))
    known = set(held)
    by_year: dict[int, list[datetime.date]] = defaultdict(list)
    for day in held:
        by_year[int(day[:4])].append(_day(day))
    weekdays: frozenset[int] = frozenset()
    for year in range(first.year, last.year + 1):
        start, end = max(first, datetime.date(year, 1, 1)), min(last, datetime.date(year, 12, 31))
        weekdays = _weekdays(by_year.get(year, ())) or weekdays
        at = start
        while weekdays and at <= end:
            if at.weekday() in weekdays and at.isoformat() not in known:
                yield at.isoformat()
            at += _ONE


def _weekdays(days: Sequence[datetime.date]) -> frozenset[int]:
    """Return the weekdays of publication in a year, none where there are too few issues to tell."""
    weeks = ((days[-1] - days[0]).days + 7) // 7 if days else 0
    if weeks < _WEEKS_NEEDED:
        return frozenset()
    counts = Counter(day.weekday() for day in days)
    return frozenset(weekday for weekday, count in counts.items() if count >= _MOSTLY * weeks)


def _is_day(iso: str) -> bool:
    try:
        _day(iso)
    except ValueError:  # printed or handed over as a day that no calendar has
        return False
    return True


def _day(iso: str) -> datetime.date:
    return datetime.date.fromisoformat(iso)
