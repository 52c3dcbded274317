"""Where a Milvus archive is: ``milvus://host:port/name``, ``milvuss://`` for TLS, ``milvus-lite://FILE.db`` for one file.

What is secret may stand in the address or, better, in the environment; it is never shown. Connects to nothing.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.errors import ArchiveError

PORT = 19_530
NAME = "wenbao"
TOKEN = "WENBAO_MILVUS_TOKEN"
DATABASE = "WENBAO_MILVUS_DATABASE"
CERTIFICATE = "WENBAO_MILVUS_CA"
INDEX = "WENBAO_MILVUS_INDEX"
LITE = "milvus-lite"
INSTALL = 'an archive on Milvus needs a library that is not installed: pip install "wenbao[milvus]"'
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Address:
    """``place`` is what may be shown; ``uri`` is what pymilvus takes; ``index`` names how dense vectors are indexed."""

    place: str
    uri: str
    name: str
    token: str = field(default="", repr=False)
    database: str = ""
    certificate: str = ""
    index: str = ""
    lite: bool = False


def require_library() -> None:
    """Raise ArchiveError, saying how to install it, where pymilvus is missing."""
    try:
        import pymilvus  # noqa: F401
    except ImportError as error:
        raise ArchiveError(INSTALL) from error


def read_address(text: str) -> Address:
    """Return the address that a text says. Raises ArchiveError for one that cannot be."""
    scheme, _, rest = text.partition("://")
    if scheme == LITE:
        return _lite(rest)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port or PORT
    except ValueError as error:
        raise ArchiveError(f"the address of the archive cannot be read ({error}); write milvus://host:{PORT}/name") from None
    if not host or parts.query or parts.fragment:
        raise ArchiveError(f"{scheme}://: this is no address of an archive on Milvus; write milvus://host:{PORT}/name")
    name = parts.path.strip("/") or NAME
    if not _NAME.match(name):
        raise ArchiveError(f"{name}: an archive on Milvus is named by letters, digits and _, 64 at most; give another name")
    shown = f"[{host}]" if ":" in host else host
    return Address(
        place=f"{scheme}://{shown}:{port}/{name}",
        uri=f"{'https' if scheme == 'milvuss' else 'http'}://{shown}:{port}",
        name=name,
        token=_token(parts.username, parts.password),
        database=os.environ.get(DATABASE, ""),
        certificate=os.environ.get(CERTIFICATE, ""),
        index=os.environ.get(INDEX, ""),
    )


def _token(user: str | None, password: str | None) -> str:
    written = ":".join(unquote(part) for part in (user, password) if part is not None)
    return written or os.environ.get(TOKEN, "")


def _lite(rest: str) -> Address:
    path = Path(rest)
    if path.suffix != ".db" or path.is_file():
        raise ArchiveError(f"{LITE}://{rest}: Milvus Lite keeps an archive in a folder whose name ends in .db; give such a name")
    return Address(place=f"{LITE}://{rest}", uri=str(path.absolute()), name=NAME, lite=True)
