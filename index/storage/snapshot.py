"""Reading the truth at one sequence: what a snapshot says stays so until it is ended, whatever is written meanwhile.

Ranks nothing. One snapshot serves one thread at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from index.errors import ArchiveDamaged
from index.schema import ArticleRecord, Filter, IssueRecord, Paragraph, Passage, Stats, Vectors
from index.storage.database import FILE, clear_errors
from index.storage.draft import indexed_text, vectors_from
from index.storage.filters import UNDATED, days, name_key
from index.storage.lexical import Entry
from index.text import grams

_PASSAGE = (
    "SELECT p.id, a.id, i.id, p.kind, p.text, p.context, p.paragraph, p.flags"
    " FROM passages p JOIN articles a USING(article) JOIN issues i USING(issue)"
)
_ARTICLE = (
    "SELECT a.article, a.id, i.id, s.name, a.ordinal, i.record, a.headline, a.record"
    " FROM articles a JOIN issues i USING(issue) JOIN sources s USING(source)"
)
_ISSUE = (
    "SELECT i.id, s.name, i.record, (SELECT count(*) FROM articles a WHERE a.issue = i.issue AND a.ordinal > 0)"
    " FROM issues i JOIN sources s USING(source)"
)
_AMONG = "(SELECT value FROM json_each(?))"


class Snapshot:
    """The truth at ``sequence``. End it soon: while it lives, the write-ahead log cannot be emptied."""

    def __init__(self, connection: apsw.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        with clear_errors(folder):
            connection.execute("BEGIN")
        try:
            meta = dict(self._all("SELECT key, value FROM meta"))
        except BaseException:
            self.end()
            raise
        self.archive = str(meta.get("archive", ""))
        self.sequence = int(meta.get("sequence", 0))
        self.model = str(meta.get("model", ""))
        self.fingerprint = str(meta.get("fingerprint", ""))
        self.dimensions = int(meta.get("dimensions", 0))
        self.tokens = str(meta.get("tokens", ""))

    def end(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _all(self, statement: str, *bindings: Any) -> list[Any]:
        with clear_errors(self._folder):
            return self._connection.execute(statement, bindings).fetchall()

    def _decoded(self, record: str) -> Any:
        try:
            return json.loads(record)
        except ValueError as error:
            raise ArchiveDamaged(f"{self._folder / FILE}: a record is damaged ({error}); run `check` for the place") from error

    # -- records

    def size(self) -> int:
        """Return the number of passages."""
        return int(self._all("SELECT count(*) FROM passages")[0][0])

    def ids(self, rows: Iterable[int]) -> dict[int, str]:
        """Return the passage id of each row that this snapshot holds."""
        return dict(self._all(f"SELECT row, id FROM passages WHERE row IN {_AMONG}", json.dumps(list(rows))))

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of these ids, in the order asked; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found = {row[0]: self._passage(row) for row in self._all(f"{_PASSAGE} WHERE p.id IN {_AMONG}", json.dumps(wanted))}
        return {id: found[id] for id in wanted if id in found}

    def article_passages(self, article_id: str) -> list[Passage]:
        return [self._passage(row) for row in self._all(f"{_PASSAGE} WHERE a.id = ? ORDER BY p.row", article_id)]

    def _passage(self, row: Any) -> Passage:
        id, article_id, issue_id, kind, text, context, paragraph, flags = row
        return Passage(id, article_id, issue_id, kind, text, context, paragraph, tuple(self._decoded(flags)))

    def article(self, article_id: str) -> ArticleRecord | None:
        found = self._all(f"{_ARTICLE} WHERE a.id = ?", article_id)
        return self._article(found[0]) if found else None

    def articles(self, issue_id: str) -> list[ArticleRecord]:
        """Return the articles of an issue in printed order, the masthead left out."""
        return [
            self._article(row) for row in self._all(f"{_ARTICLE} WHERE i.id = ? AND a.ordinal > 0 ORDER BY a.ordinal", issue_id)
        ]

    def sample(self, limit: int) -> list[ArticleRecord]:
        """Return up to ``limit`` articles with headline and text, spread evenly over the archive; always the same ones."""
        lowest, highest = self._all("SELECT min(article), max(article) FROM articles")[0]
        if lowest is None or limit < 1:
            return []
        picked: dict[int, ArticleRecord] = {}
        start = lowest
        for turn in range(limit):
            start = max(start, lowest + (highest - lowest + 1) * turn // limit)
            rows = self._all(
                f"{_ARTICLE} WHERE a.article >= ? AND a.headline IS NOT NULL"
                " AND EXISTS(SELECT 1 FROM passages p WHERE p.article = a.article) ORDER BY a.article LIMIT 1",
                start,
            )
            if not rows:
                break
            picked[rows[0][0]] = self._article(rows[0])
            start = rows[0][0] + 1
        return list(picked.values())

    def _article(self, row: Any) -> ArticleRecord:
        _, article_id, issue_id, source, ordinal, issue_json, headline, article_json = row
        issue, article = self._decoded(issue_json), self._decoded(article_json)
        return ArticleRecord(
            id=article_id,
            issue_id=issue_id,
            source=source,
            ordinal=ordinal,
            newspaper=issue["newspaper"],
            date=issue["date"],
            issue_number=issue["issue_number"],
            page=issue["page"],
            weekday=issue["weekday"],
            headline=headline,
            kicker=article.get("kicker"),
            subtitle=article.get("subtitle"),
            subheads=tuple(article.get("subheads", ())),
            authors=tuple(article.get("authors", ())),
            captions=tuple(caption["text"] for caption in article.get("captions", ())),
            jump=article.get("jump"),
            flags=tuple(article.get("flags", ())),
            paragraphs=_paragraphs(article["paragraphs"]) if article else self._masthead(article_id),
            metadata={**issue["metadata"], **({"author_roles": roles} if (roles := article.get("author_roles")) else {})},
        )

    def _masthead(self, article_id: str) -> tuple[Paragraph, ...]:
        passages = self.article_passages(article_id)
        return tuple(Paragraph(number, passage.text, ()) for number, passage in enumerate(passages, start=1))

    def issues(self) -> list[IssueRecord]:
        """Return all issues by date, the undated last."""
        return [self._issue(row) for row in self._all(f"{_ISSUE} ORDER BY i.day = {UNDATED}, i.day, i.id")]

    def issue(self, issue_id: str) -> IssueRecord | None:
        found = self._all(f"{_ISSUE} WHERE i.id = ?", issue_id)
        return self._issue(found[0]) if found else None

    def _issue(self, row: Any) -> IssueRecord:
        issue_id, source, record, articles = row
        fields = self._decoded(record)
        facts = {name: fields[name] for name in ("newspaper", "date", "issue_number", "page", "weekday", "metadata")}
        return IssueRecord(id=issue_id, source=source, articles=articles, **facts)

    def stats(self) -> Stats:
        sources, issues, articles, passages = self._all(
            "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM issues),"
            " (SELECT count(*) FROM articles WHERE ordinal > 0), (SELECT count(*) FROM passages)"
        )[0]
        papers = self._all("SELECT DISTINCT record ->> 'newspaper' FROM issues WHERE newspaper_key IS NOT NULL ORDER BY 1")
        first, last, undated = self._all(
            "SELECT min(nullif(day, 0)), max(nullif(day, 0)), count(*) FILTER (WHERE day = 0) FROM issues"
        )[0]
        return Stats(
            sources=sources,
            issues=issues,
            articles=articles,
            passages=passages,
            sequence=self.sequence,
            model=self.model,
            newspapers=tuple(name for (name,) in papers),
            first_date=_iso(first),
            last_date=_iso(last),
            undated=undated,
        )

    # -- what the legs are made of

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of passages, one row an id, shape (len(ids), dimensions). Raises KeyError for an unknown id."""
        statement = f"SELECT p.id, f.vector FROM passages p JOIN features f USING(row) WHERE p.id IN {_AMONG}"
        found = dict(self._all(statement, json.dumps(list(ids))))
        return self._stacked([found[id] for id in ids])

    def vector_rows(self, first: int, last: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return the rows from ``first`` to ``last`` that exist, and their vectors."""
        found = self._all("SELECT row, vector FROM features WHERE row BETWEEN ? AND ? ORDER BY row", first, last)
        return np.array([row for row, _ in found], dtype=np.int64), self._stacked([blob for _, blob in found])

    def _stacked(self, blobs: Sequence[bytes]) -> Vectors:
        try:
            return vectors_from(blobs, self.dimensions)
        except ValueError as error:
            raise ArchiveDamaged(f"{self._folder / FILE}: a vector is damaged; run `check` for the place") from error

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        """Yield what the lexical leg needs of the rows from ``first`` to ``last`` that exist."""
        statement = (
            "SELECT p.row, f.words, p.context, p.text, i.day, i.newspaper_key, i.page_key,"
            " (SELECT json_group_array(name_key) FROM authors WHERE authors.article = p.article)"
            " FROM passages p JOIN features f USING(row) JOIN articles a USING(article) JOIN issues i USING(issue)"
            " WHERE p.row BETWEEN ? AND ? ORDER BY p.row"
        )
        with clear_errors(self._folder):
            for row, tokens, context, text, day, newspaper, page, authors in self._connection.execute(statement, (first, last)):
                marks = " ".join(grams(indexed_text(context, text)))
                yield Entry(row, tokens, marks, day, newspaper, page, tuple(json.loads(authors)))

    def last_row(self) -> int:
        return int(self._all("SELECT coalesce(max(row), 0) FROM passages")[0][0])

    def rows(self) -> NDArray[np.int64]:
        """Return the rows of all passages, ascending."""
        return np.array([row for (row,) in self._all("SELECT row FROM passages ORDER BY row")], dtype=np.int64)

    def mark(self, sequence: int) -> str:
        """Return the mark of the change with this number, empty when there was none."""
        found = self._all("SELECT mark FROM changes WHERE sequence = ?", sequence)
        return str(found[0][0]) if found else ""

    def changes(self, after: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return the ranges of rows (gone, new) of each change after a sequence; last < first is an empty range."""
        statement = "SELECT gone_first, gone_last, new_first, new_last FROM changes WHERE sequence > ? ORDER BY sequence"
        return [((a, b), (c, d)) for a, b, c, d in self._all(statement, after)]

    def rows_passing(self, filter: Filter) -> NDArray[np.int64]:
        """Return the rows that a filter lets pass, ascending."""
        conditions: list[str] = []
        bindings: list[Any] = []
        if filter.dates:
            spans = ["i.day BETWEEN ? AND ?" for _ in filter.dates]
            conditions.append("(" + " OR ".join([*spans, *([f"i.day = {UNDATED}"] if filter.undated else [])]) + ")")
            bindings.extend(day for span in filter.dates for day in days(span))
        for column, values in (("i.newspaper_key", filter.newspapers), ("i.page_key", filter.pages)):
            if values:
                conditions.append(f"{column} IN {_AMONG}")
                bindings.append(json.dumps([name_key(value) for value in values]))
        if filter.authors:
            conditions.append(f"p.article IN (SELECT article FROM authors WHERE name_key IN {_AMONG})")
            bindings.append(json.dumps([name_key(value) for value in filter.authors]))
        statement = "SELECT p.row FROM passages p JOIN articles a USING(article) JOIN issues i USING(issue)"
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return np.array([row for (row,) in self._all(f"{statement}{where} ORDER BY p.row", *bindings)], dtype=np.int64)


def _paragraphs(records: Iterable[dict[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            number=record["number"],
            text=record["text"],
            lines=tuple(record["lines"]),
            subhead=record["subhead"],
            joins=tuple(record["joins"]),
            flags=tuple(record["flags"]),
        )
        for record in records
    )


def _iso(day: int | None) -> str | None:
    return None if day is None else f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"
