"""The archive: open, update, remove, search, check, stats. The facade of everything below it.

Opening costs nothing: files, model and indexes are opened by the first call that needs them.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from index.encoder import load_encoder
from index.errors import ArchiveDamaged, ArchiveError, ArchiveMissing
from index.importing import take_drafts
from index.plan import Plan
from index.schema import CheckReport, Encoder, Filter, Hit, Stats, Term, UpdateReport, Vectors
from index.storage import database
from index.storage.backup import Steps, back_up, put_back, whole_file
from index.storage.database import clear_errors
from index.storage.draft import SourceDraft
from index.storage.inspection import file_problems, leg_problems, truth_problems
from index.storage.lexical import TOKENS, LegDamaged
from index.storage.lock import writing
from index.storage.manifest import FOLDER
from index.storage.reader import Reader
from index.storage.store import Store
from index.storage.transfer import drafts_in, lines_of
from index.update import Files, Progress, Update
from index.view import View, mismatch

__all__ = ["Archive", "View"]

_NO_FILTER = Filter()


class Archive:
    """An archive folder. Use one object for many threads: each request opens its own ``view``."""

    def __init__(self, folder: Path, encoder: Encoder | None) -> None:
        self.folder = folder
        self._given = encoder
        self._loaded: Encoder | None = encoder
        self._loading = threading.Lock()
        self._reader = Reader(folder)

    @classmethod
    def open(cls, folder: str | Path, *, encoder: Encoder | None = None, must_exist: bool = False) -> Archive:
        """Open an archive; the first update makes it where there is none.

        ``encoder`` defaults to the embedded model, loaded when first needed. Raises ArchiveMissing when ``must_exist`` and
        there is none; without it, reading raises it.
        """
        archive = cls(Path(folder), encoder)
        if must_exist:
            archive.stats()
        return archive

    def close(self) -> None:
        """Close files and let go of the indexes."""
        self._reader.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def encoder(self) -> Encoder:
        """The model that questions must be encoded by. Raises ModelMismatch when the archive was made by another one."""
        with self._loading:
            if self._loaded is None:
                self._loaded = load_encoder()
            encoder = self._loaded
        try:
            snapshot, release = self._reader.snapshot()
        except ArchiveMissing:
            return encoder
        release()
        if snapshot.fingerprint and snapshot.fingerprint != encoder.fingerprint:
            raise mismatch(snapshot.model, encoder)
        return encoder

    # -- reading

    def view(self) -> View:
        """Pin the present state for one request. Raises ArchiveMissing, ArchiveDamaged."""
        return View(self._reader.pin(), self._given)

    def search_lexical(self, terms: Sequence[Term], *, limit: int = 50, filter: Filter = _NO_FILTER) -> list[Hit]:
        """Search once by terms; see ``View.search_lexical``."""
        with self.view() as view:
            return view.search_lexical(terms, limit=limit, filter=filter)

    def search_dense(self, vector: Vectors, *, limit: int = 50, filter: Filter = _NO_FILTER) -> list[Hit]:
        """Search once by vector; see ``View.search_dense``."""
        with self.view() as view:
            return view.search_dense(vector, limit=limit, filter=filter)

    def stats(self) -> Stats:
        """Count what the archive holds."""
        snapshot, release = self._reader.snapshot()
        try:
            return snapshot.stats()
        finally:
            release()

    def check(self) -> CheckReport:
        """Verify the truth, the checksums of all derived files, and both legs against the truth.

        Changes nothing, but like any reader it catches up derived data that lags behind.
        """
        try:
            problems = truth_problems(self.folder)
        except ArchiveDamaged as damage:
            return CheckReport(False, (str(damage),))
        problems += file_problems(self.folder)
        if not problems:
            pin = self._reader.pin()
            try:
                problems += leg_problems(pin.snapshot, pin.legs)
            finally:
                pin.release()
        return CheckReport(not problems, tuple(problems))

    # -- writing

    def plan(self, paths: Sequence[str | Path], *, prune: bool = False) -> Plan:
        """Say what ``update`` would do, and do nothing. Raises ReadError for a path that does not exist."""
        files = Files([Path(path) for path in paths])
        if not database.exists(self.folder):
            return files.plan((), prune=prune)
        snapshot, release = self._reader.snapshot()
        try:
            return files.plan(snapshot.sources(), prune=prune)
        finally:
            release()

    def update(
        self,
        paths: Sequence[str | Path],
        *,
        prune: bool = False,
        allow_many: bool = False,
        progress: Progress | None = None,
    ) -> UpdateReport:
        """Take in new and changed files; files already known, whatever their name, are left alone.

        ``prune`` removes sources below the given folders whose files are gone; where that is more than a fifth of a larger
        archive, a drive may just be missing, and only ``allow_many`` lets it. ``progress`` is called with
        (done, total, source). Raises ReadError for a path that does not exist, ArchiveLocked, ModelMismatch, ArchiveError.
        """
        files = Files([Path(path) for path in paths])
        if not files.contents and not database.exists(self.folder):
            return UpdateReport(0, 0, 0, 0, tuple(files.skipped), 0)
        encoder = self.encoder
        with self._store() as store:
            self._prepare(store, encoder)
            return Update(store, encoder, files, publish=self._publish, progress=progress).run(prune=prune, allow_many=allow_many)

    def remove(self, sources: Sequence[str]) -> UpdateReport:
        """Take out sources, each given as its name, its path, or a folder of sources. Raises ArchiveError for an unknown one."""
        self.stats()
        with self._store() as store:
            names = [row.name for row in store.sources()]
            gone = dict.fromkeys(name for source in sources for name in _matching(source, names))
            store.rename({}, removing=gone)
            self._publish()
            return UpdateReport(0, 0, len(names) - len(gone), len(gone), (), store.sequence)

    def reencode(self, encoder: Encoder | None = None) -> None:
        """Make all vectors anew by another model, by default the one this archive was opened with; all at once or not at all."""
        self.stats()
        if encoder is None:
            encoder = self._given or load_encoder()
        with self._store() as store:
            store.reencode(encoder)
            self._loaded = encoder
            self._given = encoder if self._given is not None else None
            self._publish()

    def repair(self) -> CheckReport:
        """Make all derived data anew; mark sources that are altered in the truth for the next update to read again."""
        self.stats()
        with self._store() as store:
            for name in store.altered():
                store.forget_content(name)
            self._reader.close()
            shutil.rmtree(self.folder / FOLDER, ignore_errors=True)
            self._publish()
        return self.check()

    # -- copies

    def backup(self, target: str | Path, *, progress: Steps | None = None) -> None:
        """Copy the truth as it is now to a file, while others read and write. Raises ArchiveError."""
        back_up(self.folder, Path(target), progress=progress)

    def restore(self, copy: str | Path, *, replace: bool = False, progress: Steps | None = None) -> Stats:
        """Make a file that ``backup`` made the truth of this archive, whole or not at all.

        Raises ArchiveError when the file is no sound copy, or when the archive holds sources and ``replace`` is not said.
        """
        with writing(self.folder):
            if not replace and database.exists(self.folder) and self.stats().sources:
                raise ArchiveError(f"{self.folder}: there is an archive here; restore to another folder, or say --replace")
            put_back(Path(copy), self.folder, progress=progress)
            self._publish()
        return self.stats()

    def export(self, target: str | Path) -> Stats:
        """Write all that was printed and understood as JSON Lines, without vectors; whole or not at all."""
        snapshot, release = self._reader.snapshot()
        try:
            with whole_file(Path(target)) as file:
                for line in lines_of(snapshot):
                    file.write(line + "\n")
            return snapshot.stats()
        finally:
            release()

    def take_export(self, file: str | Path, *, progress: Progress | None = None) -> UpdateReport:
        """Take in what ``export`` wrote, ids as they are; sources already known by content are left alone.

        Raises ReadError with the line where the file is no export; sources before it are then taken in.
        """
        with Path(file).open(encoding="utf-8") as lines:
            return self.take(drafts_in(lines, str(file)), progress=progress)

    def take(self, drafts: Iterable[SourceDraft], *, progress: Progress | None = None) -> UpdateReport:
        """Take in sources that need no reading, ids as they are; words and vectors are made here. See ``take_drafts``."""
        encoder = self.encoder
        with self._store() as store:
            self._prepare(store, encoder)
            report = take_drafts(store, drafts, encoder, progress=progress)
            self._publish()
        return report

    @contextmanager
    def _store(self) -> Iterator[Store]:
        with writing(self.folder):
            store = Store(self.folder)
            try:
                yield store
            finally:
                store.close()

    def _prepare(self, store: Store, encoder: Encoder) -> None:
        made_by = store.meta("fingerprint")
        if made_by != encoder.fingerprint:
            if made_by and store.sources():
                raise mismatch(store.meta("model") or "", encoder)
            store.set_model(encoder)
        if store.meta("tokens") != TOKENS:
            store.retoken(TOKENS)

    def _publish(self) -> None:
        try:
            with clear_errors(self.folder):
                self._reader.publish()
        except LegDamaged as damage:
            raise ArchiveError(
                f"{self.folder}: everything was taken in, but the search index could not be written ({damage}); "
                "free some space and run `check --repair`"
            ) from damage


def _matching(source: str, names: Sequence[str]) -> list[str]:
    path = os.path.realpath(source)
    found = [name for name in names if name in (source, path) or name.startswith(path.rstrip(os.sep) + os.sep)]
    if not found:
        raise ArchiveError(f"{source}: the archive holds no such source; give the path it was taken from")
    return found
