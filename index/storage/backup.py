"""Copies of the truth: made while others read and write, verified, put back in one transaction.

A copy is one SQLite file without a log; derived data is not copied, it is made anew from the truth.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TextIO

import apsw

from index.errors import ArchiveError
from index.storage.database import check_ours, clear_errors, connect_for_reading, connect_for_writing
from index.storage.digest import altered_sources, sound

Steps = Callable[[int, int], None]
_PAGES = 4_000  # 16 MB at a time, so that progress can be shown


def back_up(folder: Path, target: Path, *, progress: Steps | None = None) -> None:
    """Copy the truth of an archive, as it is now, to a file that comes into being whole or not at all.

    ``progress`` is called with (done, total) in database pages. Raises ArchiveMissing, ArchiveDamaged, ArchiveError.
    """
    with _whole(target) as half:
        with closing(connect_for_reading(folder)) as source:
            source.execute("BEGIN")  # a copy of one state, whatever is written meanwhile
            with closing(apsw.Connection(str(half))) as copy:
                _copy(source, copy, progress)
                copy.execute("PRAGMA journal_mode = delete").fetchall()
        verify(half)


@contextmanager
def whole_file(target: Path) -> Iterator[TextIO]:
    """Write text to a file that comes into being whole or not at all. Raises ArchiveError."""
    with _whole(target) as half, half.open("w", encoding="utf-8", newline="\n") as file:
        yield file


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Give a path to write to; what stands there takes the target's name when all went well."""
    if target.is_dir():
        raise ArchiveError(f"{target}: this is a folder; give the name of a file")
    half = target.with_name(f".{target.name}.part")
    try:
        with clear_errors(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            yield half
            _make_durable(half)
            half.replace(target)
            _make_durable(target.parent)
    finally:
        half.unlink(missing_ok=True)


def put_back(copy: Path, folder: Path, *, progress: Steps | None = None) -> None:
    """Make a copy the truth of an archive, in one transaction; readers go on meanwhile. Call with the writer's lock held.

    Raises ArchiveError when the file is no copy of an archive, ArchiveDamaged when it is damaged; nothing is changed then.
    """
    verify(copy)
    with clear_errors(folder), closing(connect_for_writing(folder)) as target, closing(_opened(copy)) as source:
        _copy(source, target, progress)
        target.execute("PRAGMA journal_mode = wal").fetchall()
        target.execute("PRAGMA wal_checkpoint(truncate)").fetchall()


def verify(copy: Path) -> None:
    """Raise ArchiveError unless a file is a whole copy of an archive, every source as it was taken in."""
    with clear_errors(copy), closing(_opened(copy)) as source:
        check_ours(source, copy)
        problems = [str(text) for (text,) in source.execute("PRAGMA integrity_check(1)").fetchall() if text != "ok"]
        problems += [] if sound(source) else ["what is said of the archive itself is altered"]
        problems += [f"what was taken from {name} is altered" for name in altered_sources(source)]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise ArchiveError(f"{copy}: the copy is damaged: {problems[0]}{more}; use another one")


def _opened(copy: Path) -> apsw.Connection:
    if not copy.is_file():
        raise ArchiveError(f"{copy}: there is no such file; give a file that `backup` made")
    return apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)


def _copy(source: apsw.Connection, target: apsw.Connection, progress: Steps | None) -> None:
    with target.backup("main", source, "main") as job:
        while not job.done:
            job.step(_PAGES)
            if progress:
                progress(job.page_count - job.remaining, job.page_count)


def _make_durable(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open a folder, and orders the rename by itself
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
