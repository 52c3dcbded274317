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


def altered_sources(connection: apsw.Connection) -> list[str]:
    """Return the names of sources whose rows do not fit their checksum any more."""
    sources: list[Any] = connection.execute("SELECT source, name, digest FROM sources ORDER BY name").fetchall()
    return [str(name) for source, name, expected in sources if digest(connection, source) != expected]


def digest(connection: apsw.Connection, source: int) -> str:
    """Return the checksum of every row made of a source; an archive of format 1 has no sketches."""
    hasher = hashlib.sha256()
    statements = _ROWS if int(connection.execute("PRAGMA user_version").get) < 2 else (*_ROWS, _SKETCHES)
    try:
        for statement in statements:
            for row in connection.execute(statement, (source,)):
                hasher.update(repr(row).encode("utf-8", "backslashreplace"))
    except UnicodeDecodeError:
        return "not even text"
    return hasher.hexdigest()


def renew(connection: apsw.Connection, source: int) -> None:
    """Write the checksum that a source has now."""
    connection.execute("UPDATE sources SET digest = ? WHERE source = ?", (digest(connection, source), source))
