"""One writer at a time. The operating system frees the lock when its holder dies, so none is ever stale.

Does not protect readers: they need no protection, they pin a snapshot.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import ArchiveLocked
from index.storage.database import clear_errors

_LOCK = "writer.lock"
_NOTE = "writer.json"


@contextmanager
def writing(folder: Path, *, wait: float = 0.8) -> Iterator[None]:
    """Hold the writer's lock of an archive folder, which is made if needed; ``wait`` is in seconds.

    A short wait outlasts a reader that is just catching up. Raises ArchiveLocked, naming process and time.
    """
    with clear_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK)
        try:
            lock.acquire(timeout=wait, poll_interval=0.05)
        except Timeout:
            raise ArchiveLocked(f"{folder}: another update is running ({_holder(folder)}); try again when it is done") from None
    try:
        _note_holder(folder)
        yield
    finally:
        lock.release()


def _note_holder(folder: Path) -> None:
    # Only a help for whoever is refused; a full disk must not stop an update here.
    try:
        note = {"pid": os.getpid(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
        (folder / _NOTE).write_text(json.dumps(note), encoding="utf-8")
    except OSError:
        return


def _holder(folder: Path) -> str:
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        return f"process {int(note['pid'])}, since {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "process unknown"
