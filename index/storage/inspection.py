"""What `check` looks at: the truth in itself, the derived files, and both legs against the truth.

Changes nothing. Derived data that merely lags behind is no problem: whoever opens the archive catches it up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.storage.database import FILE, clear_errors, connect_for_reading
from index.storage.derived import Legs
from index.storage.digest import altered_sources, sound
from index.storage.lexical import TOKENS, LegDamaged
from index.storage.manifest import FOLDER, damage, read_manifest, signature
from index.storage.reprints import grouping
from index.storage.snapshot import Snapshot

_MEND_LEGS = "it is made anew when the archive is next opened, or by `check --repair`"
_BATCH = 50_000
_ORPHANS = {
    "issues without a source": "SELECT count(*) FROM issues WHERE source NOT IN (SELECT source FROM sources)",
    "articles without an issue": "SELECT count(*) FROM articles WHERE issue NOT IN (SELECT issue FROM issues)",
    "passages without an article": "SELECT count(*) FROM passages WHERE article NOT IN (SELECT article FROM articles)",
    "passages without tokens and vector": "SELECT count(*) FROM passages WHERE row NOT IN (SELECT row FROM features)",
    "tokens and vectors without a passage": "SELECT count(*) FROM features WHERE row NOT IN (SELECT row FROM passages)",
    "passages of no source": "SELECT count(*) FROM passages p WHERE NOT EXISTS"
    "(SELECT 1 FROM sources s WHERE p.row BETWEEN s.first_row AND s.last_row)",
}


def truth_problems(folder: Path) -> list[str]:
    """Verify the database alone. Raises ArchiveMissing, ArchiveDamaged."""
    connection = connect_for_reading(folder)
    try:
        with clear_errors(folder):
            connection.execute("BEGIN")  # an update may be running
            rows = connection.execute("PRAGMA integrity_check(5)").fetchall()
            problems = [f"{FILE}: {text}; put back a copy of the archive" for (text,) in rows if text != "ok"]
            for what, statement in _ORPHANS.items():
                count = int(connection.execute(statement).get)
                if count:
                    problems.append(f"{FILE}: {count} {what}; put back a copy of the archive")
            altered = altered_sources(connection)
            if not sound(connection):
                problems.append(f"{FILE}: what is said of the archive itself is altered; put back a copy of the archive")
            if not grouping.sound(connection):
                problems.append(f"{FILE}: which passages are reprints is altered; run `check --repair`")
        mend = "run `check --repair`, then update it again"
        return problems + [f"{FILE}: what was taken from {name} is altered; {mend}" for name in altered]
    finally:
        connection.close()


def file_problems(folder: Path) -> list[str]:
    """Verify the checksums of the derived files. Files that are not there at all are no problem."""
    while (seen := signature(folder)) is not None:
        try:
            manifest = read_manifest(folder)
            problems = damage(folder / FOLDER, manifest)
        except LegDamaged as error:
            problems = [str(error)]
        if not problems or signature(folder) == seen:
            return [f"{problem}; {_MEND_LEGS}" for problem in problems]
    return []


def leg_problems(snapshot: Snapshot, legs: Legs) -> Iterator[str]:
    """Compare both legs with the truth: the same passages, the same vectors."""
    if snapshot.tokens and snapshot.tokens != TOKENS:
        yield f"the words were cut by another version ({snapshot.tokens}); run an update to cut them anew"
    if legs.sequence != snapshot.sequence:
        return  # an update is running
    rows = snapshot.rows()
    same = True
    for name, found in (("lexical", legs.lexical.rows()), ("dense", legs.dense.rows())):
        if not np.array_equal(found, rows):
            same = False
            yield f"the {name} index holds {len(found)} passages, the archive {len(rows)}; run `check --repair`"
    if same and not _same_vectors(snapshot, legs):
        yield "the dense index holds other vectors than the archive; run `check --repair`"


def _same_vectors(snapshot: Snapshot, legs: Legs) -> bool:
    """Compare vector by vector, some at a time: a large archive has more of them than memory."""
    starts = range(1, snapshot.last_row() + 1, _BATCH)
    return all(legs.dense.holds(*snapshot.vector_rows(first, first + _BATCH - 1)) for first in starts)
