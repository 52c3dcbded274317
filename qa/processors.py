"""How the questions of one process share its processors: one after the other, each with one thread for its matrix products.

Python lets one thread at a time run its code. Questions answered at once take it from each other at every step, so that four
of them together take a fifth longer than one after the other (``python -m benchmarks.turns``). Matrix products are small: two
threads gain nothing on a quiet machine, and wait for each other ten times as long as the work takes where another program uses
a processor.
"""

from __future__ import annotations

import heapq
import itertools
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any


class _Limit:
    """The limit that all questions under way share; with the last of them goes what the program had set before the first.

    A library on OpenMP keeps a number for each thread, the others one for the process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asking = 0
        self._before: list[tuple[Any, int]] = []
        self._mine = threading.local()
        self._libraries: list[Any] = []
        self._modules = 0

    def take(self) -> None:
        libraries = self._found()
        depth = getattr(self._mine, "depth", 0)
        if not depth:
            self._mine.before = _lower(library for library in libraries if _of_threads(library))
        self._mine.depth = depth + 1
        with self._lock:
            self._asking += 1
            if self._asking == 1:
                self._before = _lower(library for library in libraries if not _of_threads(library))

    def release(self) -> None:
        self._mine.depth -= 1
        if not self._mine.depth:
            _restore(self._mine.before)
        with self._lock:
            self._asking -= 1
            if not self._asking:
                _restore(self._before)

    def _found(self) -> list[Any]:
        """The libraries loaded by now; looked for again, which costs a millisecond, only after another module was imported."""
        import faiss  # noqa: F401 - it brings a library of its own; only what is loaded is found
        import numpy as np  # noqa: F401

        if len(sys.modules) != self._modules:
            from threadpoolctl import ThreadpoolController

            self._libraries = ThreadpoolController().select(user_api="blas").lib_controllers
            self._modules = len(sys.modules)
        return self._libraries


def _of_threads(library: Any) -> bool:
    return getattr(library, "threading_layer", "") == "openmp"


def _lower(libraries: Iterable[Any]) -> list[tuple[Any, int]]:
    """Set libraries to one thread and return what they had."""
    before = [(library, int(library.num_threads or 1)) for library in libraries]
    _restore([(library, 1) for library, _ in before])
    return before


def _restore(numbers: Iterable[tuple[Any, int]]) -> None:
    for library, number in numbers:
        # Since 3.8 threadpoolctl heeds only the first thread that ever set a number; questions come in many, which agree.
        getattr(library, "_real_set_num_threads", library.set_num_threads)(number)


_LIMIT = _Limit()


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep matrix products of this process to one thread each until the block ends."""
    _LIMIT.take()
    try:
        yield
    finally:
        _LIMIT.release()


class Turns:
    """Whose turn it is: of those who wait the one that began first, so that what is begun is also finished."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: list[tuple[int, int, threading.Lock]] = []
        self._taken = False

    def begin(self) -> Callable[[], AbstractContextManager[None]]:
        """Begin a question; the context returned waits for its turn and keeps it until the block ends, as often as it is used.

        Whoever has the turn must not wait for it again.
        """
        return partial(self._turn, next(self._numbers))

    @contextmanager
    def _turn(self, number: int) -> Iterator[None]:
        self._wait(number)
        try:
            with one_thread():
                yield
        finally:
            self._pass_on()

    def _wait(self, number: int) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            place = (number, next(self._numbers), gate)
            heapq.heappush(self._waiting, place)
        try:
            gate.acquire()
        except BaseException:  # interrupted while waiting
            with self._lock:
                gone = place in self._waiting
                if gone:
                    self._waiting.remove(place)
                    heapq.heapify(self._waiting)
            if not gone:
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                heapq.heappop(self._waiting)[2].release()
            else:
                self._taken = False


TURNS = Turns()
