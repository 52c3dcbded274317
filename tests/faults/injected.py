"""One system call of an update made to fail, or to be its last: strace attached to a forked update.

A point is (system call, number of its occurrence in one thread). Needs strace and the right to trace.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What only waits, asks for the time or memory, or is the process's own beginning and end.
# fmt: off
_IDLE = frozenset((
    "futex", "clock_nanosleep", "nanosleep", "sched_yield", "sched_getaffinity", "gettid", "getpid", "rt_sigprocmask",
    "rt_sigaction", "restart_syscall", "brk", "madvise", "exit", "exit_group", "poll", "set_robust_list", "rseq", "clone",
    "clone3", "kill", "tgkill", "getrandom", "sigaltstack", "prctl",
))
WRITING = (
    "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "openat", "mkdir", "rename", "renameat", "link", "linkat",
    "unlink", "unlinkat", "rmdir", "fallocate", "sendfile",
)
# fmt: on


def missing() -> str | None:
    """Return why nothing can be injected here, None where it can."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return "strace is not installed (apt-get install strace)"
    probe = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "no right to trace processes here" if probe.returncode else None


@dataclass(frozen=True)
class Outcome:
    """How an update ended: 0 done, 1 refused in one line, 2 a traceback, negative a signal; and what it said."""

    status: int
    said: str


class Updates:
    """Forked updates, one after the other; use it in ``with``."""

    def __init__(self) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.faults.forked"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._line() == "ready"

    def __enter__(self) -> Updates:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, kind: str, folder: Path, inbox: Path, options: Sequence[str] = ()) -> Outcome:
        """Run an update, traced by strace with these options where any are given."""
        request = {"kind": kind, "folder": str(folder), "inbox": str(inbox), **({"stop": "yes"} if options else {})}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        tracer = self._traced(int(self._line()), options) if options else None
        answer = json.loads(self._line())
        if tracer is not None:
            tracer.communicate(timeout=60)
        return Outcome(answer["status"], answer["said"])

    def _traced(self, pid: int, options: Sequence[str]) -> subprocess.Popen[bytes]:
        command = ["strace", "-f", "-qq", *options, "-p", str(pid)]
        tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while "TracerPid:\t0" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8"):
            assert tracer.poll() is None, "strace could not attach"
            time.sleep(0.001)
        os.kill(pid, signal.SIGCONT)
        return tracer

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process that forks updates has ended"
        return line.rstrip("\n")


def points(updates: Updates, kind: str, folder: Path, inbox: Path, calls: Sequence[str] = ()) -> list[tuple[str, int]]:
    """Return the points of an update, by running it once; of some system calls, or of all that do something."""
    log = folder.with_suffix(".strace")
    outcome = updates.run(kind, folder, inbox, ["-o", str(log)])
    assert outcome.status == 0, outcome.said
    counts: Counter[tuple[str, str]] = Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if (match := re.match(r"(\d+)\s+([a-z_0-9]+)\(", line)) is not None:
            counts[match[1], match[2]] += 1
    most: Counter[str] = Counter()
    for (_, call), count in counts.items():
        most[call] = max(most[call], count)
    chosen = [call for call in sorted(most) if (call in calls if calls else call not in _IDLE)]
    return [(call, number) for call in chosen for number in range(1, most[call] + 1)]


def killed_at(call: str, number: int) -> list[str]:
    """Return the options that end an update just before a point."""
    return ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}"]


def failing_at(call: str, number: int, error: str) -> list[str]:
    """Return the options that make one call fail with an error."""
    return ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}"]
