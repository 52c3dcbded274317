"""``python -m benchmarks.speed.ask ARCHIVE QUESTIONS``: ask an archive in this process and print the figures as JSON.

``QUESTIONS`` is a file of ``steps.questions``. Legs, filters, the ranking of both, and whole answers are
timed apart; "words alone" is the lexical leg with the question's reading, without its vector.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.speed.memory import own_megabytes
from index.archive import Archive
from index.encoder import load_encoder
from index.schema import DateRange, Filter
from qa.assistant import Assistant
from qa.processors import one_thread
from qa.question import understand
from qa.retrieval import query_of, retrieve

_TEN = 10
_HALF, _MONTH = (DateRange("2000-01-01", "2020-06-30"),), (DateRange("2019-03-01", "2019-03-31"),)


class Clock:
    """Milliseconds by what was done."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {}

    @contextmanager
    def timing(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.took.setdefault(name, []).append((time.perf_counter() - start) * 1000)

    def figures(self) -> dict[str, float]:
        return {
            f"{name} p{share} ms": float(np.percentile(values, share))
            for name, values in self.took.items()
            for share in (50, 95, 99)
        }


def read_through(folder: Path) -> None:
    """Read every file once, so that the system has them in memory as those of an archive in use; others keep all in theirs."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 20):
                    pass


def main() -> None:
    folder, questions = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    read_through(Path(folder))
    clock = Clock()
    found: list[bool] = []
    found_by_words: list[bool] = []
    encoder = load_encoder()
    filters = {"half of the days": Filter(dates=_HALF, undated=False), "one month": Filter(dates=_MONTH, undated=False)}
    with Assistant.open(folder) as assistant, Archive.open(folder, encoder=encoder) as archive, one_thread():
        for warm in questions[:3]:
            assistant.ask(warm["text"])
        for number, question in enumerate(questions):
            with archive.view() as view:
                with clock.timing("query"):
                    ranking = retrieve(understand(question["text"]), view, encoder, limit=_TEN)
                found.append(any(ranked.passage.article_id == question["article"] for ranked in ranking.ranked))
                with clock.timing("words alone"):
                    query = query_of(understand(question["text"]), view, encoder, ranking.query.vector)
                    hits = view.search_lexical(query.terms, limit=_TEN)
                ten = view.passages([hit.passage_id for hit in hits]).values()
                found_by_words.append(any(passage.article_id == question["article"] for passage in ten))
                with clock.timing("lexical"):
                    view.search_lexical(query.terms, limit=60)
                with clock.timing("dense"):
                    view.search_dense(query.vector, limit=60)
                for name, filter in filters.items() if number % 4 == 0 else ():
                    with clock.timing(f"lexical, {name}"):
                        view.search_lexical(query.terms, limit=60, filter=filter)
                    with clock.timing(f"dense, {name}"):
                        view.search_dense(query.vector, limit=60, filter=filter)
            with clock.timing("answer"):
                assistant.ask(question["text"])
        passages = archive.stats().passages
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = {"peak MB with mapped files": peak, "memory MB of its own": own_megabytes()}
    print(json.dumps({"passages": passages, **clock.figures(), "found": found, "found by words": found_by_words, **memory}))


if __name__ == "__main__":
    main()
