"""Many files prepared at once by helper processes, handed on in their order.

A helper is this module run by the same Python, spoken to through pipes: nothing of the program that uses the archive is
imported or run again in it, as the pools of the standard library would. A file that kills its helper is told as a
failure and costs no other file anything.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from index.preparing import Prepared, Task, look, prepare
from index.processes import environment
from index.schema import Skipped

_JOBS: Mapping[str, Callable[..., Prepared]] = {"look": look, "prepare": prepare}
_AHEAD = 4  # files in the making for each helper, so that none waits while another is slow


class Crew:
    """``size`` helper processes; one of 0 prepares in this process. Use it in ``with``."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._own = threading.local()
        self._helpers: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(max(1, size), thread_name_prefix="wenbao-prepare")

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for helper in self._helpers:
            helper.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for helper in self._helpers:
            helper.communicate()

    def look(self, paths: Iterable[Path]) -> Iterator[Prepared]:
        """Yield the content key of each file, or why it cannot be read, in their order. Raises MemoryError."""
        return self._each("look", ((path,) for path in paths))

    def prepare(self, tasks: Iterable[Task]) -> Iterator[Prepared]:
        """Yield what each (path, expected content key) holds, in their order. Raises MemoryError."""
        return self._each("prepare", tasks)

    def _each(self, job: str, tasks: Iterable[tuple[Any, ...]]) -> Iterator[Prepared]:
        if not self._size:
            yield from (_JOBS[job](*task) for task in tasks)
            return
        waiting: deque[Future[Prepared]] = deque()
        for task in tasks:
            waiting.append(self._threads.submit(self._ask, job, task))
            if len(waiting) > self._size * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _ask(self, job: str, task: tuple[Any, ...]) -> Prepared:
        helper = self._helper()
        try:
            assert helper.stdin is not None
            assert helper.stdout is not None
            pickle.dump((job, task), helper.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            helper.stdin.flush()
            answer = pickle.load(helper.stdout)  # what our own helper wrote
        except (EOFError, OSError, pickle.UnpicklingError):
            self._own.helper = None
            helper.kill()
            code = helper.wait()
            return Prepared(failure=Skipped(str(task[0]), f"its reader ended with status {code}; the file may be damaged"))
        if isinstance(answer, MemoryError):
            raise answer
        assert isinstance(answer, Prepared)
        return answer

    def _helper(self) -> subprocess.Popen[bytes]:
        helper = getattr(self._own, "helper", None)
        if helper is None:
            command = [sys.executable, "-m", "index.crew"]
            helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
            self._own.helper = helper
            self._helpers.append(helper)
        return helper


def _work() -> None:
    """Answer tasks from standard input on standard output until there are no more."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not come between answers
    answer: Any
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            job, task = pickle.load(source)
            try:
                answer = _JOBS[job](*task)
            except MemoryError:
                answer = MemoryError()
            pickle.dump(answer, target, protocol=pickle.HIGHEST_PROTOCOL)
            target.flush()


if __name__ == "__main__":
    _work()
