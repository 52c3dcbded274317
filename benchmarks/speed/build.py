"""``python -m benchmarks.speed.build ARCHIVE INBOX``: take a folder in and print seconds and peak memory as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from index.archive import Archive


def main() -> None:
    folder, inbox = map(Path, sys.argv[1:3])
    start = time.perf_counter()
    with Archive.open(folder) as archive:
        report = archive.update([inbox])
    seconds = time.perf_counter() - start
    assert report.added, report
    mine, helpers = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"build s": seconds, "build peak MB": mine, "build peak MB, largest helper": helpers}))


if __name__ == "__main__":
    main()
