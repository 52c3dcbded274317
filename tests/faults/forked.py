"""Updates in processes forked from one that has everything loaded, so that thousands of them can be killed.

``python -m tests.faults.forked`` answers lines of JSON {"kind", "folder", "inbox", "stop"} on standard input. With "stop" the
child first stops itself, its number is printed, and it goes on when somebody sends SIGCONT. When it has ended, a line of JSON
says its status and what it had to say: 0 done, 1 refused in one line, 2 a traceback, negative a signal.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path

from index.archive import Archive
from index.errors import WenbaoError
from tests.index.storage.sample import HashEncoder, write_pages

OTHER_MODEL = HashEncoder(salt="other")


def carry_out(kind: str, folder: Path, inbox: Path) -> None:
    """Do one kind of update: ``model`` moves the archive to another model, anything else takes in what the inbox holds now."""
    if kind == "model":
        with Archive.open(folder, encoder=OTHER_MODEL) as archive:
            archive.reencode()
    else:
        with Archive.open(folder, encoder=HashEncoder()) as archive:
            archive.update([inbox], prune=True, allow_many=True)


def _child(request: dict[str, str], said: int) -> int:
    if request.get("stop"):
        os.kill(os.getpid(), signal.SIGSTOP)
    try:
        carry_out(request["kind"], Path(request["folder"]), Path(request["inbox"]))
    except WenbaoError as error:
        _say(said, str(error))
        return 1
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the test looks for
        _say(said, traceback.format_exc())
        return 2
    return 0


def _say(said: int, text: str) -> None:
    try:
        os.write(said, text.encode())
    except OSError:  # the one call that was made to fail
        os.write(said, text.encode())


def _answer(request: dict[str, str]) -> dict[str, object]:
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            os._exit(_child(request, said.fileno()))
        if request.get("stop"):
            os.waitpid(pid, os.WUNTRACED)
            print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        return {"status": os.waitstatus_to_exitcode(status), "said": said.read().decode("utf-8", "replace")}


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        write_pages(Path(home) / "in", range(2))
        for kind in ("add", "model"):
            carry_out(kind, Path(home) / "archive", Path(home) / "in")
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
