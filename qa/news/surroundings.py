"""What stands around an article: the others of its page, the ones before and after it in the issue, its other part.

Reads the archive by page and day, never all of it. Knows nothing of questions and nothing of how it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.schema import ArticleRecord, IssueRecord
from qa.news.contents import printed_order

_OPENING = 24


class Shelf(Protocol):
    """What looking around needs of one pinned state of an archive."""

    def article(self, id: str) -> ArticleRecord | None: ...
    def articles(self, issue_id: str) -> Sequence[ArticleRecord]: ...
    def issue(self, id: str) -> IssueRecord | None: ...
    def issues_of(self, date: str | None) -> Sequence[IssueRecord]: ...
    def continuation(self, id: str) -> ArticleRecord | None: ...
    def beginning(self, id: str) -> ArticleRecord | None: ...


@dataclass(frozen=True, slots=True)
class Heading:
    """An article by its headline; ``opening`` are its first words, for where no headline is printed."""

    article_id: str
    headline: str | None
    opening: str
    page: str | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The articles of the page in printed order, itself included; its neighbours in the issue, over the ends of the page too.

    ``continuation`` carries the article on, on another page; of ``beginning`` it is the rest. None: the archive has no such.
    """

    page: tuple[Heading, ...] = ()
    previous: Heading | None = None
    following: Heading | None = None
    continuation: Heading | None = None
    beginning: Heading | None = None


def surroundings(article_id: str, shelf: Shelf) -> Surroundings:
    """Return what stands around an article; empty for an unknown one, and for a masthead but for its page."""
    article = shelf.article(article_id)
    if article is None:
        return Surroundings()
    page = [each for each in shelf.articles(article.issue_id) if each.ordinal > 0]
    at = next((place for place, each in enumerate(page) if each.id == article_id), None)
    if at is None:
        return Surroundings(tuple(map(_heading, page)))
    pages = _Pages(shelf, article)
    return Surroundings(
        tuple(map(_heading, page)),
        _heading(page[at - 1]) if at else pages.last_before(),
        _heading(page[at + 1]) if at + 1 < len(page) else pages.first_after(),
        _or_none(shelf.continuation(article_id)),
        _or_none(shelf.beginning(article_id)),
    )


class _Pages:
    """The other pages of the issue of an article: those of its newspaper and day."""

    def __init__(self, shelf: Shelf, article: ArticleRecord) -> None:
        self._shelf = shelf
        self._article = article

    def first_after(self) -> Heading | None:
        return self._nearest(lambda pages, at: pages[at + 1 :], 0)

    def last_before(self) -> Heading | None:
        return self._nearest(lambda pages, at: pages[:at][::-1], -1)

    def _nearest(self, side: Callable[[list[IssueRecord], int], Iterable[IssueRecord]], which: int) -> Heading | None:
        # Pages without a day or a newspaper do not tell which of them belong together.
        if not self._article.date or not self._article.newspaper:
            return None
        mine = [each for each in self._shelf.issues_of(self._article.date) if each.newspaper == self._article.newspaper]
        pages = sorted(mine, key=printed_order)
        at = next((place for place, each in enumerate(pages) if each.id == self._article.issue_id), None)
        for page in () if at is None else side(pages, at):
            articles = [each for each in self._shelf.articles(page.id) if each.ordinal > 0]
            if articles:
                return _heading(articles[which])
        return None


def _heading(article: ArticleRecord) -> Heading:
    words = next((text for text in (*(each.text for each in article.paragraphs), *article.captions) if text.strip()), "")
    opening = words.strip()[:_OPENING] + ("……" if len(words.strip()) > _OPENING else "")
    return Heading(article.id, article.headline, opening, article.page)


def _or_none(article: ArticleRecord | None) -> Heading | None:
    return None if article is None else _heading(article)
