"""Questions on English texts: a word, a number or a name is taken out of an English sentence. Knows no Chinese."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from training.reader.examples import Answer, Example

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+(?:[.,:]\d+)*")
_ASKED = {
    "number": ("How many", "How much", "When", "What"),
    "name": ("Who", "Where", "Which", "What"),
    "word": ("What", "What", "Which", "How"),
}
_COMMON_WORDS = (
    "the a an of in on at to for and or but is are was were be been do does did have has had will would can could should may not"
    " i you he she it we they me him her us them my your his its our their this that these those there here what who when where"
    " which why how as with from by so if than very just too"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_SENTENCES = (3, 8)  # of a text, at least and at most


def draw(sentences: Sequence[str], count: int, seed: int) -> Iterator[Example]:
    """Yield examples: a text of several of the sentences, and a question on one of them."""
    rng = random.Random(seed)
    usable = [sentence for sentence in sentences if len(_WORD.findall(sentence)) >= 6]
    for _ in range(count):
        chosen = rng.sample(usable, rng.randint(*_SENTENCES))
        number = rng.randrange(len(chosen))
        words = list(_WORD.finditer(chosen[number]))
        slots = [place for place, word in enumerate(words) if word[0].lower() not in _COMMON]
        if not slots:
            continue
        place = rng.choice(slots)
        moved = sum(len(sentence) + 1 for sentence in chosen[:number])
        start, end = words[place].span()
        question = _question([word[0] for word in words], place, rng)
        yield Example(question, (" ".join(chosen),), (Answer(0, moved + start, moved + end),))


def _question(words: Sequence[str], place: int, rng: random.Random) -> str:
    taken = words[place]
    kind = "number" if taken[0].isdigit() else "name" if place and taken[0].isupper() else "word"
    harsh = rng.random()
    kept = [
        word
        for number, word in enumerate(words)
        if number != place and rng.random() > (0.6 * harsh if word.lower() in _COMMON else 0.25 * harsh)
    ]
    return " ".join([rng.choice(_ASKED[kind]), *kept]) + "?"
