"""Questions with their texts and answers: what the reader learns from and is measured on.

Reads the question sets with all their answers; knows nothing of networks.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training import corpora

SETS = (corpora.CMRC_TRIAL, corpora.CMRC, corpora.DRCD)


@dataclass(frozen=True, slots=True)
class Answer:
    """``texts[text][start:end]`` answers."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the texts to read for it, and every answer marked in them."""

    question: str
    texts: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a question set with the title of its article and its questions, each with the answers people gave."""

    title: str
    text: str
    held_out: bool
    questions: tuple[tuple[str, tuple[Answer, ...]], ...]


def read_set(data: Path, name: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a question set; answers that do not stand where they are said to are looked for, or left out."""
    with lzma.open(data / name, "rt", encoding="utf-8") as stream:
        articles = json.load(stream)["data"]
    for article in articles:
        side = corpora.is_held_out(article["title"])
        for paragraph in article["paragraphs"]:
            text: str = paragraph["context"]
            asked = ((qa["question"], _answers(text, qa["answers"])) for qa in paragraph["qas"])
            yield Paragraph(article["title"], text, side, tuple((question, found) for question, found in asked if found))


def _answers(text: str, given: list[dict[str, object]]) -> tuple[Answer, ...]:
    found: set[tuple[int, int]] = set()
    for answer in given:
        words, start = str(answer["text"]), int(str(answer["answer_start"]))
        if text[start : start + len(words)] != words:
            start = text.find(words)
        if start >= 0 and words.strip():
            found.add((start, start + len(words)))
    return tuple(Answer(0, start, end) for start, end in sorted(found))
