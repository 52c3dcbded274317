"""What a file would bring into an archive, said before anything is taken in: its pages, and what in it cannot be read.

Reads and parses the file; touches no archive, so it does not know whether the file is already held.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.errors import ParseError, ReadError
from index.schema import Skipped


@dataclass(frozen=True, slots=True)
class PagePreview:
    """One page as it would be taken in. What it does not print is None; ``first_headline`` too where nothing is headed."""

    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    articles: int
    first_headline: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a file in printed order. A file without pages is refused whole, for the reasons in ``skipped``."""

    pages: tuple[PagePreview, ...]
    skipped: tuple[Skipped, ...]


def preview(path: Path) -> Preview:
    """Read and parse a file; a file that cannot be read is told in ``skipped``, not raised."""
    from index.parsing import parse_pages
    from index.readers import read_file

    try:
        reading = read_file(path)
    except ReadError as error:
        return Preview((), (Skipped(error.source, error.reason, error.line),))
    try:
        parsed = parse_pages(reading.pages)
    except ParseError as error:
        return Preview((), (*reading.skipped, Skipped(error.source, error.reason)))
    pages = tuple(
        PagePreview(
            each.issue.newspaper,
            each.issue.date,
            each.issue.issue_number,
            each.issue.page,
            len(each.issue.articles),
            next((article.headline for article in each.issue.articles if article.headline), None),
        )
        for each in parsed
    )
    return Preview(pages, (*reading.skipped, *(problem for each in parsed for problem in each.problems)))
