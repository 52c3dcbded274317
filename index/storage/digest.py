"""Checksums of the rows made of a source: they find what SQLite itself cannot. Writes nothing."""

from __future__ import annotations

import hashlib
from typing import Any

import apsw

_ROWS = (
    "SELECT issue, id, day, newspaper_key, page_key, record FROM issues WHERE source = ? ORDER BY issue",
    "SELECT a.article, a.issue, a.id, a.ordinal, a.headline, a.record FROM articles a JOIN issues USING(issue)"
    " WHERE source = ? ORDER BY article",
    "SELECT name_key, article FROM authors JOIN articles USING(article) JOIN issues USING(issue)"
    " WHERE source = ? ORDER BY article, name_key",
    "SELECT p.row, p.article, p.id, p.kind, p.text, p.context, p.paragraph, p.flags, f.words, f.vector FROM sources s"
    " JOIN passages p ON p.row BETWEEN s.first_row AND s.last_row LEFT JOIN features f ON f.row = p.row"
    " WHERE s.source = ? ORDER BY p.row",
)
_SKETCHES = "SELECT numbers FROM sketches WHERE source = ?"
_SOURCE = "SELECT name, content, reading, first_row, last_row, digest FROM sources WHERE source = ?"
_META = "SELECT key, value FROM meta WHERE key NOT IN ('seal', 'printings') ORDER BY key"  # groups have a checksum of their own


def altered_sources(connection: apsw.Connection) -> list[str]:
    """Return the names of sources that do not fit their checksums any more."""
    seals = "seal" if _format(connection) >= 3 else "NULL"
    sources: list[Any] = connection.execute(f"SELECT source, name, digest, {seals} FROM sources ORDER BY name").fetchall()
    return [
        str(name)
        for source, name, expected, seal in sources
        if digest(connection, source) != expected or (seal is not None and _hash(connection, _SOURCE, source) != seal)
    ]


def sound(connection: apsw.Connection) -> bool:
    """Tell whether what is said of the archive itself fits its checksum; before format 3 there was none."""
    if _format(connection) < 3:
        return True
    found: list[Any] = connection.execute("SELECT value FROM meta WHERE key = 'seal'").fetchall()
    return bool(found) and _hash(connection, _META) == found[0][0]


def digest(connection: apsw.Connection, source: int) -> str:
    """Return the checksum of every row made of a source; an archive of format 1 has no sketches."""
    hasher = hashlib.sha256()
    statements = _ROWS if _format(connection) < 2 else (*_ROWS, _SKETCHES)
    try:
        for statement in statements:
            for row in connection.execute(statement, (source,)):
                hasher.update(repr(row).encode("utf-8", "backslashreplace"))
    except UnicodeDecodeError:
        return "not even text"
    return hasher.hexdigest()


def renew(connection: apsw.Connection, source: int) -> None:
    """Write the checksums that a source has now."""
    connection.execute("UPDATE sources SET digest = ? WHERE source = ?", (digest(connection, source), source))
    seal(connection, source)


def seal(connection: apsw.Connection, source: int) -> None:
    """Write the checksum of what is said of a source itself, as its name; to be called whenever that changes."""
    if _format(connection) >= 3:
        connection.execute("UPDATE sources SET seal = ? WHERE source = ?", (_hash(connection, _SOURCE, source), source))


def seal_meta(connection: apsw.Connection) -> None:
    """Write the checksum of what is said of the archive itself, as its model."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES('seal', ?)", (_hash(connection, _META),))


def _hash(connection: apsw.Connection, statement: str, *bindings: int) -> str:
    try:
        return hashlib.sha256(
            repr(connection.execute(statement, bindings).fetchall()).encode("utf-8", "backslashreplace")
        ).hexdigest()
    except UnicodeDecodeError:
        return "not even text"


def _format(connection: apsw.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").get)
