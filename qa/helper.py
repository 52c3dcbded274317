"""One process that answers questions for a server: ``python -m qa.helper ARCHIVE [MODEL]``.

Opens the archive by itself, sees new issues as every reader does, answers one question at a time, and ends when standard
input does. What comes in and goes out are pickles; only the server that started it is listened to. Knows nothing of HTTP.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from index.errors import WenbaoError

if TYPE_CHECKING:
    from qa.assistant import Assistant

_NICENESS = 5  # the server's door comes first: where all processors are at work, whoever knocks is heard in time
_JOBS = frozenset({"ask", "search"})
_log = logging.getLogger(__name__)


class _Work:
    """The archive of one helper, opened ahead; where that fails, again with each question, which is told why."""

    def __init__(self, archive: str, model: str | None) -> None:
        self._where = archive, model
        self._open: Assistant | None = None

    def assistant(self) -> Assistant:
        if self._open is None:
            from qa.assistant import Assistant

            archive, model = self._where
            self._open = Assistant.open(archive, model=model)
        return self._open

    def warm(self) -> None:
        """Load what the first question would wait for, by answering one."""
        with contextlib.suppress(Exception):  # whoever asks meets the same error and is told
            self.assistant().examples("zh", limit=1)

    def reply(self, job: str, given: Sequence[Any], named: dict[str, Any]) -> bytes:
        try:
            if job not in _JOBS:
                raise ValueError(f"no such job: {job}")
            return _pickled(getattr(self.assistant(), job)(*given, **named))
        except WenbaoError as error:
            return _pickled(error)
        except Exception:  # noqa: BLE001 - one question must not end the process
            _log.exception("a question could not be answered")
            return _pickled(WenbaoError("something went wrong here; the log of the server says what"))


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def main() -> None:
    """Answer what comes in by standard input until it ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the server is told as well, and decides
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICENESS)
    orders = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as results:
        os.dup2(2, 1)  # whatever prints, Python or not, must not stand among the results
        work = _Work(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
        work.warm()
        with contextlib.suppress(EOFError, BrokenPipeError):
            while True:
                job, given, named = pickle.load(orders)  # what our own server wrote
                results.write(work.reply(job, given, named))
                results.flush()


if __name__ == "__main__":
    main()
