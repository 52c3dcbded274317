"""``python -m benchmarks.speed.first ARCHIVE``: open, ask once, print seconds and peak memory in MB."""

from __future__ import annotations

import resource
import sys
import time

start = time.perf_counter()

from qa.assistant import Assistant  # noqa: E402 - importing is part of opening


def main() -> None:
    with Assistant.open(sys.argv[1]) as assistant:
        assistant.ask("今年夏粮总产量是多少？")
        print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
