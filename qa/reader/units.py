"""Cut a text into the units that the reader reads: a Han character, a Latin word, a number or a mark each.

White space is no unit, so a line break or a blank that a scan left between characters changes nothing. Knows offsets and the
pieces of the embedded model; knows nothing of questions.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.text import fold, sentences

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

_UNIT = re.compile(r"[a-z\u00c0-\u024f]+(?:'[a-z]+)?|\d+(?:[.,:]\d+)*|\S")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]")
_HAN_NUMBER = frozenset("〇零一二两三四五六七八九十百千万亿半")
_OPENING, _CLOSING = "《〈“「『", "》〉”」』"
_CLAUSE_END = frozenset(",;:、，；：")
_LONG = 150  # characters; a longer sentence is read in parts that end at semicolons

NUMBER, HAN_NUMBER, LATIN, MARK, QUOTED, YEAR = range(6)
KINDS = 6


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


def cut(texts: Sequence[str], tokenizer: Tokenizer) -> list[Units]:
    """Cut each text into units."""
    folded = [fold(text) for text in texts]
    found = [[(match.group(), match.start(), match.end()) for match in _UNIT.finditer(text)] for text in folded]
    joined = [_join(units) for units in found]
    encodings = tokenizer.encode_batch([text for text, _ in joined], add_special_tokens=False)
    return [
        _units(text, units, places, compact, encoding.ids, encoding.offsets, tokenizer)
        for text, units, (compact, places), encoding in zip(folded, found, joined, encodings, strict=True)
    ]


def key_of(unit: str) -> int:
    """Return the number that stands for a folded unit: its code point, or a hash above all code points."""
    return ord(unit) if len(unit) == 1 else 0x110000 + zlib.crc32(unit.encode("utf-8", "replace"))


def _join(units: Sequence[tuple[str, int, int]]) -> tuple[str, list[int]]:
    """Return the units without the white space between them (one blank between Latin words), and where each begins."""
    parts: list[str] = []
    places: list[int] = []
    length, end, was_word = 0, 0, False
    for unit, start, stop in units:
        is_word = unit[0].isascii() and unit[0].isalnum()
        if was_word and is_word and start > end:
            parts.append(" ")
            length += 1
        places.append(length)
        parts.append(unit)
        length += len(unit)
        end, was_word = stop, is_word
    return "".join(parts).encode("utf-8", "replace").decode("utf-8"), places


def _units(
    text: str,
    units: Sequence[tuple[str, int, int]],
    places: Sequence[int],
    compact: str,
    pieces: Sequence[int],
    offsets: Sequence[tuple[int, int]],
    tokenizer: Tokenizer,
) -> Units:
    covering = np.zeros(len(compact) + 1, dtype=np.int64)
    for piece, (start, end) in zip(pieces, offsets, strict=True):
        covering[start:end] = piece
    begins = np.asarray(places, dtype=np.int64)
    starts = np.asarray([start for _, start, _ in units], dtype=np.int64)
    ends = np.asarray([end for _, _, end in units], dtype=np.int64)
    lasts = begins + (ends - starts) - 1
    owns = [
        (tokenizer.token_to_id(unit) or 0) if len(unit) == 1 else int(covering[last])
        for (unit, _, _), last in zip(units, lasts, strict=True)
    ]
    numbers, clauses = _segments(text, starts)
    return Units(
        starts,
        ends,
        np.asarray([key_of(unit) for unit, _, _ in units], dtype=np.int64),
        covering[begins] if len(units) else begins,
        np.asarray(owns, dtype=np.int64),
        _kinds([unit for unit, _, _ in units]),
        numbers,
        clauses,
    )


def _kinds(units: Sequence[str]) -> Flags:
    kinds = np.zeros((len(units), KINDS), dtype=np.bool_)
    depth = 0
    for place, unit in enumerate(units):
        first = unit[0]
        if first in _CLOSING:
            depth = max(0, depth - 1)
        kinds[place, QUOTED] = depth > 0
        if first in _OPENING:
            depth += 1
        if first.isdigit():
            kinds[place, NUMBER] = True
            kinds[place, YEAR] = len(unit) == 4 and unit.isdecimal()
        elif first in _HAN_NUMBER:
            kinds[place, HAN_NUMBER] = True
        elif _LATIN.match(first):
            kinds[place, LATIN] = True
        elif not _HAN.match(first):
            kinds[place, MARK] = not first.isalpha()
            depth = 0 if first in "。!?" and depth > 1 else depth
    return kinds


def _segments(text: str, starts: Ids) -> tuple[Ids, Ids]:
    """Return the number of the sentence and of the clause of each unit."""
    spans = [part for start, end in sentences(text) for part in _parts(text, start, end)]
    firsts = np.asarray([start for start, _ in spans] or [0], dtype=np.int64)
    numbers = np.maximum(np.searchsorted(firsts, starts, side="right") - 1, 0)
    breaks = np.asarray([place + 1 for place, char in enumerate(text) if char in _CLAUSE_END], dtype=np.int64)
    borders = np.unique(np.concatenate([firsts, breaks]))
    return numbers, np.maximum(np.searchsorted(borders, starts, side="right") - 1, 0)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence, or the parts of a long one that end at semicolons."""
    if end - start <= _LONG:
        return [(start, end)]
    borders = [start, *(place + 1 for place in range(start, end - 1) if text[place] in ";；"), end]
    return list(zip(borders[:-1], borders[1:], strict=True))
