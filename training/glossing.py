"""Turn cut Chinese texts into word-by-word English: pseudo-translations for training, different at each draw.

The order of words is kept but does not matter to a static model; function words and inflections are sprinkled in at random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from training.names import syllables
from training.ragged import Cutter, Ids, Ragged
from training.vocabulary import Vocabulary, is_english, is_han, whole, word_of
from training.warmstart import GLOSSES, split

FUNCTION_WORDS = (
    "the of and in to a is was for on with that as by at from it be are this has have had will were not or an its which their"
    " his he they s who after also said more been about when all one would than two first into up new"
)
_FIRST_SHARE = 0.5  # how often the dictionary's first gloss is taken rather than any of the first few
_FUNCTION_SHARE = 0.35  # function words added, of the length of the text
_INFLECTED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Glosser:
    """Glosses of all pieces: those of piece ``i`` are the ``counts[i]`` rows of ``rows`` from ``first[i]`` on."""

    rows: Ragged
    first: Ids
    counts: Ids
    forms: Ragged
    function_words: Ids

    def gloss(self, texts: Ragged, generator: np.random.Generator) -> Ragged:
        """Return the texts in English, one gloss a piece drawn at random; pieces without gloss fall away."""
        counts = self.counts[texts.flat]
        drawn = (generator.random(len(counts)) * counts).astype(np.int64)
        drawn[generator.random(len(counts)) < _FIRST_SHARE] = 0
        english = texts.replace(self.rows, self.first[texts.flat] + drawn)
        return self.sprinkle(self.inflect(english, generator), generator)

    def plain(self, texts: Ragged) -> Ragged:
        """Return the texts in English by the first gloss of each piece, nothing added."""
        return texts.replace(self.rows, self.first[texts.flat])

    def inflect(self, texts: Ragged, generator: np.random.Generator) -> Ragged:
        """Replace some English words by another form of the same word."""
        lengths = self.forms.lengths[texts.flat]
        offsets = self.forms.offsets[texts.flat]
        chosen = self.forms.flat[
            np.minimum(offsets + (generator.random(len(lengths)) * lengths).astype(np.int64), len(self.forms.flat) - 1)
        ]
        swap = (lengths > 0) & (generator.random(len(lengths)) < _INFLECTED_SHARE)
        return Ragged(np.where(swap, chosen, texts.flat), texts.offsets)

    def sprinkle(self, texts: Ragged, generator: np.random.Generator) -> Ragged:
        """Add function words to each text."""
        return texts.append(self.function_words, generator.poisson(_FUNCTION_SHARE * texts.lengths), generator)


def build(vocabulary: Vocabulary, cutter: Cutter, glosses: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> Glosser:
    """Prepare the glosses of every row.

    A word without entry is glossed by its pinyin when ``names`` has it, else by its parts; a number or Latin word by itself.
    """
    scores = dict(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    owners = vocabulary.pieces[: len(vocabulary.probabilities)]
    texts: list[str] = []
    counts: list[int] = []
    for piece in owners:
        choices = list(glosses.get(piece, ()))[:GLOSSES]
        if not choices and is_han(piece):
            parts = [glosses[part][0] for part in split(piece, scores) if part in glosses]
            choices = [" ".join(syllables(piece) if piece in names else parts)]
        texts.extend(choices or [word_of(piece) or piece])
        counts.append(max(1, len(choices)))
    number = {piece: row for row, piece in enumerate(owners)}
    forms = Ragged.of(
        [[number[whole(form)] for form in inflections(word_of(piece)) if whole(form) in number] for piece in owners]
    )
    return Glosser(
        cutter.cut(texts),
        np.concatenate([[0], np.cumsum(counts)[:-1]]),
        np.asarray(counts),
        forms,
        np.asarray([number[whole(word)] for word in FUNCTION_WORDS.split() if whole(word) in number]),
    )


def inflections(word: str) -> list[str]:
    """Return what regular rules make of an English word, right or wrong: plural, past, -ing, -er."""
    if not is_english(word) or len(word) < 3:
        return []
    if word.endswith("e"):
        return [f"{word}s", f"{word}d", f"{word[:-1]}ing"]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    doubled = word + word[-1]
    return [f"{word}s", f"{word}es", f"{word}ed", f"{word}ing", f"{doubled}ed", f"{doubled}ing"]
