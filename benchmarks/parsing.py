"""Reading a real archive: every item and paragraph of a corpus counted against its own headings, and the speed of it.

``python -m benchmarks.parsing --data DATA``; DATA holds ``xwlb.tar.xz`` (see training/README.md). Knows the shape of that corpus.
"""

from __future__ import annotations

import argparse
import re
import tarfile
import tempfile
import time
from collections import Counter
from pathlib import Path

from index.parsing import parse_pages
from index.readers import read_file
from index.text import fold

_ITEM = re.compile(r"^### +(\S.*?)\s*$", re.MULTILINE)
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>|&nbsp;")
_STARTED = "## 详细新闻"


def wanted(text: str) -> tuple[list[str], int]:
    """Return the headings of the items that a file prints in full, and the number of paragraphs with words in them."""
    items = text.partition(_STARTED)[2]
    paragraphs = sum(any(map(str.isalnum, _TAG.sub("", each))) for each in _PARAGRAPH.findall(items))
    return _ITEM.findall(items), paragraphs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--files", type=int, default=None, help="only so many files")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    spent = {"read": 0.0, "parse": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(options.data / "xwlb.tar.xz") as corpus:
            corpus.extractall(folder, filter="data")
        fold("热身")
        for path in sorted(Path(folder).rglob("*.md"))[: options.files]:
            _count(path, counts, spent)
    _print(counts, spent)


def _count(path: Path, counts: Counter[str], spent: dict[str, float]) -> None:
    text = path.read_text(encoding="utf-8")
    start = time.process_time()
    pages = read_file(path).pages
    middle = time.process_time()
    parsed = parse_pages(pages)
    spent["read"] += middle - start
    spent["parse"] += time.process_time() - middle
    headings, paragraphs = wanted(text)
    articles = [article for each in parsed for article in each.issue.articles]
    found = Counter("".join((article.headline or "").split()) for article in articles)
    right = sum((Counter("".join(heading.split()) for heading in headings) & found).values())
    named = {"".join(heading.split()) for heading in headings}
    counts["files"] += 1
    counts["bytes"] += path.stat().st_size
    counts["items"] += len(headings)
    counts["items found under their headings"] += right
    counts["paragraphs"] += paragraphs
    for article in articles:
        if "".join((article.headline or "").split()) in named:
            counts["read as paragraphs"] += len(article.paragraphs)
            counts["joined to the one before"] += sum(len(paragraph.joins) for paragraph in article.paragraphs)
            counts["read as subheads"] += len(article.subheads)
            counts["read as captions"] += len(article.captions)
    counts["lines that belong to nothing"] += sum(len(each.issue.unassigned) for each in parsed)


def _print(counts: Counter[str], spent: dict[str, float]) -> None:
    for name, count in counts.items():
        print(f"{name:36} {count:>12,}")
    megabytes, seconds = counts["bytes"] / 1e6, sum(spent.values())
    for name, took in spent.items():
        print(f"{name + ', s of processor time':36} {took:>12.2f}")
    print(f"{'MB a second and core':36} {megabytes / seconds:>12.2f}")


if __name__ == "__main__":
    main()
