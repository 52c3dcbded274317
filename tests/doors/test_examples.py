"""Every example runs, with the real client that it is about, against a running server or an archive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doors.conftest import ROOT, UPDATE_KEY

pytestmark = pytest.mark.timeout(300)  # on a machine that is busy with something else

EXAMPLES = ROOT / "examples"
QUOTE = "新增5万余个就业岗位"


def run(name: str, *arguments: str, **environment: str) -> str:
    """Run an example as a person would and return what it prints; nothing may stand on standard error."""
    program = [sys.executable] if name.endswith(".py") else ["sh"]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("WENBAO_")}
    done = subprocess.run(
        [*program, str(EXAMPLES / name), *arguments],
        cwd=ROOT,
        env={**clean, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_openai_client(server: str) -> None:
    printed = run("openai_client.py", server)
    assert printed.count(QUOTE) == 2  # whole, and streamed
    assert "1 孙亚飞，王兆锋，杨成涛. 赋能助力聊城高质量发展[N]" in printed


def test_gradio_client(server: str) -> None:
    assert QUOTE in run("gradio_chat.py", server)


@pytest.mark.slow
@pytest.mark.parametrize("door", ["stdio", "http"])
def test_mcp_client(server: str, archive: Path, door: str) -> None:
    printed = run("mcp_client.py", f"{server}/mcp" if door == "http" else str(archive))
    assert printed.startswith("ask, search, snippets, facets, timeline, contents, get_article, list_issues\n")
    assert QUOTE in printed
    assert "创业者，新增5万余个|就业岗位|，年产值交易额过百" in printed


def test_langchain(archive: Path) -> None:
    assert QUOTE in run("langchain_retriever.py", str(archive))


@pytest.mark.slow
def test_llamaindex(archive: Path) -> None:
    assert QUOTE in run("llamaindex_retriever.py", str(archive))


def test_stream(server: str) -> None:
    events = [line.split(" ")[0] for line in run("stream.py", server).splitlines()]
    assert events[:2] == ["understood", "retrieved"]
    assert events[2:-1] == ["quote"] * (len(events) - 3)
    assert events[-1] == "done"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(server: str) -> None:
    printed = run("curl.sh", server)
    decoder, at, replies = json.JSONDecoder(), 0, []
    while at < len(printed):
        reply, at = decoder.raw_decode(printed, at)
        replies.append(reply)
    asked, followed, searched, lines, counts, issues = replies
    assert any(QUOTE in citation["quote"] for citation in asked["citations"])
    assert "智汇谷" in followed["interpretation"]["question"]
    assert len(searched["hits"]) == 3
    assert lines["total"] == 2
    assert counts["newspapers"] == [{"value": "东昌府讯", "count": counts["total"]}]
    assert len(issues["issues"]) == 2


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_upload(server: str, tmp_path: Path) -> None:
    page = tmp_path / "晚报.txt"
    page.write_text(
        "北河晚报\n2024年3月5日 星期二 第2版\n渡口大桥通车\n本报讯（记者 林远舟）3月4日，渡口大桥正式通车，全长1260米。\n",
        encoding="utf-8",
    )
    report = json.loads(run("upload.sh", server, str(page), WENBAO_UPDATE_KEY=UPDATE_KEY))
    assert (report["added"], report["skipped"]) == (1, [])
    again = json.loads(run("upload.sh", server, str(page), WENBAO_UPDATE_KEY=UPDATE_KEY))
    assert (again["added"], again["unchanged"]) == (0, 1)
