"""``python -m benchmarks.speed.grow ARCHIVE FILE``: take in one more file beside an open reader; print JSON.

Timed in a fresh process, from the call to its end, and to the moment when a reader that was open before finds it; then how
long it takes to take the file out again. The file is deleted, so that the archive is as it was.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

start = time.perf_counter()

from index.archive import Archive  # noqa: E402 - importing is part of an update by hand


def main() -> None:
    imported = time.perf_counter() - start
    folder, path = map(Path, sys.argv[1:3])
    with Archive.open(folder) as reader, Archive.open(folder) as writer:
        with reader.view() as view:
            before = view.size
        opened = time.perf_counter()
        report = writer.update([path])
        updated = time.perf_counter()
        with reader.view() as view:
            assert view.size > before, report
            articles = sum(issue.articles for issue in view.issues() if Path(issue.source).name == path.name)
            new = view.size - before
        seen = time.perf_counter()
        writer.remove([str(path)])
        gone = time.perf_counter()
        path.unlink()
    figures = {
        "one more issue s": updated - opened,
        "one more issue, until a reader has it s": seen - opened,
        "import s": imported,
        "taking it out s": gone - seen,
    }
    print(json.dumps({**figures, "articles of the issue": articles, "passages of the issue": new}))


if __name__ == "__main__":
    main()
