"""The writer of the truth: takes a source in, takes it out, each in one transaction.

Is given parsed issues, tokens and vectors ready made; knows nothing of files, models or derived data.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from index.schema import Encoder
from index.storage.database import clear_errors, connect_for_writing, transaction
from index.storage.digest import altered_sources, renew, seal, seal_meta
from index.storage.draft import (
    ArticleDraft,
    Features,
    IssueDraft,
    SourceDraft,
    article_record,
    as_json,
    blob_from,
    indexed_text,
    issue_record,
    vectors_from,
    word_tokens,
)
from index.storage.filters import day_number, name_key
from index.storage.naming import Namesake, called, names_of, plain_name, settle
from index.storage.records import SourceRow
from index.storage.reprints import grouping
from index.storage.reprints.sketch import sketches_from

# Raise the number when readers, parser or splitting make something else of the same file:
# every source is then read anew by the next update.
READING = 3
_BATCH = 1_000


class Store:
    """The one writer. Create it with the writer's lock held; close it before the lock is given back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection = connect_for_writing(folder)

    def close(self) -> None:
        """Close the database, its log moved into the one file wherever no reader is just using it."""
        with clear_errors(self._folder):
            self._connection.set_busy_timeout(200)
            self._connection.execute("PRAGMA wal_checkpoint(truncate)").fetchall()
            self._connection.close()

    def _all(self, statement: str, *bindings: Any) -> list[Any]:
        with clear_errors(self._folder):
            return self._connection.execute(statement, bindings).fetchall()

    def meta(self, key: str) -> str | None:
        rows = self._all("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    @property
    def sequence(self) -> int:
        return int(self.meta("sequence") or 0)

    def sources(self) -> list[SourceRow]:
        return [SourceRow(*row) for row in self._all("SELECT name, content, reading FROM sources ORDER BY name")]

    def taken(self, issue_id: str, *, by_others_than: str) -> bool:
        """Tell whether another source has an issue of this id."""
        statement = "SELECT 1 FROM issues JOIN sources USING(source) WHERE issues.id = ? AND sources.name != ?"
        return bool(self._all(statement, issue_id, by_others_than))

    def features(self, source: str) -> dict[str, Features]:
        """Return what is stored of a source, by indexed text, so that an edited source is not encoded whole again."""
        rows = self._all(
            "SELECT p.context, p.text, f.words, f.vector FROM sources s"
            " JOIN passages p ON p.row BETWEEN s.first_row AND s.last_row JOIN features f ON f.row = p.row WHERE s.name = ?",
            source,
        )
        vectors = vectors_from([blob for *_, blob in rows], int(self.meta("dimensions") or 0))
        return {
            indexed_text(context, text): Features(tokens, vector)
            for (context, text, tokens, _), vector in zip(rows, vectors, strict=True)
        }

    def put(self, draft: SourceDraft) -> None:
        """Take in a source, in place of what its name held before."""
        with clear_errors(self._folder), transaction(self._connection):
            gone, names = self._delete(draft.name)
            first = int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence").get) + 1
            new = (first, first + len(draft.features) - 1)
            source = self._insert(
                "sources",
                name=draft.name,
                content=draft.content,
                reading=READING if draft.reading is None else draft.reading,
                first_row=new[0],
                last_row=new[1],
                digest="",
            )
            features = iter(draft.features)
            for issue in self._named(draft, names):
                self._put_issue(source, issue, features)
            grouping.note_new(self._connection, source, first, sketches_from(draft.sketches))
            renew(self._connection, source)
            self._advance("put", draft.name, gone, new)

    def _named(self, draft: SourceDraft, gone: set[str]) -> Iterator[IssueDraft]:
        """Return the pages of a source under the ids they get, and settle what others are called by now."""
        coming = [
            Namesake(None, issue.id, issue.hash, draft.content, place)
            for place, issue in enumerate(draft.issues)
            if issue.hash is not None
        ]
        ids = self._settle(gone | {plain_name(page.id, page.hash) for page in coming}, coming)
        return (called(issue, ids.get(place, issue.id)) for place, issue in enumerate(draft.issues))

    def _settle(self, names: set[str], coming: Sequence[Namesake] = ()) -> dict[int, str]:
        ids, changed = settle(self._connection, sorted(names), coming)
        for source in sorted(changed):
            renew(self._connection, source)
        return ids

    def _put_issue(self, source: int, draft: IssueDraft, features: Iterator[Features]) -> None:
        issue = draft.issue
        row = self._insert(
            "issues",
            id=draft.id,
            source=source,
            day=day_number(issue.date),
            newspaper_key=name_key(issue.newspaper),
            page_key=name_key(issue.page),
            record=issue_record(issue, draft.hash),
        )
        for article in draft.articles:
            self._put_article(row, article, features)

    def _put_article(self, issue: int, draft: ArticleDraft, features: Iterator[Features]) -> None:
        article = draft.article
        row = self._insert(
            "articles",
            id=draft.id,
            issue=issue,
            ordinal=draft.ordinal,
            headline=article.headline if article else None,
            record=article_record(article) if article else "{}",
        )
        names = {name_key(author) for author in article.authors} if article else set()
        for name in sorted(name for name in names if name):
            self._insert("authors", name_key=name, article=row)
        for passage in draft.passages:
            feature = next(features)
            number = self._insert(
                "passages",
                id=passage.id,
                article=row,
                kind=passage.kind,
                text=passage.text,
                context=passage.context,
                paragraph=passage.paragraph,
                flags=as_json(passage.flags),
            )
            self._insert("features", row=number, words=feature.words, vector=blob_from(feature.vector))

    def remove(self, source: str) -> None:
        """Take out a source and everything made of it."""
        with clear_errors(self._folder), transaction(self._connection):
            self._take_out(source)

    def _take_out(self, source: str) -> None:
        gone, names = self._delete(source)
        self._settle(names)
        self._advance("remove", source, gone, (0, -1))

    def rename(self, names: Mapping[str, str], *, removing: Iterable[str] = ()) -> None:
        """Give sources other names, old to new, even in a circle; first take out those whose content is nowhere any more.

        A new name alone changes nothing that can be found, so it does not advance the sequence.
        """
        with clear_errors(self._folder), transaction(self._connection):
            for source in removing:
                self._take_out(source)
            for number, old in enumerate(names):
                self._execute("UPDATE sources SET name = ? WHERE name = ?", f"\0{number}", old)
            for number, new in enumerate(names.values()):
                self._execute("UPDATE sources SET name = ? WHERE name = ?", new, f"\0{number}")
                self._seal(new)

    def group_reprints(self) -> None:
        """Find which of the passages that came since the last time print a report that others print too.

        Like a new name, this changes nothing that can be found, so it does not advance the sequence.
        """
        with clear_errors(self._folder), transaction(self._connection):
            grouping.group(self._connection)

    def renew_reprints(self) -> None:
        """Find anew which passages print one report."""
        with clear_errors(self._folder), transaction(self._connection):
            grouping.renew(self._connection)

    def altered(self) -> list[str]:
        """Return the names of sources whose rows do not fit their checksum any more."""
        with clear_errors(self._folder):
            return altered_sources(self._connection)

    def forget_content(self, source: str) -> None:
        """Make the next update read a source again, whatever its content."""
        with clear_errors(self._folder), transaction(self._connection):
            self._execute("UPDATE sources SET content = '' WHERE name = ?", source)
            self._seal(source)

    def _seal(self, name: str) -> None:
        for (source,) in self._all("SELECT source FROM sources WHERE name = ?", name):
            seal(self._connection, source)

    def set_model(self, encoder: Encoder) -> None:
        """Record which model makes the vectors."""
        with clear_errors(self._folder), transaction(self._connection):
            self._set_model(encoder)

    def _set_model(self, encoder: Encoder) -> None:
        values = {"model": encoder.name, "fingerprint": encoder.fingerprint, "dimensions": str(encoder.dimensions)}
        for key, value in values.items():
            self._set(key, value)

    def reencode(self, encoder: Encoder) -> None:
        """Make all vectors anew by another model, in one transaction."""
        with clear_errors(self._folder), transaction(self._connection):
            for rows, texts in self._texts():
                vectors = encoder.encode_passages(texts)
                pairs = [(blob_from(vector), row) for row, vector in zip(rows, vectors, strict=True)]
                self._connection.executemany("UPDATE features SET vector = ? WHERE row = ?", pairs)
            self._set_model(encoder)
            self._redigest("reencode")

    def retoken(self, tokens: str) -> None:
        """Cut all words anew and record by which version; the first call only records it."""
        with clear_errors(self._folder), transaction(self._connection):
            if self.meta("tokens") is not None:
                for rows, texts in self._texts():
                    pairs = [(word_tokens(text), row) for row, text in zip(rows, texts, strict=True)]
                    self._connection.executemany("UPDATE features SET words = ? WHERE row = ?", pairs)
                self._redigest("retoken")
            self._set("tokens", tokens)

    def _texts(self) -> Iterator[tuple[list[int], list[str]]]:
        last = 0
        while found := self._all("SELECT row, context, text FROM passages WHERE row > ? ORDER BY row LIMIT ?", last, _BATCH):
            yield [row for row, _, _ in found], [indexed_text(context, text) for _, context, text in found]
            last = found[-1][0]

    def _redigest(self, action: str) -> None:
        for (source,) in self._all("SELECT source FROM sources"):
            renew(self._connection, source)
        self._advance(action, "", (0, -1), (0, -1))

    def _delete(self, source: str) -> tuple[tuple[int, int], set[str]]:
        """Delete a source; returns its rows, and the names of its pages, which others may bear too."""
        names = names_of(self._connection, source)
        found = self._all("SELECT first_row, last_row FROM sources WHERE name = ?", source)
        gone = (int(found[0][0]), int(found[0][1])) if found else (0, -1)
        grouping.note_gone(self._connection, *gone)
        self._execute("DELETE FROM sources WHERE name = ?", source)
        return gone, names

    def _advance(self, action: str, source: str, gone: tuple[int, int], new: tuple[int, int]) -> None:
        sequence = self.sequence + 1
        values = (sequence, secrets.token_hex(8), action, source, *gone, *new)
        self._execute("INSERT INTO changes VALUES(?, ?, ?, ?, ?, ?, ?, ?)", *values)
        self._set("sequence", str(sequence))

    def _set(self, key: str, value: str) -> None:
        self._execute("INSERT INTO meta VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", key, value)
        seal_meta(self._connection)

    def _execute(self, statement: str, *bindings: Any) -> None:
        self._connection.execute(statement, bindings)

    def _insert(self, table: str, **values: Any) -> int:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO {table}({names}) VALUES({marks})", tuple(values.values()))
        return self._connection.last_insert_rowid()
