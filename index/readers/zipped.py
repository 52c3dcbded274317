"""Zip archives: each member is read in memory by the reader of its own kind; nothing is written to disk.

Refuses what bombs and traps are made of: members that grow too much, that are too many, links, paths that lead out,
archives inside archives. Names from Chinese Windows are read as GB18030. Knows nothing of what members hold.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.errors import ReadError
from index.readers.files import MAX_BYTES
from index.readers.reading import File, Reading
from index.schema import Page, Skipped

MAX_TOTAL = 512 * 1024 * 1024
MAX_MEMBERS = 20_000
MAX_RATIO = 100
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, IndexError, OverflowError)
_SMALL = 1024 * 1024  # below this any ratio is harmless
_UTF8_NAMES = 0x800


@dataclass(frozen=True, slots=True)
class ZipFolder:
    """A folder inside a zip."""

    contents: Contents
    path: PurePosixPath

    def names(self) -> list[str]:
        """List its files."""
        return sorted(name.name for name in self.contents.members if name.parent == self.path)

    def has(self, name: str) -> bool:
        """Tell whether a file of that name is here."""
        return self.path / name in self.contents.members

    def read(self, name: str) -> bytes:
        """Read one of its files. Raises ReadError."""
        return self.contents.read(self.path / name)

    def above(self) -> ZipFolder | None:
        """Return the folder above; None at the top of the zip."""
        return ZipFolder(self.contents, self.path.parent) if self.path.parts else None


class Contents:
    """The members of an open zip that may be read, by path, and why the others may not."""

    def __init__(self, source: str, archive: zipfile.ZipFile) -> None:
        self.source = source
        self.skipped: list[Skipped] = []
        self.members: dict[PurePosixPath, zipfile.ZipInfo] = {}
        self._archive = archive
        self._left = MAX_TOTAL
        entries = archive.infolist()
        if len(entries) > MAX_MEMBERS:
            raise ReadError(source, f"holds more than {MAX_MEMBERS} files; unpack it and give the folder")
        for entry in entries:
            self._list(entry)

    def _list(self, entry: zipfile.ZipInfo) -> None:
        name = _name(entry)
        path = PurePosixPath(name)
        if entry.is_dir() or name.endswith("/") or _is_hidden(path):
            return
        problem = _problem(entry, name, path)
        if problem:
            self.skipped.append(Skipped(self.place(path), problem))
        else:
            self.members[path] = entry

    def place(self, path: PurePosixPath) -> str:
        """Name a member for a person."""
        return f"{self.source}/{path}"

    def read(self, path: PurePosixPath) -> bytes:
        """Unpack one member in memory, counting bytes as they come. Raises ReadError."""
        entry = self.members[path]
        place = self.place(path)
        limit = min(MAX_BYTES, self._left, max(_SMALL, entry.compress_size * MAX_RATIO))
        try:
            with self._archive.open(entry) as member:
                data = member.read(limit + 1)
        except NotImplementedError:
            raise ReadError(place, "is packed in a way that cannot be read; pack it again as an ordinary zip") from None
        except RuntimeError:  # zipfile's word for a password
            raise ReadError(place, "is encrypted; unpack it with its password and give the folder") from None
        except DAMAGE as error:
            raise ReadError(place, f"is damaged in the zip ({_why(error)}); copy the zip again") from None
        if len(data) > limit:
            raise ReadError(place, "grows too large when unpacked; unpack it yourself and give the folder")
        self._left -= len(data)
        return data


def read(file: File, read_member: Callable[[File], Reading]) -> Reading:
    """Read every member of a zip. Raises ReadError when the zip is damaged or none of it can be read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.data))
    except (NotImplementedError, *DAMAGE) as error:
        raise ReadError(file.source, f"is no whole zip ({_why(error)}); copy it again") from None
    with archive:
        contents = Contents(file.source, archive)
        pages: list[Page] = []
        skipped = list(contents.skipped)
        for path in sorted(contents.members):
            place = contents.place(path)
            try:
                if path.suffix.lower() == ".zip":
                    raise ReadError(place, "is a zip inside a zip; unpack it and give it by itself")
                member = File(place, file.path / path, contents.read(path), ZipFolder(contents, path.parent))
                reading = read_member(member)
            except ReadError as error:
                skipped.append(Skipped(error.source, error.reason, error.line))
                continue
            pages.extend(reading.pages)
            skipped.extend(reading.skipped)
    if not pages:
        first = f": {skipped[0].reason}" if skipped else ""
        raise ReadError(file.source, f"holds nothing that can be read{first}")
    return Reading(tuple(pages), tuple(dict.fromkeys(skipped)))


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a member; old zips of Chinese Windows hold it in GB18030, which zipfile reads as CP437."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAMES and not name.isascii():
        raw = _raw(name)
        return _decoded(raw, "utf-8") or _decoded(raw, "gb18030") or name
    return name


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _raw(name: str) -> bytes:
    try:
        return name.encode("cp437")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")


def _is_hidden(path: PurePosixPath) -> bool:
    junk = any((part.startswith(".") and not part.startswith("..")) or part == "__MACOSX" for part in path.parts)
    return junk or path.name.casefold().startswith("readme")


def _problem(entry: zipfile.ZipInfo, name: str, path: PurePosixPath) -> str | None:
    if ".." in path.parts or path.is_absolute() or "\\" in name or ":" in path.parts[0]:
        return "has a path that leads out of the zip; pack it again without"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link; pack the file itself"
    if entry.flag_bits & 1:
        return "is encrypted; unpack it with its password and give the folder"
    if entry.file_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 1024 // 1024} MB; split it into pages"
    if entry.file_size > _SMALL and entry.file_size > entry.compress_size * MAX_RATIO:
        return "grows too large when unpacked; unpack it yourself and give the folder"
    return None


def _why(error: Exception) -> str:
    return " ".join(str(error).lower().split())[:80] or type(error).__name__.lower()
