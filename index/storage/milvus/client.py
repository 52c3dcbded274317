"""The connection to Milvus: opened when first needed, its errors turned into one line, its collections by short names.

Knows no newspaper: rows go in and come out as they are.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import ArchiveError
from index.storage.milvus import lite
from index.storage.milvus.address import Address, require_library

Row = dict[str, Any]
MOST = 16_384  # of rows that Milvus gives for one query or search
_BATCH = 1_000
_TIMEOUT_S = 120.0


class Client:
    """Collections of one archive, by short names. Safe to use from many threads."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._opening = threading.Lock()
        self._opened: Any = None
        self._loaded: set[str] = set()

    def _milvus(self) -> Any:
        with self._opening:
            if self._opened is None:
                self._opened = _connect(self.address)
            return self._opened

    def close(self) -> None:
        """Close the connection, and the server of Milvus Lite where this process started it; a later call opens it again."""
        with self._opening:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
                self._loaded.clear()
                if self.address.lite:
                    lite.leave(self.address)

    def collection(self, table: str) -> str:
        """Return the name of a collection."""
        return f"{self.address.name}_{table}"

    @contextmanager
    def _clear(self) -> Iterator[Any]:
        from pymilvus.exceptions import MilvusException

        try:
            yield self._milvus()
        except MilvusException as error:
            raise failed(self.address, error) from error

    # -- collections

    def has(self, table: str) -> bool:
        """Tell whether a collection is there."""
        if self.address.lite and self._opened is None and not Path(self.address.uri).exists():
            return False  # looking must not make a file
        require_library()
        with self._clear() as milvus:
            return bool(milvus.has_collection(self.collection(table)))

    def create(self, table: str, schema: Any, indexes: Any, *, partitions: int | None) -> None:
        """Make a collection and load it; one that is there stays as it is."""
        require_library()
        with self._clear() as milvus:
            if milvus.has_collection(self.collection(table)):
                return
            more = {} if partitions is None else {"num_partitions": partitions}
            milvus.create_collection(self.collection(table), schema=schema, consistency_level="Bounded", **more)
            # An empty collection is indexed at once; asking for it only to be told so would take half a second each.
            milvus.create_index(self.collection(table), indexes, sync=False)
            milvus.load_collection(self.collection(table))

    def _ready(self, table: str) -> str:
        """Return the name of a collection that can be asked; the first time here it is loaded."""
        name = self.collection(table)
        if table not in self._loaded:
            self._milvus().load_collection(name)
            self._loaded.add(table)
        return name

    def drop(self, table: str) -> None:
        """Take a collection away, if it is there."""
        self._loaded.discard(table)
        with self._clear() as milvus:
            milvus.drop_collection(self.collection(table))

    def tables(self) -> list[str]:
        """Return the short names of all collections of this archive."""
        with self._clear() as milvus:
            start = f"{self.address.name}_"
            return [name[len(start) :] for name in milvus.list_collections() if name.startswith(start)]

    # -- rows

    def query(self, table: str, filter: str, fields: Sequence[str], *, level: str = "Bounded") -> list[Row]:
        """Return the rows that a filter lets pass, at most ``MOST`` of them."""
        with self._clear() as milvus:
            found = milvus.query(
                self._ready(table), filter=filter, output_fields=list(fields), limit=MOST, consistency_level=level
            )
            return [dict(row) for row in found]

    def get(self, table: str, keys: Sequence[Any], fields: Sequence[str], *, level: str = "Bounded") -> list[Row]:
        """Return the rows of primary keys, in no particular order."""
        found: list[Row] = []
        with self._clear() as milvus:
            for at in range(0, len(keys), _BATCH):
                part = list(keys[at : at + _BATCH])
                rows = milvus.query(self._ready(table), ids=part, output_fields=list(fields), consistency_level=level)
                found.extend(dict(row) for row in rows)
        return found

    def scan(self, table: str, filter: str, fields: Sequence[str], *, level: str = "Bounded") -> Iterator[Row]:
        """Yield all rows that a filter lets pass, however many, in no particular order."""
        with self._clear() as milvus:
            pages = milvus.query_iterator(
                self._ready(table), batch_size=_BATCH, filter=filter, output_fields=list(fields), consistency_level=level
            )
            try:
                while page := pages.next():
                    yield from (dict(row) for row in page)
            finally:
                pages.close()

    def count(self, table: str, filter: str, *, level: str = "Bounded") -> int:
        """Return how many rows a filter lets pass."""
        with self._clear() as milvus:
            found = milvus.query(self._ready(table), filter=filter, output_fields=["count(*)"], consistency_level=level)
            return int(found[0]["count(*)"])

    def search(
        self,
        table: str,
        vector: Any,
        *,
        field: str,
        filter: str,
        limit: int,
        fields: Sequence[str],
        parameters: Mapping[str, Any],
        level: str,
    ) -> list[tuple[float, Row]]:
        """Return (inner product, fields) of the best rows that a filter lets pass, best first."""
        with self._clear() as milvus:
            found = milvus.search(
                self._ready(table),
                data=[vector],
                anns_field=field,
                filter=filter,
                limit=min(limit, MOST),
                output_fields=list(fields),
                search_params={"metric_type": "IP", "params": dict(parameters)},
                consistency_level=level,
            )
            return [(float(hit["distance"]), dict(hit["entity"])) for hit in found[0]]

    def upsert(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows by primary key; writing them again changes nothing."""
        with self._clear() as milvus:
            for at in range(0, len(rows), _BATCH):
                milvus.upsert(self.collection(table), list(rows[at : at + _BATCH]))

    def delete(self, table: str, filter: str) -> None:
        """Take out the rows that a filter lets pass."""
        with self._clear() as milvus:
            milvus.delete(self._ready(table), filter=filter)

    def flush(self, table: str) -> None:
        """Ask Milvus to seal what was written into segments that it indexes."""
        with self._clear() as milvus:
            milvus.flush(self.collection(table))


def _connect(address: Address) -> Any:
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # or it tells on stderr that a server was stopped
    require_library()
    for name in ("pymilvus", "milvus_lite"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what fails is raised, and told once
    from pymilvus import MilvusClient
    from pymilvus.exceptions import MilvusException

    more = {"server_pem_path": address.certificate} if address.certificate else {}
    try:
        uri = lite.serve(address) if address.lite else address.uri
        return MilvusClient(uri=uri, token=address.token, db_name=address.database, timeout=_TIMEOUT_S, **more)
    except (MilvusException, OSError) as error:
        raise failed(address, error) from error


def failed(address: Address, error: Exception) -> ArchiveError:
    """Return the error that says in one line what Milvus, or the way to it, said."""
    said = " ".join(str(getattr(error, "message", "") or error).split())[:200]
    if address.lite:
        mend = "no other program may have it open; its folder must be writable"
    else:
        mend = "see that it runs there, and that token and database are right"
    return ArchiveError(f"{address.place}: Milvus could not do it ({said}); {mend}")
