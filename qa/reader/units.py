"""Cut a text into the units that the reader reads: a Han character, a Latin word, a number or a mark each.

White space is no unit, so a line break or a blank that a scan left between characters changes nothing. Knows offsets and the
pieces of the embedded model; knows nothing of questions.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.text import fold, sentences

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

_LONG_UNIT = re.compile(r"[a-z\u00c0-\u024f]+(?:'[a-z]+)?|\d+(?:[.,:]\d+)*")
_SPACE = re.compile(r"\s")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]")
_HAN_NUMBER = frozenset("〇零一二两三四五六七八九十百千万亿半")
_OPENING, _CLOSING, _STOPS = "《〈“「『", "》〉”」』", "。!?"
_CLAUSE_END = ",;:、，；："
_LONG = 150  # characters; a longer sentence is read in parts that end at semicolons
_BASIC = 0x10000  # code points of the table of kinds; those beyond are Han characters, or as rare
_SEPARATOR = "\n"  # the tokenizer lets no piece reach over it

NUMBER, HAN_NUMBER, LATIN, MARK, QUOTED, YEAR = range(6)
KINDS = 6
_QUOTING, _ENDING = 6, 7  # further bits of the table of kinds: marks that open or close what is quoted, marks that end a clause


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a text: ``text[starts[i]:ends[i]]``.

    ``keys`` tell whether two units are the same once folded; ``words`` and ``owns`` are the model's pieces for the word around
    the unit and for the unit itself (0 where it has none); ``kinds`` has a column for each of NUMBER, HAN_NUMBER, LATIN, MARK,
    QUOTED, YEAR; ``sentences`` and ``clauses`` number the sentence and the clause of each unit, from 0.
    """

    starts: Ids
    ends: Ids
    keys: Ids
    words: Ids
    owns: Ids
    kinds: Flags
    sentences: Ids
    clauses: Ids

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class _Bare:
    """Where the units of a folded text are, and the text without the white space that does not part Latin words.

    ``bits`` has a bit for each kind of each character.
    """

    text: str
    codes: Ids
    bits: NDArray[np.uint8]
    starts: Ids
    ends: Ids
    compact: str
    begins: Ids


class Cutter:
    """Cuts texts with the pieces of a tokenizer. Safe in threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._singles = np.full(_BASIC, -1, dtype=np.int64)

    def cut(self, texts: Sequence[str]) -> list[Units]:
        """Cut each text into units."""
        bare = [_bare(fold(text)) for text in texts]
        covering = self._pieces([one.compact for one in bare])
        return [self._units(one, pieces) for one, pieces in zip(bare, covering, strict=True)]

    def _pieces(self, texts: Sequence[str]) -> list[Ids]:
        """Return for each character of each text the piece that covers it, 0 where none does."""
        joined = _SEPARATOR.join(texts)
        encoding = self._tokenizer.encode(joined, add_special_tokens=False)
        covering = np.zeros(len(joined) + 1, dtype=np.int64)
        if encoding.ids:
            spans = np.asarray(encoding.offsets, dtype=np.int64)
            sizes = spans[:, 1] - spans[:, 0]
            shifts = np.repeat(spans[:, 0] - np.cumsum(sizes) + sizes, sizes)
            covering[np.arange(len(shifts)) + shifts] = np.repeat(encoding.ids, sizes)
        borders = np.cumsum([0, *(len(text) + 1 for text in texts)])
        return [covering[start : end - 1] for start, end in itertools.pairwise(borders.tolist())]

    def _units(self, bare: _Bare, covering: Ids) -> Units:
        codes, lengths = bare.codes[bare.starts], bare.ends - bare.starts
        keys, owns = codes.copy(), covering[bare.begins + lengths - 1]
        short = lengths == 1
        owns[short] = self._own(codes[short])
        for place in np.flatnonzero(~short):
            keys[place] = key_of(bare.text[bare.starts[place] : bare.ends[place]])
        numbers, clauses = _segments(bare)
        kinds = _kinds(bare, codes, lengths)
        return Units(bare.starts, bare.ends, keys, covering[bare.begins], owns, kinds, numbers, clauses)

    def _own(self, codes: Ids) -> Ids:
        """The piece of each character by itself; those beyond the basic plane have none."""
        basic = np.minimum(codes, _BASIC - 1)
        for code in set(basic[self._singles[basic] < 0].tolist()):
            self._singles[code] = self._tokenizer.token_to_id(printable(chr(code))) or 0
        return np.where(codes < _BASIC, self._singles[basic], 0)


def key_of(unit: str) -> int:
    """Return the number that stands for a folded unit: its code point, or a hash above all code points."""
    return ord(unit) if len(unit) == 1 else 0x110000 + zlib.crc32(unit.encode("utf-8", "replace"))


def printable(text: str) -> str:
    """Return the text with lone surrogates as question marks: the tokenizer refuses them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _bare(text: str) -> _Bare:
    text = printable(text)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    begin = np.ones(len(text), dtype=np.bool_)
    spaces = [match.start() for match in _SPACE.finditer(text)]
    begin[spaces] = False
    ends = np.arange(1, len(text) + 1)
    for match in _LONG_UNIT.finditer(text):
        start, end = match.span()
        begin[start + 1 : end] = False
        ends[start] = end
    starts = np.flatnonzero(begin)
    ends = ends[starts]
    bits = np.where(codes < _BASIC, _kind_table()[np.minimum(codes, _BASIC - 1)], 0)
    compact, begins = _join(text, starts, ends) if spaces else (text, starts)
    return _Bare(text, codes, bits, starts, ends, compact, begins)


