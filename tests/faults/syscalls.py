"""Rounds over the system calls of an update: killed at each, or each failing with a full or a broken disk."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from index.archive import Archive
from tests.faults.injected import WRITING, Outcome, Updates, failing_at, killed_at, points
from tests.faults.round import Round, Told
from tests.faults.scenes import KINDS, Scene, set_up

Point = tuple[str, str, int]  # kind of update, system call, occurrence
# What leaves no trace on a disk: of these a sample is enough.
# fmt: off
_LOOKING = frozenset((
    "newfstatat", "read", "fcntl", "pread64", "statx", "lseek", "ioctl", "mmap", "fstat", "munmap", "mprotect",
    "readlink", "mremap", "lstat", "stat", "geteuid", "getdents64",
))
# fmt: on


def spread(known: Sequence[Point], wanted: int, chance: random.Random) -> list[Point]:
    """Return so many points: those that write first, of the rest a sample."""
    writing = [point for point in known if point[1] not in _LOOKING]
    looking = [point for point in known if point[1] in _LOOKING]
    if wanted <= len(writing):
        return sorted(chance.sample(writing, wanted))
    return sorted(writing + chance.sample(looking, min(len(looking), wanted - len(writing))))


def _known(updates: Updates, scenes: dict[str, Scene], work: Path, calls: Sequence[str] = ()) -> list[Point]:
    return [
        (kind, *point) for kind, scene in scenes.items() for point in points(updates, kind, scene.copy(work), scene.inbox, calls)
    ]


def kills(home: Path, wanted: int, chance: random.Random, told: Told | None = None) -> Round:
    """Kill updates at points: afterwards the archive is whole, and a rerun makes of it what it should be."""
    done = Round(told)
    scenes = {kind: set_up(kind, home / kind) for kind in KINDS}
    work = home / "work"
    with Updates() as updates:
        for kind, call, number in spread(_known(updates, scenes, work), wanted, chance):
            scene = scenes[kind]
            outcome = updates.run(kind, scene.copy(work), scene.inbox, killed_at(call, number))
            ended = {-9: "killed", 0: "ended before the point"}.get(outcome.status, f"status {outcome.status}")
            wrong = scene.examine(work) + ([outcome.said] if outcome.status not in (-9, 0) else [])
            done.meet(ended, f"{kind}, killed at {call} {number}", wrong)
    return done


def errors(home: Path, wanted: int, chance: random.Random, told: Told | None = None) -> Round:
    """Let calls that write fail: the update is done or says in one line why not, the old state answers, a rerun mends it."""
    done = Round(told)
    scenes = {kind: set_up(kind, home / kind) for kind in KINDS}
    work = home / "work"
    with Updates() as updates:
        known = _known(updates, scenes, work, WRITING)
        for at, (kind, call, number) in enumerate(spread(known, wanted, chance)):
            scene = scenes[kind]
            for error in ("ENOSPC", "EIO") if wanted > len(known) else (("ENOSPC", "EIO")[at % 2],):
                outcome = updates.run(kind, scene.copy(work), scene.inbox, failing_at(call, number, error))
                ended = {0: "done all the same", 1: "refused in one line"}.get(outcome.status, f"status {outcome.status}")
                done.meet(ended, f"{kind}, {error} at {call} {number}", _badly_told(outcome) + _examined(scene, work))
    return done


def _badly_told(outcome: Outcome) -> list[str]:
    lines = outcome.said.strip().splitlines()
    return [] if outcome.status in (0, 1) and len(lines) == outcome.status else [f"status {outcome.status}: {outcome.said}"]


def _examined(scene: Scene, work: Path) -> list[str]:
    with Archive.open(work) as archive:
        lost = archive.stats().sources < len(scene.kept)
    return (["sources are lost"] if lost else []) + scene.examine(work)
