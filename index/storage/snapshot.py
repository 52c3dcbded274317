"""Reading the truth at one sequence: what a snapshot says stays so until it is ended, whatever is written meanwhile.

Ranks nothing. Threads that read one snapshot take turns, statement by statement.
"""

from __future__ import annotations

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from index.errors import ArchiveDamaged
from index.schema import ArticleRecord, Filter, IssueRecord, Paragraph, Passage, PrintedDay, Stats, Vectors
from index.storage.database import FILE, clear_errors, short
from index.storage.draft import SourceDraft, indexed_text, unpacked, vectors_from
from index.storage.filters import UNDATED, day_number
from index.storage.lexical import Entry
from index.storage.passing import Filters, Passing
from index.storage.records import SourceRow, article_from, iso_day, issue_from, passage_from
from index.storage.reprints.reading import printings
from index.storage.scan import drafts_of
from index.storage.soundness import sound
from index.text import grams

_PASSAGE_COLUMNS = "p.id, a.id, i.id, p.kind, p.text, p.context, p.paragraph, p.flags"
_PASSAGES = "passages p JOIN articles a USING(article) JOIN issues i USING(issue)"
_ARTICLE = (
    "SELECT a.article, a.id, i.id, s.name, a.ordinal, i.record, a.headline, a.record"
    " FROM articles a JOIN issues i USING(issue) JOIN sources s USING(source)"
)
_ISSUE = (
    "SELECT i.id, s.name, i.record, (SELECT count(*) FROM articles a WHERE a.issue = i.issue AND a.ordinal > 0)"
    " FROM issues i JOIN sources s USING(source)"
)
_VECTORS = "CAST(group_concat(f.vector, '') AS BLOB), min(length(f.vector)), max(length(f.vector))"
_AMONG = "(SELECT value FROM json_each(?))"


