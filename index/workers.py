"""Who reads files and makes them ready for an update: the processors of this machine, or (``index.cluster``) of many.

Knows nothing of archives.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from index.crew import Crew
from index.preparing import Prepared, Task

_MOST_HELPERS = 8
_WORTH_HELPERS = 1_000_000  # bytes
_WORTH_READERS = 20_000_000  # bytes; reading alone takes a tenth of the time


class Workers(Protocol):
    """Whoever does what of an update needs no archive. Both calls answer in the order asked, failures told, not raised."""

    def look(self, paths: Sequence[Path]) -> Iterator[Prepared]:
        """Yield for each file its content key, or why it cannot be read."""
        ...

    def prepare(self, tasks: Sequence[Task]) -> Generator[Prepared]:
        """Yield what each file holds, with vectors where they are made here too; close it to stop early. Raises MemoryError."""
        ...


class ThisMachine:
    """Reads and prepares in as many processes as are worth their start."""

    def look(self, paths: Sequence[Path]) -> Iterator[Prepared]:
        """Yield for each file its content key, or why it cannot be read."""
        with Crew(_helpers(paths, _WORTH_READERS)) as crew:
            yield from crew.look(paths)

    def prepare(self, tasks: Sequence[Task]) -> Generator[Prepared]:
        """Yield what each file holds, without vectors. Raises MemoryError."""
        with Crew(_helpers([path for path, _ in tasks if isinstance(path, Path)], _WORTH_HELPERS)) as crew:
            yield from crew.prepare(tasks)


def _helpers(paths: Sequence[Path], worth: int) -> int:
    """Return how many processes should take these files, none for less than ``worth`` bytes: they take a second to start."""
    processors = os.cpu_count() or 1
    size = sum(path.stat().st_size for path in paths if path.exists())
    return min(processors, _MOST_HELPERS) if processors > 1 and size > worth else 0
