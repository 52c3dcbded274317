"""The writer's part of counting: what each change brought and took, one delta for all since the last, merged now and then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.storage.milvus import schema
from index.storage.milvus.client import Client, Row
from index.storage.milvus.commit import Commit
from index.storage.milvus.counts import Tally, merge, read_deltas, write_delta
from index.storage.milvus.rows import Edition
from index.storage.milvus.schema import COUNTS

_MERGE_AT = 500_000  # counts in deltas: what readers keep in memory beside the buckets
_FIELDS = ("sparse", "word_count", "gram_count")


class Counting:
    """Keeps count while a writer works."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._tally = Tally()

    def came(self, rows: Iterable[Row]) -> None:
        """Count passages in."""
        self._tally.add(rows)

    def went(self, edition: Edition, passages: str) -> None:
        """Count the passages of an edition out; their rows must still be there, and written."""
        self._of(edition, passages, -1)

    def _of(self, edition: Edition, passages: str, sign: int) -> None:
        if edition.passages:
            self._tally.add(self._client.scan(passages, f"born == {edition.born}", _FIELDS, level="Strong"), sign)

    def catch_up(self, commit: Commit, editions: Iterable[Edition]) -> None:
        """Count what a writer that was broken off had committed and not counted."""
        passages = schema.passages(commit.epoch)
        for edition in editions:
            came = edition.born > commit.counted
            if came and not edition.died:
                self._of(edition, passages, 1)
            elif not came and edition.died > commit.counted and edition.born > commit.floor:
                self._of(edition, passages, -1)

    def write(self, commit: Commit) -> Commit:
        """Write what was counted since the last time; returns the commit that says so, for the caller to write."""
        if commit.counted == commit.sequence:
            return commit
        write_delta(self._client, self._tally.delta(commit.counted, commit.sequence))
        self._tally = Tally()
        return replace(commit, counted=commit.sequence)

    def merge(self, commit: Commit) -> Commit:
        """Merge deltas where many have come; returns the commit that says so. ``forget`` them when it is written."""
        deltas = read_deltas(self._client, commit, level="Strong")
        if sum(len(delta.dimensions) for delta in deltas) < _MERGE_AT:
            return commit
        merge(self._client, deltas, commit.floor)
        return replace(commit, merged=commit.counted)

    def forget_all(self) -> None:
        """Take out all that was ever counted."""
        self._tally = Tally()
        self._client.delete(COUNTS, "first >= -1")

    def forget(self, commit: Commit) -> None:
        """Take out deltas that lie in the buckets."""
        self._client.delete(COUNTS, f"first >= 0 and last <= {max(commit.floor, commit.merged)}")
