"""Development sets as questions over paragraphs, clean and with characters replaced at random.

Knows where the sets come from and nothing of archives or models.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training import corpora


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the number of the paragraph that it must find."""

    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Set:
    """Questions over paragraphs; ``noise`` is the share of the paragraphs' characters that was replaced."""

    name: str
    paragraphs: tuple[str, ...]
    questions: tuple[Asked, ...]
    noise: float = 0.0


def questions_zh(data: Path) -> Iterator[Set]:
    """Yield CMRC and DRCD: questions of the half held out by article, all paragraphs of the set competing."""
    for name, file in (("CMRC", corpora.CMRC), ("DRCD", corpora.DRCD)):
        read = corpora.read_questions(data, file)
        asked = tuple(Asked(question.text, question.paragraph) for question in read.questions if question.held_out)
        yield Set(name, read.paragraphs, asked)


def sentences_both_ways(data: Path) -> Iterator[Set]:
    """Yield NTREX twice: a sentence of one language asks for its translation."""
    pairs = corpora.read_ntrex(data)
    english, chinese = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    for name, asked, held in (("NTREX en→zh", english, chinese), ("NTREX zh→en", chinese, english)):
        yield Set(name, held, tuple(Asked(text, number) for number, text in enumerate(asked)))


def reworded(one: Set, change: Callable[[list[str]], list[str]], name: str) -> Set:
    """Return the set with all questions changed at once."""
    texts = change([question.text for question in one.questions])
    changed = (replace(question, text=text) for question, text in zip(one.questions, texts, strict=True))
    return replace(one, name=name, questions=tuple(changed))


def sampled(one: Set, most: int, *, seed: int) -> Set:
    """Return the set with at most ``most`` of its questions, drawn at random."""
    if len(one.questions) <= most:
        return one
    return replace(one, questions=tuple(random.Random(seed).sample(one.questions, most)))


def noisy(one: Set, share: float, *, seed: int) -> Set:
    """Return the set with a share of the characters of each paragraph replaced, by characters as frequent as the set has them.

    White space stays; the questions stay.
    """
    generator = random.Random(seed)
    stock = "".join("".join(text.split()) for text in one.paragraphs)
    paragraphs: list[str] = []
    for text in one.paragraphs:
        places = [place for place, char in enumerate(text) if not char.isspace()]
        chars = list(text)
        for place in generator.sample(places, round(len(places) * share)):
            chars[place] = generator.choice(stock)
        paragraphs.append("".join(chars))
    return replace(one, paragraphs=tuple(paragraphs), noise=share)
