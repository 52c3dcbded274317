"""Build archives of growing size, ask them, take in one more issue.

    python -m benchmarks.speed --data DATA [--sizes 10000 100000] [--keep FOLDER] [--json FILE]

Every figure is of this run, on this machine; nothing else should run meanwhile. Questions are headlines of articles drawn at
random; a question is found when a passage of its article is among the first ten.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.speed.copies import editions
from index.archive import Archive
from index.encoder import load_encoder
from qa.assistant import Assistant
from qa.question import understand
from qa.retrieval import query_of

_QUESTIONS = 300
_IN_A_FILE = 74  # passages, on average


def build(data: Path, files: Iterator[tuple[Any, str]], inbox: Path, folder: Path, passages: int) -> dict[str, float]:
    """Write files until there are enough passages, and take them all in."""
    inbox.mkdir(parents=True)
    for day, text in islice(files, passages // _IN_A_FILE + 1):
        (inbox / f"新闻联播-{day}.md").write_text(text, encoding="utf-8")
    size = sum(path.stat().st_size for path in inbox.iterdir())
    start = time.perf_counter()
    # Another process, so that its memory is its own.
    command = [sys.executable, "-m", "benchmarks.speed.build", str(folder), str(inbox)]
    peak = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    seconds = time.perf_counter() - start
    return {"build s": seconds, "text MB": size / 1e6, "MB/s": size / 1e6 / seconds, "build peak MB": peak}


def opening(folder: Path) -> dict[str, float]:
    """Open and ask in a fresh process: seconds to the first answer, and its peak memory."""
    command = [sys.executable, "-m", "benchmarks.speed.first", str(folder)]
    seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return {"open s": float(seconds), "ask peak MB": float(peak)}


def questions(folder: Path) -> list[tuple[str, str]]:
    """Return headlines and ids of articles drawn at random."""
    with Archive.open(folder).view() as view:
        articles = [article for article in view.sample(_QUESTIONS * 2) if article.headline and len(article.headline) > 7]
    return [(str(article.headline), article.id) for article in random.Random(5).sample(articles, min(_QUESTIONS, len(articles)))]


def asked(folder: Path) -> dict[str, float]:
    """Time the legs, retrieval and whole answers."""
    encoder = load_encoder()
    took: dict[str, list[float]] = {"lexical": [], "dense": [], "answer": []}
    found = 0
    with Assistant.open(folder) as assistant, Archive.open(folder) as archive:
        sample = questions(folder)
        assistant.ask(sample[0][0])
        for text, article in sample:
            with archive.view() as view:
                query = query_of(understand(text), view, encoder)
                start = time.perf_counter()
                view.search_lexical(query.terms, limit=60)
                took["lexical"].append(time.perf_counter() - start)
                start = time.perf_counter()
                view.search_dense(query.vector, limit=60)
                took["dense"].append(time.perf_counter() - start)
            start = time.perf_counter()
            assistant.ask(text)
            took["answer"].append(time.perf_counter() - start)
            found += any(hit.citation.article_id == article for hit in assistant.search(text, limit=10))
    figures = {}
    for name, values in took.items():
        for share in (50, 95, 99):
            figures[f"{name} p{share} ms"] = float(np.percentile(values, share)) * 1000
    return {**figures, "found in ten": found / len(sample)}


def one_more(folder: Path, inbox: Path, files: Iterator[tuple[Any, str]]) -> dict[str, float]:
    """Take in one more issue beside a reader that is open, until that reader finds it."""
    day, text = next(files)
    path = inbox / f"新闻联播-{day}.md"
    path.write_text(text, encoding="utf-8")
    with Archive.open(folder) as reader, Archive.open(folder) as writer:
        before = reader.stats().passages
        with reader.view():
            pass
        start = time.perf_counter()
        writer.update([path])
        with reader.view() as view:
            assert view.size > before
        return {"one more issue s": time.perf_counter() - start}


def measure(data: Path, size: int, home: Path) -> dict[str, float]:
    """Return the figures of one size."""
    files = editions(data)
    inbox, folder = home / f"inbox-{size}", home / f"archive-{size}"
    shutil.rmtree(inbox, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    figures = build(data, files, inbox, folder, size)
    with Archive.open(folder) as archive:
        figures = {"passages": float(archive.stats().passages), **figures}
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {**figures, "disk MB": disk / 1e6, **opening(folder), **asked(folder), **one_more(folder, inbox, files)}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="passages of each archive")
    parser.add_argument("--keep", type=Path, help="leave the archives in this folder")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args(argv)
    home = options.keep or Path(tempfile.mkdtemp(prefix="wenbao-speed-"))
    console = Console()
    results: dict[str, dict[str, float]] = {}
    try:
        for size in options.sizes:
            with console.status(f"{size} passages"):
                results[str(size)] = measure(options.data, size, home)
    finally:
        if not options.keep:
            shutil.rmtree(home, ignore_errors=True)
    table = Table(title=f"{platform.machine()}, Python {platform.python_version()}")
    table.add_column("")
    for size in results:
        table.add_column(f"{int(size):,}", justify="right")
    for name in next(iter(results.values())):
        table.add_row(
            name, *(f"{figures[name]:,.3g}" if figures[name] < 1000 else f"{figures[name]:,.0f}" for figures in results.values())
        )
    console.print(table)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
