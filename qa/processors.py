"""How many threads the matrix products of one question use: one, while it is being answered.

They are small: two threads were measured to gain nothing on a quiet machine, and to wait for each other ten times as long as
the work takes where another program uses a processor. Several questions are answered at once instead.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Limit:
    """The limit that all questions under way share; with the last of them goes what the program had set before the first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asking = 0
        self._libraries: Any = None
        self._modules = 0
        self._limited: Any = None

    def take(self) -> None:
        with self._lock:
            self._asking += 1
            if self._asking == 1:
                self._limited = self._found().limit(limits=1)

    def release(self) -> None:
        with self._lock:
            self._asking -= 1
            if not self._asking:
                self._limited.restore_original_limits()

    def _found(self) -> Any:
        """The libraries loaded by now; looked for again, which costs a millisecond, only after another module was imported."""
        import faiss  # noqa: F401 - it brings a library of its own; only what is loaded is found
        import numpy as np  # noqa: F401

        if self._libraries is None or len(sys.modules) != self._modules:
            from threadpoolctl import ThreadpoolController

            self._libraries = ThreadpoolController().select(user_api="blas")
            self._modules = len(sys.modules)
        return self._libraries


_LIMIT = _Limit()


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep matrix products of this process to one thread each until the block ends."""
    _LIMIT.take()
    try:
        yield
    finally:
        _LIMIT.release()
