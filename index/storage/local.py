"""An archive in a folder: SQLite holds the truth, tantivy and FAISS are derived from it. The engine of one machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArchiveDamaged, ArchiveError
from index.storage import database
from index.storage.backup import Steps, back_up, put_back
from index.storage.database import clear_errors
from index.storage.inspection import file_problems, leg_problems, truth_problems
from index.storage.lexical import LegDamaged
from index.storage.lock import writing
from index.storage.manifest import FOLDER
from index.storage.pin import Pin
from index.storage.reader import Reader
from index.storage.snapshot import Snapshot
from index.storage.store import Store


class LocalEngine:
    """Keeps an archive in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = str(folder)
        self.local = True
        self._reader = Reader(folder)

    def exists(self) -> bool:
        """Tell whether an archive was ever begun there."""
        return database.exists(self.folder)

    def pin(self) -> Pin:
        """Pin the present state. Raises ArchiveMissing, ArchiveDamaged."""
        return self._reader.pin()

    @contextmanager
    def records(self) -> Iterator[Snapshot]:
        """Pin the truth alone. Raises ArchiveMissing, ArchiveDamaged."""
        snapshot, release = self._reader.snapshot()
        try:
            yield snapshot
        finally:
            release()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Give the one writer. Raises ArchiveLocked."""
        with writing(self.folder):
            store = Store(self.folder)
            try:
                yield store
                store.group_reprints()
            finally:
                store.close()

    def publish(self) -> None:
        """Bring the legs on disk to the latest state of the truth. Raises ArchiveError when they cannot be written."""
        try:
            with clear_errors(self.folder):
                self._reader.publish()
        except LegDamaged as damage:
            raise ArchiveError(
                f"{self.folder}: everything was taken in, but the search index could not be written ({damage}); "
                "free some space and run `check --repair`"
            ) from damage

    def problems(self) -> list[str]:
        """Verify the truth, the checksums of all derived files, and both legs against the truth.

        Changes nothing, but like any reader it catches up derived data that lags behind.
        """
        try:
            problems = truth_problems(self.folder)
        except ArchiveDamaged as damage:
            return [str(damage)]
        problems += file_problems(self.folder)
        if not problems:
            pin = self._reader.pin()
            try:
                problems += leg_problems(pin.snapshot, pin.legs)
            finally:
                pin.release()
        return problems

    def repair(self) -> None:
        """Make all derived data anew; mark sources that are altered in the truth for the next update to read again."""
        with self.writing() as store:
            for name in store.altered():
                store.forget_content(name)
            store.renew_reprints()
            self._reader.close()
            shutil.rmtree(self.folder / FOLDER, ignore_errors=True)
            self.publish()

    def backup(self, target: Path, *, progress: Steps | None = None) -> None:
        """Copy the truth as it is now to a file, while others read and write. Raises ArchiveError."""
        back_up(self.folder, target, progress=progress)

    def restore(self, copy: Path, *, replace: bool, progress: Steps | None = None) -> None:
        """Make a file that ``backup`` made the truth, whole or not at all. Raises ArchiveError."""
        with writing(self.folder):
            if not replace and self.exists() and self._holds_sources():
                raise ArchiveError(f"{self.folder}: there is an archive here; restore to another folder, or say --replace")
            put_back(copy, self.folder, progress=progress)
            self.publish()

    def _holds_sources(self) -> bool:
        with self.records() as truth:
            return truth.stats().sources > 0

    def close(self) -> None:
        """Close files and let go of the indexes."""
        self._reader.close()
