"""A file packed with what stands beside it, to be read where its folder cannot be seen.

Only what a reader may ask for is packed: sidecars, corrections, selectors and METS. Knows nothing of how parcels travel.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from index.errors import ReadError
from index.readers.disk import DiskFolder
from index.readers.files import read_bytes
from index.readers.reading import File
from index.readers.sidecar import SUFFIXES, is_mets

_OF_A_FOLDER = ("issue", "corrections", "selectors")
_MAY_HAVE_METS = ".xml"


@dataclass(frozen=True, slots=True)
class Refused:
    """In place of bytes: why they cannot be had."""

    reason: str


Content = bytes | Refused


@dataclass(frozen=True, slots=True)
class PackedFolder:
    """What was packed of a folder, and of the one above it."""

    source: str
    files: Mapping[str, Content]
    upper: PackedFolder | None = None

    def names(self) -> list[str]:
        """List what was packed."""
        return sorted(self.files)

    def has(self, name: str) -> bool:
        """Tell whether a file of that name was packed."""
        return name in self.files

    def read(self, name: str) -> bytes:
        """Return the bytes of one of them. Raises ReadError for one that could not be read when it was packed."""
        return _given(self.files.get(name, Refused("does not exist; check the path")), f"{self.source}/{name}")

    def above(self) -> PackedFolder | None:
        """Return what was packed of the folder above."""
        return self.upper


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file as ``source`` names it, its bytes, and what stands beside it."""

    source: str
    content: Content
    beside: Mapping[str, Content] = field(default_factory=dict)
    above: Mapping[str, Content] | None = None

    def __str__(self) -> str:
        return self.source

    def open(self) -> File:
        """Return the file as readers take it. Raises ReadError where its bytes could not be had."""
        path = PurePath(self.source)
        upper = None if self.above is None else PackedFolder(str(path.parent.parent), self.above)
        folder = PackedFolder(str(path.parent), self.beside, upper)
        return File(self.source, path, _given(self.content, self.source), folder)

    def digest(self) -> str:
        """Return a hash of everything in it and of its name, which tells facts too."""
        digest = hashlib.sha256()
        for part in self._parts():
            digest.update(len(part).to_bytes(8, "little") + part)
        return digest.hexdigest()

    def _parts(self) -> Iterator[bytes]:
        yield from (self.source.encode("utf-8", "surrogateescape"), _bytes(self.content))
        for level, files in enumerate((self.beside, self.above or {})):
            for name in sorted(files):
                yield from (f"{level}/{name}".encode("utf-8", "surrogateescape"), _bytes(files[name]))


def pack(path: Path, *, base: Path) -> Parcel:
    """Pack the file at ``path``, below ``base`` where it is relative. What cannot be read is packed as its reason."""
    folder = DiskFolder(base / path.parent)
    beside = {name: _content(folder.path / name) for name in _asked_of(path, folder) if name != path.name and folder.has(name)}
    above: dict[str, Content] | None = None
    if path.parent.parent != path.parent:
        upper = DiskFolder(base / path.parent.parent)
        above = {name: _content(upper.path / name) for name in _asked_above(path, upper) if upper.has(name)}
    return Parcel(str(path), _content(base / path), beside, above)


def _asked_of(path: PurePath, folder: DiskFolder) -> list[str]:
    stems = (path.stem, *_OF_A_FOLDER, f"{path.stem}.corrections", f"{path.name}.corrections")
    return list(dict.fromkeys([stem + suffix for stem in stems for suffix in SUFFIXES] + _mets(path, folder)))


def _asked_above(path: PurePath, folder: DiskFolder) -> list[str]:
    return ["selectors" + suffix for suffix in SUFFIXES] + _mets(path, folder)


def _mets(path: PurePath, folder: DiskFolder) -> list[str]:
    # Only for what may be named by METS: to list a folder of 28,000 pages for each of them takes minutes.
    return [name for name in folder.names() if is_mets(name)] if path.suffix.lower() == _MAY_HAVE_METS else []


def _content(path: Path) -> Content:
    try:
        return read_bytes(path)
    except ReadError as error:
        return Refused(error.reason)


def _given(content: Content, source: str) -> bytes:
    if isinstance(content, Refused):
        raise ReadError(source, content.reason)
    return content


def _bytes(content: Content) -> bytes:
    return b"?" + content.reason.encode() if isinstance(content, Refused) else b"=" + content
