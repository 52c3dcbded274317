from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import workers
from index.crew import Crew
from index.preparing import content_key, look, prepare
from index.readers import read_file
from tests.index.storage.sample import dump, opened, page_text, write_pages

ROOT = Path(__file__).resolve().parents[2]


def task(path: Path) -> tuple[Path, str]:
    return path, content_key(read_file(path).pages)


def test_helpers_prepare_what_this_process_would(inbox: Path) -> None:
    (inbox / "empty.txt").write_text("\n", encoding="utf-8")
    (inbox / "changed.txt").write_text(page_text(50), encoding="utf-8")
    tasks = [task(path) for path in sorted(inbox.iterdir()) if path.name != "empty.txt"]
    tasks.insert(3, (inbox / "empty.txt", "0"))
    tasks.insert(5, (inbox / "gone.txt", "0"))
    (inbox / "changed.txt").write_text(page_text(51), encoding="utf-8")
    with Crew(2) as crew:
        together = list(crew.prepare(tasks))
        seen = list(crew.look(path for path, _ in tasks))
    assert together == [prepare(*each) for each in tasks]
    assert seen == [look(path) for path, _ in tasks]
    assert [one.failure is None for one in together].count(False) == 3
    assert together[-1].words


def test_a_file_that_kills_its_helper_costs_no_other(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [task(path) for path in sorted(inbox.iterdir())]
    with Crew(1) as crew:
        prepared = crew.prepare([tasks[0]])
        assert next(prepared).failure is None
        (helper,) = crew._helpers
        os.kill(helper.pid, signal.SIGKILL)
        helper.wait()
        first, second = crew.prepare(tasks[1:3])
    assert first.failure is not None
    assert "ended with status" in first.failure.reason
    assert second.failure is None


def test_an_archive_is_the_same_whoever_prepared_it(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(inbox, range(6, 30))
    with opened(tmp_path / "alone") as archive:
        archive.update([inbox])
    monkeypatch.setattr(workers, "_WORTH_HELPERS", 0)
    monkeypatch.setattr(workers, "_WORTH_READERS", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with opened(tmp_path / "together") as archive:
        assert archive.update([inbox]).added == 30
    assert dump(tmp_path / "together") == dump(tmp_path / "alone")


def test_a_script_without_a_main_guard_may_update(inbox: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "import index.workers\n"
        "from index.archive import Archive\n"
        "from tests.index.storage.sample import HashEncoder\n"
        "index.workers._WORTH_HELPERS = 0\n"
        "print('run')\n"
        f"print(Archive.open({str(tmp_path / 'archive')!r}, encoder=HashEncoder()).update([Path({str(inbox)!r})]).added)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100)
    assert done.stdout == "run\n6\n", done.stderr
