"""What goes into a reader and what comes out of it. Opens no file, knows no format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from index.schema import Page, Skipped


class Folder(Protocol):
    """What stands beside a file: on disk, or in the same zip."""

    def names(self) -> Sequence[str]:
        """List the names of the files here, sorted."""
        ...

    def has(self, name: str) -> bool:
        """Tell whether a file of that name is here."""
        ...

    def read(self, name: str) -> bytes:
        """Return the bytes of one of them. Raises ReadError."""
        ...

    def above(self) -> Folder | None:
        """Return the folder that holds this one; None at the top of what may be looked at."""
        ...


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read. ``source`` names it for a person; ``path`` is its name with the folders above it."""

    source: str
    path: PurePath
    data: bytes
    folder: Folder


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: its pages, and what in it could not be read (lines of a list, members of a zip)."""

    pages: tuple[Page, ...]
    skipped: tuple[Skipped, ...] = ()


Reader = Callable[[File], Reading]
