"""Options that say what may be found. Any of them replaces what would be inferred from the question."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Annotated

import typer

from index.schema import DateRange, Filter

Newspapers = Annotated[
    list[str] | None, typer.Option("--newspaper", metavar="NAME", help="Only this newspaper; repeat for several.")
]
Since = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Only issues from this day, month or year on (2021-06).")
]
Until = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only issues up to the end of this day, month or year.")]
Pages = Annotated[list[str] | None, typer.Option("--page", metavar="PAGE", help="Only this page (1, A2); repeat for several.")]
Authors = Annotated[list[str] | None, typer.Option("--author", metavar="NAME", help="Only by this author; repeat for several.")]
Anywhere = Annotated[bool, typer.Option("--anywhere", help="Search everything, whatever dates or papers the question names.")]

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def filter_of(
    newspapers: list[str] | None,
    since: str | None,
    until: str | None,
    pages: list[str] | None,
    authors: list[str] | None,
    *,
    anywhere: bool,
) -> Filter | None:
    """Return the filter that the options name, None where they leave it to the question."""
    if not (newspapers or since or until or pages or authors):
        return Filter() if anywhere else None
    if anywhere:
        raise typer.BadParameter("leaves no room for a filter; drop one of the two", param_hint="--anywhere")
    dates: tuple[DateRange, ...] = ()
    if since or until:
        first = _days(since, "--from").first if since else "0001-01-01"
        last = _days(until, "--to").last if until else "9999-12-31"
        if first > last:
            raise typer.BadParameter(f"lies after --to {until}", param_hint="--from")
        dates = (DateRange(first, last),)
    return Filter(dates, tuple(newspapers or ()), tuple(pages or ()), tuple(authors or ()))


def _days(text: str, option: str) -> DateRange:
    """The first and last day of a day, month or year."""
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = datetime.date(year, month or 1, day or 1)
        last = datetime.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError as error:
        raise typer.BadParameter(f"{text[:20]} is no date; write 2021, 2021-06 or 2021-06-08", param_hint=option) from error
    return DateRange(first.isoformat(), last.isoformat())
