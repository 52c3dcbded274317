"""The same archive through a real Ray cluster, whatever dies on the way. Each cluster takes half a minute to start and stop."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.index.cluster.marking import FOLDER, marks, used_gpu
from tests.index.storage.sample import dump, opened, page_text, write_pages

pytest.importorskip("ray")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "tests" / "index" / "readers" / "samples"
PAGES = 160


class Cluster:
    """Runs the driver, each time in its own process."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.marks = home
        self.mark_anew()

    def mark_anew(self) -> None:
        """Let the next updates leave their marks in a folder of their own."""
        self.marks = self.home / f"marks{len(list(self.home.glob('marks*')))}"
        self.marks.mkdir()

    def start(self, address: str, inbox: Path) -> subprocess.Popen[str]:
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "tests.index.cluster.driver",
            address,
            self.home / "archive",
            inbox,
            self.home / "seen.sqlite",
        ]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), FOLDER: str(self.marks), "PYTHONWARNINGS": "ignore"}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)

    def update(self, address: str, inbox: Path) -> dict[str, Any]:
        process = self.start(address, inbox)
        printed, said = process.communicate(timeout=300)
        assert process.returncode == 0, said[-3000:]
        result = json.loads(printed)  # nothing else: Ray's own notes stay away
        assert isinstance(result, dict)
        return result


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return Cluster(tmp_path)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Pages with all that may stand beside them, two of one name, one that cannot be read, one scan kept for long."""
    inbox = tmp_path / "many"
    write_pages(inbox, range(PAGES))
    twin = page_text(3).replace("本报讯", "本报消息")
    (inbox / "twin.txt").write_text(twin, encoding="utf-8")
    (inbox / "broken.docx").write_bytes(b"PK\3\4 no")
    (inbox / "issue.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    (inbox / "page0005.yaml").write_text("page: 7\n", encoding="utf-8")
    return inbox


def alone(tmp_path: Path, inbox: Path) -> Path:
    with opened(tmp_path / "alone") as archive:
        archive.update([inbox])
    return tmp_path / "alone"


def test_a_node_killed_on_the_way_changes_nothing(cluster: Cluster, many: Path, tmp_path: Path) -> None:
    report = cluster.update("two", many)
    assert report["added"] == PAGES + 1
    assert sorted(Path(item["source"]).name for item in report["skipped"]) == ["broken.docx", "issue.yaml"]
    killed = report["killed"]
    assert report["before"][killed] > 0
    assert sum(report["before"].values()) < PAGES, "the node was killed when all was done"
    assert len(report["after"]) == 2
    assert dump(tmp_path / "archive") == dump(alone(tmp_path, many))


def test_an_update_goes_on_where_its_driver_died(cluster: Cluster, many: Path, tmp_path: Path) -> None:
    shutil.copy(next(SAMPLES.rglob("*.zip")), many / "a.zip")
    process = cluster.start("local", many)
    assert process.stderr is not None
    for line in process.stderr:
        if "page0030" in line:
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    with opened(tmp_path / "archive") as archive:
        held = archive.stats().sources
        assert archive.check().ok
    assert 20 < held < PAGES
    cluster.mark_anew()  # what the first driver had sent may go on for a moment
    report = cluster.update("local", many)
    total = report["added"] + report["unchanged"]
    assert report["unchanged"] == held
    assert sum(marks(cluster.marks).values()) == report["added"] == total - held, "only what was missing was sent"
    assert dump(tmp_path / "archive") == dump(alone(tmp_path, many))
    cluster.mark_anew()
    assert cluster.update("local", many)["unchanged"] == total
    assert marks(cluster.marks) == {}, "the zip is known by its bytes"


def test_a_model_that_wants_one_is_given_a_gpu(cluster: Cluster, inbox: Path, tmp_path: Path) -> None:
    assert cluster.update("gpu", inbox)["added"] == 6
    assert sum(marks(cluster.marks).values()) == 6
    assert used_gpu(cluster.marks)
    assert dump(tmp_path / "archive") == dump(alone(tmp_path, inbox))
