"""Questions answered in processes of their own: the same answers, errors told, a helper that dies replaced, none left over."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveError, ArchiveMissing, QuestionError
from index.schema import DateRange, Filter
from qa.api.app import create_app
from qa.api.helpers import Helped, Helpers
from qa.assistant import Assistant
from qa.schema import Turn

ASKED = "智汇谷产业基地计划新增多少个就业岗位？"
pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def helpers(seed_archive: Path) -> Iterator[Helpers]:
    made = Helpers(str(seed_archive), None, 2)
    yield made
    made.close()


def processes(helpers: Helpers) -> list[Any]:
    """Return the processes that are at rest."""
    return [each for each in helpers._idle.queue if each is not None]


def told(answer: Any) -> dict[str, Any]:
    """Return what an answer says, without how long it took."""
    return {name: value for name, value in answer.to_dict().items() if name != "timings_ms"}


def test_helpers_say_what_the_assistant_says(helpers: Helpers, assistant: Assistant) -> None:
    helped = Helped(assistant, helpers)
    history = [Turn(ASKED, assistant.ask(ASKED).text)]
    nowhere = Filter(dates=(DateRange("1999-01-01", "1999-01-02"),), undated=False)
    assert told(helped.ask(ASKED)) == told(assistant.ask(ASKED))
    assert told(helped.ask("它在哪里？", history, 2)) == told(assistant.ask("它在哪里？", history, 2))
    assert told(helped.ask(ASKED, filter=nowhere)) == told(assistant.ask(ASKED, filter=nowhere))
    assert helped.search("就业岗位", 3) == assistant.search("就业岗位", 3)
    assert helped.stats() == assistant.stats()
    assert helped.words_only is None


def test_errors_of_ours_come_back_as_they_are(helpers: Helpers, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="the question is empty"):
        helpers.do("ask", "？")
    nothing = Helpers(str(tmp_path / "none"), None, 1)
    try:
        with pytest.raises(ArchiveMissing, match="there is no archive here"):
            nothing.do("ask", ASKED)
        (process,) = processes(nothing)
        assert process.poll() is None  # it waits for an archive to be made
    finally:
        nothing.close()


def test_what_nobody_foresaw_is_one_line_and_ends_nothing(helpers: Helpers) -> None:
    with pytest.raises(Exception, match="the log of the server says what"):
        helpers.do("ask", 17)
    assert helpers.do("ask", ASKED).found


def test_a_helper_that_died_is_replaced(helpers: Helpers) -> None:
    helpers.start()
    dead = processes(helpers)
    assert len(dead) == 2
    for process in dead:
        process.kill()
        process.wait()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: helpers.do("ask", ASKED), range(8)))
    assert all(answer.found for answer in answers)
    assert not set(processes(helpers)) & set(dead)


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_helper_minds_only_its_pipe(seed_archive: Path) -> None:
    helpers = Helpers(str(seed_archive), None, 1)
    assert helpers.do("ask", ASKED).found
    (process,) = processes(helpers)
    for number in (signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)
    assert helpers.do("ask", ASKED).found
    assert processes(helpers) == [process]
    process.stdin.close()  # as when the server was killed
    assert process.wait(20) == 0
    process.stdout.close()


def test_closing_ends_all_and_lets_nobody_begin(seed_archive: Path) -> None:
    helpers = Helpers(str(seed_archive), None, 2)
    helpers.start()
    started = processes(helpers)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda _: helpers.do("ask", ASKED), range(6)))
    assert all(answer.found for answer in answers)
    helpers.close()
    assert all(process.poll() is not None for process in started)
    with pytest.raises(ArchiveError, match="stopping"):
        helpers.do("ask", ASKED)


def test_helpers_that_cannot_start_lose_no_place(seed_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    helpers = Helpers(str(seed_archive), None, 2)
    command = helpers._command
    monkeypatch.setattr(helpers, "_command", [str(seed_archive / "no such program")])
    for _ in range(3):
        with pytest.raises(ArchiveError, match="could be started"):
            helpers.start()
        with pytest.raises(ArchiveError, match="could be started"):
            helpers.do("ask", ASKED)
    monkeypatch.setattr(helpers, "_command", command)
    assert helpers.do("ask", ASKED).found
    helpers.close()


def test_what_a_library_prints_does_not_stand_among_the_answers(seed_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loud = "import os; import qa.assistant as a; ask = a.Assistant.ask; "
    loud += "a.Assistant.ask = lambda *g, **n: (print('loud'), os.write(1, b'louder'), ask(*g, **n))[2]; "
    loud += "from qa.helper import main; main()"
    helpers = Helpers(str(seed_archive), None, 1)
    monkeypatch.setattr(helpers, "_command", [sys.executable, "-c", loud, str(seed_archive)])
    assert helpers.do("ask", ASKED).found
    (process,) = processes(helpers)
    assert helpers.do("ask", ASKED).found
    assert processes(helpers) == [process]
    helpers.close()


def test_helpers_that_cannot_live_are_told(seed_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    helpers = Helpers(str(seed_archive), None, 1)
    monkeypatch.setattr(helpers, "_command", [sys.executable, "-c", ""])
    with pytest.raises(ArchiveError, match="the log of the server says why"):
        helpers.do("ask", ASKED)


def test_programs_are_answered_by_helpers_and_the_page_is_not(
    helpers: Helpers, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[str] = []
    do = helpers.do

    def noted(job: str, *given: Any, **named: Any) -> Any:
        jobs.append(job)
        return do(job, *given, **named)

    monkeypatch.setattr(helpers, "do", noted)
    monkeypatch.setattr(helpers, "close", lambda: None)  # the other tests use them

    class Kept(Assistant):
        def close(self) -> None:
            pass

    kept = Kept.__new__(Kept)
    kept.__dict__.update(assistant.__dict__)
    with TestClient(create_app(lambda: kept, warm=False, helpers=helpers), base_url="http://127.0.0.1") as client:
        assert client.post("/api/ask", json={"question": ASKED}).json()["found"]
        assert client.get("/api/search", params={"question": "就业岗位"}).json()["hits"]
        assert client.get("/api/ask", params={"question": "？"}).status_code == 400
        assert jobs == ["ask", "search", "ask"]
        called = client.post("/gradio_api/call/ask", json={"data": [ASKED]}).json()["event_id"]
        assert "event: complete" in client.get(f"/gradio_api/call/ask/{called}").text
        assert jobs == ["ask", "search", "ask"]


def test_helpers_see_a_new_issue(seed_archive: Path, tmp_path: Path) -> None:
    import shutil

    from index.archive import Archive

    folder = Path(shutil.copytree(seed_archive, tmp_path / "archive"))
    helpers = Helpers(str(folder), None, 1)
    try:
        before = helpers.do("ask", ASKED).sequence
        page = tmp_path / "new.txt"
        page.write_text("晨光日报\n\n2024年5月6日 第1版\n\n# 新桥通车\n\n长江新桥昨日通车，全长3260米。\n", encoding="utf-8")
        with Archive.open(folder) as archive:
            archive.update([page])
        limit = time.monotonic() + 20
        while (answer := helpers.do("ask", "长江新桥全长多少米？")).sequence == before and time.monotonic() < limit:
            time.sleep(0.1)
        assert "3260米" in answer.citations[0].quote
    finally:
        helpers.close()
