"""Which engine keeps the archive at an address: a folder, or ``milvus://host:port/name``. Opens nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from index.errors import ArchiveError
from index.storage.engine import Engine
from index.storage.local import LocalEngine

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://")


def open_engine(place: str | Path) -> Engine:
    """Return the engine of an address. Raises ArchiveError for an address that no engine has."""
    text = str(place)
    scheme = _SCHEME.match(text)
    if scheme is None:
        return LocalEngine(Path(text))
    if scheme[1] not in _ENGINES:
        known = ", ".join(f"{name}://" for name in sorted(_ENGINES))
        raise ArchiveError(
            f"{text}: no archive is kept under {scheme[1]}://; give a folder, or an address that begins with {known}"
        )
    return _ENGINES[scheme[1]](text)


def beside(place: str | Path) -> Path:
    """Return the folder for what a server keeps beside an archive: the archive's own, or one below data/ named like it."""
    if _SCHEME.match(str(place)) is None:
        return Path(place)
    return Path("data") / re.sub(r"[^A-Za-z0-9._-]+", "_", open_engine(place).place)


def _milvus(place: str) -> Engine:
    from index.storage.milvus.engine import MilvusEngine

    return MilvusEngine(place)


_ENGINES: dict[str, Callable[[str], Engine]] = {"milvus": _milvus, "milvuss": _milvus, "milvus-lite": _milvus}
