"""What the made articles say: topics with their words, filled at random into articles of a language.

All text is made up. Knows nothing of how a page is printed.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field

import opencc

from tests.index.parsing.generator import chinese, english
from tests.index.parsing.generator.topic import Topic

_TO_TRADITIONAL = opencc.OpenCC("s2t")


@dataclass(frozen=True)
class Story:
    """An article before print: its words, without any mark, role or place."""

    headline: str
    kicker: str
    subtitle: str
    subheads: tuple[str, ...]
    paragraphs: tuple[str, ...]
    caption: str
    authors: tuple[str, ...]
    city: str


@dataclass(frozen=True)
class Writer:
    """Fills topics of one language. ``script`` is zh, zht (traditional) or en."""

    script: str
    names: dict[str, str] = field(default_factory=dict)

    def stories(self, rng: random.Random, count: int) -> list[Story]:
        """Write the stories of one page, each about a topic of its own."""
        topics = chinese.TOPICS if self.script != "en" else english.TOPICS
        chosen = rng.sample(topics, count)
        words = chinese if self.script != "en" else english
        general = rng.sample(words.GENERAL, len(words.GENERAL))
        return [self._story(rng, topic, general) for topic in chosen]

    def person(self, rng: random.Random) -> str:
        if self.script == "en":
            return f"{rng.choice(english.GIVEN)} {rng.choice(english.FAMILY)}"
        given = "".join(rng.sample(chinese.GIVEN, rng.choice((1, 2, 2))))
        return self.printed(rng.choice(chinese.SURNAMES) + given)

    def printed(self, text: str) -> str:
        return _TO_TRADITIONAL.convert(text) if self.script == "zht" else text

    def _story(self, rng: random.Random, topic: Topic, general: list[str]) -> Story:
        words = chinese if self.script != "en" else english
        slots = {
            "x": rng.choice(topic.subjects),
            "p": rng.choice(words.PLACES),
            "q": rng.choice(words.PLACES),
            "o": rng.choice(topic.offices),
            "m": self.person(rng),
            "n": self.person(rng),
            "k": self.person(rng),
        }
        slots["c"] = slots["p"] if self.script == "en" else rng.choice(chinese.CITIES)

        def fill(template: str) -> str:
            numbers = {
                letter: str(rng.choice((rng.randint(2, 9), rng.randint(11, 98), rng.randint(120, 4800)))) for letter in "abd"
            }
            fields = {name for _, name, _, _ in string.Formatter().parse(template) if name}
            return self.printed(template.format(**{name: {**slots, **numbers}[name] for name in fields}))

        sentences = rng.sample(topic.sentences, len(topic.sentences))
        paragraphs: list[str] = []
        for number in range(rng.randint(2, 6)):
            own = [self._tied(rng, sentences.pop()) for _ in range(rng.randint(1, 3)) if sentences]
            more = [general.pop()] if number and general and rng.random() < 0.5 else []
            if own or more:
                gap = " " if self.script == "en" else ""
                paragraphs.append(gap.join(fill(each) for each in (*own, *more)))
        return Story(
            headline=fill(rng.choice(topic.headlines)),
            kicker=fill(rng.choice(topic.kickers)),
            subtitle=fill(rng.choice(topic.subtitles)),
            subheads=tuple(fill(each) for each in rng.sample(topic.subheads, min(2, len(topic.subheads)))),
            paragraphs=tuple(paragraphs),
            caption=fill(rng.choice(topic.captions)),
            authors=tuple(dict.fromkeys(self.person(rng) for _ in range(rng.choice((1, 1, 2, 2, 3))))),
            city=self.printed(slots["c"]),
        )

    def _tied(self, rng: random.Random, sentence: str) -> str:
        """Tie a sentence to its story, as news does: it names the matter, the person or the office once more."""
        if rng.random() < 0.35:
            return sentence
        if self.script == "en":
            return sentence[:-1] + rng.choice(english.TIES) if sentence.endswith(".") else sentence
        return sentence if sentence.startswith("“") else rng.choice(chinese.TIES) + sentence
