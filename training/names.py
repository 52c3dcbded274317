"""Names in both scripts: Chinese ones as pinyin, foreign ones as the Chinese spell them by sound.

Pairs come from the dictionary (capitalised readings) and from jieba's list of persons and places. Knows no vectors.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import jieba
from pypinyin import lazy_pinyin

from index.text import fold
from training.corpora import Entry

_TONE = re.compile(r"[1-5]")
_CAPITALISED = re.compile(r"\b[A-Z][a-zé'-]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_ALIKE = 0.45  # least likeness of a foreign name and the pinyin of its Chinese form: Merkel ~ mokeer
_LONGEST_PART = 4
_PART_SIGHTINGS = 12
_PERSON_OR_PLACE = ("nr", "ns")


@dataclass(frozen=True, slots=True)
class Names:
    """``chinese``: word -> pinyin without spaces; ``foreign``: (name, Chinese word); ``syllables``: all of pinyin's."""

    chinese: Mapping[str, str]
    foreign: tuple[tuple[str, str], ...]
    syllables: frozenset[str]


def collect(entries: Iterable[Entry]) -> Names:
    """Collect names from dictionary entries and from jieba's word list."""
    chinese = {word: "".join(syllables(word)) for word in _tagged()}
    foreign: dict[tuple[str, str], None] = {}
    known: set[str] = set()
    for entry in entries:
        word = fold(entry.simplified)
        reading = [_TONE.sub("", part).lower().replace("u:", "v") for part in entry.reading.split()]
        known.update(part for part in reading if part.isalpha() and part.isascii())
        if not entry.reading[:1].isupper() or not _HAN.fullmatch(word):
            continue
        name = _foreign_name(entry, "".join(reading))
        if name:
            foreign[name, word] = None
            chinese.pop(word, None)
        else:
            chinese[word] = "".join(reading)
    return Names(chinese, tuple(foreign), frozenset(part for part in known if 2 <= len(part) <= 6))


def syllables(word: str) -> list[str]:
    """Return the pinyin of a Han word, a syllable a character, without tones."""
    return [part for part in lazy_pinyin(word) if part.isascii() and part.isalpha()]


def _tagged() -> list[str]:
    """Return jieba's persons and places of two or three characters, as far as they are in use."""
    words: list[str] = []
    with jieba.get_dict_file() as stream:
        for line in stream:
            word, count, tag = line.decode("utf-8").split()
            if tag in _PERSON_OR_PLACE and int(count) >= 3 and 2 <= len(word) <= 3 and _HAN.fullmatch(word):
                words.append(fold(word))
    return words


def _foreign_name(entry: Entry, pinyin: str) -> str:
    """Return the word of an entry's definitions that sounds like its pinyin without being it; empty when there is none."""
    best, likeness = "", _ALIKE
    for definition in entry.definitions:
        for name in _CAPITALISED.findall(re.sub(r"\[[^\]]*\]", "", definition)):
            letters = fold(name).replace("'", "").replace("-", "")
            if letters == pinyin or pinyin.startswith(letters):
                return ""
            ratio = difflib.SequenceMatcher(None, _sounds(letters), _sounds(pinyin), autojunk=False).ratio()
            if ratio > likeness and letters.isascii() and letters.isalpha():
                best, likeness = letters, ratio
    return best


def _sounds(letters: str) -> str:
    """Bring letters that Chinese does not tell apart together."""
    return letters.translate(str.maketrans("rvcqxg", "lwkksk")).replace("th", "s").replace("ph", "f")


def parts(names: Names) -> set[str]:
    """Return the letter groups that spell unseen names: pinyin syllables and groups that foreign names repeat."""
    counts: Counter[str] = Counter()
    for name, _ in names.foreign:
        for size in range(2, _LONGEST_PART + 1):
            counts.update(name[start : start + size] for start in range(len(name) - size + 1))
    return set(names.syllables) | {group for group, count in counts.items() if count >= _PART_SIGHTINGS}
