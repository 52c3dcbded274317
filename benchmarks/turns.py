"""How many answers a second an archive gives, asked from several threads, with and without taking turns (``qa.processors``).

    python -m benchmarks.turns --archive DIR --questions tests/gold/seed_questions.jsonl

Both ways in one process, round about; prints the best of each, with the median and the 95th percentile of the waits.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from qa import assistant as asking
from qa.assistant import Assistant
from qa.processors import TURNS, Turns, one_thread

_ROUNDS = 3
_AT_LEAST = 300  # answers a measurement


class _NoTurns(Turns):
    """Everyone at once, as Python lets them."""

    def begin(self):  # type: ignore[no-untyped-def]
        return one_thread


def main() -> None:
    """Ask and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turns", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--archive", type=Path, required=True, help="folder of an archive")
    parser.add_argument("--questions", type=Path, required=True, help="JSON lines, each with a question")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2, 4, 8])
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    questions *= -(-_AT_LEAST // len(questions))
    ways = {"in turn": TURNS, "at once": _NoTurns()}
    best: dict[tuple[int, str], tuple[float, float, float]] = {}
    with Assistant.open(options.archive) as assistant:
        _ask(assistant, questions[:40], 1)
        for _ in range(_ROUNDS):
            for threads in options.threads:
                for way, turns in ways.items():
                    with _using(turns):
                        best[threads, way] = max(best.get((threads, way), (0.0, 0.0, 0.0)), _ask(assistant, questions, threads))
    print("| threads | | answers/s | p50 ms | p95 ms |\n|---|---|---|---|---|")
    for (threads, way), (rate, middle, most) in best.items():
        print(f"| {threads} | {way} | {rate:.1f} | {middle:.0f} | {most:.0f} |")


@contextmanager
def _using(turns: Turns) -> Iterator[None]:
    before, asking.TURNS = asking.TURNS, turns  # type: ignore[attr-defined]
    try:
        yield
    finally:
        asking.TURNS = before  # type: ignore[attr-defined]


def _ask(assistant: Assistant, questions: Sequence[str], threads: int) -> tuple[float, float, float]:
    """Return answers a second, and the median and 95th percentile of the milliseconds of one."""
    left = iter(questions)
    lock = threading.Lock()
    waits: list[float] = []

    def ask() -> None:
        while True:
            with lock:
                question = next(left, None)
            if question is None:
                return
            began = time.perf_counter()
            assistant.ask(question)
            waits.append((time.perf_counter() - began) * 1000)

    asking_threads = [threading.Thread(target=ask) for _ in range(threads)]
    began = time.perf_counter()
    for thread in asking_threads:
        thread.start()
    for thread in asking_threads:
        thread.join()
    rate = len(questions) / (time.perf_counter() - began)
    return rate, float(np.percentile(waits, 50)), float(np.percentile(waits, 95))


if __name__ == "__main__":
    main()
