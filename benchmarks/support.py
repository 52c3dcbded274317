"""Measure how well ``qa.support`` tells the passage that bears out a statement from the nearest one that does not.

    python -m benchmarks.support --data DIR

Chinese statements are made of the questions of CMRC and DRCD (the half held out by article) by putting the answer in place of
the question word; English ones are the sentences of NTREX, asked of the same sentences and of their Chinese translations. The
wrong passage is the first that the search finds for the statement and that is another one.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.paragraphs import build
from index.encoder import load_encoder
from index.schema import Encoder
from index.text import fold
from qa.assistant import Assistant
from qa.llm.checking import ACROSS, COVERED
from training import corpora

_ASKED = re.compile("谁|誰|什么时候|什麼時候|何时|何時|哪一年|哪年|哪里|哪裡|哪个|哪個|哪些|多少|什么|什麼|何处|何處|几|幾|哪")
_LONGEST = 900


@dataclass(frozen=True, slots=True)
class Row:
    """Share of statements kept at a threshold with the right passage, and with the nearest wrong one."""

    set: str
    statements: int
    threshold: float
    right: float
    wrong: float


def main() -> None:
    """Read the arguments, measure, print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.support", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--statements", type=int, default=300, help="most statements a set, drawn at random (default: 300)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    encoder = load_encoder()
    print("| statements → passages | statements | kept from | right passage | nearest wrong one |\n|---|---|---|---|---|")
    for name, statements, passages, threshold in sets(arguments.data):
        drawn = random.Random(arguments.seed).sample(statements, min(arguments.statements, len(statements)))
        row = measured(name, drawn, passages, threshold, encoder)
        print(f"| {row.set} | {row.statements} | {row.threshold} | {row.right:.2f} | {row.wrong:.2f} |")


def sets(data: Path) -> list[tuple[str, list[tuple[str, int]], Sequence[str], float]]:
    """Return name, statements with the number of their passage, passages, and the threshold in use."""
    found: list[tuple[str, list[tuple[str, int]], Sequence[str], float]] = []
    for name, file in (("CMRC", corpora.CMRC), ("DRCD", corpora.DRCD)):
        read = corpora.read_questions(data, file)
        asked = [question for question in read.questions if question.held_out and _ASKED.search(question.text)]
        made = [(statement(q.text, read.paragraphs[q.paragraph][q.start : q.end]), q.paragraph) for q in asked]
        found.append((name, made, read.paragraphs, COVERED))
    pairs = corpora.read_ntrex(data)
    english = [(pair[0][:_LONGEST], number) for number, pair in enumerate(pairs)]
    found.append(("NTREX English → English", english, [pair[0] for pair in pairs], COVERED))
    found.append(("NTREX English → Chinese", english, [pair[1] for pair in pairs], ACROSS))
    return found


def statement(question: str, answer: str) -> str:
    """Return the question as a statement: the answer in place of the question word."""
    return _ASKED.sub(lambda _: answer, question, count=1).rstrip("?？ ")[:_LONGEST] + "。"


def measured(name: str, drawn: Sequence[tuple[str, int]], passages: Sequence[str], threshold: float, encoder: Encoder) -> Row:
    """Ask each statement of its own passage and of the nearest other one."""
    right = wrong = 0
    with tempfile.TemporaryDirectory() as folder, build(Path(folder) / "archive", passages, encoder) as archive:
        assistant = Assistant(archive, encoder)
        for text, number in drawn:
            own = fold(passages[number])
            right += assistant.support(text, passages[number]) >= threshold
            found = [hit.citation.passage_text for hit in assistant.search(text, 4)]
            other = next((passage for passage in found if fold(passage.strip()) not in own), "")
            wrong += assistant.support(text, other) >= threshold
    return Row(name, len(drawn), threshold, right / len(drawn), wrong / len(drawn))


if __name__ == "__main__":
    main()
