"""English words of a question -> the Chinese words by which a Chinese archive may hold them.

Two bridges: the embedding table as a dictionary (``related``), and pinyin for names (Zhihuigu -> the characters
that the archive itself prints for zhi-hui-gu). It proposes words; whether they are the right ones only the
archive can say, so every form carries how well it fits and is shown to the reader.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from index.schema import Term

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
_SMALL_WORDS = """
who whom whose when where why how which what many much is are was were be been being am do does did has have had can could will
would shall should may might must the a an of in on at to for from by with into about and or as that this these those it its
they their them he his him she her there here please tell me us you your i we our any some all both each than then so such
according said say says not no s
"""
_ORDINAL_WORDS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ORDINALS = {name: number for number, name in enumerate(_ORDINAL_WORDS.split(), start=1)}
_NUMERALS = "零一二三四五六七八九十"
_MOST_NAMES = 4  # spellings kept for one romanised name
_MOST_PAIRS = 4000  # character pairs tried for two syllables


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a word of the question in the archive; ``fit`` from 0 to 1."""

    text: str
    fit: float


class Neighbour(Protocol):
    """What ``related`` yields: a word of the other language, its cosine and its share of meaning."""

    @property
    def word(self) -> str: ...
    @property
    def similarity(self) -> float: ...
    @property
    def weight(self) -> float: ...


@runtime_checkable
class Dictionary(Protocol):
    """An encoder whose table can be read as a bilingual dictionary."""

    def related(self, word: str, limit: int = 5, floor: float = 0.35) -> Sequence[Neighbour]: ...


class Counting(Protocol):
    """Tells in how many passages each term stands."""

    def document_frequency(self, terms: Sequence[Term]) -> list[int]: ...


def words_of(question: str) -> list[str]:
    """Return the content words of an English question in order, possessives and small words dropped.

    Neighbouring capitalised words that can be read as pinyin together are one name (Sun Aijun).
    """
    found: list[str] = []
    ends = -1
    for match in _WORD.finditer(question):
        word = re.sub(r"['’]s?$", "", match.group())
        if word.lower() in _SMALL or len(word) < 2:
            continue
        if found and match.start() == ends + 1 and word[0].isupper() and found[-1][0].isupper() and _syllables(found[-1] + word):
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
        ends = match.start() + len(word)
    return list(dict.fromkeys(found))


_FIRST = (Form("首届", 0.9), Form("首次", 0.9))


def forms_of(word: str, dictionary: Dictionary | None, archive: Counting, *, romanised: bool = True) -> tuple[Form, ...]:
    """Return the forms of an English word, best first; the word itself always among them.

    ``romanised``: look also for what the word may be the pinyin of, which costs some thousand look-ups.
    """
    folded = word.lower()
    forms = [Form(folded, 1.0)]
    ordinal = ordinal_zh(folded)
    if ordinal:
        return (Form(ordinal, 1.0), *(_FIRST if ordinal == "第一" else ()), *forms)
    if not folded.isalpha() and not re.search(r"[a-z]", folded):
        return (*forms, *((Form(numeral, 1.0),) if (numeral := numeral_zh(folded)) else ()))
    translations = _translations(folded, dictionary) if dictionary is not None else []
    # Names are capitalised; a word that no dictionary has may be Chinese too (gaokao).
    names = _names(word, archive) if romanised and (word[0].isupper() or not translations) else ()
    if names:
        translations = [Form(form.text, form.fit / 2) for form in translations]
    return (*names, *forms, *translations)


def numeral_zh(word: str) -> str:
    """Return a number of two digits in Chinese (19 -> 十九), as names have it; empty for others: 九 stands everywhere."""
    return _chinese(int(word)) if re.fullmatch(r"[1-9][0-9]", word) and word != "10" else ""


def ordinal_zh(word: str) -> str:
    """Return an English ordinal in Chinese (sixth, 6th -> 第六); empty for any other word."""
    if word in _ORDINALS:
        return f"第{_chinese(_ORDINALS[word])}"
    if re.fullmatch(r"\d{1,3}(?:st|nd|rd|th)", word):
        return f"第{_chinese(int(word[:-2]))}"
    return ""


def _translations(word: str, dictionary: Dictionary) -> list[Form]:
    found: dict[str, float] = {}
    for variant in _variants(word):
        for neighbour in dictionary.related(variant):
            if len(neighbour.word) > 1:
                fit = neighbour.similarity * min(1.0, neighbour.weight)
                found[neighbour.word] = max(found.get(neighbour.word, 0.0), fit)
        if found:
            break
    return [Form(text, fit) for text, fit in sorted(found.items(), key=lambda pair: -pair[1])][:5]


def _variants(word: str) -> Iterable[str]:
    yield word
    for ending, other in (("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e")):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield word[: -len(ending)] + other


def _chinese(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "") if number < 100 else str(number)


def _names(word: str, archive: Counting) -> tuple[Form, ...]:
    """Spellings of a romanised name that the archive prints, frequent first."""
    if len(word) < 4:
        return ()
    counts: dict[str, int] = {}
    for syllables in _syllables(word):
        for text, count in _spellings(syllables, archive).items():
            counts[text] = max(counts.get(text, 0), count)
    best = sorted(counts, key=lambda text: (-counts[text], text))[:_MOST_NAMES]
    best = [text for text in best if counts[text] * 5 >= counts[best[0]]]  # the rest are chance neighbours (了 + 城)
    return tuple(Form(text, 0.95 if i == 0 else 0.8) for i, text in enumerate(best))


def _spellings(syllables: tuple[str, ...], archive: Counting) -> dict[str, int]:
    """Walk along the syllables over character pairs that the archive holds; value = passages of the rarest pair."""
    chains: dict[str, int] = {}
    table = _characters()
    for place, (first, second) in enumerate(itertools.pairwise(syllables)):
        starts = sorted({chain[-1] for chain in chains}) if place else list(table[first])
        pairs = [a + b for a in starts for b in table[second]][:_MOST_PAIRS]
        held = {
            pair: count
            for pair, count in zip(pairs, archive.document_frequency([Term(pair, "grams") for pair in pairs]), strict=True)
            if count
        }
        if not place:
            chains = held
        else:
            chains = {
                chain + pair[1]: min(count, held[pair])
                for chain, count in chains.items()
                for pair in held
                if pair[0] == chain[-1]
            }
        if not chains:
            return {}
    return chains


def _syllables(name: str) -> list[tuple[str, ...]]:
    """All ways to read a romanised name as two to four syllables, the fewest syllables first."""
    table = _characters()
    name = re.sub(r"[^a-z]", "", name.lower())
    readings: list[tuple[str, ...]] = []

    def walk(rest: str, done: tuple[str, ...]) -> None:
        if not rest:
            if len(done) >= 2:
                readings.append(done)
            return
        if len(done) == 4:
            return
        for size in range(min(6, len(rest)), 0, -1):
            if rest[:size] in table:
                walk(rest[size:], (*done, rest[:size]))

    walk(name, ())
    return sorted(readings, key=len)[:3]


@functools.lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """Toneless syllable -> its characters, those of GB 2312 (level 1 and 2), in code point order."""
    from pypinyin import Style, pinyin

    han = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    han = [char for char in han if char]
    table: dict[str, list[str]] = {}
    for char in han:
        for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0]:
            if reading.isascii():
                table.setdefault(reading, []).append(char)
    return {syllable: "".join(chars) for syllable, chars in table.items()}
