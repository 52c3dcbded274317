"""Change examples so that the reader meets more than the sets hold: damaged characters, shorter texts, other texts beside,
reworded questions, questions in English word by word. Offsets of answers follow.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.text import segment, sentences
from training.english import put
from training.reader.examples import Answer, Example

_MOST_DAMAGE = 0.06


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each change is made."""

    damaged: float
    cropped: float
    accompanied: float
    reworded: float
    english: float


@dataclass(frozen=True, slots=True)
class Changer:
    """Changes examples at random; ``alike`` has words of like meaning, ``glosses`` the dictionary, ``stock`` characters."""

    shares: Shares
    alike: Mapping[str, Sequence[str]]
    glosses: Mapping[str, Sequence[str]]
    stock: str
    other: Callable[[str, str], str | None]
    generator: random.Random

    def change(self, example: Example) -> Example:
        """Return the example with some changes, perhaps none."""
        rng, shares = self.generator, self.shares
        if len(example.texts) == 1 and rng.random() < shares.cropped:
            example = self._crop(example)
        if len(example.texts) == 1 and rng.random() < shares.accompanied:
            example = self._accompany(example)
        if rng.random() < shares.damaged:
            example = replace(example, texts=tuple(self._damage(text) for text in example.texts))
        if rng.random() < shares.english:
            return replace(example, question=put(example.question, self.glosses))
        if rng.random() < shares.reworded:
            return replace(example, question=self._reword(example.question))
        return example

    def _crop(self, example: Example) -> Example:
        """Keep some sentences around the answers."""
        text, rng = example.texts[0], self.generator
        spans = list(sentences(text))
        first = min(answer.start for answer in example.answers)
        last = max(answer.end for answer in example.answers)
        before = [start for start, _ in spans if start <= first]
        after = [end for _, end in spans if end >= last]
        if not before or not after:
            return example
        start, end = rng.choice(before[-5:]), rng.choice(after[:5])
        moved = tuple(Answer(0, answer.start - start, answer.end - start) for answer in example.answers)
        return replace(example, texts=(text[start:end],), answers=moved)

    def _accompany(self, example: Example) -> Example:
        answer, rng = example.answers[0], self.generator
        text = example.texts[0]
        other = self.other(example.question, text[answer.start : answer.end])
        if other is None or other[:40] in text:
            return example
        if rng.random() < 0.5:
            return replace(example, texts=(text, other))
        return replace(example, texts=(other, text), answers=tuple(replace(one, text=1) for one in example.answers))

    def _damage(self, text: str) -> str:
        rng = self.generator
        share = rng.uniform(0.0, _MOST_DAMAGE)
        return "".join(rng.choice(self.stock) if rng.random() < share and not char.isspace() else char for char in text)

    def _reword(self, question: str) -> str:
        rng = self.generator
        said: list[str] = []
        for word in segment(question):
            chance = rng.random()
            if chance < 0.15 and word in self.alike:
                said.append(rng.choice(self.alike[word]))
            elif chance > 0.05 or len(word) > 2:
                said.append(word)
        return "".join(said) + "？"
