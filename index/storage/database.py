"""The file of the truth: where it lies, its tables, how it is opened, what its errors mean.

Why WAL and why through apsw: docs/adr/0001-sqlite-through-apsw.md. Knows nothing of what the rows mean.
"""

from __future__ import annotations

import errno
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import apsw

from index.errors import ArchiveDamaged, ArchiveError, ArchiveLocked, ArchiveMissing
from index.storage.digest import seal_meta
from index.storage.migrations import FORMAT, migrate
from index.storage.reprints import grouping

FILE = "archive.db"
_APPLICATION = 0x57454E42  # "WENB", tells our files from any other SQLite database
_BUSY_MS = 5_000
# Every statement is a constant, so one that SQLite does not understand means that a table's definition is damaged.
_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError, apsw.SQLError, apsw.MismatchError, UnicodeDecodeError)

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources(
    source INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,       -- hash of its decoded text; decides added, replaced, unchanged
    reading INTEGER NOT NULL,    -- version of readers and parser that made the rows below
    first_row INTEGER NOT NULL,  -- its passages are the rows first_row..last_row, an empty range when it has none
    last_row INTEGER NOT NULL,
    digest TEXT NOT NULL,        -- checksum of all rows below; finds what SQLite itself cannot
    seal TEXT NOT NULL DEFAULT ''  -- checksum of this row
);
CREATE INDEX sources_by_content ON sources(content);
CREATE TABLE issues(
    issue INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
    day INTEGER NOT NULL,         -- yyyymmdd, 0 when the date is unknown
    newspaper_key TEXT,
    page_key TEXT,
    record TEXT NOT NULL
);
CREATE INDEX issues_by_source ON issues(source);
CREATE INDEX issues_by_day ON issues(day);
CREATE TABLE articles(
    article INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    issue INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,     -- 0 is the masthead, which is no article
    headline TEXT,
    record TEXT NOT NULL
);
CREATE INDEX articles_by_issue ON articles(issue, ordinal);
CREATE TABLE authors(
    name_key TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY(name_key, article)
) WITHOUT ROWID;
CREATE INDEX authors_by_article ON authors(article);
CREATE TABLE passages(
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: what the legs know a passage by
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    context TEXT NOT NULL,
    paragraph INTEGER,
    flags TEXT NOT NULL
);
CREATE INDEX passages_by_article ON passages(article);
CREATE TABLE features(
    row INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    words TEXT NOT NULL,          -- jieba is slow; kept so that the lexical leg can be made anew without it
    vector BLOB NOT NULL          -- float16, little endian
);
CREATE TABLE changes(
    sequence INTEGER PRIMARY KEY,
    mark TEXT NOT NULL,           -- random: tells this change from one of the same number in another history
    action TEXT NOT NULL,         -- put, remove, reencode, retoken
    source TEXT NOT NULL,
    gone_first INTEGER NOT NULL,
    gone_last INTEGER NOT NULL,
    new_first INTEGER NOT NULL,
    new_last INTEGER NOT NULL
);
"""


def missing(folder: Path) -> ArchiveMissing:
    """Return the error that says how to make an archive."""
    return ArchiveMissing(
        f"{folder}: there is no archive here; make one with `python3 run.py update FOLDER` or `wenbao update FOLDER`"
    )


def exists(folder: Path) -> bool:
    """Tell whether an archive was ever begun there; an empty file is what a kill before the first commit leaves."""
    path = folder / FILE
    return path.is_file() and path.stat().st_size > 0


Identity = tuple[int, int]


def identify(folder: Path) -> Identity:
    """Return what stays the same while the file of the truth is the same file. Raises ArchiveMissing where there is none."""
    try:
        status = (folder / FILE).stat()
    except OSError:
        raise missing(folder) from None
    return status.st_dev, status.st_ino


def connect_for_writing(folder: Path) -> apsw.Connection:
    """Open the truth for the one writer, and create it if there is none. Call with the writer's lock held."""
    with clear_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        connection = apsw.Connection(str(folder / FILE))
        connection.set_busy_timeout(_BUSY_MS)
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA synchronous = full")
        connection.execute("PRAGMA foreign_keys = on")
        if _version(connection) == 0 and _is_empty(connection):
            _create(connection)
        check_ours(connection, folder / FILE)
        if _version(connection) < FORMAT:
            with transaction(connection):
                migrate(connection)
        return connection


