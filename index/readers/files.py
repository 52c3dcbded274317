"""Which files there are, and their bytes. Refuses what is not a plain file inside the folder that was named.

Knows nothing of formats or encodings.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from index.errors import ReadError
from index.schema import Skipped

MAX_BYTES = 64 * 1024 * 1024
_NONBLOCK = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_bytes(path: Path) -> bytes:
    """Read a whole regular file of at most ``MAX_BYTES``.

    Raises ReadError for a folder, FIFO, device, a link that leads out of its own folder, or a file that cannot be opened.
    """
    source = str(path)
    try:
        if path.is_symlink() and not _inside(path, path.parent):
            raise ReadError(source, "is a link that leads out of its folder; give the file itself")
        descriptor = os.open(path, os.O_RDONLY | _NONBLOCK)
    except FileNotFoundError:
        raise ReadError(source, "does not exist; check the path") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise ReadError(source, f"cannot be opened ({_reason(error)}); check that it is a readable file") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(source, "is not a regular file; give a text file")
        if status.st_size > MAX_BYTES:
            raise ReadError(source, f"is larger than {MAX_BYTES // 1024 // 1024} MB; split it into pages")
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(MAX_BYTES + 1)[:MAX_BYTES]
    except OSError as error:
        raise ReadError(source, f"cannot be read ({_reason(error)}); check the disk") from None
    finally:
        os.close(descriptor)


def expand(path: Path) -> tuple[list[Path], list[Skipped]]:
    """List the regular files at or below ``path``. Links out of the folder, FIFOs and devices are reported, not followed.

    Raises ReadError when there is nothing at ``path``.
    """
    try:
        if path.is_dir():
            return _walk(path)
        if path.exists():
            return [path], []
    except (OSError, ValueError) as error:
        raise ReadError(str(path), f"cannot be looked at ({_reason(error)}); check the path") from None
    raise ReadError(str(path), "does not exist; check the path")


def _walk(root: Path) -> tuple[list[Path], list[Skipped]]:
    files: list[Path] = []
    skipped: list[Skipped] = []

    def unreadable(error: OSError) -> None:
        skipped.append(Skipped(str(error.filename), f"folder cannot be read ({_reason(error)})"))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = (Path(folder) / name for name in folders if (Path(folder) / name).is_symlink())
        skipped.extend(Skipped(str(link), "link to a folder is not followed; give the folder itself") for link in links)
        for name in sorted(names):
            if name.startswith(".") or name.casefold().startswith("readme"):
                continue
            file = Path(folder) / name
            problem = _problem(file, root)
            if problem is None:
                files.append(file)
            else:
                skipped.append(Skipped(str(file), problem))
    return files, skipped


def _problem(file: Path, root: Path) -> str | None:
    try:
        if file.is_symlink() and not _inside(file, root):
            return "is a link that leads out of the folder; give the file itself"
        if not stat.S_ISREG(file.stat().st_mode):
            return "is not a regular file"
    except (OSError, RuntimeError) as error:
        return f"cannot be read ({_reason(error)}); give the file itself"
    return None


def _inside(file: Path, root: Path) -> bool:
    return file.resolve().is_relative_to(root.resolve())


def _reason(error: BaseException) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or str(error)).replace("\n", " ").lower()
