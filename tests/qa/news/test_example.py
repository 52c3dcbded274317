"""The example of news answers runs as it stands, and importing ``qa`` stays cheap."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_example_runs_over_the_seed_pages(seed_archive: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "python" / "news.py"), str(seed_archive)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=True,
    )
    assert "2021年6月8日：市委副书记、市长李长萍" in done.stdout
    assert "2021-06-08 1 " in done.stdout or "2021-06-08 2 " in done.stdout
    assert "1 第六届中国智能建筑节在我区成功举办" in done.stdout
    assert "nearest: ('2021-06-08',)" in done.stdout
    assert "新增5万余个就业岗位" in done.stdout
    assert done.stderr == ""


def test_importing_qa_takes_less_than_300_milliseconds() -> None:
    code = "import time; start = time.process_time(); import qa; print(time.process_time() - start)"
    spent = [
        float(subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        for _ in range(2)
    ]
    assert min(spent) < 0.3
