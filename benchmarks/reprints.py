"""Reprints: what is found of them by how much was misread, and what finding them costs.

    python -m benchmarks.reprints --pages FOLDER

FOLDER holds text files, a paragraph a line; markup is left out. Figures stand in docs/adr/0018-reprints-and-names.md.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from pathlib import Path

import numpy as np

from index.storage.reprints.links import Wanted, components
from index.storage.reprints.sketch import SIZE, Sketches, sketches_of

SEED = 13
_SHORTEST, _MOST = 60, 4_000  # characters; paragraphs
_MISREAD = (0.0, 0.02, 0.05, 0.1, 0.2)


def paragraphs(folder: Path) -> list[str]:
    """Return different paragraphs of the files of a folder."""
    found: dict[str, None] = {}
    for path in sorted(folder.iterdir()):
        for line in re.sub("<[^>]*>", "", path.read_text(encoding="utf-8", errors="replace")).split("\n"):
            if len(line) >= _SHORTEST:
                found[line.strip()] = None
        if len(found) >= _MOST:
            break
    return list(found)[:_MOST]


def misread(text: str, share: float, chance: random.Random) -> str:
    """Return a text with a share of its characters replaced by others."""
    return "".join(chr(0x4E00 + chance.randrange(5_000)) if chance.random() < share else char for char in text)


def found(texts: list[str], share: float, chance: random.Random) -> tuple[float, int]:
    """Return which share of misread copies is put with its original, and how many paragraphs are put with another one."""
    sketches = np.concatenate([sketches_of(texts), sketches_of([misread(text, share, chance) for text in texts])])
    labels = components(sketches, np.ones(len(sketches), dtype=bool), np.full(len(sketches), -1))
    originals, copies = labels[: len(texts)], labels[len(texts) :]
    return float(np.mean(originals == copies)), len(texts) - len(set(originals.tolist()))


def seconds(count: int, copies: int) -> tuple[float, float]:
    """Return how many seconds of one processor the groups of so many sketches take, at once and for 200 more."""
    chance = np.random.default_rng(SEED)
    base = chance.integers(1, 1 << 16, size=(count // copies, SIZE), dtype=np.uint16).repeat(copies, axis=0)
    noise = chance.random(base.shape, dtype=np.float32) < (0.25 if copies > 1 else 0.0)
    sketches: Sketches = np.where(noise, chance.integers(1, 1 << 16, size=base.shape, dtype=np.uint16), base)
    none = np.full(count, -1)
    start = time.process_time()
    labels = components(sketches, np.ones(count, dtype=bool), none)
    whole = time.process_time() - start
    new = np.arange(count) >= count - 200
    known = np.where((np.bincount(labels, minlength=count)[labels] > 1) & ~new, labels, -1)
    start = time.process_time()
    related = Wanted(sketches[new]).among(sketches)
    components(sketches[related], new[related], known[related])
    return whole, time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, required=True, help="a folder of text files")
    parser.add_argument("--counts", type=int, nargs="*", default=[100_000, 1_000_000], help="how many sketches to group")
    given = parser.parse_args()
    texts = paragraphs(given.pages)
    sketches_of(texts[:10])
    start = time.process_time()
    sketches_of(texts)
    cost = (time.process_time() - start) / len(texts) * 1e6
    length = np.mean([len(text) for text in texts])
    print(f"{len(texts)} paragraphs of {length:.0f} characters: {cost:.0f} µs of one processor a sketch")
    for share in _MISREAD:
        rate, together = found(texts, share, random.Random(SEED))
        print(f"{share:.0%} of the characters misread: {rate:.1%} put with the original; {together} paragraphs put with others")
    for count in given.counts:
        for copies in (1, 100):
            whole, more = seconds(count, copies)
            print(f"{count} sketches, {copies} of each report: {whole:.1f} s for all, {more:.2f} s for 200 more")


if __name__ == "__main__":
    main()
