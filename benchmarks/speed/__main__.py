"""Build archives of growing size, ask them, take in one more issue; with ``--peers`` the same of other systems.

    python -m benchmarks.speed --data DATA [--sizes 10000,100000] [--peers] [--work FOLDER] [--out FOLDER]

Every figure is of this machine; nothing else should run meanwhile. A size or system that the work folder has figures of is
not measured again, so a stopped run goes on where it stood; delete the folder to measure anew. Other systems need
``pip install -r benchmarks/requirements.txt``. Questions are those of two reading sets whose paragraphs lie among the news;
one is found when a passage of its paragraph is among the first ten. Sizes are 10,000, 100,000, 1,000,000 or, with an hour
and 30 GB to spare, 5,000,000 passages.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed.report import markdown, plots
from benchmarks.speed.steps import Size, peers


def measure(options: argparse.Namespace, work: Path) -> dict[str, dict[str, Any]]:
    """Return the figures by size and system, written to the work folder after each."""
    results: dict[str, dict[str, Any]] = {}
    for passages in options.sizes:
        size = Size(options.data, work, passages)

        def tell(step: str, passages: int = passages) -> None:
            print(f"{time.strftime('%H:%M:%S')} {passages:,}: {step}", file=sys.stderr, flush=True)

        systems = results[str(passages)] = {"Wenbao": size.wenbao(tell)}
        for name in peers() if options.peers else ():
            systems[name] = size.peer(name, options.seconds, tell)
            write(results, options.out or work)
        write(results, options.out or work)
    return results


def write(results: dict[str, dict[str, Any]], folder: Path) -> None:
    """Write the figures as JSON and Markdown, replacing what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine(), "processors": os.cpu_count()}
    (folder / "speed.json").write_text(json.dumps({"machine": machine, "sizes": results}, indent=1) + "\n", encoding="utf-8")
    (folder / "speed.md").write_text(markdown(results), encoding="utf-8")


def sizes(text: str) -> list[int]:
    """Read ``10000,100000`` as numbers in ascending order."""
    return sorted({int(part) for part in text.split(",")})


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--sizes", type=sizes, default=[10_000, 100_000], help="passages, separated by commas")
    parser.add_argument("--peers", action="store_true", help="measure other systems too")
    parser.add_argument("--seconds", type=float, default=180, help="time for the questions of one other system (default: 180)")
    parser.add_argument("--work", type=Path, help="keep archives and figures here; a later run goes on from them")
    parser.add_argument("--out", type=Path, help="write speed.json, speed.md and the plots here (default: the work folder)")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="wenbao-speed-") as temporary:
        work = options.work or Path(temporary)
        results = measure(options, work)
        print(markdown(results))
        if options.out or options.work:
            try:
                plots(results, options.out or work)
            except ImportError:
                print("no plots: pip install -r benchmarks/requirements.txt", file=sys.stderr)


if __name__ == "__main__":
    main()
