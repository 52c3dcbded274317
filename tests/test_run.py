"""run.py: what a person on a fresh machine reads when something is missing, and that finished work is not done twice."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a clone: requirement files, no .venv."""
    (tmp_path / "requirements.txt").write_text("numpy==2.4.6\nrich==15.0.0\n", encoding="utf-8")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9.2.0\n", encoding="utf-8")
    venv = tmp_path / ".venv"
    for name, value in {"HOME": tmp_path, "VENV": venv, "STAMP": venv / "wenbao.json", "PYTHON": Path(sys.executable)}.items():
        monkeypatch.setattr(run, name, value)
    venv.mkdir()
    return tmp_path


def fake_pip(monkeypatch: pytest.MonkeyPatch, lines: list[str], status: int) -> list[list[str]]:
    """Replace the pip command by a script that prints ``lines`` and ends with ``status``; return the list of calls."""
    calls: list[list[str]] = []
    popen: Any = subprocess.Popen

    def start(command: list[str], **options: Any) -> Any:
        calls.append(command)
        code = f"import sys; print({chr(10).join(lines)!r}); sys.exit({status})"
        return popen([sys.executable, "-c", code], **options)

    monkeypatch.setattr(subprocess, "Popen", start)
    return calls


def test_old_python_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 10, "final", 0))
    with pytest.raises(SystemExit) as stopped:
        run.main([])
    assert stopped.value.code == 1
    assert capsys.readouterr().err == "run.py: Python 3.10 or newer is needed, this is 3.8.\n"


def test_syntax_is_understood_by_an_old_python() -> None:
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_missing_venv_names_the_package(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "PYTHON", home / "nothing")
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit):
        run.make_venv()
    error = capsys.readouterr().err
    assert "python3-venv" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("NewConnectionError('<pip>: Failed to establish a new connection: [Errno -3] Temporary failure')", "network"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for torch==2.13.0", "no build for Python"),
        ("ERROR: something else", "its last lines stand above"),
    ],
)
def test_failed_installation_is_explained_and_not_remembered(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, word: str
) -> None:
    fake_pip(monkeypatch, ["Collecting numpy==2.4.6", line], 1)
    with pytest.raises(SystemExit) as stopped:
        run.install(run.RUNTIME)
    assert stopped.value.code == 1
    assert word in capsys.readouterr().err.splitlines()[-1]
    assert not run.STAMP.exists()


def test_installation_is_done_once_until_the_pins_change(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake_pip(monkeypatch, ["Collecting numpy==2.4.6"], 0)
    run.install(run.DEVELOPMENT)
    run.install(run.DEVELOPMENT)
    run.install(run.RUNTIME)  # the development list holds the runtime list
    assert len(calls) == 1
    assert set(json.loads(run.STAMP.read_text(encoding="utf-8"))) == {run.RUNTIME, run.DEVELOPMENT}
    (home / "requirements.txt").write_text("numpy==2.4.7\n", encoding="utf-8")
    run.install(run.RUNTIME)
    assert len(calls) == 2


def test_progress_names_the_packages(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fake_pip(monkeypatch, [f"Collecting package{number}==1.0" for number in range(12)], 0)
    run.install(run.RUNTIME)
    error = capsys.readouterr().err
    assert "package0" in error
    assert "package10" in error


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["app.py"]),
        (["--port", "8000"], ["app.py", "--port", "8000"]),
        (["ask", "谁？", "--json"], ["-m", "qa.main", "ask", "谁？", "--json"]),
        (["--help"], ["-m", "qa.main", "--help"]),
        (["test"], ["-m", "pytest", "-n", "2", "--dist", "loadfile"]),
        (["test", "-k", "run"], ["-m", "pytest", "-k", "run"]),
    ],
)
def test_words_are_passed_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], expected: list[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(run, "make_venv", lambda: None)
    monkeypatch.setattr(run, "install", lambda requirements: None)

    def start(command: list[str]) -> int:
        started.append(command)
        return 0

    monkeypatch.setattr(run, "start", start)
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert run.main(arguments) == 0
    assert [word.replace(str(home) + "/", "") for word in started[0]] == expected
