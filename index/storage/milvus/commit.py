"""The one row that says what an archive on Milvus holds: writing it is what commits a change.

Every other row bears the change it was born with. Rows of a later change are invisible, and so are those of editions that
died up to this one: so half a source is never seen, and a state once read stays whatever is written after it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from index.errors import ArchiveDamaged, ArchiveError, ArchiveMissing
from index.storage.milvus.client import Client
from index.storage.milvus.keys import among, both
from index.storage.milvus.schema import SOURCES, STATE, build

_KEY = "commit"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Commit:
    """``sequence`` is the last change; ``epoch`` numbers the collection of passages; what was born up to ``floor`` is gone.

    Counts begin after ``floor`` and are complete up to ``counted``; up to ``merged`` they lie in buckets, -1 for none.
    """

    archive: str
    sequence: int = 0
    epoch: int = 0
    floor: int = 0
    model: str = ""
    fingerprint: str = ""
    dimensions: int = 0
    tokens: str = ""
    counted: int = 0
    merged: int = -1
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Moment:
    """A commit, the editions that are dead at it but not yet swept away, and how fresh its readers must ask."""

    commit: Commit
    dead: tuple[int, ...]
    level: str

    @property
    def visible(self) -> str:
        """The filter that lets pass what stands at this moment."""
        gone = f"not ({among('born', self.dead)})" if self.dead else ""
        return both(f"born > {self.commit.floor} and born <= {self.commit.sequence}", gone)


def read_commit(client: Client, *, level: str) -> Commit:
    """Return the last commit. Raises ArchiveMissing where there is none, ArchiveError for one of another format."""
    if not client.has(STATE):
        raise missing(client)
    rows = client.get(STATE, [_KEY], ["value"], level=level)
    if not rows:
        raise missing(client)
    try:
        fields = json.loads(rows[0]["value"])
        if fields.get("format") != FORMAT:
            raise ArchiveError(
                f"{client.address.place}: the archive has format {fields.get('format')}, this Wenbao reads format {FORMAT}; "
                "use the Wenbao that made it, or copy the sources into a new one"
            )
        return Commit(**fields)
    except (ValueError, TypeError, AttributeError) as error:
        raise ArchiveDamaged(
            f"{client.address.place}: the row that says what the archive holds is damaged; copy it anew from its sources"
        ) from error


def write_commit(client: Client, commit: Commit) -> None:
    """Make a state the one that readers see."""
    client.upsert(STATE, [{"key": _KEY, "value": json.dumps(asdict(commit)), "none": [0.0, 0.0]}])


def dead_at(client: Client, commit: Commit, *, level: str) -> tuple[int, ...]:
    """Return the editions that died up to a commit and were not swept away yet."""
    filter = f"died > 0 and died <= {commit.sequence} and born > {commit.floor}"
    found = client.scan(SOURCES, filter, ["born"], level=level)
    return tuple(sorted(row["born"] for row in found))


def make(client: Client, tables: Sequence[str]) -> None:
    """Make the collections that are missing."""
    for table in tables:
        client.create(table, *build(table, client.address), partitions=None)


def missing(client: Client) -> ArchiveMissing:
    """Return the error that says how to make an archive."""
    place = client.address.place
    return ArchiveMissing(f"{place}: there is no archive here; make one with `wenbao update FOLDER --archive {place}`")
