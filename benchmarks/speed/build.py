"""``python -m benchmarks.speed.build ARCHIVE FOLDER``: take a folder in and print the peak memory in MB."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from index.archive import Archive


def main() -> None:
    folder, inbox = map(Path, sys.argv[1:3])
    with Archive.open(folder) as archive:
        report = archive.update([inbox])
    assert report.added, report
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