class Snapshot:
    """The truth at ``sequence``. End it soon: while it lives, the write-ahead log cannot be emptied."""

    def __init__(self, connection: apsw.Connection, folder: Path, filters: Filters | None = None) -> None:
        """Begin to read; ``filters`` is what is remembered of filters between snapshots of one archive."""
        self._connection = connection
        self._turn = threading.Lock()  # SQLite refuses a second thread on a connection
        self._folder = folder
        self._filters = filters or Filters()
        with clear_errors(folder):
            connection.execute("BEGIN")
        try:
            self._read_meta()
        except BaseException:
            self.end()
            raise

    @sound
    def _read_meta(self) -> None:
        meta = dict(self.select("SELECT key, value FROM meta"))
        self.archive = str(meta["archive"])
        self.sequence = int(meta["sequence"])
        self.model = str(meta.get("model", ""))
        self.fingerprint = str(meta.get("fingerprint", ""))
        self.dimensions = int(meta.get("dimensions", 0))
        self.tokens = str(meta.get("tokens", ""))

    def damaged(self, error: Exception) -> ArchiveDamaged:
        """Return the error for a record that cannot be understood."""
        return ArchiveDamaged(
            f"{self._folder / FILE}: a record is damaged ({type(error).__name__}: {short(error)}); run `check` for the place"
        )

    def end(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def select(self, statement: str, *bindings: Any) -> list[Any]:
        """Return all rows. At each a thread lets others run and waits again, so SQLite makes one row of many."""
        with clear_errors(self._folder), self._turn:
            return self._connection.execute(statement, bindings).fetchall()

    # -- records

    @sound
    def size(self) -> int:
        """Return the number of passages."""
        return int(self.select("SELECT coalesce(sum(last_row - first_row + 1), 0) FROM sources")[0][0])

    @sound
    def ids(self, rows: Iterable[int]) -> dict[int, str]:
        """Return the passage id of each row that this snapshot holds."""
        statement = f"SELECT json_group_array(json_array(row, id)) FROM passages WHERE row IN {_AMONG}"
        return dict(json.loads(self.select(statement, json.dumps(list(rows)))[0][0]))

    @sound
    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of these ids, in the order asked; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        statement = f"SELECT json_group_array(json_array({_PASSAGE_COLUMNS})) FROM {_PASSAGES} WHERE p.id IN {_AMONG}"
        [(rows,)] = self.select(statement, json.dumps(wanted))
        found = {row[0]: passage_from(row) for row in json.loads(rows)}
        return {id: found[id] for id in wanted if id in found}

    @sound
    def article_passages(self, article_id: str) -> list[Passage]:
        statement = f"SELECT {_PASSAGE_COLUMNS} FROM {_PASSAGES} WHERE a.id = ? ORDER BY p.row"
        return [passage_from(row) for row in self.select(statement, article_id)]

    @sound
    def article(self, article_id: str) -> ArticleRecord | None:
        found = self.select(f"{_ARTICLE} WHERE a.id = ?", article_id)
        return self._article(found[0]) if found else None

    @sound
    def articles(self, issue_id: str) -> list[ArticleRecord]:
        """Return the articles of an issue in printed order, the masthead left out."""
        return [
            self._article(row) for row in self.select(f"{_ARTICLE} WHERE i.id = ? AND a.ordinal > 0 ORDER BY a.ordinal", issue_id)
        ]

    @sound
    def recognised(self, article_ids: Iterable[str]) -> set[str]:
        """Return which of these articles tell how sure their recognition from a picture is; it may err on their side."""
        statement = f"SELECT id FROM articles WHERE id IN {_AMONG} AND record GLOB '*\"quality\": [0-9]*'"
        return {id for (id,) in self.select(statement, json.dumps(list(article_ids)))}

    @sound
    def sample(self, limit: int) -> list[ArticleRecord]:
        """Return up to ``limit`` articles with headline and text, spread evenly over the archive; always the same ones."""
        lowest, highest = self.select("SELECT min(article), max(article) FROM articles")[0]
        if lowest is None or limit < 1:
            return []
        picked: dict[int, ArticleRecord] = {}
        start = lowest
        for turn in range(limit):
            start = max(start, lowest + (highest - lowest + 1) * turn // limit)
            rows = self.select(
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
        record = article_from(row)
        return record if record.ordinal else replace(record, paragraphs=self._masthead(record.id))

    def _masthead(self, article_id: str) -> tuple[Paragraph, ...]:
        passages = self.article_passages(article_id)
        return tuple(Paragraph(number, passage.text, ()) for number, passage in enumerate(passages, start=1))

    @sound
    def issues(self) -> list[IssueRecord]:
        """Return all issues by date, the undated last."""
        return [issue_from(row) for row in self.select(f"{_ISSUE} ORDER BY i.day = {UNDATED}, i.day, i.id")]

    @sound
    def printed(self) -> list[PrintedDay]:
        """Count pages and articles by day and newspaper, in this order, the undated last; a newspaper has its usual spelling."""
        rows = self.select(
            "SELECT i.day, i.newspaper_key, min(i.record ->> 'newspaper'), count(*),"
            " sum((SELECT count(*) FROM articles a WHERE a.issue = i.issue AND a.ordinal > 0))"
            f" FROM issues i GROUP BY 1, 2 ORDER BY i.day = {UNDATED}, i.day, i.newspaper_key IS NULL, i.newspaper_key"
        )
        spelled: dict[str | None, Counter[str | None]] = defaultdict(Counter)
        for _, key, name, *_ in rows:
            spelled[key][name] += 1
        names = {key: max(spellings, key=lambda name: spellings[name]) for key, spellings in spelled.items()}
        return [PrintedDay(iso_day(day or None), names[key], pages, articles) for day, key, _, pages, articles in rows]

    @sound
    def issues_of(self, date: str | None) -> list[IssueRecord]:
        """Return the issues of a day, the undated ones for None, by id."""
        return [issue_from(row) for row in self.select(f"{_ISSUE} WHERE i.day = ? ORDER BY i.id", day_number(date))]

    @sound
    def issue(self, issue_id: str) -> IssueRecord | None:
        found = self.select(f"{_ISSUE} WHERE i.id = ?", issue_id)
        return issue_from(found[0]) if found else None

    def sources(self) -> list[SourceRow]:
        """Return what is remembered of each source, by name."""
        return [SourceRow(*row) for row in self.select("SELECT name, content, reading FROM sources ORDER BY name")]

    @sound
    def printings(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the other printings of each passage; see ``reprints.reading``."""
        return printings(self.select, ids)

    @sound
    def stats(self) -> Stats:
        sources, issues, articles, passages = self.select(
            "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM issues),"
            " (SELECT count(*) FROM articles WHERE ordinal > 0), (SELECT coalesce(sum(last_row - first_row + 1), 0) FROM sources)"
        )[0]
        papers = self.select("SELECT DISTINCT record ->> 'newspaper' FROM issues WHERE newspaper_key IS NOT NULL ORDER BY 1")
        first, last, undated = self.select(
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
            first_date=iso_day(first),
            last_date=iso_day(last),
            undated=undated,
        )

    def drafts(self, *, without: Container[str] = ()) -> Iterator[SourceDraft]:
        """Yield all that is stored of each source but some, in the order taken in, with features."""
        try:
            yield from drafts_of(self.select, self.dimensions, without)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise self.damaged(error) from error

    # -- what the legs are made of

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of passages, one row an id, shape (len(ids), dimensions). Raises KeyError for an unknown id."""
        found, vectors = self._vectors("p.id", "passages p JOIN features f USING(row)", list(dict.fromkeys(ids)))
        places = {id: place for place, id in enumerate(found)}
        return vectors[[places[id] for id in ids]]

    def stored(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
        """Return those of the rows that exist, ascending, and their vectors, shape (len, dimensions)."""
        found, vectors = self._vectors("f.row", "features f", rows.tolist())
        order = np.argsort(np.array(found, dtype=np.int64))
        return np.array(found, dtype=np.int64)[order], vectors[order]

    @sound
    def _vectors(self, key: str, tables: str, wanted: Sequence[Any]) -> tuple[list[Any], Vectors]:
        """Return those of the wanted keys that exist, in any order, and the vector of each."""
        statement = f"SELECT json_group_array({key}), {_VECTORS} FROM {tables} WHERE {key} IN {_AMONG}"
        [(found, *packed)] = self.select(statement, json.dumps(wanted))
        keys = json.loads(found)
        return keys, unpacked(packed, len(keys), self.dimensions)

    @sound
    def vector_rows(self, first: int, last: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return the rows from ``first`` to ``last`` that exist, and their vectors."""
        found = self.select("SELECT row, vector FROM features WHERE row BETWEEN ? AND ? ORDER BY row", first, last)
        return np.array([row for row, _ in found], dtype=np.int64), vectors_from([blob for _, blob in found], self.dimensions)

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        """Yield what the lexical leg needs of the rows from ``first`` to ``last`` that exist."""
        statement = (
            "SELECT p.row, f.words, p.context, p.text, i.day, i.newspaper_key, i.page_key,"
            " (SELECT json_group_array(name_key) FROM authors WHERE authors.article = p.article)"
            " FROM passages p JOIN features f USING(row) JOIN articles a USING(article) JOIN issues i USING(issue)"
            " WHERE p.row BETWEEN ? AND ? ORDER BY p.row"
        )
        with clear_errors(self._folder):
            for found in self._connection.execute(statement, (first, last)):
                yield self._entry(found)

    @sound
    def _entry(self, found: Any) -> Entry:
        row, tokens, context, text, day, newspaper, page, authors = found
        return Entry(row, tokens, " ".join(grams(indexed_text(context, text))), day, newspaper, page, tuple(json.loads(authors)))

    @sound
    def last_row(self) -> int:
        return int(self.select("SELECT coalesce(max(row), 0) FROM passages")[0][0])

    @sound
    def rows(self) -> NDArray[np.int64]:
        """Return the rows of all passages, ascending."""
        return np.array([row for (row,) in self.select("SELECT row FROM passages ORDER BY row")], dtype=np.int64)

    def mark(self, sequence: int) -> str:
        """Return the mark of the change with this number, empty when there was none."""
        found = self.select("SELECT mark FROM changes WHERE sequence = ?", sequence)
        return str(found[0][0]) if found else ""

    @sound
    def changes(self, after: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return the ranges of rows (gone, new) of each change after a sequence; last < first is an empty range."""
        statement = "SELECT gone_first, gone_last, new_first, new_last FROM changes WHERE sequence > ? ORDER BY sequence"
        return [((a, b), (c, d)) for a, b, c, d in self.select(statement, after)]

    @sound
    def passing(self, filter: Filter) -> Passing:
        """Return the rows that a filter lets pass."""
        return self._filters.passing(self, filter)
