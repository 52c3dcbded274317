"""A crowd at the door: whoever cannot be served is told so at once, nobody is cut off, and afterwards all is as before."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from benchmarks.load import ROWS, Row, load, measure
from index.schema import Filter
from qa.schema import Answer, Turn
from tests.asynchronous import run
from tests.browser.conftest import serving
from tests.qa.chat.fake_assistant import VALLEY, FakeAssistant

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [paragraph.text for paragraph in VALLEY.paragraphs]

SERVER = """
    import time
    from pathlib import Path
    from qa.api import server
    from tests.qa.chat.fake_assistant import FakeAssistant

    class Slow(FakeAssistant):
        def ask(self, question, history=(), limit=None, *, filter=None):
            time.sleep(0.2)
            return super().ask(question, history, limit, filter=filter)

    server._opener = lambda archive, model: Slow
    server.serve(Path("none"), port=0)
"""


class Slow(FakeAssistant):
    """Takes 50 ms for an answer, as a real one may."""

    def ask(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Answer:
        time.sleep(0.05)
        return super().ask(question, history, limit, filter=filter)


def test_a_crowd_gets_answers_or_a_clear_refusal_and_leaves_nothing_behind() -> None:
    with serving(Slow()) as address:
        crowd = Row("crowd", users=150, think=0.0, promise="")
        seen = run(lambda: measure(address, crowd, 3.0, TEXTS))
        assert not seen.errors
        assert len(seen.answered) >= 20
        assert seen.refused, "more ask than can be answered, so some must be refused"
        with httpx.Client(base_url=address, trust_env=False, timeout=20) as client:
            began = time.monotonic()
            assert client.get("/api/ask", params={"question": "就业岗位？"}).status_code == 200
            assert time.monotonic() - began < 3.0
            figures = client.get("/metrics").text
    assert "wenbao_questions_running 0.0" in figures
    assert "wenbao_questions_waiting 0.0" in figures
    turned_away = re.search(r"^wenbao_questions_turned_away ([\d.]+)", figures, re.MULTILINE)
    assert turned_away is not None
    assert float(turned_away.group(1)) > 0


@pytest.mark.slow
def test_fifty_readers_are_all_answered_in_good_time(seed_archive: Path) -> None:
    row = ROWS["L1"]
    fifty = Row(row.name, 50, row.think, row.promise)
    # In a thread of its own: the browser tests leave an event loop running in this one.
    with ThreadPoolExecutor(1) as other:
        (figures,) = other.submit(lambda: list(load(seed_archive, [fifty], 20.0))).result()
    assert figures["errors"] == {}
    assert figures["refused"] == 0
    assert figures["p99_s"] < 2.0


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_stops_under_load_cut_no_answer() -> None:
    """Three stops, or as many as WENBAO_STOPS says."""
    for _ in range(int(os.environ.get("WENBAO_STOPS", "3"))):
        command = [sys.executable, "-c", textwrap.dedent(SERVER)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                found = next((match for line in process.stdout if (match := re.search(r"http://\S+", line))), None)
                assert found is not None
                statuses = _asked_until_stopped(found.group(), process)
                assert process.wait(25) == 0
            finally:
                process.kill()
        assert "200" in statuses
        assert set(statuses) <= {"200", "503", "ConnectError"}, statuses


def _asked_until_stopped(address: str, process: subprocess.Popen[str]) -> list[str]:
    """Let ten people ask without a pause, stop the server meanwhile, and return what each of their questions met."""
    statuses: list[str] = []

    # A connection each: one that is kept may be closed between two requests, which cuts no answer.
    once = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=address, limits=once, timeout=30, trust_env=False, verify=False) as client:

        def ask() -> None:
            while (met := _met(client)) in ("200", "503"):
                statuses.append(met)
            statuses.append(met)

        people = [threading.Thread(target=ask) for _ in range(10)]
        for each in people:
            each.start()
        patience = time.monotonic() + 60
        while statuses.count("200") < 5 and time.monotonic() < patience:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        for each in people:
            each.join(30)
    return statuses


def _met(client: httpx.Client) -> str:
    try:
        return str(client.get("api/ask", params={"question": "就业岗位？"}).status_code)
    except httpx.HTTPError as error:
        return type(error).__name__
