"""The endless supply of examples for both stages of learning. Knows the corpora; knows nothing of networks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.encoder import EmbeddedEncoder
from training import corpora
from training.english import read_glosses
from training.reader import latin
from training.reader.absent import Absence, names
from training.reader.changed import Changer, Shares
from training.reader.examples import SETS, Example, read_set
from training.reader.stock import Source, Stock, alike

_ROUND = 1_000
_REAL_AMONG_MADE = 0.08
_MADE_AMONG_REAL = 0.45
_ACROSS = {"made": 0.6, "real": 0.3}  # share of the texts asked across sentences
_ABSENT_AMONG_REAL = 0.22
_ENGLISH_AMONG_MADE = 0.03
_WIKI_SHARE = 0.45
_MADE = Shares(damaged=0.2, cropped=0.0, accompanied=0.0, reworded=0.0, english=0.08)
_REAL = Shares(damaged=0.2, cropped=0.25, accompanied=0.35, reworded=0.2, english=0.12)


@dataclass(frozen=True, slots=True)
class Corpora:
    """What may be trained on: questions with their paragraphs, news and paragraphs to make more of, English sentences."""

    questions: tuple[Example, ...]
    news: tuple[Source, ...]
    wiki: tuple[Source, ...]
    english: tuple[str, ...]
    glosses: dict[str, tuple[str, ...]]

    @classmethod
    def read(cls, data: Path) -> Corpora:
        """Read the corpora; nothing of the held-out articles is kept."""
        paragraphs = [one for name in SETS for one in read_set(data, name) if not one.held_out]
        return cls(
            tuple(Example(question, (one.text,), answers) for one in paragraphs for question, answers in one.questions),
            tuple(Source(item.headline, item.paragraphs) for item in corpora.read_news(data)),
            tuple(Source("", tuple(filter(None, one.text.split("\n")))) for one in paragraphs),
            tuple(english for english, _ in corpora.read_sentences(data)),
            read_glosses(data),
        )

    @property
    def texts(self) -> list[str]:
        """All Chinese texts, the paragraphs of the question sets first."""
        return [text for source in (*self.wiki, *self.news) for text in source.paragraphs]


class Supply:
    """Draws examples without end, the same ones for the same seed."""

    def __init__(self, found: Corpora, encoder: EmbeddedEncoder, seed: int) -> None:
        self._found = found
        self._random = random.Random(seed)
        texts = found.texts
        self._alike = alike(texts[::6], encoder)
        self._news = Stock(found.news, self._alike, seed + 1)
        self._wiki = Stock(found.wiki, self._alike, seed + 2)
        self._absence = Absence(names(one.question for one in found.questions), self._wiki.other, random.Random(seed + 3))
        self._stock = "".join("".join(texts[::40]).split())

    def examples(self, *, made: bool) -> Iterator[Example]:
        """Yield examples, mostly made ones, or mostly real ones of which some have no answer."""
        changers = {kind: self._changer(shares) for kind, shares in (("made", _MADE), ("real", _REAL))}
        across = _ACROSS["made" if made else "real"]
        stocks = {"news": self._news.draw(across), "wiki": self._wiki.draw(across)}
        latins = self._latin()
        real = self._real()
        rng = self._random
        while True:
            chance = rng.random()
            if (chance < _REAL_AMONG_MADE) if made else (chance >= _MADE_AMONG_REAL):
                yield self._real_or_absent(changers["real"], next(real), absent=not made)
            elif rng.random() < _ENGLISH_AMONG_MADE:
                yield next(latins)
            else:
                yield changers["made"].change(next(stocks["wiki" if rng.random() < _WIKI_SHARE else "news"]))

    def _real_or_absent(self, changer: Changer, example: Example, *, absent: bool) -> Example:
        if absent and self._random.random() < _ABSENT_AMONG_REAL and (without := self._absence.make(example)):
            return without
        return changer.change(example)

    def _changer(self, shares: Shares) -> Changer:
        return Changer(shares, self._alike, self._found.glosses, self._stock, self._wiki.other, self._random)

    def _real(self) -> Iterator[Example]:
        """All real questions again and again, each time in another order."""
        while True:
            order: Sequence[Example] = self._random.sample(self._found.questions, len(self._found.questions))
            yield from order

    def _latin(self) -> Iterator[Example]:
        while True:
            yield from latin.draw(self._found.english, _ROUND, self._random.randrange(1 << 30))
