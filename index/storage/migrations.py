"""The history of the format: what makes of an archive of one number one of the next. Call within a transaction.

1  sources, issues, articles, passages, features, changes
2  sketches of all passages, and which of them print one report; the index of articles tells their order too
3  checksums of what is said of a source and of the archive themselves
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import apsw

from index.storage.digest import digest, renew, seal, seal_meta
from index.storage.reprints import grouping
from index.storage.reprints.sketch import sketches_of

FORMAT = 3


def migrate(connection: apsw.Connection) -> None:
    """Bring an archive of an older format to the present one, all steps or none."""
    while (found := int(connection.execute("PRAGMA user_version").get)) < FORMAT:
        _STEPS[found](connection)
        connection.execute(f"PRAGMA user_version = {found + 1}")


def _with_reprints(connection: apsw.Connection) -> None:
    sources: list[Any] = connection.execute("SELECT source, first_row, last_row, digest FROM sources").fetchall()
    # A source that was altered must stay so for `check`, not get a checksum that fits.
    sound = [source for source, _, _, expected in sources if digest(connection, source) == expected]
    connection.execute(grouping.TABLES)
    connection.execute("DROP INDEX articles_by_issue; CREATE INDEX articles_by_issue ON articles(issue, ordinal)")
    connection.execute("PRAGMA user_version = 2")
    for source, first, last, _ in sources:
        statement = "SELECT kind, text FROM passages WHERE row BETWEEN ? AND ? ORDER BY row"
        texts = ["" if kind == "masthead" else text for kind, text in connection.execute(statement, (first, last))]
        grouping.note_new(connection, source, first, sketches_of(texts))
    for source in sound:
        renew(connection, source)


def _with_seals(connection: apsw.Connection) -> None:
    connection.execute("ALTER TABLE sources ADD COLUMN seal TEXT NOT NULL DEFAULT ''")
    connection.execute("PRAGMA user_version = 3")
    rows: list[Any] = connection.execute("SELECT source FROM sources").fetchall()
    for (source,) in rows:
        seal(connection, source)
    seal_meta(connection)


_STEPS: Mapping[int, Callable[[apsw.Connection], None]] = {1: _with_reprints, 2: _with_seals}
