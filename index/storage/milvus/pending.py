"""Rows on their way to Milvus: they wait until there are many, and are written before the commit that makes them visible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from index.storage.draft import SourceDraft
from index.storage.milvus.client import Client, Row
from index.storage.milvus.rows import PASSAGES, Edition
from index.storage.milvus.schema import ARTICLES, ISSUES, SOURCES


class Pending:
    """What has come and is not committed. ``passages`` names the collection that passages go to."""

    def __init__(self, client: Client, passages: Callable[[], str]) -> None:
        self._client = client
        self._passages = passages
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._editions: dict[int, Edition] = {}
        self.drafts: dict[int, SourceDraft] = {}

    def size(self) -> int:
        """Return how many rows wait."""
        return sum(map(len, self._rows.values())) + len(self._editions)

    def add(self, edition: Edition, draft: SourceDraft, rows: dict[str, list[Row]]) -> None:
        """Let the rows of a new edition wait."""
        for table, added in rows.items():
            self._rows[table] += added
        self._editions[edition.born] = edition
        self.drafts[edition.born] = draft

    def say(self, edition: Edition) -> None:
        """Let what is known of an edition wait, in place of what was said before."""
        self._editions[edition.born] = edition

    def write(self) -> None:
        """Write all that waits; sources last, so that none is listed before its passages are there."""
        if self._rows[PASSAGES]:
            if self._client.address.lite:  # which has no vectors of 16 bits
                for row in self._rows[PASSAGES]:
                    row["dense"] = np.asarray(row["dense"], dtype=np.float32)
            self._client.upsert(self._passages(), self._rows[PASSAGES])
        for table in (ARTICLES, ISSUES):
            self._client.upsert(table, self._rows[table])
        self._client.upsert(SOURCES, [edition.row() for edition in self._editions.values()])
        self._rows.clear()
        self._editions.clear()
        self.drafts.clear()
