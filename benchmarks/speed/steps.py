"""The steps of one size, each in a process of its own, each done once: what a step found is kept in the work folder.

Knows what depends on what; measures nothing itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.speed.corpus import PAPER, next_issue, write_inbox
from benchmarks.speed.peers import PEERS
from index.archive import Archive

Figures = dict[str, Any]
_OPENINGS = 3


class Size:
    """An archive of about ``passages`` passages in a folder of its own."""

    def __init__(self, data: Path, work: Path, passages: int) -> None:
        self._data = data
        self.passages = passages
        self.folder = work / str(passages)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._archive = self.folder / "archive"
        self._inbox = self.folder / "inbox"
        self._texts = self.folder / "passages.jsonl"
        self._questions = self.folder / "questions.json"

    def wenbao(self, tell: Callable[[str], None]) -> Figures:
        """Build and measure the archive; return the figures by name."""
        tell("writing files")
        wanted = write_inbox(self._data, self._inbox, self.passages)
        tell("building")
        figures = self._once("build", self._build)
        articles = _articles(self._archive)
        questions = [{"text": asked.text, "article": f"{articles[asked.page]}-a{asked.place:02d}"} for asked in wanted]
        self._questions.write_text(json.dumps(questions, ensure_ascii=False, indent=1), encoding="utf-8")
        if hasattr(os, "sync"):
            os.sync()  # what was written is not to go to the disk while questions are timed
        tell("opening")
        figures |= self._once("open", self._open)
        tell("asking")
        figures |= self._once("ask", lambda: _run("ask", self._archive, self._questions))
        figures["same words"] = self._once("words", lambda: _run("words", self._archive, self._questions))
        tell("one more issue")
        figures |= self._once("grow", self._grow)
        return figures

    def peer(self, name: str, seconds: float, tell: Callable[[str], None]) -> Figures:
        """Build and measure another system on the same passages and questions."""
        if not self._texts.exists():
            tell("passages for the others")
            subprocess.run([*_COMMAND, "benchmarks.speed.texts", str(self._archive), str(self._texts)], check=True)
        tell(name)
        return self._once(f"peer {name}", lambda: _run("peer", name, self._texts, self._questions, seconds))

    def _build(self) -> Figures:
        figures = _run("build", self._archive, self._inbox)
        with Archive.open(self._archive) as archive:
            stats = archive.stats()
        text = sum(path.stat().st_size for path in self._inbox.iterdir())
        disk = sum(path.stat().st_size for path in self._archive.rglob("*") if path.is_file())
        rates = {"MB/s": text / 1e6 / figures["build s"], "passages/s": stats.passages / figures["build s"]}
        counts = {"passages": stats.passages, "articles": stats.articles, "files": stats.sources}
        return {**counts, "text MB": text / 1e6, **figures, **rates, "disk MB": disk / 1e6}

    def _open(self) -> Figures:
        openings = [_run("first", self._archive) for _ in range(_OPENINGS)]
        return sorted(openings, key=lambda figures: float(figures["first answer s"]))[_OPENINGS // 2]

    def _grow(self) -> Figures:
        name, text = next_issue(self._data, self._inbox)
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return _run("grow", self._archive, path)

    def _once(self, step: str, make: Callable[[], Figures]) -> Figures:
        kept = self.folder / f"{step}.json"
        if not kept.exists():
            made = json.dumps(make(), indent=1)
            beside = kept.with_suffix(".part")
            beside.write_text(made + "\n", encoding="utf-8")
            beside.replace(kept)
        found: Figures = json.loads(kept.read_text(encoding="utf-8"))
        return found


_COMMAND = (sys.executable, "-m")


def _run(module: str, *arguments: object) -> Figures:
    """Run a module of this package in a process of its own; the last line it prints is its figures."""
    command = [*_COMMAND, f"benchmarks.speed.{module}", *map(str, arguments)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return {"failed": f"ended with status {done.returncode}"} if module == "peer" else _stop(module, done.returncode)
    figures: Figures = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _stop(module: str, status: int) -> Figures:
    raise SystemExit(f"benchmarks.speed.{module} ended with status {status}; run the same command again to go on from here")


def _articles(folder: Path) -> dict[int, str]:
    """Return the id of each page of the reading sets, by its number."""
    with Archive.open(folder) as archive, archive.view() as view:
        return {int(issue.page): issue.id for issue in view.issues() if issue.newspaper == PAPER and issue.page}


def peers() -> list[str]:
    """Return the names of the other systems, the quickest to build first."""
    return list(PEERS)
