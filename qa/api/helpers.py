"""Questions of other programs answered in processes of their own, so that more than one processor answers.

The chat page goes on answering in the process of the server: its readers do not stand in line behind programs. Each helper is
``qa.helper``, run by the same Python and spoken to through pipes.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO, Any

from index.errors import ArchiveError
from index.processes import environment
from index.schema import Filter
from qa.chat.answering import Answering
from qa.schema import Answer, Turn

Process = subprocess.Popen[bytes]
_log = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds that helpers have to end by themselves


class Helpers:
    """``size`` processes that answer questions of one archive; safe to use from several threads."""

    def __init__(self, archive: str, model: str | None, size: int) -> None:
        self.size = size
        self._command = [sys.executable, "-m", "qa.helper", archive, *([model] if model else [])]
        self._idle: queue.LifoQueue[Process | None] = queue.LifoQueue()
        self._running: set[Process] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(size):
            self._idle.put(None)

    def start(self) -> None:
        """Start all that do not run yet; each makes itself ready ahead of its first question. Raises ArchiveError."""
        places = [self._idle.get() for _ in range(self.size)]
        try:
            for number, place in enumerate(places):
                places[number] = place or self._started()
        finally:
            for place in places:
                self._give_back(place)

    def do(self, job: str, *given: Any, **named: Any) -> Any:
        """Return what a method of ``Assistant`` returns in the next free helper; one that has ended is replaced once.

        Raises what the method raises of ours, and ArchiveError when helpers cannot start or keep ending.
        """
        helper = self._idle.get()
        try:
            for _ in range(2):
                helper = helper or self._started()
                try:
                    told = _told(helper, (job, given, named))
                except Exception:  # noqa: BLE001 - whatever went wrong, this pipe can no longer be trusted
                    self._end([helper])
                    _shut(helper.stdout)
                    _log.warning("a process that answers ended with status %s; another takes its place", helper.returncode)
                    helper = None
                else:
                    return _result(told)
        finally:
            self._give_back(helper)
        raise ArchiveError("the processes that answer questions end as soon as they are asked; the log of the server says why")

    def close(self) -> None:
        """End all helpers; questions under way have some seconds to be answered."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        self._end(running)
        resting: list[Process | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                resting.append(self._idle.get_nowait())
        for each in resting:
            self._give_back(each)

    def _give_back(self, helper: Process | None) -> None:
        if helper is not None and helper.returncode is not None:
            _shut(helper.stdout)
            helper = None
        self._idle.put(helper)

    def _started(self) -> Process:
        with self._lock:
            if self._closed:
                raise ArchiveError("the server is stopping")
            try:
                helper = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
            except OSError as error:
                raise ArchiveError(f"no process that answers questions could be started: {error}") from error
            self._running.add(helper)
            return helper

    def _end(self, helpers: Sequence[Process]) -> None:
        """Let helpers end by themselves, all within the same few seconds; kill what is left."""
        for helper in helpers:
            _shut(helper.stdin)
        limit = time.monotonic() + _PATIENCE
        for helper in helpers:
            with contextlib.suppress(subprocess.TimeoutExpired):
                helper.wait(max(0.0, limit - time.monotonic()))
            if helper.returncode is None:
                helper.kill()
                helper.wait()
        with self._lock:
            self._running.difference_update(helpers)


class Helped:
    """An ``Answering`` whose questions go to helpers; all else is done in this process."""

    def __init__(self, here: Answering, helpers: Helpers) -> None:
        self._here = here
        self._helpers = helpers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._here, name)

    def ask(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Answer:
        """Answer as ``Assistant.ask`` does."""
        answer: Answer = self._helpers.do("ask", question, tuple(history), limit, filter=filter)
        return answer

    def search(self, question: str, limit: int = 10, *, filter: Filter | None = None) -> Sequence[Any]:
        """Search as ``Assistant.search`` does."""
        hits: Sequence[Any] = self._helpers.do("search", question, limit, filter=filter)
        return hits


def _told(helper: Process, order: tuple[str, Any, Any]) -> Any:
    assert helper.stdin is not None
    assert helper.stdout is not None
    pickle.dump(order, helper.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    helper.stdin.flush()
    return pickle.load(helper.stdout)  # what our own helper wrote


def _result(told: Any) -> Any:
    if isinstance(told, BaseException):
        raise told
    return told


def _shut(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(OSError):  # what was not sent yet meets a helper that is gone
            pipe.close()
