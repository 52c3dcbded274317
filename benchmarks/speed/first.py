"""``python -m benchmarks.speed.first ARCHIVE``: open, search once, answer once; print seconds and peak memory as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time

start = time.perf_counter()

from qa.assistant import Assistant  # noqa: E402 - importing is part of opening


def main() -> None:
    with Assistant.open(sys.argv[1]) as assistant:
        opened = time.perf_counter() - start
        assistant.ask("今年夏粮总产量是多少？")
        answered = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"open s": opened, "first answer s": answered, "first answer peak MB": peak}))


if __name__ == "__main__":
    main()
