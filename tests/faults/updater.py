"""One real update in a process of its own, killed at a chosen step.

A step is a statement to SQLite or a call to the file system below the archive.
``python -m tests.faults.updater ARCHIVE INBOX STEP`` kills itself with SIGKILL just before step STEP; with 0 it goes to the
end and prints how many steps there were. It prints ``ready`` before it begins, for whoever wants to kill it from outside, then
``took N`` when N sources are in, and ``publishing``. With ``wait`` for STEP it waits for a line before it begins, and prints
after how many seconds it was refused.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import apsw

from index.archive import Archive
from index.errors import ArchiveLocked
from index.text import words
from tests.index.storage.sample import HashEncoder

_CALLS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "shutil.copyfile", "shutil.rmtree"}


class Steps:
    """Counts steps and ends the process at one of them."""

    def __init__(self, folder: Path, last: int) -> None:
        self._folder = str(folder)
        self._last = last
        self.count = 0

    def step(self) -> None:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_files(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in _CALLS and any(self._folder in str(argument) for argument in arguments[:2]):
            self.step()

    def watch_statements(self, connection: apsw.Connection) -> None:
        def before(cursor: object, statement: str, bindings: object) -> bool:
            self.step()
            return True

        connection.exec_trace = before


def tell(done: int, total: int, source: str) -> None:
    print("publishing" if done == total else f"took {done}", flush=True)


def main() -> None:
    folder, inbox, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3].replace("wait", "0"))
    words("预热分词词典")
    print("ready", flush=True)
    if sys.argv[3] == "wait":
        sys.stdin.readline()
    start = time.monotonic()
    steps = Steps(folder, last)
    sys.addaudithook(steps.watch_files)
    apsw.connection_hooks.append(steps.watch_statements)
    try:
        with Archive.open(folder, encoder=HashEncoder()) as archive:
            archive.update([inbox], prune=True, progress=tell)
    except ArchiveLocked as error:
        print(f"refused {time.monotonic() - start:.2f} s: {error}", flush=True)
        sys.exit(1)
    print(steps.count, flush=True)


if __name__ == "__main__":
    main()
