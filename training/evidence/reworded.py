"""Questions said in other words: some content words replaced by ones that a dictionary glosses alike.

The questions of the sets were written with the paragraph in sight and repeat its words; people who have not read the paper do
not. Knows words and glosses; a replacement may be a little off, as people's words are.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.text import fold, segment
from qa.question import understand

_SHARE = 0.4  # of the words that have another
_GLOSS = 24  # longer glosses describe, they do not translate


def others(glosses: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each word of two characters or more those that share a gloss with it."""
    words: dict[str, list[str]] = defaultdict(list)
    for word, senses in glosses.items():
        if len(word) > 1:
            for sense in senses[:2]:
                if len(sense) <= _GLOSS:
                    words[sense].append(word)
    found: dict[str, set[str]] = defaultdict(set)
    for alike in words.values():
        if 2 <= len(alike) <= 12:
            for word in alike:
                found[fold(word)].update(fold(other) for other in alike if other != word)
    return {word: tuple(sorted(alike - {word})) for word, alike in found.items() if alike - {word}}


def reword(question: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """Return the question with some of its content words replaced, at least one; None when none has another. Repeatable."""
    rng = random.Random(question)
    text = fold(question)
    words = (word for run in understand(question).content for word in segment(run))
    replaceable = [word for word in dict.fromkeys(words) if known.get(word)]
    if not replaceable:
        return None
    chosen = [word for word in replaceable if rng.random() < _SHARE] or [rng.choice(replaceable)]
    for word in chosen:
        text = text.replace(word, rng.choice(list(known[word])))
    return text
