"""What the tutorial and the page on Python tell people to do works, in that order, in an empty folder."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa.main import app
from tests.doors.conftest import ROOT

pytestmark = pytest.mark.timeout(300)  # on a machine that is busy with something else

DOCS = ROOT / "docs"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the seeds in it, as a clone has them, and no archive."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WENBAO_ARCHIVE", raising=False)
    return tmp_path


def test_the_tutorial(clone: Path) -> None:
    lines = [line for block in blocks("tutorial.md", "sh") for line in block.splitlines()]
    printed: dict[str, str] = {}
    for line in lines:
        if line.startswith("python3 run.py "):
            done = CliRunner().invoke(app, shlex.split(line)[2:])
            assert done.exit_code == 0, (line, done.output, done.exception)
            printed[line] = done.output
        else:
            subprocess.run(["sh", "-c", line], cwd=clone, check=True)
    assert len(printed) >= 12
    assert "新增5万余个就业岗位" in printed['python3 run.py ask "智汇谷产业基地计划新增多少个就业岗位？"']
    assert "1260米" in printed['python3 run.py ask "渡口大桥全长多少米？"']
    assert "没有找到" in printed['python3 run.py ask "谁发明了电话？"']


def test_the_page_on_python(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python.md", "python")
    exec(compile(code, "python.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("2 0 ()\n")
    assert "新增5万余个就业岗位" in printed
    assert "者，新增5万余个|就业岗位|，年产值交易额过" in printed
    assert "Count(value='东昌府讯'" in printed
