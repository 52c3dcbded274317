"""Load on a running server: people who ask, wait and ask again, for some time; answers a second, latencies, refusals, memory.

    python -m benchmarks.load                      rows L1, L4 and L5 over the seed pages, 60 s each, on a server of its own
    python -m benchmarks.load --rows L1 --seconds 20 --archive data/archive

Every person asks questions that nobody else asks, so no cache can help. Client and server share this machine's processors,
which makes the figures worse than they are for readers elsewhere. Knows nothing of how answers are found.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
_RAMP = 2.0  # people do not all begin in the same millisecond


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of load: how many people, how long each thinks between an answer and the next question, what is promised."""

    name: str
    users: int
    think: float
    promise: str
    door: str = "http"


ROWS = {
    "L1": Row("L1", 200, 10.0, "no error, p50 < 0.5 s, p99 < 2 s"),
    "L2": Row("L2", 100, 0.0, "no error but 429/503, p99 of the answered < 6 s", door="gradio"),
    "L3": Row("L3", 1000, 40.0, "no error, p99 < 6 s"),
    "L4": Row("L4", 1000, 0.5, "only answers or 429/503 with Retry-After"),
    "L5": Row("L5", 200, 0.0, "no error but 429/503, p99 of the answered < 2 s"),
}


@dataclass
class Seen:
    """What came back: seconds of every answer, seconds of every refusal, and errors by kind."""

    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


def questions(texts: Sequence[str], seed: int) -> Iterator[str]:
    """Yield questions made of words of the archive, never the same twice for one seed."""
    chance = random.Random(seed)
    endings = ("是什么？", "有多少？", "是谁？", "在哪里？", "什么时候？", "为什么？")
    while True:
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - 8))
        yield text[start : start + chance.randrange(4, 12)] + chance.choice(endings)


async def person(client: httpx.AsyncClient, row: Row, asked: Iterator[str], until: float, seen: Seen) -> None:
    """Ask until the time is over; after a refusal wait as long as it says."""
    await asyncio.sleep(random.random() * max(_RAMP, row.think))
    while time.monotonic() < until:
        began = time.monotonic()
        pause = row.think
        try:
            status, retry = await (_by_gradio if row.door == "gradio" else _by_http)(client, next(asked))
        except httpx.HTTPError as error:
            seen.errors[type(error).__name__] += 1
            pause = max(pause, 0.5)
        else:
            took = time.monotonic() - began
            if status == 200:
                seen.answered.append(took)
            elif status in (429, 503) and retry is not None:
                seen.refused.append(took)
                pause = max(pause, retry * random.uniform(1.0, 1.5))
            else:
                seen.errors[str(status)] += 1
        if pause:
            await asyncio.sleep(pause * random.uniform(0.5, 1.5) if pause == row.think else pause)


async def _by_http(client: httpx.AsyncClient, question: str) -> tuple[int, float | None]:
    response = await client.post("/api/ask", json={"question": question})
    retry = response.headers.get("retry-after")
    return response.status_code, float(retry) if retry else None


async def _by_gradio(client: httpx.AsyncClient, question: str) -> tuple[int, float | None]:
    """Ask as the Gradio client does: put the question in the queue, then listen for its result."""
    joined = await client.post("/gradio_api/call/ask", json={"data": [question]})
    if joined.status_code != 200:
        retry = joined.headers.get("retry-after")
        return joined.status_code, float(retry) if retry else None
    result = await client.get(f"/gradio_api/call/ask/{joined.json()['event_id']}")
    return (200 if "event: complete" in result.text else 500), None


async def measure(address: str, row: Row, seconds: float, texts: Sequence[str]) -> Seen:
    """Let all people of a row ask for some seconds."""
    seen = Seen()
    limits = httpx.Limits(max_connections=row.users, max_keepalive_connections=row.users, keepalive_expiry=4)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60, trust_env=False) as client:
        until = time.monotonic() + seconds
        people = (person(client, row, questions(texts, number), until, seen) for number in range(row.users))
        await asyncio.gather(*people)
    return seen


def report(row: Row, seconds: float, seen: Seen, memory: tuple[float, float]) -> dict[str, Any]:
    """Return the figures of a row; times in seconds, memory in MB before and after."""
    times = sorted(seen.answered)
    return {
        "row": row.name,
        "users": row.users,
        "think_s": row.think,
        "seconds": seconds,
        "answered": len(times),
        "answered_per_s": round(len(times) / seconds, 1),
        "p50_s": round(statistics.median(times), 3) if times else None,
        "p99_s": round(times[int(len(times) * 0.99)], 3) if times else None,
        "max_s": round(times[-1], 3) if times else None,
        "refused": len(seen.refused),
        "refused_p99_s": round(sorted(seen.refused)[int(len(seen.refused) * 0.99)], 3) if seen.refused else None,
        "errors": dict(seen.errors),
        "rss_mb": [round(each) for each in memory],
        "promise": row.promise,
    }


def resident(process: int) -> float:
    """Return the memory of a process in MB; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def server(archive: Path, processes: int) -> Iterator[tuple[str, int]]:
    """Run ``wenbao serve`` over an archive; yields its address and process id."""
    command = [sys.executable, "-m", "qa.main", "serve", "--port", "0", "--archive", str(archive), "--processes", str(processes)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = next((match for line in process.stdout if (match := re.search(r"http://\S+", line))), None)
            if found is None:
                raise SystemExit("the server ended without an address")
            httpx.get(f"{found.group()}api/stats", trust_env=False, timeout=60).raise_for_status()
            yield found.group(), process.pid
        finally:
            process.terminate()
            process.wait(30)


def load(archive: Path, rows: Sequence[Row], seconds: float, processes: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the figures of each row, all on one server, one after the other."""
    with server(archive, processes) as (address, process):
        texts = _texts(address)
        for row in rows:
            before = resident(process)
            seen = asyncio.run(measure(address, row, seconds, texts))
            yield report(row, seconds, seen, (before, resident(process)))


def _texts(address: str) -> list[str]:
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        hits = client.post("/api/search", json={"question": "新闻 报道 记者", "limit": 50}).json()["hits"]
    return [hit["text"] for hit in hits]


def _seed_archive(folder: Path) -> Path:
    from index.archive import Archive

    with Archive.open(folder) as archive:
        archive.update([ROOT / "seeds"])
    return folder


def main() -> None:
    """Read the arguments, measure, print one JSON line a row."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=["L1", "L4", "L5"])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--archive", type=Path, help="an archive; without it, one of the seed pages is made")
    parser.add_argument("--processes", type=int, default=0, help="as of `wenbao serve`")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        archive = options.archive or _seed_archive(Path(scratch) / "archive")
        for figures in load(archive, [ROWS[name] for name in options.rows], options.seconds, options.processes):
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
