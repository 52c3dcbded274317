"""Files through a cluster and back in their order: blocks of bytes, a pool of actors, another with GPUs for a model of that kind.

Ray Data streams: a block is read when there is room for it, blocks wait for this process where it is slower, and a block whose
machine is lost is made again on another. Knows nothing of archives.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.cluster.nodes import Encoding, Preparing, own_code, unpacked
from index.cluster.remembered import Remembered
from index.errors import ClusterError, WenbaoError
from index.preparing import Prepared, Task
from index.readers import is_slow
from index.readers.parcel import pack
from index.schema import Encoder
from index.workers import ThisMachine

if TYPE_CHECKING:
    from index.cluster.feeding import Order

_GONE = "what was read of scans is gone from the cache; run the update again"
_OF_OURS = re.compile(r"^index\.errors\.\w+: (.+)$", re.MULTILINE)
_FEEDERS = 2  # tasks at a time that read files on this machine
_TABLE_LOOK_UP = "embedded"  # this model sums rows of a table: a GPU would wait for its texts


class Cluster:
    """The machines of the Ray cluster that this process has joined, as ``Workers``; see ``join``."""

    def __init__(
        self,
        encoder: Encoder,
        load: Callable[[], Encoder],
        remembered: Remembered,
        *,
        connect: Callable[[], None],
        progress: Callable[[int, int, str], None] | None = None,
    ) -> None:
        self._encoder = encoder
        self._load = load
        self._remembered = remembered
        self._connect = connect
        self._progress = progress or (lambda done, total, source: None)
        self._base = Path.cwd()
        self._digests: dict[Path, str] = {}

    def look(self, paths: Sequence[Path]) -> Iterator[Prepared]:
        """Yield for each file its content key; text is read here, and what is slow to read in the cluster, once and for all.

        Raises ClusterError.
        """
        slow = [path for path in paths if is_slow(path)]
        self._digests = {path: self._key(pack(path, base=self._base).digest()) for path in slow}
        new = [path for path in slow if self._remembered.seen(self._digests[path]) is None]
        failed: dict[Path, Prepared] = {}
        for done, (path, (digest, prepared)) in enumerate(zip(new, self._through([(path, None) for path in new]), strict=True)):
            self._progress(done, len(new), str(path))
            self._digests[path] = self._key(digest)
            if prepared.failure is None:
                self._remembered.remember(self._digests[path], prepared)
            else:
                failed[path] = prepared
        read_here = ThisMachine().look([path for path in paths if path not in self._digests])
        for path in paths:
            yield failed.get(path) or self._seen(path) or next(read_here)

    def prepare(self, tasks: Sequence[Task]) -> Generator[Prepared]:
        """Yield what each file holds, with vectors. Raises ClusterError, MemoryError, and ModelError for a model that fails."""
        paths = [(path, expected) for path, expected in tasks if isinstance(path, Path)]
        made = {path: digest for path, digest in self._digests.items() if self._remembered.made(digest) is not None}
        stream = self._through([(path, expected) for path, expected in paths if path not in made])
        try:
            for path, _ in paths:
                yield self._kept(made[path]) if path in made else next(stream)[1]
        finally:
            stream.close()
        self._remembered.drop(made.values())

    def _seen(self, path: Path) -> Prepared | None:
        digest = self._digests.get(path)
        if digest is None:
            return None
        seen = self._remembered.seen(digest)
        if seen is None:
            raise ClusterError(_GONE)
        return seen

    def _kept(self, digest: str) -> Prepared:
        kept = self._remembered.made(digest)
        if kept is None:
            raise ClusterError(_GONE)
        return kept

    def _key(self, digest: str) -> str:
        """Return the digest of a file as these machines and this model take it."""
        return hashlib.sha256(f"{digest} {own_code()} {self._encoder.fingerprint}".encode()).hexdigest()

    def _through(self, files: Sequence[tuple[Path, str | None]]) -> Generator[tuple[str, Prepared]]:
        """Yield the digest of each file and what it holds, in their order."""
        if not files:
            return
        self._connect()
        from index.cluster.feeding import Order

        orders = [Order(path, expected, _size(self._base / path)) for path, expected in files]
        try:
            for block in self._dataset(orders).iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=1):
                for digest, prepared in unpacked(block):
                    self._check(prepared)
                    yield digest, prepared
        except WenbaoError:
            raise
        except Exception as error:
            raise _plainly(error) from error

    def _check(self, prepared: Prepared) -> None:
        if prepared.failure is None:
            shape = None if prepared.vectors is None else prepared.vectors.shape
            if shape != (len(prepared.words), self._encoder.dimensions):
                raise ClusterError(f"vectors of shape {shape} for {len(prepared.words)} texts; check the model on each machine")

    def _dataset(self, orders: Sequence[Order]) -> Any:
        import ray
        from ray.data import ActorPoolStrategy, TaskPoolStrategy, read_datasource

        from index.cluster.feeding import Parcels

        logging.getLogger("ray.data").setLevel(logging.CRITICAL)
        parcels = Parcels(orders, self._base)
        has: Mapping[str, float] = ray.cluster_resources()
        processors = min(len(parcels), max(1, int(has.get("CPU", 1))))
        gpus = 0 if self._encoder.name == _TABLE_LOOK_UP else min(len(parcels), int(has.get("GPU", 0)))
        encoding = partial(Encoding, self._load, self._encoder.fingerprint)
        blocks = read_datasource(
            parcels,
            num_cpus=0,  # it waits for the disk, and this machine may have no processor to give
            compute=TaskPoolStrategy(size=min(_FEEDERS, len(parcels))),
            override_num_blocks=len(parcels),
            label_selector={"ray.io/node-id": ray.get_runtime_context().get_node_id()},
        ).map_batches(
            Preparing,
            fn_constructor_args=(own_code(), None if gpus else encoding),
            batch_size=None,
            batch_format="pyarrow",
            num_cpus=1,
            compute=ActorPoolStrategy(min_size=1, max_size=processors, initial_size=processors),
        )
        if gpus:
            blocks = blocks.map_batches(
                Encoding,
                fn_constructor_args=(self._load, self._encoder.fingerprint),
                batch_size=1,
                batch_format="pyarrow",
                num_cpus=0,
                num_gpus=1,
                compute=ActorPoolStrategy(min_size=1, max_size=gpus, initial_size=gpus),
            )
        blocks.context.execution_options.preserve_order = True  # the archive is then the same as without a cluster
        blocks.context.max_consecutive_actor_init_deaths = 1  # a machine with another version will not become ours
        blocks.context.enable_progress_bars = False
        blocks.context.print_on_execution_start = False
        return blocks


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _plainly(error: BaseException) -> Exception:
    """Return the error of ours, or of memory, that lies within one of Ray's; else one line of it."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, (WenbaoError, MemoryError)):
            return inner
        inner = getattr(inner, "cause", None) or inner.__cause__
    # Of an actor that could not start, Ray hands on the traceback as text alone.
    ours = _OF_OURS.findall(str(error))
    if ours:
        return ClusterError(ours[-1])
    line = str(error).strip().splitlines()[-1:] or [type(error).__name__]
    return ClusterError(f"the cluster gave up ({line[0].strip()[:160]}); run the command again to go on")