def connect_for_reading(folder: Path) -> apsw.Connection:
    """Open the truth for reading only. Raises ArchiveMissing where there is none.

    On a medium that nobody can write, SQLite cannot make the shared memory a WAL database wants; as nobody can
    change the file there, it is opened as immutable.
    """
    if not exists(folder):
        raise missing(folder)
    with clear_errors(folder):
        path = folder / FILE
        try:
            connection = _connect(f"file:{quote(path.resolve().as_posix())}?mode=ro")
        except apsw.CantOpenError:
            wal = path.with_name(FILE + "-wal")
            if wal.exists() and wal.stat().st_size > 0:
                raise
            connection = _connect(f"file:{quote(path.resolve().as_posix())}?immutable=1")
        if _version(connection) == 0 and _is_empty(connection):
            raise missing(folder)
        check_ours(connection, folder / FILE)
        return connection


def _connect(uri: str) -> apsw.Connection:
    connection = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    connection.set_busy_timeout(_BUSY_MS)
    connection.execute("PRAGMA query_only = on")
    _version(connection)  # the first statement that really opens the file
    return connection


def _version(connection: apsw.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").get)


def _is_empty(connection: apsw.Connection) -> bool:
    return int(connection.execute("SELECT count(*) FROM sqlite_schema").get) == 0


def _create(connection: apsw.Connection) -> None:
    with transaction(connection):
        connection.execute(_TABLES)
        connection.execute(grouping.TABLES)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        first = {"archive": uuid.uuid4().hex, "sequence": "0"}
        connection.executemany("INSERT INTO meta VALUES(?, ?)", first.items())
        seal_meta(connection)


def check_ours(connection: apsw.Connection, file: Path) -> None:
    """Raise ArchiveError when a database is none of Wenbao, or of a newer format than this version reads."""
    if int(connection.execute("PRAGMA application_id").get) != _APPLICATION:
        raise ArchiveError(f"{file}: this database is no archive of Wenbao; give another --archive folder")
    found = _version(connection)
    if not 1 <= found <= FORMAT:
        raise ArchiveError(
            f"{file.parent}: the archive has format {found}, this Wenbao reads formats up to {FORMAT}; "
            "use the Wenbao that made it, or update a new folder from the sources"
        )


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Commit everything inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def clear_errors(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the disk report into errors that say in one line what happened and what to do."""
    try:
        yield
    except _DAMAGE as error:
        mend = "put back a copy of it, or update a new folder from the sources"
        raise ArchiveDamaged(f"{folder / FILE}: the database is damaged ({short(error)}); {mend}") from error
    except apsw.FullError as error:
        raise disk_full(folder) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise ArchiveLocked(f"{folder}: another program keeps the archive busy; try again") from error
    except (apsw.ReadOnlyError, apsw.PermissionsError, apsw.CantOpenError) as error:
        raise ArchiveError(
            f"{folder}: the archive cannot be opened or written here ({short(error)}); check its rights"
        ) from error
    except apsw.IOError as error:
        raise ArchiveError(f"{folder}: the disk failed ({short(error)}); the archive is as it was before") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(folder) from error
        raise ArchiveError(f"{error.filename or folder}: {error.strerror or error}") from error


def short(error: Exception) -> str:
    """Return what an error says in one short line."""
    # SQLite repeats what stands in a damaged file, whatever that is.
    return " ".join(str(error).split())[:100]


def disk_full(folder: Path) -> ArchiveError:
    """Return the error for a full disk."""
    return ArchiveError(f"{folder}: the disk is full; the archive is whole as it was, free some space and run the update again")
