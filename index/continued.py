"""Articles that go on on another page of the same issue, whatever source holds that page: looked up when asked for.

Nothing is stored: a page that comes later completes the articles of earlier pages at once, one that is removed leaves them
incomplete again. Pages are found by their readable ids (``paper-date-pN``). Knows nothing of search.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.parsing.continuations import Part, link_parts
from index.schema import CONTINUATION_MISSING, ArticleRecord, Passage
from index.storage.engine import Records

_ISSUE = re.compile(r"^(.+-\d{4}-\d\d-\d\d)-")


class Continued:
    """Links between the pages of one state of the archive."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._found: dict[tuple[str, bool], str | None] = {}

    def after(self, article_id: str) -> ArticleRecord | None:
        """Return the article that carries this one on; None where the archive lacks it."""
        return self._other(article_id, onward=True)

    def before(self, article_id: str) -> ArticleRecord | None:
        """Return the article whose rest this one is; None where the archive lacks it."""
        return self._other(article_id, onward=False)

    def settled(self, article: ArticleRecord) -> ArticleRecord:
        """Return an article without the flag that its continuation is missing, where the archive has it."""
        if CONTINUATION_MISSING not in article.flags or self.after(article.id) is None:
            return article
        return replace(article, flags=_without(article.flags))

    def settled_passage(self, passage: Passage) -> Passage:
        """Return a passage without the flag that the continuation of its article is missing, where the archive has it."""
        if CONTINUATION_MISSING not in passage.flags or self.after(passage.article_id) is None:
            return passage
        return replace(passage, flags=_without(passage.flags))

    def _other(self, article_id: str, *, onward: bool) -> ArticleRecord | None:
        key = (article_id, onward)
        if key not in self._found:
            self._found[key] = self._look_up(article_id, onward=onward)
        other = self._found[key]
        return self._records.article(other) if other else None

    def _look_up(self, article_id: str, *, onward: bool) -> str | None:
        article = self._records.article(article_id)
        if article is None:
            return None
        page = article.continues_on if onward else article.continued_from
        issue = _ISSUE.match(article.issue_id)
        if page is None or issue is None:
            return None
        there = self._records.articles(f"{issue[1]}-p{page.lower()}")
        links = link_parts([_part(each) for each in (*self._records.articles(article.issue_id), *there)])
        if onward:
            return next((link.second for link in links if link.first == article_id), None)
        return next((link.first for link in links if link.second == article_id), None)


def _part(article: ArticleRecord) -> Part[str]:
    return Part(
        key=article.id,
        issue=(article.newspaper, article.date),
        page=article.page,
        headline=" ".join(part for part in (article.kicker, article.headline, article.subtitle) if part),
        text="".join(paragraph.text for paragraph in article.paragraphs),
        jumps_to=article.continues_on,
        comes_from=article.continued_from,
    )


def _without(flags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if flag != CONTINUATION_MISSING)
