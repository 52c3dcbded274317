"""Clean the English definitions of a Chinese dictionary into short glosses usable as text.

Removes what is about the entry rather than its meaning (measure words, readings, cross-references, labels). Knows no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.text import fold
from training.corpora import Entry

MOST_LETTERS = 60
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_REFERENCE = re.compile(
    r"\b(?:variant of|see also|see |also written|also pr\.|CL:|abbr\. (?:for|of)|same as|surname |erhua|used in |"
    r"classifier for|pr\. |Taiwan pr|old variant|Japanese variant|radical |bound form)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:to be |to |an? |the )", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def clean(definitions: Iterable[str]) -> tuple[str, ...]:
    """Return the glosses of an entry in the dictionary's order, without repeats; empty when nothing usable is left."""
    glosses: dict[str, None] = {}
    for definition in definitions:
        for part in definition.split(";"):
            gloss = _clean_one(part)
            if gloss:
                glosses.setdefault(gloss)
    return tuple(glosses)


def _clean_one(part: str) -> str:
    if _REFERENCE.search(part):
        return ""
    text = part
    while (shorter := _BRACKETS.sub(" ", text)) != text:
        text = shorter
    text = _SPACES.sub(" ", text).strip(" ,.;:")
    text = _LEADING.sub("", text)
    if _HAN.search(text) or len(text) >= MOST_LETTERS or not re.search(r"[A-Za-z]", text):
        return ""
    return text


def collect(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Gather the glosses of each folded headword; common senses (lower-case entries) come before proper names."""
    common: dict[str, dict[str, None]] = {}
    proper: dict[str, dict[str, None]] = {}
    for entry in entries:
        for gloss in clean(entry.definitions):
            side = proper if gloss[:1].isupper() else common
            side.setdefault(fold(entry.simplified), {}).setdefault(gloss)
    words = {**common, **proper}
    return {word: (*common.get(word, ()), *proper.get(word, ())) for word in words}
