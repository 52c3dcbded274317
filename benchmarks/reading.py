"""How well the reader answers when it is given the paragraph: ``python -m benchmarks.reading --data DATA``.

Questions are those of the articles held out by title, which training never sees. Knows nothing of retrieval.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
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
from training.reader.absent import Absence, names
from training.reader.examples import Example, Paragraph, read_set

NAMES = {"CMRC": corpora.CMRC, "DRCD": corpora.DRCD}
QUOTES = 3
_SEED = 5
_SILENT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Result:
    """What one question came to: a gold answer in the best sentence, in the best three; F1 and identity of the marked words."""

    kind: str
    first: bool
    shown: bool
    f1: float
    same: bool


def questions(data: Path, file: str, *, held_out: bool = True) -> list[Example]:
    """Return the questions of one side of the split, each with its paragraph alone."""
    chosen: list[Paragraph] = [one for one in read_set(data, file) if one.held_out is held_out]
    return [Example(question, (one.text,), answers) for one in chosen for question, answers in one.questions]


def read(reader: Reader, example: Example) -> Result:
    """Read the paragraph for the question and compare with the gold answers."""
    text = example.texts[0]
    spans = cut(Passage("", "", "", "paragraph", text, ""))
    reading = reader.read(example.question, [text])[0]
    scores = [reading.score(start, end) for start, end in spans]
    order = sorted(range(len(spans)), key=lambda place: -scores[place])
    start, end, _ = reading.span(*spans[order[0]])
    answering = [any(gold.start < b and gold.end > a for gold in example.answers) for a, b in spans]
    f1 = max(overlap(text[start:end], text[gold.start : gold.end]) for gold in example.answers)
    same = any(_said(text[start:end]) == _said(text[gold.start : gold.end]) for gold in example.answers)
    shown = any(answering[place] for place in order[:QUOTES])
    return Result(kind_of(example.question), answering[order[0]], shown, f1, same)


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


def apart(reader: Reader, examples: Sequence[Example], absence: Absence) -> Iterator[tuple[str, int, float]]:
    """Yield how well the best score tells questions with an answer from the same ones without: (way, pairs, AUROC)."""
    for way, make in (("answering sentences cut out", absence.cut), ("another name or number asked for", absence.rename)):
        pairs = [(example, other) for example in examples if (other := make(example))]
        held, gone = ([_sureness(reader, pair[side]) for pair in pairs] for side in (0, 1))
        yield way, len(pairs), auroc(held, gone)


def _sureness(reader: Reader, example: Example) -> float:
    return reader.read(example.question, example.texts)[0].score(0, len(example.texts[0]))


def auroc(held: Sequence[float], gone: Sequence[float]) -> float:
    """Return the chance that one of ``held`` is above one of ``gone``; ties count half."""
    left, right = np.asarray(held)[:, None], np.asarray(gone)
    return float(np.mean((left > right) + 0.5 * (left == right)))


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
    read_all: dict[str, list[Example]] = {}
    for name, file in NAMES.items():
        examples = read_all[name] = questions(arguments.data, file)[:: arguments.every]
        results = [read(reader, one) for one in examples]
        print(summary(name, results), flush=True)
        put_into = (Example(put(one.question, glosses), one.texts, one.answers) for one in examples)
        print(summary(f"{name}, questions put into English word by word", [read(reader, one) for one in put_into]), flush=True)
        for one in results:
            kinds[f"{name}, {one.kind}"].append(one)
    for kind, results in sorted(kinds.items()):
        print(summary(kind, results))
    print("\n| told apart by the best score | pairs | AUROC |\n|---|---|---|")
    for name, examples in read_all.items():
        absence = Absence(names(one.question for one in examples), lambda *_: None, random.Random(_SEED))
        for way, count, value in apart(reader, examples, absence):
            print(f"| {name}, {way} | {count} | {value:.3f} |", flush=True)
    _print_times(reader, read_all["CMRC"])


def _print_times(reader: Reader, examples: Sequence[Example]) -> None:
    """Print the processor time of reading 1,200 characters, four paragraphs of 300, each seen for the first time."""
    times: list[float] = []
    for four in zip(*([iter(examples)] * 4), strict=False):
        began = time.process_time()
        reader.read(four[0].question, [one.texts[0][:300] for one in four])
        times.append(1e3 * (time.process_time() - began))
    median, p95 = np.percentile(times, (50, 95))
    print(f"\nProcessor time for four texts of up to 300 characters: {median:.1f} ms, {p95:.1f} ms at p95.")


if __name__ == "__main__":
    main()
