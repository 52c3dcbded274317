"""``python -m benchmarks.speed.texts ARCHIVE FILE``: write what an archive searches in, a line a passage, for the other systems.

A line holds the article's id, the text with its headline, and the words of it: what jieba cuts for search, width, case and
traditional characters folded.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.storage.draft import indexed_text
from index.storage.places import open_engine


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as every system is given it; ``words`` are joined by spaces."""

    article: str
    text: str
    words: str


def read_texts(file: Path) -> Iterator[Text]:
    """Yield the passages of a file in their order."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield Text(*json.loads(line))


def main() -> None:
    folder, file = map(Path, sys.argv[1:3])
    beside = file.with_suffix(".part")
    with open_engine(folder).records() as records, beside.open("w", encoding="utf-8") as target:
        for draft in records.drafts():
            for passage, features in zip(draft.passages(), draft.features, strict=True):
                line = (passage.article_id, indexed_text(passage.context, passage.text), features.words)
                target.write(json.dumps(line, ensure_ascii=False) + "\n")
    beside.replace(file)


if __name__ == "__main__":
    main()
