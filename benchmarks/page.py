"""Measure the page as a reader meets it, in a real browser over the archive of the seeds.

    python -m benchmarks.page [--questions N] [--each N]

Prints how long it takes from the start of ``app.py`` until the page is served and until it can be typed into, how long the
first answer takes, and the time from Enter to the answer on the screen over the questions of ``tests/gold``. The archive
is built beforehand and not timed. Needs Chromium and Playwright; the machine should have nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.conftest import ARGUMENTS, SIZES, chromium_path

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "seed_questions.jsonl"
_FIELD = "#wb-question input, #wb-question textarea"
# From the key that sends a question to the frame in which its answer is drawn, in the browser's own clock.
_WATCH = """() => {
    let sent = 0, before = 0;
    window.wbTimes = [];
    const answers = () => document.querySelectorAll('#wb-talk .wb-answer').length;
    document.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        sent = performance.now();
        before = answers();
    }, true);
    new MutationObserver(() => {
        if (!sent || answers() <= before) return;
        const from = sent;
        sent = 0;
        requestAnimationFrame(() => requestAnimationFrame(() => window.wbTimes.push(performance.now() - from)));
    }).observe(document.body, { childList: true, subtree: true });
}"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the process: the page served, typed into, the first answer; and of that answer alone."""

    served: float
    ready: float
    answered: float
    first_answer: float


@contextmanager
def serving(archive: Path) -> Iterator[str]:
    """Start ``app.py`` on an archive; yields its address as soon as it is printed."""
    command = [sys.executable, str(ROOT / "app.py"), "--archive", str(archive), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield next(match.group() for line in process.stdout if (match := re.search(r"http://\S+", line)))
        finally:
            process.terminate()
            process.wait(30)


def questions(limit: int) -> list[str]:
    """Return the questions of the gold set that stand alone."""
    rows = (json.loads(line) for line in GOLD.read_text("utf-8").splitlines() if line.strip())
    return [row["question"] for row in rows if not row.get("follow_up_of")][:limit]


def started(browser: Any, archive: Path, question: str) -> Start:
    """Start the server anew and time what its first reader waits for."""
    began = time.perf_counter()
    with serving(archive) as address:
        urllib.request.urlopen(address, timeout=60).read()
        served = time.perf_counter() - began
        page = _opened(browser, address)
        ready = time.perf_counter() - began
        asked = time.perf_counter()
        _ask(page, question)
        done = time.perf_counter()
        page.context.close()
        return Start(served, ready, done - began, done - asked)


def answered(browser: Any, archive: Path, asked: Sequence[str], each: int) -> list[float]:
    """Return milliseconds from Enter to the answer on the screen, a new conversation every ``each`` questions."""
    times: list[float] = []
    with serving(archive) as address:
        for first in range(0, len(asked), each):
            page = _opened(browser, address)
            _ask(page, "热身？")  # the first answer of a server is timed elsewhere
            page.evaluate(_WATCH)
            for question in asked[first : first + each]:
                _ask(page, question)
            page.wait_for_function("(n) => window.wbTimes.length === n", arg=len(asked[first : first + each]))
            times += page.evaluate("window.wbTimes")
            page.context.close()
    return times


def _opened(browser: Any, address: str) -> Any:
    width, height = SIZES["wide"]
    page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
    page.goto(address)
    page.locator(_FIELD).wait_for()
    return page


def _ask(page: Any, question: str) -> None:
    before = page.locator("#wb-talk .wb-answer").count()
    page.locator(_FIELD).fill(question)
    page.locator(_FIELD).press("Enter")
    page.locator("#wb-talk .wb-answer").nth(before).wait_for()


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-round(share * 1000) * len(ordered) // 1000) - 1)]


def main() -> None:
    """Build the archive of the seeds, start, ask, print."""
    parser = argparse.ArgumentParser(description="Time the page in a browser, over the seeds.")
    parser.add_argument("--questions", type=int, default=100, help="how many questions of the gold set")
    parser.add_argument("--each", type=int, default=10, help="how many questions a conversation has")
    parser.add_argument("--starts", type=int, default=3, help="how often the server is started for the first answer")
    chosen = parser.parse_args()
    from playwright.sync_api import sync_playwright

    asked = questions(chosen.questions)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        archive = Path(folder) / "archive"
        with serving(archive):
            pass  # builds it
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        starts = [started(browser, archive, asked[0]) for _ in range(chosen.starts)]
        times = answered(browser, archive, asked, chosen.each)
        browser.close()
    print("| | |\n|---|---|")
    for name, values in (
        ("page served after", [each.served for each in starts]),
        ("page can be typed into after", [each.ready for each in starts]),
        ("first question, asked at once, answered in", [each.first_answer for each in starts]),
    ):
        print(f"| {name} | {statistics.median(values):.2f} s |")
    print(f"| question to answer on screen, {len(times)} questions, median | {statistics.median(times):.0f} ms |")
    print(f"| p95 | {percentile(times, 0.95):.0f} ms |")
    print(f"| slowest | {max(times):.0f} ms |")


if __name__ == "__main__":
    main()
