"""One update of an archive: look at the files, plan, then take in one source after the other.

Each source is one transaction; a stop at any point leaves every source wholly in or wholly out, and the next run goes on.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.errors import ArchiveError, ModelError
from index.intake import draft_source
from index.plan import Plan, make_plan
from index.preparing import Prepared, source_name
from index.readers import find_sources
from index.schema import Encoder, Skipped, UpdateReport
from index.storage.engine import Writer
from index.storage.records import SourceRow
from index.storage.store import READING
from index.workers import ThisMachine, Workers

Progress = Callable[[int, int, str], None]

_log = logging.getLogger(__name__)
_PUBLISH_EVERY_S = 10.0
_PUBLISH_SHARE = 0.1
# To remove so many sources and such a share of all asks for a word: more likely a drive is missing.
_MANY, _SHARE = 10, 0.2


class Files:
    """The files at some paths as an update finds them: which can be read, what they hold, what was skipped."""

    def __init__(self, paths: Sequence[Path], workers: Workers | None = None) -> None:
        """Look at all files. Raises ReadError when a path does not exist."""
        self.workers = workers or ThisMachine()
        self.roots = [source_name(path) for path in paths]
        files, self.skipped = find_sources(paths)
        self._noted = set(self.skipped)
        self.paths: dict[str, Path] = {}
        self.contents: dict[str, str] = {}
        self._unreadable = {source_name(Path(item.source)) for item in self.skipped}
        for path, seen in zip(files, self.workers.look(files), strict=True):
            if self.note(seen):
                self.paths[source_name(path)] = path
                self.contents[source_name(path)] = seen.content
            else:
                self._unreadable.add(source_name(path))

    def note(self, seen: Prepared) -> bool:
        """Note what of a file could not be read; tell whether anything could."""
        for item in seen.skipped:
            self.skip(item)
        if seen.failure is not None:
            self.skip(seen.failure)
        return seen.failure is None

    def skip(self, item: Skipped) -> None:
        """Note what could not be read, once: a file is read twice, a sidecar with each of its files."""
        if item not in self._noted:
            self._noted.add(item)
            self.skipped.append(item)

    def is_gone(self, name: str) -> bool:
        """Tell whether a known source has no file any more; one that cannot be read is still there."""
        return name not in self._unreadable and not os.path.lexists(name)

    def is_below(self, name: str) -> bool:
        """Tell whether a name lies at or below one of the paths."""
        return any(name == root or name.startswith(root.rstrip(os.sep) + os.sep) for root in self.roots)

    def plan(self, known: Sequence[SourceRow], *, prune: bool) -> Plan:
        """Decide what has to be done with the files, given what an archive holds."""
        plan = make_plan(
            known, self.contents, is_gone=self.is_gone, may_go=lambda name: prune and self.is_below(name), reading=READING
        )
        return replace(plan, skipped=tuple(self.skipped))


class Update:
    """Carries out a plan on an open store."""

    def __init__(
        self, store: Writer, encoder: Encoder, files: Files, *, publish: Callable[[], None], progress: Progress | None
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._files = files
        self._publish = publish
        self._progress = progress or (lambda done, total, source: None)
        self._skipped: list[Skipped] = []
        self._published_at = time.monotonic()
        self._publishing_took = 0.0

    def run(self, *, prune: bool, allow_many: bool = False) -> UpdateReport:
        """Do what the plan says and report it. Raises ArchiveError when it would remove too much."""
        files = self._files
        known = self._store.sources()
        plan = files.plan(known, prune=prune)
        if not allow_many and len(plan.removed) >= _MANY and len(plan.removed) > _SHARE * len(known):
            raise ArchiveError(
                f"--prune would remove {len(plan.removed)} of {len(known)} sources, {plan.removed[0]} for one; "
                "if their files are really gone, say --yes"
            )
        if plan.removed or plan.renamed:
            self._store.rename(plan.renamed, removing=plan.removed)
        added, replaced = self._take_all(plan)
        self._publish()
        return UpdateReport(
            added=added,
            replaced=replaced,
            unchanged=plan.unchanged,
            removed=len(plan.removed),
            skipped=(*files.skipped, *self._skipped),
            sequence=self._store.sequence,
        )

    def _take_all(self, plan: Plan) -> tuple[int, int]:
        counts = {False: 0, True: 0}
        files = self._files
        tasks = [(files.paths[name], files.contents[name]) for name in plan.take]
        with closing(files.workers.prepare(tasks)) as ready:
            for done, ((name, replaces), prepared) in enumerate(zip(plan.take.items(), ready, strict=True)):
                self._progress(done, len(plan.take), name)
                counts[replaces] += self._take(name, prepared)
                self._publish_if_due()
        self._progress(len(plan.take), len(plan.take), "")
        return counts[False], counts[True]

    def _take(self, name: str, prepared: Prepared) -> bool:
        files = self._files
        if not files.note(prepared):
            return False
        try:
            draft, skipped = draft_source(
                name,
                prepared,
                encoder=self._encoder,
                known=self._store.features(name),
            )
            self._store.put(draft)
        except (ArchiveError, ModelError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one page that upsets the rules must not keep 28,000 others out
            _log.exception("%s could not be taken in", name)
            reason = f"could not be taken in ({type(error).__name__}: {error})".replace("\n", " ")
            self._skipped.append(Skipped(str(files.paths[name]), reason))
            return False
        self._skipped.extend(skipped)
        return True

    def _publish_if_due(self) -> None:
        now = time.monotonic()
        if now - self._published_at > max(_PUBLISH_EVERY_S, self._publishing_took / _PUBLISH_SHARE):
            self._publish()
            self._published_at = time.monotonic()
            self._publishing_took = self._published_at - now
