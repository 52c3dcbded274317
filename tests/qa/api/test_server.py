from __future__ import annotations

import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import httpx
import pytest

from qa.api import server
from qa.api.server import ServeError, serve

ROOT = Path(__file__).resolve().parents[3]

# A real server over the stand-in, whose answers take a second, so that a stop can meet one in flight.
SLOW = """
    import sys, time
    from qa.api import server
    from tests.qa.chat.fake_assistant import FakeAssistant

    class Slow(FakeAssistant):
        def ask(self, question, history=(), limit=5, *, filter=None):
            time.sleep(1.0)
            return super().ask(question, history, limit, filter=filter)

    server._opener = lambda archive, model: Slow
    from pathlib import Path
    server.serve(Path("none"), port=int(sys.argv[1]))
"""


def start(port: int) -> subprocess.Popen[str]:
    code = textwrap.dedent(SLOW)
    command = [sys.executable, "-c", code, str(port)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return line[line.index("http://") :].strip()
    raise AssertionError("the server did not say where it is")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5"])
def test_other_computers_are_let_in_only_on_purpose(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENBAO_KEY", raising=False)
    with pytest.raises(ServeError, match="WENBAO_KEY"):
        serve(Path("none"), host=host)
    assert server._limits(host, True).hosts is None
    monkeypatch.setenv("WENBAO_KEY", "short")
    with pytest.raises(ServeError, match="12 characters"):
        serve(Path("none"), host=host)
    monkeypatch.setenv("WENBAO_KEY", "long-enough-a-key")
    assert server._limits(host, False).key == "long-enough-a-key"


def test_this_machine_alone_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENBAO_KEY", raising=False)
    limits = server._limits("127.0.0.1", False)
    assert limits.key is None
    assert limits.hosts == frozenset({"127.0.0.1", "localhost", "::1"})


def test_a_taken_port_gives_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with server._listener("127.0.0.1", port) as listener:
            assert port < listener.getsockname()[1] <= port + 20


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(ServeError, match="no port"):
        serve(Path("none"), port=port)


def test_a_host_that_is_not_ours_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ServeError, match=r"cannot listen on 203\.0\.113\.7"):
        serve(Path("none"), host="203.0.113.7", public=True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
@pytest.mark.slow
def test_a_stop_lets_the_answer_in_flight_end() -> None:
    with start(0) as process:
        try:
            address = address_of(process)
            with httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
                assert client.get("/health").json()["status"] == "ok"
                got: list[httpx.Response] = []
                asking = threading.Thread(target=lambda: got.append(client.get("/api/ask", params={"question": "就业岗位？"})))
                asking.start()
                time.sleep(0.4)
                process.send_signal(signal.SIGTERM)
                asking.join(20)
            assert [response.status_code for response in got] == [200]
            began = time.monotonic()
            assert process.wait(25) == 0
            assert time.monotonic() - began < 20
        finally:
            process.kill()


def test_importing_the_api_brings_neither_gradio_nor_torch() -> None:
    code = "import qa.api, sys; print([name for name in ('gradio', 'torch', 'sentence_transformers') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
