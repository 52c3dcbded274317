"""The one writer of an archive on Milvus: sources go in as editions, and one row commits what has come.

Rows wait until there are many, for Milvus takes a thousand as quickly as one; then they are written, and last of all the
commit. Whatever a crash leaves uncommitted is invisible to readers and swept away by the next writer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from index.schema import Encoder
from index.storage.draft import Features, SourceDraft, indexed_text
from index.storage.milvus import schema
from index.storage.milvus.client import Client
from index.storage.milvus.commit import Commit, Moment, write_commit
from index.storage.milvus.counting import Counting
from index.storage.milvus.keys import number_of
from index.storage.milvus.lease import Lease
from index.storage.milvus.namesakes import Standing, names_of, renamed, settle, standing
from index.storage.milvus.pending import Pending
from index.storage.milvus.reading import MilvusRecords
from index.storage.milvus.remaking import cut_anew, encoded
from index.storage.milvus.rows import PASSAGES, Edition, edition_from, rows_of
from index.storage.milvus.schema import SOURCES, build, partitions
from index.storage.milvus.sweeping import drop_other_epochs, forget_uncommitted, sweep
from index.storage.records import SourceRow
from index.storage.store import READING
from index.storage.transfer import digest_of

_TOGETHER = 2_000  # rows


class MilvusWriter:
    """Writes while it holds the lease. Make it with the lease taken."""

    def __init__(self, client: Client, lease: Lease, commit: Commit) -> None:
        self._client = client
        self._lease = lease
        self._commit = commit
        self._last = commit.sequence
        self._standing: dict[str, Edition] = {}
        self._by_birth: dict[int, Edition] = {}
        self._dead: dict[int, Edition] = {}
        self._spoiled = False
        self._pending = Pending(client, self._passages)
        self._counting = Counting(client)
        forget_uncommitted(client, commit)
        drop_other_epochs(client, commit)
        for row in client.scan(SOURCES, f"born <= {commit.sequence}", Edition.__slots__, level="Strong"):
            self._know(edition_from(row))
        if commit.counted < commit.sequence:
            self._counting.catch_up(commit, [*self._by_birth.values(), *self._dead.values()])

    def _know(self, edition: Edition) -> None:
        if edition.died:
            self._dead[edition.born] = edition
            self._by_birth.pop(edition.born, None)
            if self._standing.get(edition.name, edition).born == edition.born:
                self._standing.pop(edition.name, None)
        else:
            self._standing[edition.name] = self._by_birth[edition.born] = edition

    def _passages(self) -> str:
        return schema.passages(self._commit.epoch)

    # -- what is there

    @property
    def sequence(self) -> int:
        """The last change, committed or about to be."""
        return self._last

    def meta(self, key: str) -> str | None:
        """Return what is recorded under fingerprint, model, dimensions or tokens."""
        value = getattr(self._commit, key) if key in ("fingerprint", "model", "dimensions", "tokens") else ""
        return str(value) if value else None

    def sources(self) -> list[SourceRow]:
        """Return what is remembered of each source, by name."""
        return [SourceRow(each.name, each.content, each.reading) for _, each in sorted(self._standing.items())]

    def editions(self) -> list[Edition]:
        """Return the sources that stand."""
        return list(self._standing.values())

    def taken(self, issue_id: str, *, by_others_than: str) -> bool:
        """Tell whether another source has an issue of this id."""
        own = self._standing.get(by_others_than)
        found = self._pages(f"id_number == {number_of(issue_id)}")
        return any(page.id == issue_id and (own is None or page.born != own.born) for page in found)

    def features(self, source: str) -> dict[str, Features]:
        """Return what is stored of a source, by indexed text."""
        edition = self._standing.get(source)
        if edition is None or not edition.passages:
            return {}
        draft = self._draft(edition)
        texts = [indexed_text(passage.context, passage.text) for passage in draft.passages()]
        return dict(zip(texts, draft.features, strict=True))

    def _draft(self, edition: Edition) -> SourceDraft:
        waiting = self._pending.drafts.get(edition.born)
        return waiting or next(iter(self.records().drafts_in([edition])))

    def _moment(self) -> Moment:
        """Return what stands for the writer: also what is written and not committed."""
        dead = tuple(sorted(born for born in self._dead if born > self._commit.floor))
        return Moment(replace(self._commit, sequence=self._last), dead, "Strong")

    def records(self) -> MilvusRecords:
        """Return what stands for the writer."""
        return MilvusRecords(self._client, self._moment())

    def _pages(self, filter: str) -> list[Standing]:
        waiting = {born: draft for born, draft in self._pending.drafts.items() if born not in self._dead}
        return standing(self._client, self._moment(), filter, waiting)

    # -- taking in and out

    def put(self, draft: SourceDraft) -> None:
        """Take in a source, in place of what its name held before. Raises TooLong for what a column cannot hold."""
        old = self._standing.get(draft.name)
        names = set() if old is None else names_of(self._pages_of(old))
        self._change(draft, names, old)
        if self._pending.size() >= _TOGETHER:
            self.commit()

    def _pages_of(self, edition: Edition) -> list[Standing]:
        return [page for page in self._pages(f"born == {edition.born}") if page.born == edition.born]

    def _change(self, draft: SourceDraft, names: set[str], old: Edition | None) -> None:
        gone = None if old is None else old.born
        settled = settle(draft, names, lambda filter: [page for page in self._pages(filter) if page.born != gone], self._by_birth)
        self._begin(settled.draft, old)
        for born, ids in settled.others.items():
            edition = self._by_birth[born]
            self._begin(renamed(self._draft(edition), ids), edition, edition.place)

    def _begin(self, draft: SourceDraft, old: Edition | None, place: int | None = None) -> None:
        """Begin an edition of a source, and end the one there was, both by the same change."""
        born = self._last + 1
        rows = rows_of(draft, born)
        edition = Edition(
            born=born,
            died=0,
            ended=0,
            place=born if place is None else place,
            name=draft.name,
            content=draft.content,
            reading=READING if draft.reading is None else draft.reading,
            issues=len(draft.issues),
            articles=sum(1 for issue in draft.issues for article in issue.articles if article.ordinal > 0),
            passages=len(rows[PASSAGES]),
            digest=digest_of(draft),
        )
        if old is not None:
            self._end(old, born)
        self._last = born
        self._counting.came(rows[PASSAGES])
        self._pending.add(edition, draft, rows)
        self._know(edition)

    def _end(self, edition: Edition, change: int) -> None:
        if edition.born in self._pending.drafts:
            self._pending.write()
        self._counting.went(edition, self._passages())
        ended = replace(edition, died=change, ended=int(time.time()))
        self._pending.say(ended)
        self._know(ended)

    def rename(self, names: Mapping[str, str], *, removing: Iterable[str] = ()) -> None:
        """Take sources out, then give others new names, old to new, even in a circle."""
        doubtful: set[str] = set()
        for name in removing:
            edition = self._standing.get(name)
            if edition is not None:
                doubtful |= names_of(self._pages_of(edition))
                self._last += 1
                self._end(edition, self._last)
        if doubtful:
            self._settle(doubtful)
        self.commit()
        renamed = [replace(self._standing[old], name=new) for old, new in names.items() if old in self._standing]
        for old in names:
            self._standing.pop(old, None)
        for edition in renamed:
            self._know(edition)
        self._client.upsert(SOURCES, [edition.row() for edition in renamed])

    def _settle(self, names: set[str]) -> None:
        nothing = SourceDraft("", "", (), ())
        for born, ids in settle(nothing, names, self._pages, self._by_birth).others.items():
            edition = self._by_birth[born]
            self._begin(renamed(self._draft(edition), ids), edition, edition.place)

    def forget_content(self, edition: Edition) -> None:
        """Make the next update read a source again, whatever its content."""
        forgotten = replace(edition, content="")
        self._know(forgotten)
        self._client.upsert(SOURCES, [forgotten.row()])

    # -- model and tokens

    def set_model(self, encoder: Encoder) -> None:
        """Record which model makes the vectors."""
        self.commit()
        self._new_epoch(encoder)
        write_commit(self._client, self._commit)

    def _new_epoch(self, encoder: Encoder | None = None) -> None:
        """Begin another collection of passages; nothing is visible in it before a commit says so."""
        made_by = {}
        if encoder is not None:
            made_by = {"model": encoder.name, "fingerprint": encoder.fingerprint, "dimensions": encoder.dimensions}
        self._commit = replace(self._commit, epoch=self._commit.epoch + 1, **made_by)  # type: ignore[arg-type]
        table = self._passages()
        schemas = build(table, self._client.address, dimensions=self._commit.dimensions)
        self._client.drop(table)
        self._client.create(table, *schemas, partitions=partitions(table, self._client.address))

    def reencode(self, encoder: Encoder) -> None:
        """Make all vectors anew by another model, all at once or not at all."""
        self._remake(lambda draft: encoded(draft, encoder), encoder=encoder)

    def retoken(self, tokens: str) -> None:
        """Cut all words anew and record by which version; the first call only records it."""
        self.commit()
        if self._commit.tokens and self._standing:
            self._remake(cut_anew, tokens=tokens)
        self._commit = replace(self._commit, tokens=tokens)
        write_commit(self._client, self._commit)

    def _remake(
        self, change: Callable[[SourceDraft], SourceDraft], *, encoder: Encoder | None = None, tokens: str | None = None
    ) -> None:
        """Take every source in anew, into another collection of passages, and commit when all are there."""
        self.publish()
        records, floor = self.records(), self._last
        self._spoiled = True  # what is written before the commit is forgotten by the next writer if it never comes
        self._new_epoch(encoder)
        for draft in records.drafts():
            self._begin_anew(change(draft), self._standing[draft.name])
            if self._pending.size() >= _TOGETHER:
                self._lease.hold()
                self._pending.write()
        self._commit = replace(self._commit, floor=floor, counted=floor, merged=-1, tokens=tokens or self._commit.tokens)
        self.commit()
        self._spoiled = False
        self.publish()

    def _begin_anew(self, draft: SourceDraft, old: Edition) -> None:
        ended = replace(old, died=self._last + 1, ended=int(time.time()))
        self._know(ended)
        self._pending.say(ended)
        self._begin(draft, None, old.place)

    def recount(self) -> None:
        """Count every token anew, and sweep away all that has died."""
        self.publish(all=True)
        self._counting.forget_all()
        self._commit = replace(self._commit, counted=self._commit.floor, merged=-1)
        self._counting.catch_up(self._commit, self._standing.values())
        write_commit(self._client, self._commit)
        self.publish()

    # -- committing

    def commit(self) -> None:
        """Make all that has come visible, at once."""
        if self._last == self._commit.sequence:
            return
        self._lease.hold()
        self._pending.write()
        self._commit = replace(self._commit, sequence=self._last)
        write_commit(self._client, self._commit)

    def close(self) -> None:
        """Keep what has come, where that makes sense."""
        if not self._spoiled:
            self.publish()

    def publish(self, *, all: bool = False) -> None:
        """Commit, write what was counted, and sweep away what died a while ago, or all of it."""
        self.commit()
        self._lease.hold()
        counted = self._counting.write(self._commit)
        if counted != self._commit:
            merged = self._counting.merge(counted)
            self._commit = merged
            write_commit(self._client, self._commit)
            if merged.merged != counted.merged:
                self._counting.forget(merged)
        for edition in sweep(self._client, self._commit, self._dead.values(), all=all):
            del self._dead[edition.born]
