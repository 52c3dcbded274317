"""Folding and tokens: the one place that decides when two strings count as the same.

Used alike for passages and questions. Folding keeps every offset (one code point in, one out), so a span
found in folded text is the same span of the printed text. Knows nothing of archives or questions.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterable, Iterator
from operator import add

import numpy as np
import opencc
from numpy.typing import NDArray

from index.cutting import Cutter

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
# The group tells Han characters from the rest.
_RUNS = re.compile(rf"([{_HAN}]+)|[a-z\u00c0-\u024f]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*%?")
_HAN_RUN = re.compile(rf"[{_HAN}]+")
_HAN_GAP = re.compile(rf"(?<=[{_HAN}])[ \t\u3000]+(?=[{_HAN}])")
_SENTENCE = re.compile(r"[^。！？!?…\n]*(?:[。！？!?…]+[”’」』）)】\"']*|\n|$)")
_ENGLISH_STOP = re.compile(r"(?<=[a-z0-9\)\"”]{2})[.](?=\s+[A-Z\"“(])")

_LINE = 200  # characters; longer texts are not kept
_BASIC = 0x10000  # code points that folding may change; those beyond stay as they are

_lock = threading.Lock()


@functools.lru_cache(maxsize=1)
def _fold_table() -> dict[int, int]:
    """Code point -> code point: full width to half width, upper to lower case, traditional to simplified."""
    table = {0x3000: 0x20}
    table.update({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    for code in (*range(0x41, 0x5B), *range(0xC0, 0xDF), *range(0x391, 0x3AA), *range(0x410, 0x430)):
        lowered = chr(code).lower()
        if len(lowered) == 1:
            table[code] = ord(lowered)
    table.update({code: table[code - 0xFEE0] for code in range(0xFF21, 0xFF3B)})
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table.update({ord(a): ord(b) for a, b in zip(han, simplified, strict=True) if a != b and len(b) == 1})
    return table


def fold(text: str) -> str:
    """Fold width, case and traditional characters. ``len(fold(text)) == len(text)``, offsets are kept."""
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= _LINE else _fold_long(text)


@functools.lru_cache(maxsize=1)
def _fold_codes() -> NDArray[np.uint32]:
    """The fold table as one row by code point."""
    codes = np.arange(_BASIC, dtype=np.uint32)
    for code, other in _fold_table().items():
        codes[code] = other
    return codes


def _fold_long(text: str) -> str:
    """Fold by one look-up for all characters: a tenth of the time that ``translate`` takes."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if codes.max() >= _BASIC:
        return text.translate(_fold_table())
    return _fold_codes().take(codes).tobytes().decode("utf-32-le", "surrogatepass")


@functools.lru_cache(maxsize=1 << 14)
def _folded(line: str) -> str:
    """Fold a line; the rules about pages ask for the same one a dozen times."""
    return line.translate(_fold_table())


@functools.lru_cache(maxsize=1)
def _loaded() -> Cutter:
    return Cutter()


def _cutter() -> Cutter:
    with _lock:  # two threads that ask at once must not load the dictionary twice
        return _loaded()


def segment(text: str) -> list[str]:
    """Cut folded text into its words in order (jieba for Han runs; Latin words and numbers whole); marks fall away."""
    words: list[str] = []
    cut = _cutter().cut
    for match in _RUNS.finditer(fold(text)):
        words.extend(cut(match.group()) if match.lastindex else (match.group(),))
    return words


def dictionary_words(run: str) -> list[str]:
    """Cut a folded run of Han characters into words that the dictionary has, and single characters; nothing is guessed."""
    return _cutter().cut_known(run)


def words(text: str) -> list[str]:
    """Word tokens for the lexical index: jieba words in search mode, Latin words and numbers."""
    tokens: list[str] = []
    cut = _cutter().cut_for_search
    for match in _RUNS.finditer(fold(_HAN_GAP.sub("", text))):
        tokens.extend(cut(match.group()) if match.lastindex else (match.group(),))
    return tokens


def grams(text: str) -> list[str]:
    """Character tokens for the lexical index: every Han character and every pair of neighbours; the rest as words."""
    tokens: list[str] = []
    for match in _RUNS.finditer(fold(_HAN_GAP.sub("", text))):
        run = match.group()
        if match.lastindex:
            tokens.extend(run)
            tokens.extend(map(add, run, run[1:]))
        else:
            tokens.append(run)
    return tokens


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters, and Latin words and numbers whole; in order, repeated as they occur."""
    return [token for token in grams(text) if len(token) > 1 or not _HAN_RUN.match(token)]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of ``text`` in order, closing quotes included, blank ones left out.

    Offsets are code points into ``text``; surrounding white space is outside the span.
    """
    for match in _SENTENCE.finditer(text):
        for start, end in _english(text, match.start(), match.end()):
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start < end:
                yield start, end


def _english(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    for stop in _ENGLISH_STOP.finditer(text, start, end):
        yield start, stop.end()
        start = stop.end()
    yield start, end


def is_chinese(text: str) -> bool:
    """Tell whether a text is Chinese rather than English: it holds Han characters for a fifth of its letters."""
    han = sum(len(run) for run in _HAN_RUN.findall(text))
    latin = sum(1 for char in text if char.isascii() and char.isalpha())
    return han > 0 and han * 4 >= latin
