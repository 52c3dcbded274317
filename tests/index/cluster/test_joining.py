"""What a cluster is joined by: addresses that are none, a missing extra, and nothing reported to anybody."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.cluster import join
from index.errors import ClusterError
from tests.index.storage.sample import HashEncoder

ROOT = Path(__file__).resolve().parents[3]


def refused(address: str) -> str:
    with pytest.raises(ClusterError) as caught, join(address, HashEncoder(), HashEncoder):
        pass
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("address", ["", "host", "host:", ":6379", "http://host:6379", "a b:1:2", "host:99999", "host:6379/x"])
def test_what_is_no_address_is_told(address: str) -> None:
    assert "is no address of a Ray cluster; give HOST:PORT, auto or local" in refused(address)


def test_a_client_outside_the_cluster_is_told_how_to_join() -> None:
    assert "run `ray start --address=HOST:6379` here" in refused("ray://host:10001")


def test_an_address_where_nothing_listens_is_told_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert refused(address).startswith(f"no Ray cluster at {address} (")


@pytest.mark.parametrize("reply", [b"HTTP/1.0 400 Bad Request\r\n\r\n", b"", b"\0\0"])
def test_what_listens_but_is_no_cluster_is_told_at_once(reply: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            talk, _ = server.accept()
            with talk:
                talk.recv(100)
                talk.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"127.0.0.1:{server.getsockname()[1]}"
        assert f"what answers at {address} is no Ray cluster" in refused(address)
        thread.join()


def command(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("RAY_USAGE_STATS_ENABLED", None)
    whole = [sys.executable, "-c", code, *arguments]
    return subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False)


def test_without_the_extra_the_install_command_is_told(inbox: Path, folder: Path) -> None:
    code = "import runpy, sys; sys.modules['ray'] = None; runpy.run_module('index', run_name='__main__', alter_sys=True)"
    done = command(code, "update", str(inbox), "--archive", str(folder), "--ray", "local")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == 'error: Ray is not installed; run: pip install "wenbao[ray]"\n'


def test_ray_is_imported_when_a_cluster_is_joined_and_not_before(inbox: Path, folder: Path) -> None:
    code = (
        "import sys\nfrom index.archive import Archive\nimport index.cluster, index.cluster.nodes\n"
        "from tests.index.storage.sample import HashEncoder\n"
        "Archive.open(sys.argv[2], encoder=HashEncoder()).update([sys.argv[1]])\n"
        "print([name for name in ('ray', 'pyarrow', 'pandas') if name in sys.modules])"
    )
    done = command(code, str(inbox), str(folder))
    assert done.stdout.strip() == "[]", done.stderr


def test_ray_is_told_to_report_nothing_before_it_is_imported() -> None:
    pytest.importorskip("ray")
    code = (
        "import os, builtins, tempfile, pathlib\n"
        "real = builtins.__import__\n"
        "def watched(name, *rest, **more):\n"
        "    if name == 'ray': print(os.environ.get('RAY_USAGE_STATS_ENABLED'))\n"
        "    return real(name, *rest, **more)\n"
        "builtins.__import__ = watched\n"
        "from index.cluster import join\nfrom tests.index.storage.sample import HashEncoder\n"
        "seen = pathlib.Path(tempfile.mkdtemp()) / 'seen.sqlite'\n"
        "with join('local', HashEncoder(), HashEncoder, remembered=seen) as cluster:\n"
        "    from ray._common.usage import usage_lib\n"
        "    print(usage_lib.usage_stats_enabled(), list(cluster.look([])), list(cluster.prepare([])))\n"
        "    import ray; print(ray.is_initialized())\n"
    )
    done = command(code)
    lines = done.stdout.split("\n")
    assert lines[0] == "0", done.stderr
    assert "None" not in lines
    assert [line for line in lines if line not in ("0", "")] == ["False [] []", "False"], "nothing to do starts nothing"
