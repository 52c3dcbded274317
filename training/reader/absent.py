"""Make questions that their texts do not answer: the answering sentence cut out, another text, another name or number asked for.

From these the network learns how well an answer must stand before it is one. Knows examples; knows nothing of networks.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.text import fold, sentences
from training.reader.examples import Example
from training.reader.stock import tag

_NAMED = ("nr", "ns", "nt", "nz", "nrt")
_NUMBER = re.compile(r"\d+|(?<=第)[一二三四五六七八九十]+")
_HAN_DIGITS = "一二三四五六七八九十"


def names(questions: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names that questions hold, by jieba's part of speech."""
    found: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        folded = fold(question)
        for word in tag(folded):
            if word.part in _NAMED and word.end - word.start >= 2:
                found[word.part].add(folded[word.start : word.end])
    return {part: tuple(sorted(words)) for part, words in found.items()}


@dataclass(frozen=True, slots=True)
class Absence:
    """Turns examples into ones without an answer. ``known`` has names by part of speech, ``other`` finds another text."""

    known: dict[str, tuple[str, ...]]
    other: Callable[[str, str], str | None]
    generator: random.Random

    def make(self, example: Example) -> Example | None:
        """Return the example without its answer; None where that cannot be done."""
        ways = [self.cut, self._elsewhere, self.rename, self.rename]
        return self.generator.choice(ways)(example)

    def cut(self, example: Example) -> Example | None:
        """Return the example with the answering sentences taken out of its text; None where the answer stands elsewhere too."""
        text = example.texts[0]
        if any(answer.text for answer in example.answers):
            return None
        kept = [text[a:b] for a, b in sentences(text) if not any(one.start < b and one.end > a for one in example.answers)]
        rest = "".join(kept)
        said = {text[answer.start : answer.end] for answer in example.answers}
        return Example(example.question, (rest,), ()) if rest and not any(words in rest for words in said) else None

    def _elsewhere(self, example: Example) -> Example | None:
        answer = example.answers[0]
        other = self.other(example.question, example.texts[answer.text][answer.start : answer.end])
        return Example(example.question, (other,), ()) if other else None

    def rename(self, example: Example) -> Example | None:
        """Return the example asking for a name or number that the text has not; None where the question has none to change."""
        question, whole = fold(example.question), fold("\n".join(example.texts))
        ways = [(*match.span(), self._number(match[0])) for match in _NUMBER.finditer(question) if match[0] in whole]
        for word in tag(question):
            said = question[word.start : word.end]
            if len(self.known.get(word.part, ())) > 1 and said in whole:
                ways.append((word.start, word.end, self.generator.choice(self.known[word.part])))
        ways = [(start, end, new) for start, end, new in ways if new not in whole and new != question[start:end]]
        if not ways:
            return None
        start, end, new = self.generator.choice(ways)
        return Example(question[:start] + new + question[end:], example.texts, ())

    def _number(self, number: str) -> str:
        rng = self.generator
        if not number.isdecimal():
            return rng.choice(_HAN_DIGITS)
        value = int(number)
        return str(max(0, value + rng.choice((-3, -2, -1, 1, 2, 3)) if value < 3000 else value + rng.randint(1, 99) * 10))
