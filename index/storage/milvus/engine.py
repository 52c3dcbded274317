"""An archive on Milvus, as the rest of Wenbao sees it: pinned, written by one at a time, verified."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import ArchiveDamaged, ArchiveError, ArchiveMissing
from index.storage.engine import Steps
from index.storage.milvus.address import read_address
from index.storage.milvus.checking import altered, problems
from index.storage.milvus.client import Client
from index.storage.milvus.commit import Commit, Moment, dead_at, make, read_commit, write_commit
from index.storage.milvus.counts import Counts, complete, read_deltas
from index.storage.milvus.lease import Lease
from index.storage.milvus.reading import MilvusRecords
from index.storage.milvus.schema import ARTICLES, COUNTS, ISSUES, SOURCES, STATE
from index.storage.milvus.searching import MilvusState
from index.storage.milvus.writing import MilvusWriter

_log = logging.getLogger(__name__)
_ALL = (STATE, SOURCES, ISSUES, ARTICLES, COUNTS)
# A change may be this long on its way to every node; until then readers ask for the newest, later for what is at hand.
_SETTLED_S = 10.0
_ATTEMPTS = 5


class MilvusEngine:
    """Keeps an archive at an address of Milvus. Safe to use from many threads."""

    def __init__(self, address: str) -> None:
        self._address = read_address(address)
        self.place = self._address.place
        self.local = False
        self._client = Client(self._address)
        self._guard = threading.Lock()
        self._seen: tuple[Commit | None, float] = (None, 0.0)
        self._dead: tuple[int, ...] | None = None
        self._known: tuple[Commit, Counts] | None = None
        self._writer: MilvusWriter | None = None

    def exists(self) -> bool:
        """Tell whether an archive was ever begun there."""
        try:
            read_commit(self._client, level="Session")
        except ArchiveMissing:
            return False
        return True

    # -- reading

    def pin(self) -> MilvusState:
        """Pin the present state. Raises ArchiveMissing."""
        for _ in range(_ATTEMPTS):
            moment = self._moment()
            counts = self._counts(moment)
            if counts is not None:
                return MilvusState(self._client, moment, counts)
        raise ArchiveDamaged(f"{self.place}: the counts of tokens are not complete; run `check --repair`")

    @contextmanager
    def records(self) -> Iterator[MilvusRecords]:
        """Pin the records alone. Raises ArchiveMissing."""
        yield MilvusRecords(self._client, self._moment())

    def _moment(self) -> Moment:
        commit = read_commit(self._client, level="Session")
        now = time.monotonic()
        with self._guard:
            if self._seen[0] != commit:
                self._seen = (commit, now)
                self._dead = None
            level = "Strong" if now - self._seen[1] < _SETTLED_S else "Bounded"
            dead = self._dead
        if dead is None:
            dead = dead_at(self._client, commit, level="Strong")
            with self._guard:
                if self._seen[0] == commit:
                    self._dead = dead  # of one commit they only grow fewer, by sweeping
        return Moment(commit, dead, level)

    def _counts(self, moment: Moment) -> Counts | None:
        """Return the counts of a moment, None when a merge has just taken some of them away."""
        commit = moment.commit
        with self._guard:
            if self._known is not None and _counts_alike(self._known[0], commit):
                return self._known[1]
        deltas = read_deltas(self._client, commit, level=moment.level)
        if not complete(deltas, commit):
            return None
        counts = Counts(self._client, deltas, commit, level=moment.level)
        with self._guard:
            self._known = (commit, counts)
        return counts

    # -- writing

    @contextmanager
    def writing(self) -> Iterator[MilvusWriter]:
        """Give the one writer, and make an archive where there is none. Raises ArchiveLocked."""
        make(self._client, _ALL)
        lease = Lease(self._client)
        lease.take()
        try:
            try:
                commit = read_commit(self._client, level="Strong")
            except ArchiveMissing:
                commit = Commit(archive=uuid.uuid4().hex)
                write_commit(self._client, commit)
            self._writer = MilvusWriter(self._client, lease, commit)
            try:
                yield self._writer
            finally:
                self._writer.close()
        finally:
            self._writer = None
            with suppress(ArchiveError):  # it runs out by itself
                lease.give_back()

    def publish(self) -> None:
        """Commit what was written and count it. Call inside ``writing``."""
        if self._writer is None:
            raise ArchiveError(f"{self.place}: nothing is being written")
        self._writer.publish()

    # -- care

    def problems(self) -> list[str]:
        """Compare every source with its checksum, and counts with what is there. Raises ArchiveMissing."""
        state = self.pin()
        return problems(self._client, state.records, state.size)

    def repair(self) -> None:
        """Count all tokens anew and sweep at once; mark altered sources for the next update to read again."""
        self._moment()
        with self.writing() as writer:
            for edition in altered(writer.records(), writer.editions()):
                writer.forget_content(edition)
            writer.recount()

    def backup(self, target: Path, *, progress: Steps | None = None) -> None:
        """Refuse: Milvus has no one file to copy."""
        raise ArchiveError(
            f"{self.place}: an archive on Milvus is backed up by Milvus' own milvus-backup, or by "
            f"`wenbao copy {self.place} FOLDER` and a backup of that folder"
        )

    def restore(self, copy: Path, *, replace: bool, progress: Steps | None = None) -> None:
        """Refuse: a backup is a file of the local engine."""
        raise ArchiveError(
            f"{self.place}: a backup is put back into a folder; do that, then run `wenbao copy FOLDER {self.place}`"
        )

    def close(self) -> None:
        """Close the connection; later calls open it again."""
        with self._guard:
            self._known = None
        self._client.close()


def _counts_alike(one: Commit, other: Commit) -> bool:
    return (one.archive, one.floor, one.counted, one.merged) == (other.archive, other.floor, other.counted, other.merged)
