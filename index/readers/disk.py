"""The folder of a file on disk, as readers look at it. Knows nothing of formats."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from index.readers.files import read_bytes


@dataclass(frozen=True, slots=True)
class DiskFolder:
    """A folder, and at most ``height`` folders above it."""

    path: Path
    height: int = 1

    def names(self) -> list[str]:
        """List its files; none where it cannot be looked at."""
        try:
            with os.scandir(self.path) as entries:
                return sorted(entry.name for entry in entries if not entry.name.startswith(".") and not entry.is_dir())
        except OSError:
            return []

    def has(self, name: str) -> bool:
        """Tell whether a file of that name is here."""
        return (self.path / name).is_file()

    def read(self, name: str) -> bytes:
        """Read one of its files. Raises ReadError."""
        return read_bytes(self.path / name)

    def above(self) -> DiskFolder | None:
        """Return the folder above."""
        return DiskFolder(self.path.parent, self.height - 1) if self.height and self.path.parent != self.path else None
