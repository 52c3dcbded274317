"""The manifest of the derived data: which generation is in use, what it was made from, the checksum of each file.

It is replaced last and in one step, so its existence proves that the rest was written. Knows nothing of indexes.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from index.storage.lexical import LegDamaged

FOLDER = "derived"
MANIFEST = "manifest.json"
_FORMAT = 1
_ATTEMPTS = 20
Identity = tuple[int, int, int, int]  # device, inode, size, time of the last write


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself.

    ``archive`` and ``mark`` tie it to one archive and to the one change that made its sequence: a truth put back from a copy
    may count the same numbers again. ``gone`` counts removed passages that tantivy
    still has, ``files`` maps a path to its SHA-256.
    """

    generation: str
    archive: str
    sequence: int
    mark: str
    fingerprint: str
    tokens: str
    libraries: str
    gone: int
    files: Mapping[str, str]
    format: int = _FORMAT

    def to_json(self) -> str:
        fields = {name: getattr(self, name) for name in self.__slots__} | {"files": dict(self.files)}
        return json.dumps({**fields, "checksum": _checksum(fields)}, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read a manifest. Raises LegDamaged unless it is whole and of our format."""
        try:
            fields: dict[str, Any] = json.loads(text)
            checksum = fields.pop("checksum")
            if fields.get("format") != _FORMAT or checksum != _checksum(fields):
                raise LegDamaged(f"{MANIFEST}: its checksum does not fit")
            return cls(**fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LegDamaged(f"{MANIFEST}: it cannot be read ({error})") from error


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an archive folder. Raises LegDamaged when there is none."""
    try:
        return Manifest.from_json((folder / FOLDER / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LegDamaged(f"{MANIFEST}: it is missing or unreadable") from error


def signature(folder: Path) -> tuple[int, int] | None:
    """Return what changes whenever another manifest is put in place, None when there is none; costs one system call."""
    try:
        status = (folder / FOLDER / MANIFEST).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def damage(derived: Path, manifest: Manifest, verified: Mapping[Identity, str] = MappingProxyType({})) -> list[str]:
    """Return one sentence for each file of a generation that is missing or does not fit its checksum.

    ``verified`` holds checksums found before by this process; a file that has not been written to since is not read again.
    """
    problems = []
    for name, expected in manifest.files.items():
        path = derived / manifest.generation / name
        try:
            if verified.get(identity(path)) != expected and sha256(path) != expected:
                problems.append(f"{FOLDER}/{manifest.generation}/{name}: its checksum does not fit")
        except OSError:
            problems.append(f"{FOLDER}/{manifest.generation}/{name}: it is missing or unreadable")
    return problems


def identity(path: Path) -> Identity:
    """Return what changes whenever a file is another one or is written to. Raises OSError."""
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    hasher = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            hasher.update(block)
    return hasher.hexdigest()


def _checksum(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode("utf-8")).hexdigest()


def put_in_place(folder: Path, manifest: Manifest) -> None:
    """Make a generation the one in use. A crash leaves the old manifest or the new one, never half of one."""
    path = folder / FOLDER / MANIFEST
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(manifest.to_json())
        file.flush()
        os.fsync(file.fileno())
    for _ in range(_ATTEMPTS):
        with suppress(PermissionError):  # Windows, while a reader has just opened the old one
            beside.replace(path)
            return
        time.sleep(0.05)
    beside.replace(path)
