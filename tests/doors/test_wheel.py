"""The wheel, installed where nothing of the checkout is in reach, brings all it needs and does its work."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without asking a registry; hatchling must be there."""
    pytest.importorskip("hatchling", reason="building needs hatchling")
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def wenbao(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty environment with the wheel in it; the libraries it depends on are lent by this one, so that nothing is fetched."""
    home = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(
        subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    )
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    yield python


def run(python: Path, folder: Path, *arguments: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WENBAO_", "PYTHON"))}
    command = [str(python), "-m", "qa.main", *arguments]
    done = subprocess.run(command, cwd=folder, env={**clean, "PYTHONUTF8": "1"}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_its_top_level_names_are_index_and_qa(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"index", "qa"}
    for needed in (
        "index/model/model.safetensors", "index/model/tokenizer.json", "index/py.typed", "qa/py.typed",
        "qa/chat/style/ground.css",
        "qa/chat/script/main.js", "qa/chat/icon.svg",
    ):  # fmt: skip
        assert needed in names
    assert [name for name in names if name.endswith((".pyc", ".pt", ".pkl")) or "/tests/" in name] == []


def test_it_updates_asks_and_serves_without_the_checkout(wenbao: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(wenbao), "-c", "import qa; print(qa.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "venv" in where.stdout
    assert str(ROOT) not in where.stdout
    archive = str(tmp_path / "archive")
    assert '"added": 2' in run(wenbao, tmp_path, "update", str(ROOT / "seeds"), "--archive", archive, "--json")
    assert "新增5万余个就业岗位" in run(wenbao, tmp_path, "ask", "智汇谷产业基地计划新增多少个就业岗位？", "--archive", archive)
    code = (
        "import sys; from starlette.testclient import TestClient; from qa.api.app import create_app; from qa import Assistant\n"
        "with TestClient(create_app(lambda: Assistant.open(sys.argv[1]), warm=False), base_url='http://127.0.0.1') as client:\n"
        "    print(*(client.get(p).status_code for p in ('/', '/page/style.css')), client.get('/api/stats').json()['issues'])"
    )
    served = subprocess.run([str(wenbao), "-c", code, archive], cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert served.stdout.split() == ["200", "200", "2"], served.stderr
