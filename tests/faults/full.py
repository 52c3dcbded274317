"""The rows of docs/reliability.md at full size: ``python -m tests.faults.full ROW... [--seed N] [--size N]``.

Prints one line of figures a row, and what went wrong; exit status 1 when anything did. Takes minutes to hours.
"""

from __future__ import annotations

import argparse
import functools
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.asked import load
from tests.faults.damage import damage
from tests.faults.moments import moments, updaters
from tests.faults.news import news
from tests.faults.round import Round, Told
from tests.faults.sequences import sequences
from tests.faults.syscalls import errors, kills

ROWS: dict[str, tuple[int, Callable[[Path, int, random.Random, Told], Round]]] = {
    "kills": (2_400, kills),
    "errors": (2_000, errors),
    "moments": (280, functools.partial(moments, articles=5_000)),  # more than 200 of them are met by a kill
    "damage": (600, damage),
    "sequences": (1_000, sequences),
    "updaters": (20, updaters),
    "load": (120, load),
    "news": (100, news),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "rows", nargs="*", choices=[*ROWS], help="which rows; all when none is named; news needs a folder of pages in WENBAO_NEWS"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000, help="of everything chosen at random")
    parser.add_argument("--size", type=int, help="how many points, kills, flips, sequences or seconds")
    given = parser.parse_args()
    failed = False
    for row in given.rows or ROWS:
        size, run = ROWS[row]
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as home:
            done = run(
                Path(home),
                given.size or size,
                random.Random(given.seed),
                lambda line: print(f"  {line}", file=sys.stderr, flush=True),
            )
        print(f"{row}, seed {given.seed}: {done.figures()}; {time.monotonic() - start:.0f} s", flush=True)
        for wrong in done.wrong[:20]:
            print(f"  WRONG {wrong}", flush=True)
        failed = failed or bool(done.wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
