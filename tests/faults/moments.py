"""A round of updates killed from outside at random moments: real processes, with their helpers, on thousands of articles."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from index.archive import Archive
from tests.faults.injected import ROOT
from tests.faults.round import Round, Told
from tests.faults.scenes import rankings
from tests.index.storage.sample import HashEncoder, dump, page_text

_ARTICLES = 10  # a page


class Process:
    """An update in a process of its own, which tells what it has just taken in."""

    def __init__(self, folder: Path, inbox: Path) -> None:
        command = [sys.executable, "-m", "tests.faults.updater", str(folder), str(inbox), "0"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def kill_after(self, seconds: float) -> tuple[int, list[str], str]:
        """Kill it unless it ends before; returns its status, its lines, and what went wrong."""
        try:
            output, errors = self._process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            output, errors = self._process.communicate()
        return self._process.returncode, output.splitlines(), errors


def moments(home: Path, wanted: int, chance: random.Random, told: Told | None = None, *, articles: int = 2_000) -> Round:
    """Kill an update again and again until it is through, then begin anew, until so many kills were met."""
    done = Round(told)
    inbox, before, work = home / "inbox", home / "before", home / "work"
    _set_up(inbox, before, articles)
    shutil.copytree(before, work)
    start = time.monotonic()
    status, _, errors = Process(work, inbox).kill_after(1_800)
    assert status == 0, errors
    longest = 0.5 * (time.monotonic() - start)
    expected = dump(work)
    with Archive.open(work, encoder=HashEncoder()) as archive:
        found = rankings(archive)
    possible = {row[0] for row in dump(before)["sources"]} | {row[0] for row in expected["sources"]}
    while done.points < wanted:
        shutil.rmtree(work)
        shutil.copytree(before, work)
        held = {row[0] for row in dump(work)["sources"]} & {row[0] for row in expected["sources"]}
        status = -9
        while status == -9 and done.points < wanted:
            moment = chance.random() * longest
            status, lines, errors = Process(work, inbox).kill_after(moment)
            wrong = [] if status in (-9, 0) else [f"status {status}: {errors}"]
            with Archive.open(work, encoder=HashEncoder()) as archive:
                wrong += archive.check().problems
            here = {row[0] for row in dump(work)["sources"]}
            if not here <= possible:
                wrong.append("a source is neither as it was nor as it should be")
            if not held <= here:
                wrong.append(f"{len(held - here)} sources that were taken in are lost")
            taken = int(lines[-1].split()[1]) if lines and lines[-1].startswith("took") else 0
            if status == -9 and len(here - held) < taken - 1:
                wrong.append(f"{taken} sources were reported as taken in, {len(here - held)} are there")
            if status == 0 and (dump(work) != expected or _found(work) != found):
                wrong.append("after the rerun: not what an update makes that nothing came between")
            done.meet(_phase(status, lines), f"killed {moment:.2f} s after the start", wrong)
            held |= here & {row[0] for row in expected["sources"]}
    return done


def _set_up(inbox: Path, before: Path, articles: int) -> None:
    """Make an archive of a tenth of the pages, and an inbox in which the rest has come, some changed and some gone."""
    pages = articles // _ARTICLES
    inbox.mkdir()
    for number in range(pages // 10):
        (inbox / f"{number}.txt").write_text(page_text(number, articles=_ARTICLES), encoding="utf-8")
    with Archive.open(before, encoder=HashEncoder()) as archive:
        archive.update([inbox])
    for number in range(pages // 10, pages):
        (inbox / f"{number}.txt").write_text(page_text(number, articles=_ARTICLES), encoding="utf-8")
    for number in range(0, pages // 10, 10):
        (inbox / f"{number}.txt").write_text(page_text(number + pages, articles=_ARTICLES), encoding="utf-8")
        (inbox / f"{number + 1}.txt").unlink()


def _phase(status: int, lines: list[str]) -> str:
    if status == 0:
        return "through"
    if not lines:
        return "killed while reading"
    return "killed while taking in" if lines[-1].startswith("took") else "killed while publishing"


def _found(work: Path) -> list[list[str]]:
    with Archive.open(work, encoder=HashEncoder()) as archive:
        return rankings(archive)


def updaters(home: Path, wanted: int, chance: random.Random, told: Told | None = None) -> Round:
    """Start so many updaters at once: one works, the others are refused in one line within a second."""
    done = Round(told)
    inbox, folder = home / "inbox", home / "archive"
    _set_up(inbox, folder, 2_000)
    command = [sys.executable, "-m", "tests.faults.updater", str(folder), str(inbox), "wait"]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(wanted)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in chance.sample(running, len(running)):
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        output, errors = process.communicate(timeout=600)
        last = output.splitlines()[-1] if output.strip() else ""
        refused = last.startswith("refused")
        wrong = [] if process.returncode in (0, 1) and not errors else [f"status {process.returncode}: {errors}"]
        if refused and float(last.split()[1]) > 1:
            wrong.append(f"{last}, later than a second")
        if refused and "another update is running (process" not in last:
            wrong.append(last)
        done.meet("refused" if refused else "worked", "an updater", wrong)
    if done.hit["worked"] != 1:
        done.wrong.append(f"{done.hit['worked']} updaters worked")
    with Archive.open(folder, encoder=HashEncoder()) as archive:
        done.wrong += archive.check().problems
        if archive.update([inbox], prune=True, allow_many=True).unchanged != archive.stats().sources:
            done.wrong.append("the one that worked did not do all")
    return done
