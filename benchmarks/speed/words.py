"""``python -m benchmarks.speed.words ARCHIVE QUESTIONS``: ask the lexical leg alone, with the words that others get.

The question is not read and nothing is known of its meaning, so this is the task that bm25s, FTS5 and rank-bm25 do.
Measured in a process of its own, as they are; prints the figures as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.speed.ask import read_through
from index.archive import Archive
from index.schema import Hit, Term
from index.text import words
from index.view import View

_TEN = 10


def find(view: View, question: str) -> list[Hit]:
    """Return the ten best passages by the words of a question."""
    return view.search_lexical([Term(word, "words") for word in dict.fromkeys(words(question))], limit=_TEN)


def main() -> None:
    folder, questions = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    read_through(folder)
    took: list[float] = []
    found: list[bool] = []
    with Archive.open(folder) as archive, archive.view() as view:
        find(view, questions[0]["text"])
        for question in questions:
            start = time.perf_counter()
            hits = find(view, question["text"])
            took.append((time.perf_counter() - start) * 1000)
            ten = view.passages([hit.passage_id for hit in hits]).values()
            found.append(any(passage.article_id == question["article"] for passage in ten))
    print(json.dumps({**{f"query p{share} ms": float(np.percentile(took, share)) for share in (50, 95, 99)}, "found": found}))


if __name__ == "__main__":
    main()
