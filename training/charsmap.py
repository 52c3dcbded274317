"""Build the character map that the tokenizer file carries, so that folding needs no code of ours.

The format is SentencePiece's precompiled map as read by ``tokenizers.normalizers.Precompiled``: a little-endian size, a
double-array trie over UTF-8 bytes, and the replacements, each ended by a NUL. One code point is mapped to one string.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping

from index.text import fold

_LEAF = 1 << 8
_VALUE = 1 << 31
_FIRST = 256  # children of the root: any first byte
_BLOCK = 64  # children of every other node: continuation bytes 0x80-0xBF; aligned, so that XOR by such a byte stays inside
_MOST_UNITS = 1 << 21  # what the offset field of a unit can address


def folding() -> dict[str, str]:
    """Return the map: width, case and traditional characters as ``index.text.fold`` has them, Latin letters without accents.

    Compatibility forms (ligatures, enclosed and square characters) become what NFKC and lower case make of them.
    """
    table: dict[str, str] = {}
    for code in (*range(0x41, 0x3400), *range(0x3400, 0xA000), *range(0xF900, 0xFB50), *range(0xFE30, 0xFFF0)):
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char).lower()
        if code < 0x250 or 0x1E00 <= code < 0x1F00:
            parts = unicodedata.normalize("NFKD", plain)
            plain = "".join(part for part in parts if not unicodedata.combining(part))
        plain = fold(plain)
        if plain != char and plain and "\0" not in plain:
            table[char] = plain
    return table


def build(table: Mapping[str, str]) -> bytes:
    """Return the precompiled form of ``table`` (single characters to strings)."""
    values: dict[str, int] = {}
    blob = bytearray()
    for target in sorted(set(table.values())):
        values[target] = len(blob)
        blob += target.encode() + b"\0"
    units = _trie({key.encode(): values[target] for key, target in table.items()})
    trie = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(trie)) + trie + bytes(blob)


def _trie(keys: Mapping[bytes, int]) -> list[int]:
    """Lay out the double array: the root unit, the block of its children, one for each other inner node, leaf values."""
    prefixes = sorted({key[:size] for key in keys for size in range(1, len(key))}, key=lambda prefix: (len(prefix), prefix))
    base = {prefix: (2 * _FIRST + _BLOCK * number) ^ 0x80 for number, prefix in enumerate(prefixes)}
    base[b""] = _FIRST
    units = [0] * (2 * _FIRST + _BLOCK * len(prefixes))
    units[0] = _unit(0, base[b""], label=0)
    for key, value in sorted(keys.items()):
        for size in range(1, len(key)):
            position = base[key[: size - 1]] ^ key[size - 1]
            units[position] = _unit(position, base[key[:size]], label=key[size - 1])
        position = base[key[:-1]] ^ key[-1]
        # A leaf's value stands where its own block would begin (byte 0); no key needs that block, so one unit is enough.
        units.append(_VALUE | value)
        units[position] = _unit(position, len(units) - 1, label=key[-1]) | _LEAF
    if len(units) >= _MOST_UNITS:
        raise ValueError(f"the character map needs {len(units)} units, the format holds {_MOST_UNITS}")
    return units


def _unit(position: int, target: int, *, label: int) -> int:
    return ((position ^ target) << 10) | label
