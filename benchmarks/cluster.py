"""The same files taken in by this machine alone and through a Ray cluster of one worker and of two.

    python -m benchmarks.cluster --data DATA [--files 120] [--json FILE]

Every figure is of this run, on this machine, where the workers of a cluster share its processors with the driver; nothing else
should run meanwhile. The start of a cluster and of its actors is in the figures: with few files it is nearly all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.cluster import join
from index.encoder import load_encoder

_CORPUS = "xwlb.tar.xz"


def pages(data: Path, inbox: Path, files: int) -> int:
    """Unpack the last ``files`` pages of the news corpus; return their bytes."""
    inbox.mkdir()
    with tarfile.open(data / _CORPUS) as corpus:
        members = sorted((member for member in corpus.getmembers() if member.isfile()), key=lambda member: member.name)
        for member in members[-files:]:
            content = corpus.extractfile(member)
            assert content is not None
            (inbox / Path(member.name).name).write_bytes(content.read())
    return sum(path.stat().st_size for path in inbox.iterdir())


def measure(inbox: Path, folder: Path, workers: int | None) -> dict[str, float]:
    """Take an inbox in, through a cluster of so many workers, or without one."""
    start = time.perf_counter()
    steps: list[tuple[float, int]] = []
    taken = {path.name: path.stat().st_size for path in inbox.iterdir()}

    def progress(done: int, total: int, source: str) -> None:
        steps.append((time.perf_counter() - start, done))

    encoder = load_encoder()
    with Archive.open(folder, encoder=encoder) as archive:
        if workers is None:
            archive.update([inbox], progress=progress)
        else:
            with join(_nodes(workers), encoder, load_encoder, remembered=folder / "seen.sqlite") as cluster:
                start = time.perf_counter()
                archive.update([inbox], progress=progress, workers=cluster)
        passages = archive.stats().passages
    # The first call comes when the first source is prepared, the last when all are stored.
    first = next(at for at, done in steps if done == 0)
    last = steps[-1][0]
    size = sum(taken.values())
    return {"passages": passages, "start s": first, "whole s": last, "passages/s": passages / last, "MB": size / 1e6}


def _nodes(workers: int) -> str:
    """Start a cluster of that many nodes of one processor each; it ends with this process."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    for _ in range(workers - 1):
        cluster.add_node(num_cpus=1)
    return str(cluster.address)


def fingerprint(folder: Path) -> list[str]:
    """Return all that was printed and understood: two archives of one content have the same."""
    with Archive.open(folder) as archive:
        archive.export(folder / "export.jsonl")
    return sorted((folder / "export.jsonl").read_text(encoding="utf-8").splitlines())


def run(inbox: Path, folder: Path, workers: int | None) -> dict[str, float]:
    """Measure in another process, so that nothing is warm."""
    command = [sys.executable, "-m", "benchmarks.cluster", "--one", str(workers), str(inbox), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def table(results: dict[str, dict[str, float]]) -> str:
    """Return the figures as Markdown."""
    lines = ["| | until the first source | whole | passages/s |", "|---|---|---|---|"]
    for name, row in results.items():
        lines.append(f"| {name} | {row['start s']:.1f} s | {row['whole s']:.1f} s | {row['passages/s']:.0f} |")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of the corpora")
    parser.add_argument("--files", type=int, default=120, help="pages of the news corpus, the last ones")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.one:
        workers, inbox, folder = options.one
        print(json.dumps(measure(Path(inbox), Path(folder), None if workers == "None" else int(workers))))
        return
    if options.data is None:
        parser.error("--data is needed")
    with tempfile.TemporaryDirectory(prefix="wenbao-cluster-") as home:
        inbox = Path(home) / "inbox"
        size = pages(options.data, inbox, options.files)
        results: dict[str, dict[str, Any]] = {}
        archives = []
        for name, workers in (("this machine alone", None), ("cluster of one worker", 1), ("cluster of two workers", 2)):
            folder = Path(home) / f"archive-{workers}"
            results[name] = run(inbox, folder, workers)
            archives.append(fingerprint(folder))
        same = all(archive == archives[0] for archive in archives)
    print(f"{options.files} files, {size / 1e6:.1f} MB, {platform.machine()}, {os.cpu_count()} processors")
    print(table(results))
    print(f"the three archives hold the same ids and texts: {same}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
