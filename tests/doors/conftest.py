"""One real server for all tests of the doors: ``wenbao serve`` in a process of its own, over an archive of the seed pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
UPDATE_KEY = "the-key-of-the-editor"
ASKED = "智汇谷产业基地计划新增多少个就业岗位？"


@contextmanager
def serving(archive: Path, **environment: str) -> Iterator[str]:
    """Serve an archive as a person would; yields the address without a slash at its end."""
    command = [sys.executable, "-m", "qa.main", "serve", "--port", "0", "--archive", str(archive)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WENBAO_")}
    with subprocess.Popen(
        command, cwd=ROOT, env={**clean, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line)
                if match := re.search(r"http://\S+", line):
                    break
            else:
                raise AssertionError("the server ended without an address:\n" + "".join(said))
            # A pipe that nobody reads fills up and then stops whoever writes to it.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            address = match.group().rstrip("/")
            _wait_until_ready(address)
            yield address
        finally:
            process.terminate()
            assert process.wait(30) == 0


def _wait_until_ready(address: str) -> None:
    with httpx.Client(trust_env=False, timeout=60) as client:
        assert client.get(f"{address}/api/stats").status_code in (200, 401)


@pytest.fixture(scope="session")
def archive(seed_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the seed archive that may be written to."""
    return Path(shutil.copytree(seed_archive, tmp_path_factory.mktemp("doors") / "archive"))


@pytest.fixture(scope="session")
def server(archive: Path) -> Iterator[str]:
    """The address of a server that anyone on this machine may ask, and whoever has ``UPDATE_KEY`` may update."""
    with serving(archive, WENBAO_UPDATE_KEY=UPDATE_KEY) as address:
        yield address


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, trust_env=False, timeout=30) as opened:
        yield opened
