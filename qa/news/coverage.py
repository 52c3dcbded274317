"""Which days an archive holds and which it lacks, said in words.

Counts printed issues, not what they report. Does not know when a paper did not appear: a gap is a month of which the archive
holds nothing.
"""

from __future__ import annotations

import bisect
import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.errors import QuestionError
from index.schema import DateRange, IssueRecord
from qa.dates.saying import month_after
from qa.dates.saying import say_day as say_day
from qa.dates.saying import say_span as say_span
from qa.schema import Language

_MOST_GAPS = 4


@dataclass(frozen=True)
class Coverage:
    """The days of which an archive holds a page, in order, and how many of its pages are undated."""

    days: tuple[str, ...]
    undated: int

    @cached_property
    def months(self) -> frozenset[str]:
        return frozenset(day[:7] for day in self.days)

    def holds(self, span: DateRange) -> bool:
        """Tell whether a page is of one of these days."""
        place = bisect.bisect_left(self.days, span.first)
        return place < len(self.days) and self.days[place] <= span.last

    def nearest(self, span: DateRange) -> tuple[str, ...]:
        """Return the last day held before a time and the first one after it."""
        before = bisect.bisect_left(self.days, span.first)
        after = bisect.bisect_right(self.days, span.last)
        return (*self.days[max(0, before - 1) : before], *self.days[after : after + 1])

    def gaps(self) -> list[DateRange]:
        """Return the whole months between the first and the last day of which the archive holds nothing, neighbours joined."""
        found: list[DateRange] = []
        for earlier, later in zip(self.days, self.days[1:], strict=False):
            first, last = month_after(earlier), _month_before(later)
            if first <= last:
                found.append(DateRange(first, last))
        return found


def coverage_of(issues: Iterable[IssueRecord]) -> Coverage:
    """Gather the days of pages."""
    dates = [issue.date for issue in issues]
    return Coverage(tuple(sorted({date for date in dates if date})), sum(date is None for date in dates))


def span_of(date: str) -> DateRange:
    """Return the days of an ISO day, month or year. Raises QuestionError for anything else."""
    year, _, rest = date.strip().partition("-")
    month, _, day = rest.partition("-")
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise QuestionError(f"{date!r} is no date: give a day as 2021-06-08, a month as 2021-06 or a year as 2021") from error
    if day:
        return DateRange(first.isoformat(), first.isoformat())
    last = calendar.monthrange(first.year, first.month)[1]
    return DateRange(first.isoformat(), f"{first.year:04d}-{first.month:02d}-{last}" if month else f"{first.year:04d}-12-31")


def _month_before(day: str) -> str:
    return (datetime.date.fromisoformat(day[:8] + "01") - datetime.timedelta(days=1)).isoformat()


def held(coverage: Coverage, language: Language) -> str:
    """Say what an archive holds, in one sentence."""
    days, undated = coverage.days, coverage.undated
    if language == "zh":
        if not days and not undated:
            return "档案里还没有报纸。"
        parts = [f"{say_span(DateRange(days[0], days[-1]), language)}的报纸"] if len(set(days)) == 1 else []
        parts += (
            [f"{say_day(days[0], language)}至{say_day(days[-1], language)}之间 {len(days)} 天的报纸"] if len(days) > 1 else []
        )
        parts += [f"未注明日期的 {undated} 版"] if undated else []
        return f"档案现有{'，以及'.join(parts)}。"
    if not days and not undated:
        return "The archive is still empty."
    parts = [f"newspapers of {say_day(days[0], language)}"] if len(days) == 1 else []
    if len(days) > 1:
        parts = [f"newspapers of {len(days)} days from {say_day(days[0], language)} to {say_day(days[-1], language)}"]
    parts += [f"{undated} undated page{'s' if undated > 1 else ''}"] if undated else []
    return f"It holds {' and '.join(parts)}."


def lacking(spans: Sequence[DateRange], coverage: Coverage, language: Language) -> str:
    """Say which of the times asked for the archive has no newspaper of, how far the gap reaches and what it holds nearest.

    Empty when it has a newspaper of each of them.
    """
    absent = [span for span in dict.fromkeys(spans) if not coverage.holds(span)]
    if not absent or not coverage.days:
        return ""
    times = [say_span(span, language) for span in absent]
    days = [say_day(day, language) for day in dict.fromkeys(day for span in absent for day in coverage.nearest(span))]
    wider = [gap for gap in coverage.gaps() if any(_reaches_beyond(gap, span) for span in absent)]
    gaps = [say_span(gap, language) for gap in wider[:_MOST_GAPS]]
    if language == "zh":
        gap = f"（{'、'.join(gaps)}都缺）" if gaps else ""
        return f"档案里没有{'、'.join(times)}的报纸{gap}，离得最近的是{'和'.join(days)}的报纸。"
    gap = f" (nothing is held of {', '.join(gaps)})" if gaps else ""
    are = "are" if len(days) > 1 else "is"
    return f"The archive has no newspaper of {' or '.join(times)}{gap}; the nearest {are} of {' and '.join(days)}."


def _reaches_beyond(gap: DateRange, span: DateRange) -> bool:
    return gap.first <= span.first and span.last <= gap.last and gap != span
