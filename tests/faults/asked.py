"""A round of updates while many people ask: every quote is held against the state of the archive that its answer names."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import apsw

from index.archive import Archive
from index.storage.database import FILE
from qa import Answer, Assistant
from tests.faults.injected import ROOT
from tests.faults.round import Round, Told
from tests.index.storage.sample import page_text, write_pages

_PAGES = 60
_CHANGED = 6  # pages an update
_VERSION = 1_000  # added to a page's number each time it is changed; it stands in its text and its issue number
_QUESTIONS = (
    "图书馆建成开放总投资多少万元？",
    "工程历时几个月？",
    "负责人是谁？",
    "惠及居民多少人？",
    "医院启动改造了吗？",
    "编号为{}号的工程负责人是谁？",
)


@dataclass(frozen=True)
class Kept:
    """What is kept of an answer."""

    sequence: int
    seconds: float
    quotes: tuple[tuple[str, str, int, int, int | None], ...]


def load(home: Path, seconds: int, chance: random.Random, told: Told | None = None, *, askers: int = 100) -> Round:
    """Let people ask through one running program while another process publishes; verify every quote afterwards."""
    done = Round(told)
    publishes = max(3, seconds // 6)
    inbox, folder = home / "inbox", home / "archive"
    write_pages(inbox, range(_PAGES))
    with Archive.open(folder) as archive:
        archive.update([inbox])
    kept: list[Kept] = []
    errors: list[str] = []
    with Assistant.open(folder) as assistant:
        for _ in range(50):
            _asked(assistant, chance)
        stop = threading.Event()
        threads = [
            threading.Thread(target=_ask_on, args=(assistant, random.Random(chance.random()), kept, errors, stop))
            for _ in range(askers)
        ]
        for thread in threads:
            thread.start()
        time.sleep(seconds / 4)
        quiet, start = len(kept), time.monotonic()
        for number in range(publishes):
            _publish(inbox, folder, chance, errors)
            time.sleep(max(0.0, start + (number + 1) * seconds / publishes - time.monotonic()))
        stop.set()
        for thread in threads:
            thread.join()
    states = _states(folder)
    for each in kept:
        done.meet("answers", f"an answer at sequence {each.sequence}", _torn(each, states))
    done.wrong += errors
    done.hit["quotes verified"] = sum(len(each.quotes) for each in kept)
    done.hit["states seen"] = len({each.sequence for each in kept})
    before, meanwhile = ([each.seconds for each in part] for part in (kept[:quiet], kept[quiet:]))
    done.hit[f"ms p99 while updates came, {_p99(before):.0f} ms before"] = round(_p99(meanwhile))
    with Archive.open(folder) as archive:
        done.wrong += archive.check().problems
    return done


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98] * 1000 if len(seconds) > 1 else 0.0


def _asked(assistant: Assistant, chance: random.Random) -> Kept:
    start = time.perf_counter()
    answer = assistant.ask(chance.choice(_QUESTIONS).format(chance.randrange(_PAGES)))
    return Kept(answer.sequence, time.perf_counter() - start, _quotes(answer))


def _quotes(answer: Answer) -> tuple[tuple[str, str, int, int, int | None], ...]:
    return tuple(
        (each.passage_text, each.quote, each.start, each.end, each.issue_number) for each in (*answer.citations, *answer.nearest)
    )


def _ask_on(assistant: Assistant, chance: random.Random, kept: list[Kept], errors: list[str], stop: threading.Event) -> None:
    try:
        while not stop.is_set():
            kept.append(_asked(assistant, chance))
    except Exception as error:  # noqa: BLE001 - a thread must hand its failure over
        errors.append(f"{type(error).__name__}: {error}")


def _publish(inbox: Path, folder: Path, chance: random.Random, errors: list[str]) -> None:
    """Change some pages and take them in, in a process of its own."""
    for path in chance.sample(sorted(inbox.iterdir()), _CHANGED):
        number = int(path.read_text(encoding="utf-8").split("编号为")[1].split("号")[0])
        path.write_text(page_text(number + _VERSION), encoding="utf-8")
    command = [sys.executable, "-m", "index", "update", str(inbox), "--archive", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        errors.append(f"an update failed: {result.stderr}")


def _states(folder: Path) -> Mapping[int, Mapping[int, int]]:
    """Return for each sequence of the archive's history the version of each page."""
    connection = apsw.Connection(str(folder / FILE))
    states: dict[int, dict[int, int]] = {0: {}}
    for sequence, source in connection.execute("SELECT sequence, source FROM changes ORDER BY sequence").fetchall():
        page = int(Path(str(source)).stem.removeprefix("page"))
        before = states[int(str(sequence)) - 1]
        states[int(str(sequence))] = {**before, page: before.get(page, -1) + 1}
    connection.close()
    return states


def _torn(answer: Kept, states: Mapping[int, Mapping[int, int]]) -> list[str]:
    """Return which quotes are not what the archive printed at the sequence that the answer names."""
    wrong = []
    for text, quote, start, end, issue_number in answer.quotes:
        number = (issue_number or 0) - 1000
        if text[start:end] != quote:
            wrong.append(f"not what stands there: {quote}")
        elif text not in page_text(number) and not all(line in page_text(number) for line in text.split("\n")):
            wrong.append(f"another page's text: {quote}")
        elif states[answer.sequence].get(number % _VERSION) != number // _VERSION:
            wrong.append(f"page {number % _VERSION} was in version {states[answer.sequence].get(number % _VERSION)}: {quote}")
    return wrong
