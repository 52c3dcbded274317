"""Taking out rows that nobody can see any more: of changes that were never committed, and of editions that have died."""

from __future__ import annotations

import time
from collections.abc import Iterable

from index.storage.milvus import schema
from index.storage.milvus.client import Client
from index.storage.milvus.commit import Commit
from index.storage.milvus.keys import among
from index.storage.milvus.rows import Edition
from index.storage.milvus.schema import ARTICLES, ISSUES, SOURCES

# A request may still read what died under it; none takes so long. More dead editions than these make every filter long.
_AFTER_S = 60.0
_AT_MOST = 1_000
_TOGETHER = 500
_PREFIX = "passages_"


def forget_uncommitted(client: Client, commit: Commit) -> None:
    """Undo what a writer that was broken off had written after the last commit."""
    later = client.count(SOURCES, f"born > {commit.sequence}", level="Strong")
    for table in _tables(commit):
        if later or client.query(table, f"born > {commit.sequence}", ["born"], level="Strong"):
            client.delete(table, f"born > {commit.sequence}")
    fields = Edition.__slots__
    died = list(client.scan(SOURCES, f"died > {commit.sequence}", fields, level="Strong"))
    client.upsert(SOURCES, [{**row, "died": 0, "ended": 0, "none": [0.0, 0.0]} for row in died])
    client.delete(SOURCES, f"born > {commit.sequence}")


def drop_other_epochs(client: Client, commit: Commit) -> None:
    """Drop collections of passages that another model made, or that one was being made for."""
    for table in client.tables():
        if table.startswith(_PREFIX) and table != schema.passages(commit.epoch):
            client.drop(table)


def sweep(client: Client, commit: Commit, dead: Iterable[Edition], *, all: bool = False) -> list[Edition]:
    """Take out the rows of editions that died a while ago, of all where they are many; returns those taken out."""
    found = list(dead)
    now = time.time()
    if not all and len(found) <= _AT_MOST:
        found = [edition for edition in found if now - edition.ended > _AFTER_S]
    for at in range(0, len(found), _TOGETHER):
        these = among("born", (edition.born for edition in found[at : at + _TOGETHER]))
        for table in (*_tables(commit), SOURCES):
            client.delete(table, these)
    return found


def _tables(commit: Commit) -> list[str]:
    return [ARTICLES, ISSUES, *([schema.passages(commit.epoch)] if commit.dimensions else [])]
