"""What only news asks for: how a matter went on in time, what an issue prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from index.schema import DateRange
from qa.schema.sources import Citation

Unit = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year (``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY``) and how many articles about the matter it printed."""

    period: str
    articles: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One date of a story: the day it was printed, how many articles told of it that day, and one quote from them."""

    date: str
    articles: int
    citation: Citation

    def to_dict(self) -> dict[str, Any]:
        return {"date": self.date, "articles": self.articles, "citation": self.citation.to_dict()}


@dataclass(frozen=True, slots=True)
class Timeline:
    """How a matter went on, by the day of the newspaper (not of the event), the earliest first.

    ``counts`` has a row for every period from the first report to the last in which the archive holds a newspaper: 0 says
    that it was silent, a period left out that the archive has none. ``moments`` are the dates with a quote each;
    ``omitted`` how many dates more there are; ``undated`` how many articles about the matter have no date.
    """

    question: str
    unit: Unit
    counts: tuple[Period, ...]
    moments: tuple[Moment, ...]
    omitted: int = 0
    undated: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "unit": self.unit,
            "counts": [asdict(period) for period in self.counts],
            "moments": [moment.to_dict() for moment in self.moments],
            "omitted": self.omitted,
            "undated": self.undated,
        }


@dataclass(frozen=True, slots=True)
class PageContents:
    """The articles of one printed page in printed order, each cited by the first sentence of its text."""

    issue_id: str
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    articles: tuple[Citation, ...]

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "articles": [citation.to_dict() for citation in self.articles]}


@dataclass(frozen=True, slots=True)
class Contents:
    """What newspapers of some days printed, page by page.

    ``dates`` is None where no date was given and the newest issue is shown. ``nearest`` are the days nearest to the dates
    asked for on which the archive holds what it lacks on those; empty when ``pages`` is not. ``omitted`` counts articles
    beyond the limit.
    """

    dates: DateRange | None
    pages: tuple[PageContents, ...]
    nearest: tuple[str, ...] = ()
    omitted: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "dates": asdict(self.dates) if self.dates else None,
            "pages": [page.to_dict() for page in self.pages],
            "nearest": list(self.nearest),
            "omitted": self.omitted,
        }
