"""Questions of other programs answered in processes of their own, so that more than one processor answers.

The chat page goes on answering in the process of the server: its readers do not stand in line behind programs. Each helper is
``qa.helper``, run by the same Python and spoken to through pipes.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import ArchiveError
from index.schema import Filter
from qa.chat.answering import Answering
from qa.schema import Answer, Turn

_log = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds that a helper has to end by itself


class Helpers:
    """``size`` processes that answer questions of one archive; safe to use from several threads."""

    def __init__(self, archive: str, model: str | None, size: int) -> None:
        self.size = size
        self._command = [sys.executable, "-m", "qa.helper", archive, *([model] if model else [])]
        paths = [str(Path(__file__).resolve().parents[2]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        self._environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
        self._idle: queue.LifoQueue[subprocess.Popen[bytes] | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(size):
            self._idle.put(None)

    def start(self) -> None:
        """Start all that do not run yet; each then opens the archive, ahead of its first question."""
        places = [self._idle.get() for _ in range(self.size)]
        for helper in places:
            self._idle.put(helper or self._started())

    def do(self, job: str, *given: Any, **named: Any) -> Any:
        """Return what a method of ``Assistant`` returns in the next free helper; one that has ended is replaced once.

        Raises what the method raises of ours, and ArchiveError when helpers keep ending.
        """
        helper = self._idle.get()
        try:
            for _ in range(2):
                helper = helper or self._started()
                try:
                    return _result(_told(helper, (job, given, named)))
                except (EOFError, OSError, pickle.UnpicklingError):
                    _end(helper)
                    _log.warning(
                        "a process that answers questions ended with status %s; another takes its place", helper.returncode
                    )
                    helper = None
        finally:
            self._idle.put(helper)
        raise ArchiveError("the processes that answer questions end as soon as they are asked; the log of the server says why")

    def close(self) -> None:
        """Let every helper end once its question is answered."""
        with self._lock:
            self._closed = True
        for helper in [self._idle.get() for _ in range(self.size)]:
            if helper is not None:
                _end(helper)
            self._idle.put(None)

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise ArchiveError("the server is stopping")
            # A session of its own: Ctrl-C in the terminal is for the server, which lets answers in flight end.
            return subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self._environment, start_new_session=True
            )


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


def _told(helper: subprocess.Popen[bytes], order: tuple[str, Any, Any]) -> Any:
    assert helper.stdin is not None
    assert helper.stdout is not None
    pickle.dump(order, helper.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    helper.stdin.flush()
    return pickle.load(helper.stdout)  # what our own helper wrote


def _result(told: Any) -> Any:
    if isinstance(told, BaseException):
        raise told
    return told


def _end(helper: subprocess.Popen[bytes]) -> None:
    for pipe in (helper.stdin, helper.stdout):
        with contextlib.suppress(OSError):
            pipe.close()  # type: ignore[union-attr]
    try:
        helper.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        helper.kill()
        helper.wait()
