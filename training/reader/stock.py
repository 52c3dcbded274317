"""Make a large stock of questions from texts without any: the news corpus, and the paragraphs that may be trained on.

A sentence gives a question about something taken out of it; a headline gives one about something that its text says too. The
text to read is the paragraph with those around it, often with another text that has words of the question. Knows nothing of
networks.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder import EmbeddedEncoder
from index.text import fold, sentences
from training.reader.across import Across
from training.reader.cloze import ask
from training.reader.examples import Answer, Example
from training.reader.slots import Slot, Word, find

_SHARES = {
    "number": 1.0, "date": 1.0, "person": 1.3, "place": 1.2, "body": 1.0, "quoted": 1.0,
    "phrase": 2.2, "clause": 1.0, "reason": 1.2, "list": 0.8, "year": 1.0,
}  # fmt: skip
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
_ALIKE_FLOOR = 0.4
_ALIKE_MOST = 4
_LONGEST_TEXT = 520
_OTHER_SHARE = 0.35
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Source:
    """A text to ask of: its headline if it has one, and its paragraphs."""

    headline: str
    paragraphs: tuple[str, ...]


def tag(text: str) -> list[Word]:
    """Cut a text into words with their parts of speech."""
    import jieba.posseg

    words: list[Word] = []
    start = 0
    for word, part in jieba.posseg.cut(text):
        words.append(Word(start, start + len(word), part))
        start += len(word)
    return words


def alike(texts: Sequence[str], encoder: EmbeddedEncoder) -> dict[str, tuple[str, ...]]:
    """Return for the common words of texts those of like meaning among them, by the embedded model."""
    counts = Counter(word for text in texts for word in _words(text))
    known = [word for word, count in counts.most_common(12_000) if count >= 5 and _HAN_WORD.fullmatch(word)]
    vectors = encoder.encode_passages(known)
    result: dict[str, tuple[str, ...]] = {}
    for first in range(0, len(known), 1000):
        scores = vectors[first : first + 1000] @ vectors.T
        nearest = np.argsort(-scores, axis=1)[:, 1 : _ALIKE_MOST + 1]
        for row, places in enumerate(nearest):
            found = tuple(known[place] for place in places if scores[row, place] > _ALIKE_FLOOR)
            if found:
                result[known[first + row]] = found
    return result


def _words(text: str) -> list[str]:
    from index.text import segment

    return segment(text)


class Stock:
    """Makes examples from sources, the same ones for the same seed."""

    def __init__(self, sources: Sequence[Source], others: Mapping[str, Sequence[str]], seed: int) -> None:
        self._sources = sources
        self._alike = others
        self._random = random.Random(seed)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, source in enumerate(sources):
            for pair in _pairs("".join(source.paragraphs)):
                self._holding[pair].append(number)

    def draw(self, across: float = 0.0) -> Iterator[Example]:
        """Yield examples without end, texts in random order, each headline as often as one sentence of its text.

        ``across`` is the share of texts asked also by one sentence about another.
        """
        while True:
            for number in self._random.sample(range(len(self._sources)), len(self._sources)):
                for make in (self._of_headline, self._of_sentence):
                    if example := make(number):
                        yield example
                if across and self._random.random() < across and (example := self._across(number)):
                    yield example

    def _of_sentence(self, number: int) -> Example | None:
        source, rng = self._sources[number], self._random
        for _ in range(_TRIES):
            place = rng.randrange(len(source.paragraphs))
            spans = [span for span in sentences(source.paragraphs[place]) if span[1] - span[0] >= 10]
            if not spans:
                continue
            start, end = rng.choice(spans)
            sentence = fold(source.paragraphs[place][start:end])  # jieba knows simplified words only
            words = tag(sentence)
            slot = self._pick(find(sentence, words))
            question = slot and ask(sentence, words, slot, self._alike, rng)
            if slot and question and sentence[slot.start : slot.end] not in question:
                text, moved = self._around(source, place)
                answer = Answer(0, moved + start + slot.start, moved + start + slot.end)
                return self._finish(question, text, (answer,))
        return None

    def _across(self, number: int) -> Example | None:
        """Return a question asked with one sentence of a paragraph and answered by another."""
        source, rng = self._sources[number], self._random
        maker = Across(tag, self._pick, self._alike, rng)
        for _ in range(_TRIES):
            place = rng.randrange(len(source.paragraphs))
            folded = fold(source.paragraphs[place])
            made = maker.make(folded, list(sentences(source.paragraphs[place])))
            if made:
                question, spans = made
                text, moved = self._around(source, place)
                return self._finish(question, text, tuple(Answer(0, moved + start, moved + end) for start, end in spans))
        return None

    def _of_headline(self, number: int) -> Example | None:
        source, rng = self._sources[number], self._random
        if not source.headline:
            return None
        words = tag(source.headline)
        slots = [slot for slot in find(source.headline, words) if slot.kind not in ("clause", "reason")]
        text, _ = self._around(source, 0)
        folded = fold(text)
        for _ in range(_TRIES):
            slot = self._pick(slots)
            if not slot:
                return None
            said = fold(source.headline[slot.start : slot.end])
            places = [match.start() for match in re.finditer(re.escape(said), folded)]
            question = ask(source.headline, words, slot, self._alike, rng) if places else None
            if question and said not in fold(question):
                answers = tuple(Answer(0, place, place + len(said)) for place in places[:3])
                return self._finish(question, text, answers)
        return None

    def _pick(self, slots: Sequence[Slot]) -> Slot | None:
        """Return a slot, its kind drawn first, so that no kind crowds out the others."""
        kinds = sorted({slot.kind for slot in slots})
        if not kinds:
            return None
        kind = self._random.choices(kinds, [_SHARES[kind] for kind in kinds])[0]
        return self._random.choice([slot for slot in slots if slot.kind == kind])

    def _around(self, source: Source, place: int) -> tuple[str, int]:
        """Return a paragraph with some of those around it, and where it begins."""
        paragraphs, rng = source.paragraphs, self._random
        most = rng.choice((150, 250, 350, _LONGEST_TEXT))
        first = last = place
        size = len(paragraphs[place])
        while True:
            ways = [way for way, free in ((-1, first > 0), (1, last + 1 < len(paragraphs))) if free]
            if not ways:
                break
            way = rng.choice(ways)
            added = len(paragraphs[first - 1 if way < 0 else last + 1])
            if size + added > most:
                break
            first, last, size = (first - 1, last, size + added) if way < 0 else (first, last + 1, size + added)
        before = sum(len(text) + 1 for text in paragraphs[first:place])
        return "\n".join(paragraphs[first : last + 1]), before

    def _finish(self, question: str, text: str, answers: tuple[Answer, ...]) -> Example:
        rng = self._random
        if rng.random() >= _OTHER_SHARE:
            return Example(question, (text,), answers)
        said = text[answers[0].start : answers[0].end]
        other = self.other(question, said)
        if other is None:
            return Example(question, (text,), answers)
        if rng.random() < 0.5:
            return Example(question, (text, other), answers)
        moved = tuple(Answer(1, answer.start, answer.end) for answer in answers)
        return Example(question, (other, text), moved)

    def other(self, question: str, answer: str) -> str | None:
        """Return a text with a rare pair of the question's characters but without the answer, if one is found."""
        rng = self._random
        found = [self._holding[pair] for pair in sorted(_pairs(question)) if len(self._holding.get(pair, ())) > 1]
        found.sort(key=len)
        for holding in found[:3]:
            source = self._sources[rng.choice(holding)]
            text, _ = self._around(source, rng.randrange(len(source.paragraphs)))
            if answer not in text:
                return text[:_LONGEST_TEXT]
        return None


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[i : i + 2] for i in range(len(folded) - 1) if folded[i] > "\u4dff" and folded[i + 1] > "\u4dff"}
