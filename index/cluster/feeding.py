"""The bytes of files on their way into a cluster: read on the machine that asked, in small blocks, as room is made for them.

No other machine needs to see the files. Imports Ray Data; imported by ``index.cluster.pipeline`` when it is used.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from ray.data import Datasource, ReadTask
from ray.data.block import BlockMetadata

from index.readers.parcel import pack

_MOST_FILES = 16
_MOST_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Order:
    """A file to be prepared: its path as given, and the content key it had a moment ago, None where that is unknown."""

    path: Path
    expected: str | None
    size: int


class Parcels(Datasource):  # type: ignore[misc]
    """Blocks of parcels in the order of the files; a block that is lost is read again."""

    def __init__(self, orders: Sequence[Order], base: Path) -> None:
        super().__init__()
        self._blocks = list(_in_blocks(orders))
        self._base = base

    def __len__(self) -> int:
        return len(self._blocks)

    def get_name(self) -> str:
        """Return what Ray calls this stage."""
        return "Parcels"

    def estimate_inmemory_data_size(self) -> int:
        """Return about how many bytes will be read."""
        return sum(order.size for block in self._blocks for order in block)

    def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
        """Return one task a block, however many Ray would like."""
        return [
            ReadTask(
                partial(_packed, block, self._base),
                BlockMetadata(
                    num_rows=len(block), size_bytes=sum(order.size for order in block), input_files=None, exec_stats=None
                ),
            )
            for block in self._blocks
        ]


def _in_blocks(orders: Iterable[Order]) -> Iterator[list[Order]]:
    block: list[Order] = []
    size = 0
    for order in orders:
        if block and (len(block) == _MOST_FILES or size + order.size > _MOST_BYTES):
            yield block
            block, size = [], 0
        block.append(order)
        size += order.size
    if block:
        yield block


def _packed(block: Sequence[Order], base: Path) -> list[pa.Table]:
    orders = [pickle.dumps((pack(order.path, base=base), order.expected), pickle.HIGHEST_PROTOCOL) for order in block]
    return [pa.table({"order": pa.array(orders, pa.large_binary())})]
