"""Nothing phones home: no connection leaves the machine, at start and in use, and everything works where none could."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.doors.conftest import ROOT

pytestmark = pytest.mark.timeout(300)  # on a machine that is busy with something else

WATCHED = """
    import ipaddress, sys

    HERE = ("127.0.0.1", "localhost", "::1", "None")
    said = []

    def watch(event, arguments):
        if event == "socket.connect":
            address = arguments[1]
            if isinstance(address, tuple) and not ipaddress.ip_address(address[0].split("%")[0]).is_loopback:
                said.append(f"connect {address}")
        elif event in ("socket.getaddrinfo", "socket.gethostbyname") and str(arguments[0]) not in HERE:
            said.append(f"{event} {arguments[0]}")

    sys.addaudithook(watch)

    from pathlib import Path
    from starlette.testclient import TestClient
    from index.archive import Archive
    from qa.api.app import create_app
    from qa.assistant import Assistant

    folder = Path(sys.argv[1])
    Archive.open(folder).update([Path("seeds")])
    app = create_app(lambda: Assistant.open(folder))
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        assert client.get("/").status_code == 200
        asked = ("/api/ask?question=谁是区长？", "/api/ask/stream?question=Who is the mayor?", "/api/snippets?words=网格")
        for path in (*asked, "/metrics", "/docs"):
            assert client.get(path).status_code == 200, path
        chat = {"messages": [{"role": "user", "content": "第六届中国智能建筑节的主题是什么？"}]}
        assert client.post("/v1/chat/completions", json=chat).status_code == 200
        listed = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        assert client.post("/mcp", json=listed, headers={"accept": "application/json, text/event-stream"}).status_code == 200
    print(said)
"""

ALONE = """
    set -eu
    ip link set lo up
    "$PYTHON" -m qa.main update seeds --archive "$1" --json
    "$PYTHON" -m qa.main ask 智汇谷产业基地计划新增多少个就业岗位？ --archive "$1"
    "$PYTHON" -m qa.main serve --archive "$1" --port 7999 >"$1.log" &
    server=$!
    for _ in $(seq 150); do grep -q http "$1.log" && break; sleep 0.2; done
    curl -sS --fail -G http://127.0.0.1:7999/api/ask --data-urlencode question=第六届中国智能建筑节的主题是什么？
    curl -sS --fail -o /dev/null http://127.0.0.1:7999/
    kill $server
    wait $server
"""


@pytest.mark.slow
def test_no_connection_is_made_at_start_or_in_use(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(WATCHED), str(tmp_path / "archive")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def _isolated() -> bool:
    """Tell whether this user may make a network namespace and bring its loopback up."""
    tools = all(shutil.which(name) for name in ("unshare", "ip", "curl"))
    return tools and subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not _isolated(), reason="needs unshare, ip and curl, and the right to make a network namespace")
def test_everything_works_in_a_namespace_without_a_network(tmp_path: Path) -> None:
    script = textwrap.dedent(ALONE).replace('"$PYTHON"', f'"{sys.executable}"')
    command = ["unshare", "-rn", "sh", "-c", script, "sh", str(tmp_path / "archive")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    assert '"added": 2' in done.stdout
    assert "新增5万余个就业岗位" in done.stdout
    assert "数字驱动·智建未来" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not _isolated(), reason="needs unshare, ip and curl, and the right to make a network namespace")
def test_every_client_works_in_a_namespace_without_a_network() -> None:
    script = 'ip link set lo up && exec "$@"'
    tests = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-m",
        "slow or not slow",
        "-p",
        "no:cacheprovider",
        "tests/doors/test_examples.py",
    ]
    done = subprocess.run(["unshare", "-rn", "sh", "-c", script, "sh", *tests], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "skipped" not in done.stdout
