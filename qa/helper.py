"""One process that answers questions for a server: ``python -m qa.helper ARCHIVE [MODEL]``.

Opens the archive by itself, sees new issues as every reader does, answers one question at a time, and ends when standard
input does. What comes in and goes out are pickles; only the server that started it is listened to. Knows nothing of HTTP.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from index.errors import WenbaoError
from qa.assistant import Assistant

_JOBS: Mapping[str, Callable[..., Any]] = {"ask": Assistant.ask, "search": Assistant.search}
_log = logging.getLogger(__name__)


class _Work:
    """The archive of one helper, opened ahead; where that fails, again with each question, which is told why."""

    def __init__(self, archive: str, model: str | None) -> None:
        self._where = archive, model
        self._open: Assistant | None = None

    def assistant(self) -> Assistant:
        if self._open is None:
            archive, model = self._where
            self._open = Assistant.open(archive, model=model)
        return self._open

    def do(self, job: str, given: Sequence[Any], named: dict[str, Any]) -> Any:
        try:
            return _JOBS[job](self.assistant(), *given, **named)
        except WenbaoError as error:
            return error
        except Exception:  # noqa: BLE001 - one question must not end the process
            _log.exception("a question could not be answered")
            return WenbaoError("something went wrong here; the log of the server says what")


def main() -> None:
    """Answer what comes in by standard input until it ends."""
    orders, results = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever prints must not stand among the results
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the server is told as well, and decides
    work = _Work(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
    with contextlib.suppress(WenbaoError):
        work.assistant()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            job, given, named = pickle.load(orders)  # what our own server wrote
            pickle.dump(work.do(job, given, named), results, protocol=pickle.HIGHEST_PROTOCOL)
            results.flush()


if __name__ == "__main__":
    main()
