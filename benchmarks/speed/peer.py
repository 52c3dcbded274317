"""``python -m benchmarks.speed.peer NAME TEXTS QUESTIONS SECONDS``: build one other system, ask it, print the figures as JSON.

Asks the questions in their order until they are through or the seconds are over, whichever comes first, but at least five.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.speed.peers import PEERS
from benchmarks.speed.texts import read_texts

_AT_LEAST = 5
_SHARE = 0.8  # of the machine's memory; a system that wants more fails alone


def limit_memory() -> None:
    """Let this process fail before the machine has no memory left for anything else."""
    most = int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * _SHARE)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def main() -> None:
    logging.disable(logging.WARNING)
    limit_memory()
    name, file, questions = sys.argv[1], Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    allowed = float(sys.argv[4])
    texts = list(read_texts(file))
    start = time.perf_counter()
    peer = PEERS[name](texts, file.parent)
    built = time.perf_counter() - start
    articles = [text.article for text in texts]
    del texts
    peer.find(questions[0]["text"])
    took: list[float] = []
    found: list[bool] = []
    begun = time.perf_counter()
    for question in questions:
        start = time.perf_counter()
        places = peer.find(question["text"])
        took.append((time.perf_counter() - start) * 1000)
        found.append(question["article"] in {articles[place] for place in places})
        if len(took) >= _AT_LEAST and time.perf_counter() - begun > allowed:
            break
    figures = {f"query p{share} ms": float(np.percentile(took, share)) for share in (50, 95, 99)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"passages": len(articles), "build s": built, **figures, "found": found, "peak MB": peak}))


if __name__ == "__main__":
    main()
