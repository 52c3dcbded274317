"""Chinese questions put word by word into English, to weigh how English questions fare where no real ones are at hand.

An opener for the kind of answer, then a gloss for each content word, then the pinyin of what the dictionary lacks (taken
for a name). Worse English than anyone asks, so figures on it are a floor. Knows nothing of archives.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from pypinyin import lazy_pinyin

from index.errors import QuestionError
from index.text import fold, segment
from qa.question import Kind, understand
from training.corpora import read_dictionary
from training.glosses import collect

_OPENERS: dict[Kind, str] = {
    "who": "Who",
    "when": "When did",
    "where": "Where",
    "number": "How many",
    "why": "Why",
    "how": "How",
    "list": "Which",
    "definition": "What is",
}
_MOST_SENSES = 3


def read_glosses(data: Path) -> dict[str, tuple[str, ...]]:
    """Return headword -> English glosses of CC-CEDICT."""
    return collect(read_dictionary(data))


def put(question: str, glosses: Mapping[str, Sequence[str]]) -> str:
    """Return an English rendering of a Chinese question, the same for the same question; one that says nothing as it is."""
    rng = random.Random(question)
    try:
        understood = understand(question)
    except QuestionError:
        return question
    words = [word for run in understood.content for word in segment(run)]
    said = [_word(word, glosses, rng) for word in words]
    opener = next((_OPENERS[kind] for kind in understood.kinds if kind in _OPENERS), "What")
    return " ".join([opener, *(word for word in said if word)]) + "?"


def _word(word: str, glosses: Mapping[str, Sequence[str]], rng: random.Random) -> str:
    word = fold(word)
    if not any("\u4e00" <= char <= "\u9fff" for char in word):
        return word
    senses = glosses.get(word, ())
    if senses:
        return rng.choice(senses[:_MOST_SENSES])
    return "".join(lazy_pinyin(word)).capitalize() if len(word) > 1 else ""
