"""The groups of reprints in the truth: found for what is new, dissolved and found again where something has gone.

Whatever order sources came in, the same sources give the same groups: to be alike is asked of two sketches alone. (Only where
more than 64 different passages share a band, the order may decide over a link.) Call within a transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import apsw
import numpy as np

from index.storage.reprints.links import Flags, Numbers, Wanted, components
from index.storage.reprints.sketch import SIZE, Sketches, sketches_from

TABLES = """
CREATE TABLE sketches(
    source INTEGER PRIMARY KEY REFERENCES sources ON DELETE CASCADE,
    numbers BLOB NOT NULL        -- 48 of 16 bits, little endian, for each of its passages
);
CREATE TABLE printings(
    row INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    report INTEGER NOT NULL      -- one of the rows that print it; passages printed once stand not here
);
CREATE INDEX printings_by_report ON printings(report);
CREATE TABLE unsorted(
    first_row INTEGER PRIMARY KEY,
    last_row INTEGER NOT NULL    -- rows whose groups are still to be found
);
"""
_TALLY = "printings"  # key in meta: a checksum of all groups, whatever their order
_MODULUS = 1 << 63
_BATCH = 100_000
_MANY = 10_000


def note_new(connection: apsw.Connection, source: int, first: int, numbers: Sketches) -> None:
    """Keep the sketches of a source that was just taken in, its rows from ``first`` on."""
    connection.execute("INSERT INTO sketches VALUES(?, ?)", (source, numbers.tobytes()))
    _to_sort(connection, first, first + len(numbers) - 1)


def note_gone(connection: apsw.Connection, first: int, last: int) -> None:
    """Dissolve the groups that rows about to be deleted are in; call before they are."""
    reports = "SELECT DISTINCT report FROM printings WHERE row BETWEEN ? AND ?"
    found: list[Any] = connection.execute(
        f"SELECT row, report FROM printings WHERE report IN ({reports})", (first, last)
    ).fetchall()
    if not found:
        return
    connection.executemany("DELETE FROM printings WHERE row = ?", [(row,) for row, _ in found])
    _count(connection, taken=found)
    for row, _ in found:
        if not first <= row <= last:
            _to_sort(connection, row, row)


def group(connection: apsw.Connection) -> None:
    """Find the groups of all rows that are still to be sorted."""
    ranges: list[Any] = connection.execute("SELECT first_row, last_row FROM unsorted").fetchall()
    if not ranges:
        return
    rows, numbers, is_new = _related(connection, ranges)
    groups = _known(connection, rows)
    _write(connection, rows, groups, components(numbers, is_new, groups))
    connection.execute("DELETE FROM unsorted")


def sound(connection: apsw.Connection) -> bool:
    """Tell whether the groups fit their checksum; an archive of format 1 has none."""
    if int(connection.execute("PRAGMA user_version").get) < 2:
        return True
    written = connection.execute("SELECT value FROM meta WHERE key = ?", (_TALLY,)).fetchall()
    return str(_total(connection)) == (written[0][0] if written else "0")


def renew(connection: apsw.Connection) -> None:
    """Find all groups anew, whatever is written of them."""
    connection.execute("DELETE FROM printings")
    connection.execute("DELETE FROM meta WHERE key = ?", (_TALLY,))
    connection.execute("DELETE FROM unsorted")
    connection.execute("INSERT INTO unsorted SELECT first_row, last_row FROM sources WHERE first_row <= last_row")
    group(connection)


def _total(connection: apsw.Connection) -> int:
    return sum(_weight(*found) for found in connection.execute("SELECT row, report FROM printings")) % _MODULUS


def _to_sort(connection: apsw.Connection, first: int, last: int) -> None:
    if first <= last:
        connection.execute("INSERT OR REPLACE INTO unsorted VALUES(?, ?)", (first, last))


def _related(connection: apsw.Connection, ranges: list[tuple[int, int]]) -> tuple[Numbers, Sketches, Flags]:
    """Return the rows to be sorted with all that may be alike to them: rows, their sketches, which are to be sorted."""
    bounds = np.array(sorted(ranges), dtype=np.int64)
    new = [(rows[mine], numbers[mine]) for rows, numbers in _all(connection) if (mine := _within(rows, bounds)).any()]
    wanted = Wanted(_joined([numbers for _, numbers in new]))
    kept = [(rows[mine], numbers[mine]) for rows, numbers in _all(connection) if (mine := wanted.among(numbers)).any()]
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _ in kept)])
    return rows, _joined([numbers for _, numbers in kept]), _within(rows, bounds)


def _joined(parts: list[Sketches]) -> Sketches:
    return np.concatenate([np.zeros((0, SIZE), dtype="<u2"), *parts])


def _within(rows: Numbers, bounds: Numbers) -> Flags:
    """Tell which rows lie in one of the ranges, shape (ranges, 2), ascending and apart."""
    at = np.searchsorted(bounds[:, 0], rows, side="right") - 1
    return np.asarray((at >= 0) & (rows <= bounds[np.maximum(at, 0), 1]))


def _all(connection: apsw.Connection) -> Iterator[tuple[Numbers, Sketches]]:
    """Yield the rows and sketches of all passages, many at a time."""
    statement = "SELECT first_row, numbers FROM sketches JOIN sources USING(source) ORDER BY source"
    rows: list[Numbers] = []
    blobs: list[bytes] = []
    count = 0
    for first, blob in connection.execute(statement):
        size = len(blob) // (2 * SIZE)
        rows.append(np.arange(first, first + size))
        blobs.append(blob)
        count += size
        if count >= _BATCH:
            yield np.concatenate(rows), sketches_from(b"".join(blobs))
            rows, blobs, count = [], [], 0
    if rows:
        yield np.concatenate(rows), sketches_from(b"".join(blobs))


def _known(connection: apsw.Connection, rows: Numbers) -> Numbers:
    """Return the report that each row is known to print, -1 for none."""
    found: list[Any]
    if len(rows) > _MANY:
        found = connection.execute("SELECT row, report FROM printings ORDER BY row").fetchall()
    else:
        one = "SELECT row, report FROM printings WHERE row = ?"
        found = [each for row in np.sort(rows).tolist() for each in connection.execute(one, (row,))]
    groups = np.full(len(rows), -1, dtype=np.int64)
    if found:
        known = np.array(found, dtype=np.int64)
        at = np.minimum(np.searchsorted(known[:, 0], rows), len(known) - 1)
        groups = np.where(known[at, 0] == rows, known[at, 1], groups)
    return groups


def _write(connection: apsw.Connection, rows: Numbers, groups: Numbers, labels: Numbers) -> None:
    """Write what changed: rows that join a group, groups that have become one."""
    _, inverse, counts = np.unique(labels, return_inverse=True, return_counts=True)
    members = np.flatnonzero(counts[inverse.reshape(-1)] > 1)
    order = members[np.argsort(labels[members], kind="stable")]
    for part in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(order) else ():
        _write_group(connection, rows[part].tolist(), groups[part].tolist())


def _write_group(connection: apsw.Connection, rows: list[int], before: list[int]) -> None:
    reports = sorted({report for report in before if report >= 0})
    report = reports[0] if reports else min(rows)
    for merged in reports[1:]:
        found: list[Any] = connection.execute("SELECT row, report FROM printings WHERE report = ?", (merged,)).fetchall()
        connection.execute("UPDATE printings SET report = ? WHERE report = ?", (report, merged))
        _count(connection, taken=found, put=[(row, report) for row, _ in found])
    joining = [(row, report) for row, known in zip(rows, before, strict=True) if known < 0]
    connection.executemany("INSERT INTO printings VALUES(?, ?)", joining)
    _count(connection, put=joining)


def _count(connection: apsw.Connection, *, put: Iterable[tuple[int, int]] = (), taken: Iterable[tuple[int, int]] = ()) -> None:
    change = sum(_weight(*found) for found in put) - sum(_weight(*found) for found in taken)
    if change:
        old: list[Any] = connection.execute("SELECT value FROM meta WHERE key = ?", (_TALLY,)).fetchall()
        value = (int(old[0][0]) if old else 0) + change
        connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (_TALLY, str(value % _MODULUS)))


def _weight(row: int, report: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{row} {report}".encode(), digest_size=8).digest(), "little")
