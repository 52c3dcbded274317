"""Milvus Lite in this process: one server for each file, for as long as anyone here has the archive open.

It listens on this machine alone, on a port of its own choosing, and asks nobody for a password: see docs/scale-out.md.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ArchiveError, ArchiveLocked
from index.storage.milvus.address import INSTALL, Address


@dataclass
class _Served:
    server: Any
    database: Any
    uri: str
    users: int = 0


_guard = threading.Lock()
_served: dict[str, _Served] = {}


def serve(address: Address) -> str:
    """Return where the server of a file listens; it is started for the first who asks. Raises ArchiveError, ArchiveLocked."""
    with _guard:
        found = _served.get(address.uri) or _start(address)
        _served[address.uri] = found
        found.users += 1
        return found.uri


def _start(address: Address) -> _Served:
    try:
        from milvus_lite.adapter.grpc.server import start_server_in_thread
        from milvus_lite.exceptions import DataDirLockedError, MilvusLiteError
    except ImportError as error:
        raise ArchiveError(INSTALL) from error
    Path(address.uri).parent.mkdir(parents=True, exist_ok=True)
    try:
        server, database, port = start_server_in_thread(address.uri)
    except DataDirLockedError as error:
        raise ArchiveLocked(
            f"{address.place}: another program has it open, and Milvus Lite allows one; try again when that is done, "
            "or keep the archive on a Milvus server"
        ) from error
    except MilvusLiteError as error:
        said = " ".join(str(error).split())[:200]
        raise ArchiveError(f"{address.place}: Milvus Lite cannot open it ({said}); copy the archive anew") from error
    return _Served(server, database, f"http://127.0.0.1:{port}")


def leave(address: Address) -> None:
    """Stop the server of a file when its last user here leaves, so that another program may open it."""
    with _guard:
        found = _served[address.uri]
        found.users -= 1
        if found.users == 0:
            del _served[address.uri]
            found.server.stop(grace=2).wait()
            found.database.close()
