"""How well the reader answers when it is given the paragraph: ``python -m benchmarks.reading --data DATA``.

Questions are those of the articles held out by title, which training never sees. Knows nothing of retrieval.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.schema import Passage
from index.text import fold
from qa.question import understand
from qa.reader import Reader
from qa.sentences import cut
from training import corpora
from training.english import put, read_glosses
from training.reader.examples import Example, Paragraph, read_set

NAMES = {"CMRC": corpora.CMRC, "DRCD": corpora.DRCD}
QUOTES = 3
_SILENT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Result:
    """What one question came to: a gold answer in the best sentence, in the best three; F1 and identity of the marked words."""

    kind: str
    first: bool
    shown: bool
    f1: float
    same: bool
    seconds: float


def questions(data: Path, file: str, *, held_out: bool = True) -> list[Example]:
    """Return the questions of one side of the split, each with its paragraph alone."""
    chosen: list[Paragraph] = [one for one in read_set(data, file) if one.held_out is held_out]
    return [Example(question, (one.text,), answers) for one in chosen for question, answers in one.questions]


def read(reader: Reader, example: Example) -> Result:
    """Read the paragraph for the question and compare with the gold answers."""
    text = example.texts[0]
    spans = cut(Passage("", "", "", "paragraph", text, ""))
    began = time.perf_counter()
    reading = reader.read(example.question, [text])[0]
    scores = [reading.score(start, end) for start, end in spans]
    order = sorted(range(len(spans)), key=lambda place: -scores[place])
    start, end, _ = reading.span(*spans[order[0]])
    seconds = time.perf_counter() - began
    answering = [any(gold.start < b and gold.end > a for gold in example.answers) for a, b in spans]
    f1 = max(overlap(text[start:end], text[gold.start : gold.end]) for gold in example.answers)
    same = any(_said(text[start:end]) == _said(text[gold.start : gold.end]) for gold in example.answers)
    return Result(
        kind_of(example.question), answering[order[0]], any(answering[place] for place in order[:QUOTES]), f1, same, seconds
    )


def overlap(said: str, gold: str) -> float:
    """Return F1 over characters as SQuAD has it over words; marks and blanks do not count."""
    left, right = Counter(_said(said)), Counter(_said(gold))
    both = sum((left & right).values())
    return 2.0 * both / (sum(left.values()) + sum(right.values())) if both else 0.0


def _said(text: str) -> str:
    return _SILENT.sub("", fold(text))


def kind_of(question: str) -> str:
    """Return the kind of answer that a question asks for, ``other`` for none that Wenbao knows."""
    kinds = understand(question).kinds
    return kinds[0] if kinds else "other"


def summary(name: str, results: Sequence[Result]) -> str:
    """Return a row of the table."""
    count = len(results)
    means = [float(np.mean([float(getattr(one, field)) for one in results])) for field in ("first", "shown", "f1", "same")]
    return f"| {name} | {count} | " + " | ".join(f"{mean:.3f}" for mean in means) + " |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--every", type=int, default=1, help="use every n-th question")
    arguments = parser.parse_args()
    reader = Reader.load()
    glosses = read_glosses(arguments.data)
    print("| | questions | first sentence | three sentences | F1 of the marked words | exact |\n|---|---|---|---|---|---|")
    kinds: dict[str, list[Result]] = defaultdict(list)
    seconds: list[float] = []
    for name, file in NAMES.items():
        examples = questions(arguments.data, file)[:: arguments.every]
        results = [read(reader, one) for one in examples]
        print(summary(name, results), flush=True)
        put_into = (Example(put(one.question, glosses), one.texts, one.answers) for one in examples)
        print(summary(f"{name}, questions put into English word by word", [read(reader, one) for one in put_into]), flush=True)
        for one in results:
            kinds[f"{name}, {one.kind}"].append(one)
        seconds += [one.seconds for one in results]
    for kind, results in sorted(kinds.items()):
        print(summary(kind, results))
    print(f"\nA paragraph read in {1e3 * np.median(seconds):.1f} ms (median), {1e3 * np.percentile(seconds, 95):.1f} ms (95 %).")


if __name__ == "__main__":
    main()
