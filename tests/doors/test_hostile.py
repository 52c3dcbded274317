"""Hostile questions, addresses and hosts at every door: nothing but answers and refusals in one line."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import httpx
import pytest
from starlette.testclient import TestClient

from qa.api.app import Limits, create_app
from qa.assistant import Assistant
from tests.doors.attacks import SYNTAX, hostile

pytestmark = pytest.mark.timeout(300)  # on a machine that is busy with something else

OPEN = Limits(per_second=1e9, burst=10**9, waiting=1000, patience=60)


@pytest.fixture(scope="module")
def local(assistant: Assistant) -> Iterator[TestClient]:
    """The application in this process, without a rate limit."""

    class Kept(Assistant):
        def close(self) -> None:  # the assistant belongs to the session
            pass

    kept = Kept.__new__(Kept)
    kept.__dict__.update(assistant.__dict__)
    with TestClient(create_app(lambda: kept, limits=OPEN, warm=False), base_url="http://127.0.0.1:7860") as client:
        yield client


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _check(client: TestClient, questions: Iterator[str]) -> None:
    for question in questions:
        began = time.process_time()
        body = json.dumps({"question": question}).encode()
        replies = [
            client.post("/api/ask", content=body, headers={"content-type": "application/json"}),
            client.get("/api/snippets", params={"words": question.encode("utf-8", "replace").decode()[:200]}),
        ]
        for reply in replies:
            assert reply.status_code in (200, 400, 422), (question, reply.status_code, reply.text)
            if reply.status_code != 200:
                assert list(reply.json()) == ["error"]
                assert "\n" not in reply.json()["error"]
        assert time.process_time() - began < 3.0, question


@pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module")
def test_hostile_questions_over_http(local: TestClient) -> None:
    _check(local, islice(hostile(70), 20))
    before = _resident()
    _check(local, islice(hostile(70), 20, 70))
    assert _resident() - before < 50


@pytest.mark.slow
@pytest.mark.timeout(6 * 3600)
def test_thousands_of_hostile_questions_over_http(local: TestClient) -> None:
    """2,000, or as many as WENBAO_HOSTILE says."""
    _check(local, hostile(60))
    before = _resident()
    _check(local, hostile(int(os.environ.get("WENBAO_HOSTILE", "2000"))))
    assert _resident() - before < 50


@pytest.mark.slow
@pytest.mark.timeout(6 * 3600)
def test_thousands_of_hostile_questions_to_the_queue_of_the_page(client: httpx.Client) -> None:
    """400, or a fifth of what WENBAO_HOSTILE says."""
    count = int(os.environ.get("WENBAO_HOSTILE", "2000")) // 5
    endings = Counter(_called(client, question) for question in hostile(count))
    assert endings["complete"] > count // 4


def test_hostile_questions_to_agents_and_to_openai_clients(local: TestClient) -> None:
    head = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    for number, question in enumerate(SYNTAX[::5]):
        call = {
            "jsonrpc": "2.0",
            "id": number,
            "method": "tools/call",
            "params": {"name": "ask", "arguments": {"question": question}},
        }
        reply = local.post("/mcp", content=json.dumps(call).encode(), headers=head)
        assert reply.status_code in (200, 400), (question, reply.text)
        if reply.status_code == 200:
            assert "error" in reply.json() or reply.json()["result"]["content"]
        completion = json.dumps({"messages": [{"role": "user", "content": question}]}).encode()
        reply = local.post("/v1/chat/completions", content=completion, headers=head)
        assert reply.status_code in (200, 400, 422), (question, reply.text)
        if reply.status_code != 200:
            assert reply.json()["error"]["message"]


def _called(client: httpx.Client | TestClient, question: str) -> str:
    """Ask by the queue of the page, as the Gradio client does; returns how it ended: complete, error, or refused."""
    joined = client.post(
        "/gradio_api/call/ask", content=json.dumps({"data": [question]}).encode(), headers={"content-type": "application/json"}
    )
    if joined.status_code != 200:
        assert joined.status_code in (400, 422), (question, joined.text)
        return "refused"
    heard = client.get(f"/gradio_api/call/ask/{joined.json()['event_id']}")
    assert heard.status_code == 200, (question, heard.text)
    ended = [line.removeprefix("event: ") for line in heard.text.splitlines() if line.startswith("event: ")]
    assert ended[-1] in ("complete", "error"), (question, heard.text)
    assert "Traceback" not in heard.text
    if ended[-1] == "error":
        assert json.loads(heard.text.split("data: ")[-1])["error"], (question, heard.text)
    return ended[-1]


def test_hostile_questions_to_the_queue_of_the_page(client: httpx.Client) -> None:
    endings = [_called(client, question) for question in SYNTAX[::6]]
    assert "complete" in endings
    assert "error" in endings
    # Whatever came before, the next reader is answered.
    assert _called(client, "智汇谷产业基地计划新增多少个就业岗位？") == "complete"
    assert client.get("/health").json()["status"] == "ok"


def test_hostile_questions_on_the_command_line(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    from typer.testing import CliRunner

    from qa.main import app

    runner = CliRunner()
    for question in SYNTAX[::12]:
        argument = (
            question.replace("\x00", "").encode("utf-8", "surrogateescape" if question.isprintable() else "replace").decode()
        )
        done = runner.invoke(app, ["ask", "--archive", str(archive), "--json", "--", argument])
        assert done.exit_code in (0, 1), (question, done.output)
        assert done.exception is None or isinstance(done.exception, SystemExit), question


PROBES = [
    ("GET", "/.env"),
    ("GET", "/.git/config"),
    ("GET", "/app.py"),
    ("GET", "/data/archive/archive.db"),
    ("GET", "/etc/passwd"),
    ("GET", "/../../etc/passwd"),
    ("GET", "/%2e%2e/%2e%2e/etc/passwd"),
    ("GET", "/page/%2e%2e%2fpage.py"),
    ("GET", "/page/..\\page.py"),
    ("GET", "/api/articles/..%2f..%2fetc%2fpasswd"),
    ("GET", "/api/articles/%2e%2e"),
    ("GET", "/api/articles/' OR 1=1 --"),
    ("GET", "/page/articles/..%2f..%2fapp.py"),
    ("GET", "/static/%2e%2e/%2e%2e/app.py"),
    ("GET", "/assets/../../app.py"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/file=https://example.com/"),
    ("GET", "/file=/etc/passwd"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/upload"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
    ("GET", "/gradio_api/deep_link"),
    ("GET", "/gradio_api/runs"),
    ("GET", "/monitoring"),
    ("GET", "/monitoring/summary"),
    ("POST", "/gradio_api/component_server"),
    ("GET", "/gradio_api/mcp/"),
    ("GET", "/gradio_api/mcp/sse"),
    ("GET", "/mcp/"),
    ("GET", "/mcp/sse"),
    ("PUT", "/mcp"),
    ("GET", "/sse"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/logout"),
    ("GET", "/redoc"),
    ("GET", "/admin"),
    ("GET", "/v1"),
    ("GET", "/v1/"),
    ("GET", "/v1/files"),
    ("POST", "/v1/embeddings"),
    ("POST", "/v1/completions"),
    ("DELETE", "/v1/models"),
    ("GET", "/v1/models/wenbao"),
    ("PUT", "/api/update"),
    ("DELETE", "/api/articles/x"),
    ("PATCH", "/api/ask"),
    ("GET", "/api"),
    ("GET", "/api//ask"),
    ("GET", "//api/ask"),
    ("GET", "/api/ask/"),
    ("GET", "/api/ask/stream/"),
    ("GET", "/API/ask"),
    ("GET", "/api/shutdown"),
    ("GET", "/api/config"),
    ("GET", "/metrics/"),
    ("GET", "/metrics/x"),
    ("GET", "/health/"),
    ("GET", "/debug/pprof"),
    ("GET", "/server-status"),
    ("GET", "/wp-login.php"),
    ("GET", "/actuator/env"),
    ("GET", "/gradio_api/openapi.json"),
    ("TRACE", "/"),
    ("CONNECT", "/"),
    ("OPTIONS", "/gradio_api/upload"),
]


@pytest.mark.parametrize(("method", "path"), PROBES)
def test_probes_meet_nothing(client: httpx.Client, method: str, path: str) -> None:
    target = httpx.URL(str(client.base_url)).copy_with(raw_path=path.encode())
    reply = client.request(method, target)
    assert 400 <= reply.status_code < 500, reply.text
    assert "root:" not in reply.text
    assert "access-control-allow-origin" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/mcp", "/v1/chat/completions", "/api/update", "/api/ask/stream", "/metrics", "/api/snippets"])
def test_other_sites_and_other_names_are_kept_out_of_every_door(client: httpx.Client, path: str) -> None:
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        for method in ("GET", "POST"):
            reply = client.request(method, path, headers=headers, json={"question": "x"})
            assert reply.status_code == 403
            assert "access-control-allow-origin" not in reply.headers
    assert client.get(path, headers={"host": "evil.example"}).status_code == 400


def test_a_call_of_the_queue_takes_no_reader_s_place(local: TestClient) -> None:
    gradio = local.app.state.gradio  # type: ignore[attr-defined]
    queue = gradio.get_blocks()._queue
    kept = (gradio.state_holder.session_data, queue.pending_event_ids_session, queue.pending_messages_per_session)
    before = [set(each) for each in kept]
    for question in (*islice(hostile(5), 5), "", "谁？"):
        _called(local, question)
    assert [set(each) for each in kept] == before


def test_sessions_of_the_page_are_not_kept_without_end(local: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gradio keeps some 35 kB of each."""
    holder = local.app.state.gradio.state_holder  # type: ignore[attr-defined]
    assert holder.capacity <= 2_000
    monkeypatch.setattr(holder, "capacity", 5)
    for number in range(20):
        holder[f"session {number}"]
    assert len(holder.session_data) <= 5
