"""Takes in files as they arrive in a folder, each once it has stopped growing.

Knows that something happened below a folder, and when it came to rest; what a file holds and whether it is new is for the
update to find out. An event that was missed is made good by the next start, which looks at everything.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import DirCreatedEvent, DirMovedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from index.archive import Archive
from index.errors import ArchiveLocked, WenbaoError
from index.schema import UpdateReport

SETTLED_S = 1.0  # a file that has not changed for so long has arrived
_LOOK_EVERY_S = 0.25
Report = Callable[[UpdateReport, Sequence[Path]], None]
_READ_ONLY_EVENTS = ("opened", "closed_no_write")


class Arrivals:
    """Files that something happened to, until they have come to rest. Looks at files, reads none."""

    def __init__(self, settled_after: float = SETTLED_S) -> None:
        self._settled_after = settled_after
        self._seen: dict[Path, tuple[tuple[int, int] | None, float]] = {}

    def note(self, path: Path, now: float) -> None:
        """Remember that something happened to a file at ``now`` (seconds, monotonic)."""
        self._seen[path] = (_state(path), now)

    def settled(self, now: float) -> list[Path]:
        """Return, once, the files that are as they were for long enough; those that have gone are forgotten."""
        ready = []
        for path, (state, since) in sorted(self._seen.items()):
            present = _state(path)
            if present is None:
                del self._seen[path]
            elif present != state:
                self._seen[path] = (present, now)
            elif now - since >= self._settled_after:
                del self._seen[path]
                ready.append(path)
        return ready

    def __bool__(self) -> bool:
        return bool(self._seen)


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


class _Ear(FileSystemEventHandler):
    """Hands on which files an event speaks of; a folder stands for the files below it."""

    def __init__(self, heard: queue.SimpleQueue[Path]) -> None:
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _READ_ONLY_EVENTS:
            return
        path = Path(os.fsdecode(event.dest_path or event.src_path))
        if isinstance(event, DirCreatedEvent | DirMovedEvent):
            for folder, _, names in os.walk(path):
                for name in names:
                    self._heard.put(Path(folder) / name)
        elif not event.is_directory:
            self._heard.put(path)


def watch(
    archive: Archive,
    folders: Sequence[Path],
    *,
    stop: threading.Event,
    report: Report,
    complain: Callable[[str], None],
    polling: bool = False,
    settled_after: float = SETTLED_S,
) -> None:
    """Take in what lies in the folders, then what arrives there, until ``stop`` is set.

    ``report`` is called after each update that changed or skipped something, with what arrived, ``complain`` with each error
    in one line; an error never ends the watch, a file that met one is tried again when it changes or at the next start.
    ``polling`` looks at the folders every second instead of waiting for the system's events, which network drives do not send.
    """
    heard: queue.SimpleQueue[Path] = queue.SimpleQueue()
    observer = PollingObserver() if polling else Observer()
    for folder in folders:
        observer.schedule(_Ear(heard), str(folder), recursive=True)
    observer.start()
    try:
        arrivals = Arrivals(settled_after)
        for path in _take(archive, folders, report, complain):
            arrivals.note(path, time.monotonic())
        while not stop.wait(_LOOK_EVERY_S):
            while not heard.empty():
                arrivals.note(heard.get(), time.monotonic())
            if ready := arrivals.settled(time.monotonic()):
                for path in _take(archive, ready, report, complain):
                    arrivals.note(path, time.monotonic())
    finally:
        observer.stop()
        observer.join()


def _take(archive: Archive, paths: Sequence[Path], report: Report, complain: Callable[[str], None]) -> Sequence[Path]:
    """Update from some paths; returns those to be tried again, because another update is just running."""
    there = [path for path in paths if path.exists()]
    try:
        done = archive.update(there)
    except ArchiveLocked:
        return there
    except (WenbaoError, OSError) as error:
        complain(" ".join(str(error).split()))
        return ()
    if done.added or done.replaced or done.removed or done.skipped:
        report(done, there)
    return ()