def _join(text: str, starts: Ids, ends: Ids) -> tuple[str, Ids]:
    """Return the units without the white space between them (one blank between Latin words), and where each begins."""
    parts: list[str] = []
    places: list[int] = []
    length, last, was_word = 0, 0, False
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        is_word = text[start].isascii() and text[start].isalnum()
        if was_word and is_word and start > last:
            parts.append(" ")
            length += 1
        places.append(length)
        parts.append(text[start:end])
        length += end - start
        last, was_word = end, is_word
    return "".join(parts), np.asarray(places, dtype=np.int64)


@functools.lru_cache(maxsize=1)
def _kind_table() -> NDArray[np.uint8]:
    """Return a bit for each kind that a unit has by its first character."""
    table = np.zeros(_BASIC, dtype=np.uint8)
    for code in (*range(0x3400), *map(ord, _HAN_NUMBER), *range(0xA000, _BASIC)):  # what lies between are Han characters
        char = chr(code)
        if char.isdigit():
            table[code] = 1 << NUMBER
        elif char in _HAN_NUMBER:
            table[code] = 1 << HAN_NUMBER
        elif _LATIN.match(char):
            table[code] = 1 << LATIN
        elif unicodedata.category(char)[0] != "L":
            table[code] = 1 << MARK
    table[[ord(char) for char in _OPENING + _CLOSING + _STOPS]] |= 1 << _QUOTING
    table[[ord(char) for char in _CLAUSE_END]] |= 1 << _ENDING
    return table


def _kinds(bare: _Bare, codes: Ids, lengths: Ids) -> Flags:
    bits = bare.bits[bare.starts]
    kinds = (bits[:, None] >> np.arange(KINDS)) & 1 > 0
    kinds[:, QUOTED] = _quoted(codes, np.flatnonzero(bits >> _QUOTING & 1))
    for place in np.flatnonzero(kinds[:, NUMBER] & (lengths == 4)):
        kinds[place, YEAR] = bare.text[bare.starts[place] : bare.starts[place] + 4].isdecimal()
    return kinds


def _quoted(codes: Ids, marks: Ids) -> Flags:
    """Tell which units stand inside titles or quotation marks; a mark that is never closed ends with its sentence."""
    result = np.zeros(len(codes), dtype=np.bool_)
    depth, since = 0, 0
    for place in marks.tolist():
        char = chr(int(codes[place]))
        if depth > 0:
            result[since:place] = True
        if char in _CLOSING:
            depth = max(0, depth - 1)
            result[place] = depth > 0
        elif char in _OPENING:
            result[place] = depth > 0
            depth += 1
        else:
            result[place] = depth > 0
            depth = 0 if depth > 1 else depth
        since = place + 1
    if depth > 0:
        result[since:] = True
    return result


def _segments(bare: _Bare) -> tuple[Ids, Ids]:
    """Return the number of the sentence and of the clause of each unit."""
    text, starts = bare.text, bare.starts
    spans = [part for start, end in sentences(text) for part in _parts(text, start, end)]
    firsts = np.asarray([start for start, _ in spans] or [0], dtype=np.int64)
    numbers = np.maximum(np.searchsorted(firsts, starts, side="right") - 1, 0)
    borders = np.zeros(len(text) + 1, dtype=np.bool_)
    borders[firsts] = True
    borders[1:][bare.bits >> _ENDING & 1 > 0] = True
    clauses = np.cumsum(borders)[starts] - 1
    return numbers, np.maximum(clauses, 0)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence, or the parts of a long one that end at semicolons."""
    if end - start <= _LONG:
        return [(start, end)]
    borders = [start, *(place + 1 for place in range(start, end - 1) if text[place] in ";；"), end]
    return list(itertools.pairwise(borders))
