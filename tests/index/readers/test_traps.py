"""A folder full of traps: each is refused in one line, in little memory and at once, and the rest of the folder is read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GOOD = "三条干渠同时放水\n\n本报讯（记者 林书远）3月15日，清河县三条干渠同时放水，八万亩麦田开始浇水。\n"
READ_ALL = """
import json, sys
from pathlib import Path
from index.errors import ReadError
from index.readers import find_sources, read_file
found, skipped = find_sources([Path(sys.argv[1])])
told = {Path(item.source).name: item.reason for item in skipped}
read = []
for path in found:
    try:
        read += [path.name] * len(read_file(path).pages)
    except ReadError as error:
        told[path.name] = error.reason
status = Path("/proc/self/status")  # its peak is that of this program alone; the one of getrusage is that of its parent too
peak = status.read_text().partition("VmHWM:")[2].split() if status.exists() else []
print(json.dumps({"read": read, "told": told, "kilobytes": int(peak[0]) if peak else None}))
"""


def packed(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def lay_traps(folder: Path) -> None:
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    for name in ("sparse.txt", "sparse.png", "sparse.zip"):
        with (folder / name).open("wb") as file:
            file.truncate(1 << 30)
    with (folder / "real.txt").open("wb") as file:
        file.write(b"a" * (65 << 20))
    (folder / "bomb.zip").write_bytes(packed({f"{number}.txt": bytes(30 << 20) for number in range(4)}))
    nested = packed({"a.txt": GOOD.encode()})
    for depth in range(4):
        nested = packed({f"{depth}.zip": nested})
    (folder / "nested.zip").write_bytes(nested)
    os.mkfifo(folder / "pipe.txt")
    for name, target in (("device.txt", "/dev/zero"), ("outside.txt", "/etc/hosts"), ("loop.txt", "loop.txt"), ("root", "/")):
        (folder / name).symlink_to(target)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes as Unix has them")
def test_a_folder_of_traps(tmp_path: Path) -> None:
    lay_traps(tmp_path)
    command = [sys.executable, "-c", READ_ALL, str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    seen = json.loads(result.stdout)
    assert seen["read"] == ["good.txt"]
    assert {name: reason.split(";")[0].split(":")[-1].split("(")[0].strip() for name, reason in seen["told"].items()} == {
        "sparse.txt": "is larger than 64 MB",
        "sparse.png": "is larger than 64 MB",
        "sparse.zip": "is larger than 64 MB",
        "real.txt": "is larger than 64 MB",
        "bomb.zip": "grows too large when unpacked",
        "nested.zip": "is a zip inside a zip",
        "pipe.txt": "is not a regular file",
        "device.txt": "is a link that leads out of the folder",
        "outside.txt": "is a link that leads out of the folder",
        "loop.txt": "cannot be read",
        "root": "link to a folder is not followed",
    }
    assert not any("\n" in reason for reason in seen["told"].values())
    assert seen["kilobytes"] is None or seen["kilobytes"] < 600 * 1024
