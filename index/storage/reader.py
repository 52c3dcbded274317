"""Pins a snapshot of the truth together with legs that fit it, for many threads at once.

Moves to a new sequence by itself, whoever wrote it. Where the legs lag behind it catches up; where another process is just
writing, it serves the last legs published: rows that have gone since then are simply not in the snapshot any more.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import apsw

from index.errors import ArchiveError, ArchiveLocked
from index.storage import derived
from index.storage.database import Identity, connect_for_reading, identify
from index.storage.derived import Legs
from index.storage.lexical import LegDamaged
from index.storage.lock import writing
from index.storage.manifest import signature
from index.storage.passing import Filters
from index.storage.pin import Pin
from index.storage.snapshot import Snapshot

_log = logging.getLogger(__name__)
_IDLE_AT_MOST = 32


class Reader:
    """Hands out pins. Opens nothing before the first one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._legs: Legs | None = None
        self._seen: tuple[int, int] | None = None
        self._loading = threading.Lock()
        self._catching_up = threading.Lock()
        self._idle: list[tuple[Identity, apsw.Connection]] = []
        self._filters = Filters()

    def pin(self) -> Pin:
        """Pin the present state. Raises ArchiveMissing, ArchiveDamaged."""
        may_catch_up = True
        while True:
            newest = self._newest()  # before the snapshot, so that they are never newer than it
            snapshot, release = self.snapshot()
            try:
                legs = newest if newest is not None and newest.fit(snapshot) else None
                if legs is not None and (legs.sequence == snapshot.sequence or not may_catch_up):
                    return Pin(snapshot, legs, release)
                if not may_catch_up:
                    return Pin(snapshot, self._in_memory(snapshot), release)
            except BaseException:
                release()
                raise
            release()
            self._catch_up(newest)
            may_catch_up = False

    def snapshot(self) -> tuple[Snapshot, Callable[[], None]]:
        """Pin the truth alone; call what comes second when done."""
        identity = identify(self._folder)
        connection = self._connection(identity)
        try:
            snapshot = Snapshot(connection, self._folder, self._filters)
        except BaseException:
            connection.close()
            raise

        def release() -> None:
            snapshot.end()
            if len(self._idle) < _IDLE_AT_MOST:
                self._idle.append((identity, connection))
            else:
                connection.close()

        return snapshot, release

    def _connection(self, identity: Identity) -> apsw.Connection:
        while self._idle:
            try:
                opened_as, connection = self._idle.pop()
            except IndexError:  # another thread took the last one
                break
            if opened_as == identity:
                return connection
            connection.close()  # the file was replaced, by a copy put back for example
        return connect_for_reading(self._folder)

    def close(self) -> None:
        """Close idle connections and let go of the legs; a later pin opens them again."""
        while self._idle:
            self._idle.pop()[1].close()
        self._legs = self._seen = None

    def publish(self) -> None:
        """Bring the legs on disk to the latest state of the truth. Call with the writer's lock held."""
        base = self._newest()
        snapshot, release = self.snapshot()
        try:
            if base is None or not base.generation or base.sequence != snapshot.sequence or not base.fit(snapshot):
                self._legs = derived.publish(self._folder, snapshot, base)
                self._seen = signature(self._folder)
        finally:
            release()

    def _newest(self) -> Legs | None:
        """Return the legs last published by anyone, or those at hand when these are no better."""
        seen = signature(self._folder)
        if seen != self._seen:
            with self._loading:
                if seen != self._seen:
                    try:
                        self._legs = derived.load(self._folder, self._legs)
                    except LegDamaged as damage:
                        _log.info("the search index of %s will be made anew: %s", self._folder, damage)
                    self._seen = seen
        return self._legs

    def _catch_up(self, known: Legs | None) -> None:
        with self._catching_up:
            if self._legs is not known:
                return  # another thread was faster
            try:
                with writing(self._folder, wait=0):
                    self.publish()
            except ArchiveLocked:
                return  # whoever is writing publishes soon
            except (ArchiveError, LegDamaged, OSError) as error:
                _log.info("the search index of %s cannot be written: %s", self._folder, error)

    def _in_memory(self, snapshot: Snapshot) -> Legs:
        with self._loading:
            if self._legs is None or self._legs.sequence != snapshot.sequence or not self._legs.fit(snapshot):
                self._legs = derived.in_memory(snapshot)
            return self._legs
