"""The archive: open, update, remove, search, check, stats. The facade of everything below it.

Opening costs nothing: files, model and indexes are opened by the first call that needs them. Does not know which engine
keeps the archive: a folder or another address is chosen by ``open`` and the same to everything here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from index.encoder import load_encoder
from index.errors import ArchiveError, ArchiveMissing
from index.importing import take_drafts
from index.plan import Plan
from index.schema import CheckReport, Encoder, Filter, Hit, Stats, Term, UpdateReport, Vectors
from index.storage.backup import whole_file
from index.storage.draft import SourceDraft
from index.storage.engine import Engine, Steps, Writer
from index.storage.lexical import TOKENS
from index.storage.places import open_engine
from index.storage.transfer import drafts_in, lines_of
from index.update import Files, Progress, Update
from index.view import View, mismatch
from index.words_only import WordsView
from index.workers import Workers

__all__ = ["Archive", "View"]

_NO_FILTER = Filter()


class Archive:
    """An archive. Use one object for many threads: each request opens its own ``view``."""

    def __init__(self, engine: Engine, encoder: Encoder | None) -> None:
        self._engine = engine
        self._given = encoder
        self._loaded: Encoder | None = encoder
        self._loading = threading.Lock()

    @classmethod
    def open(cls, place: str | Path, *, encoder: Encoder | None = None, must_exist: bool = False) -> Archive:
        """Open an archive, in a folder or at an address like ``milvus://host:19530/name``; the first update makes it.

        ``encoder`` defaults to the embedded model, loaded when first needed. Raises ArchiveMissing when ``must_exist`` and
        there is none; without it, reading raises it.
        """
        archive = cls(open_engine(place), encoder)
        if must_exist:
            archive.stats()
        return archive

    @property
    def place(self) -> str:
        """The folder or address, without what is secret in it."""
        return self._engine.place

    @property
    def local(self) -> bool:
        """Whether this process reads it itself, without waiting for another machine."""
        return self._engine.local

    @property
    def folder(self) -> Path:
        """The place as a path; only of use where it is a folder."""
        return Path(self._engine.place)

    def close(self) -> None:
        """Close files and let go of the indexes."""
        self._engine.close()

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
            with self._engine.records() as records:
                made_by, model = records.fingerprint, records.model
        except ArchiveMissing:
            return encoder
        if made_by and made_by != encoder.fingerprint:
            raise mismatch(model, encoder)
        return encoder

    # -- reading

    def view(self, *, stand_in: Encoder | None = None) -> View:
        """Pin the present state for one request. Raises ArchiveMissing, ArchiveDamaged.

        With a ``stand_in`` for a model that cannot be had, the view finds by words alone.
        """
        return View(self._engine.pin(), self._given) if stand_in is None else WordsView(self._engine.pin(), stand_in)

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
        with self._engine.records() as records:
            return records.stats()

    def check(self) -> CheckReport:
        """Verify all that is kept, and that both legs fit it; changes nothing of it. Raises ArchiveMissing."""
        problems = self._engine.problems()
        return CheckReport(not problems, tuple(problems))

    # -- writing

    def plan(self, paths: Sequence[str | Path], *, prune: bool = False, workers: Workers | None = None) -> Plan:
        """Say what ``update`` would do, and do nothing. Raises ReadError for a path that does not exist."""
        files = Files([Path(path) for path in paths], workers)
        if not self._engine.exists():
            return files.plan((), prune=prune)
        with self._engine.records() as records:
            return files.plan(records.sources(), prune=prune)

    def update(
        self,
        paths: Sequence[str | Path],
        *,
        prune: bool = False,
        allow_many: bool = False,
        progress: Progress | None = None,
        workers: Workers | None = None,
    ) -> UpdateReport:
        """Take in new and changed files; files already known, whatever their name, are left alone.

        ``prune`` removes sources below the given folders whose files are gone; where that is more than a fifth of a larger
        archive, a drive may just be missing, and only ``allow_many`` lets it. ``progress`` is called with
        (done, total, source). ``workers`` read and prepare in place of this machine's processors (see ``index.cluster``).
        Raises ReadError for a path that does not exist, ArchiveLocked, ModelMismatch, ArchiveError.
        """
        given = [Path(path) for path in paths]
        files = None if self._engine.exists() else Files(given, workers)
        if files is not None and not files.contents:
            return UpdateReport(0, 0, 0, 0, tuple(files.skipped), 0)
        encoder = self.encoder
        with self._engine.writing() as store:
            self._prepare(store, encoder)
            # Many files take long to look at: whoever comes second is refused before, not after.
            found = files or Files(given, workers)
            return Update(store, encoder, found, publish=self._engine.publish, progress=progress).run(
                prune=prune, allow_many=allow_many
            )

    def remove(self, sources: Sequence[str]) -> UpdateReport:
        """Take out sources, each given as its name, its path, or a folder of sources. Raises ArchiveError for an unknown one."""
        self.stats()
        with self._engine.writing() as store:
            names = [row.name for row in store.sources()]
            gone = dict.fromkeys(name for source in sources for name in _matching(source, names))
            store.rename({}, removing=gone)
            self._engine.publish()
            return UpdateReport(0, 0, len(names) - len(gone), len(gone), (), store.sequence)

    def reencode(self, encoder: Encoder | None = None) -> None:
        """Make all vectors anew by another model, by default the one this archive was opened with; all at once or not at all."""
        self.stats()
        if encoder is None:
            encoder = self._given or load_encoder()
        with self._engine.writing() as store:
            store.reencode(encoder)
            self._loaded = encoder
            self._given = encoder if self._given is not None else None
            self._engine.publish()

    def repair(self) -> CheckReport:
        """Make all derived data anew; mark sources that are altered in the truth for the next update to read again."""
        self.stats()
        self._engine.repair()
        return self.check()

    # -- copies

    def backup(self, target: str | Path, *, progress: Steps | None = None) -> None:
        """Copy the truth as it is now to a file, while others read and write. Raises ArchiveError."""
        self._engine.backup(Path(target), progress=progress)

    def restore(self, copy: str | Path, *, replace: bool = False, progress: Steps | None = None) -> Stats:
        """Make a file that ``backup`` made the truth of this archive, whole or not at all.

        Raises ArchiveError when the file is no sound copy, or when the archive holds sources and ``replace`` is not said.
        """
        self._engine.restore(Path(copy), replace=replace, progress=progress)
        return self.stats()

    def export(self, target: str | Path) -> Stats:
        """Write all that was printed and understood as JSON Lines, without vectors; whole or not at all."""
        with self._engine.records() as records:
            with whole_file(Path(target)) as file:
                for line in lines_of(records):
                    file.write(line + "\n")
            return records.stats()

    def take_export(self, file: str | Path, *, progress: Progress | None = None) -> UpdateReport:
        """Take in what ``export`` wrote, ids as they are; sources already known by content are left alone.

        Raises ReadError with the line where the file is no export; sources before it are then taken in.
        """
        with Path(file).open(encoding="utf-8") as lines:
            return self.take(drafts_in(lines, str(file)), progress=progress)

    def take(self, drafts: Iterable[SourceDraft], *, progress: Progress | None = None) -> UpdateReport:
        """Take in sources that need no reading, ids as they are; words and vectors are made here. See ``take_drafts``."""
        encoder = self.encoder
        with self._engine.writing() as store:
            self._prepare(store, encoder)
            report = take_drafts(store, drafts, encoder, progress=progress)
            self._engine.publish()
        return report

    def _prepare(self, store: Writer, encoder: Encoder) -> None:
        made_by = store.meta("fingerprint")
        if made_by != encoder.fingerprint:
            if made_by and store.sources():
                raise mismatch(store.meta("model") or "", encoder)
            store.set_model(encoder)
        if store.meta("tokens") != TOKENS:
            store.retoken(TOKENS)


def _matching(source: str, names: Sequence[str]) -> list[str]:
    path = os.path.realpath(source)
    found = [name for name in names if name in (source, path) or name.startswith(path.rstrip(os.sep) + os.sep)]
    if not found:
        raise ArchiveError(f"{source}: the archive holds no such source; give the path it was taken from")
    return found
