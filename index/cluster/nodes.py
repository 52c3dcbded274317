"""What runs on the machines of a cluster: actors that load dictionary and model once and prepare block after block.

Imported there by name, so each machine must have the same Wenbao; an actor refuses to work where it is another. Files are
parsed in a process beside the actor: one that kills its reader costs no other file anything.
"""

from __future__ import annotations

import functools
import hashlib
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.crew import Crew
from index.errors import ClusterError
from index.preparing import Prepared, Task
from index.readers.parcel import Parcel
from index.schema import Encoder

if TYPE_CHECKING:
    import pyarrow as pa

_PACKAGE = Path(__file__).resolve().parents[1]


@functools.cache
def own_code() -> str:
    """Return a hash of all modules below ``index``: two machines with the same one make the same of a file."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


class Encoding:
    """Adds vectors to what was prepared. ``load`` gets the model, whose fingerprint must be ``fingerprint``."""

    def __init__(self, load: Callable[[], Encoder], fingerprint: str) -> None:
        self._encoder = load()
        if self._encoder.fingerprint != fingerprint:
            raise ClusterError(
                f"{_here()} has another model under the name {self._encoder.name}; put the same one on every machine"
            )

    def __call__(self, block: pa.Table) -> pa.Table:
        """Encode a block of prepared files, each by itself."""
        return _block((digest, self.encoded(prepared)) for digest, prepared in unpacked(block))

    def encoded(self, prepared: Prepared) -> Prepared:
        """Return it with one vector for each of its texts."""
        return replace(prepared, vectors=self._encoder.encode_passages(list(prepared.words)))


class Preparing:
    """Reads, parses and cuts words; with an ``encoding`` it encodes too. Raises ClusterError where the code is not ``code``."""

    def __init__(self, code: str, encoding: Callable[[], Encoding] | None) -> None:
        if own_code() != code:
            raise ClusterError(f"{_here()} has another version of Wenbao; install the same one on every machine")
        self._encoding = encoding() if encoding else None
        self._open = ExitStack()
        self._crew = self._open.enter_context(Crew(1))

    def __call__(self, block: pa.Table) -> pa.Table:
        """Prepare a block of parcels."""
        tasks = [pickle.loads(order) for order in block.column("order").to_pylist()]  # what our own feeder packed
        return _block(zip((_digest(parcel) for parcel, _ in tasks), self._prepared(tasks), strict=True))

    def close(self) -> None:
        """End the process beside this one; where the actor itself is ended, that one ends by itself."""
        self._open.close()

    def _prepared(self, tasks: Sequence[Task]) -> Iterator[Prepared]:
        # The helper is at the next file while this one is encoded.
        for prepared in self._crew.prepare(tasks):
            yield self._encoding.encoded(prepared) if self._encoding and prepared.failure is None else prepared


def unpacked(block: pa.Table) -> Iterator[tuple[str, Prepared]]:
    """Yield the digest of each file of a finished block, and what it holds."""
    for digest, prepared in zip(block.column("digest").to_pylist(), block.column("prepared").to_pylist(), strict=True):
        yield digest, pickle.loads(prepared)  # what an actor of ours packed


def _block(prepared: Iterator[tuple[str, Prepared]]) -> pa.Table:
    import pyarrow as pa

    digests, rows = [], []
    for digest, each in prepared:
        digests.append(digest)
        rows.append(pickle.dumps(each, pickle.HIGHEST_PROTOCOL))
    return pa.table({"digest": pa.array(digests, pa.string()), "prepared": pa.array(rows, pa.large_binary())})


def _digest(parcel: Parcel | Path) -> str:
    assert isinstance(parcel, Parcel)
    return parcel.digest()


def _here() -> str:
    import ray

    return f"the machine {ray.util.get_node_ip_address()}"
