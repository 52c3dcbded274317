"""What was read of files that are slow to read, on this machine's disk: recognised once, whatever stops the update.

A record is found by the digest of the file and of what stands beside it, and of the code and model that made it. What was made
is dropped once an archive has it; what it says of the content stays, so that an unchanged scan is not sent again. It is a cache:
deleting it costs time only. Knows nothing of files or clusters.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import apsw

from index.errors import ClusterError
from index.preparing import Prepared

_TABLE = "CREATE TABLE IF NOT EXISTS files (digest TEXT PRIMARY KEY, seen BLOB NOT NULL, made BLOB) WITHOUT ROWID"


class Remembered:
    """The records. Use it in ``with``; raises ClusterError where its file cannot be used."""

    def __init__(self, path: Path | None = None) -> None:
        """``path`` defaults to ``cluster.sqlite`` in the user's cache folder for Wenbao."""
        self._path = path or _cache_folder() / "cluster.sqlite"

    def __enter__(self) -> Remembered:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._connection = apsw.Connection(str(self._path))
            with suppress(OSError):
                self._path.chmod(0o600)  # records are unpickled: nobody else may write them
            self._connection.set_busy_timeout(10_000)
            self._connection.execute("PRAGMA journal_mode = wal")
            self._connection.execute("PRAGMA synchronous = normal")
            self._connection.execute(_TABLE)
        except (apsw.Error, OSError) as error:
            raise ClusterError(f"{self._path}: cannot be used ({error}); delete it, it is only a cache") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    def seen(self, digest: str) -> Prepared | None:
        """Return the content key of a file and what was skipped in it; None for an unknown one."""
        return self._record("seen", digest)

    def made(self, digest: str) -> Prepared | None:
        """Return all that was made of a file, None where that is unknown or was dropped."""
        return self._record("made", digest)

    def remember(self, digest: str, prepared: Prepared) -> None:
        """Keep what was made of a file."""
        seen = Prepared(prepared.content, skipped=prepared.skipped)
        row = (digest, pickle.dumps(seen), zlib.compress(pickle.dumps(prepared, pickle.HIGHEST_PROTOCOL), 1))
        self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", row)

    def drop(self, digests: Iterable[str]) -> None:
        """Let go of what was made of files, but not of what was seen."""
        with self._connection:
            self._connection.executemany("UPDATE files SET made = NULL WHERE digest = ?", ((digest,) for digest in digests))

    def _record(self, column: str, digest: str) -> Prepared | None:
        blob = self._connection.execute(f"SELECT {column} FROM files WHERE digest = ?", (digest,)).get
        if blob is None:
            return None
        prepared = pickle.loads(zlib.decompress(blob) if column == "made" else blob)  # our own file, open to nobody else
        assert isinstance(prepared, Prepared)
        return prepared


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return Path(user_cache_path("wenbao", appauthor=False))
