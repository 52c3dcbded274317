"""Numbers that stand for names in filters, numbers that stand for tokens in vectors, and long texts cut for a column.

A filter that Milvus parses holds nothing but numbers: no word of a page or of a question ever becomes part of one.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable

_COLUMN = 60_000  # bytes; Milvus allows 65,535 in a text column
_PART = 15_000  # characters: 60,000 bytes at most
_TOKENS = 2**32 - 2


class TooLong(ValueError):
    """A text that does not fit into a column of Milvus."""


def number_of(name: str | None) -> int:
    """Return the number that stands for a name in filters, 62 bits; 0 for none."""
    if name is None:
        return 0
    return 1 + (int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 2)


@functools.lru_cache(maxsize=1 << 18)
def token_number(field: str, token: str) -> int:
    """Return the dimension of a token in the sparse vectors, from 1; 0 is kept for passages without a token."""
    digest = hashlib.blake2b(f"{field}\0{token}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return 1 + int.from_bytes(digest, "big") % (_TOKENS - 1)


def among(field: str, numbers: Iterable[int]) -> str:
    """Return the filter that a field has one of some numbers."""
    return f"{field} in [{','.join(str(int(number)) for number in numbers)}]"


def both(*conditions: str) -> str:
    """Return the filter that all conditions hold; empty ones count for nothing."""
    return " and ".join(f"({condition})" for condition in conditions if condition)


def fitting(text: str, what: str) -> str:
    """Return a text as it is. Raises TooLong when a column cannot hold it."""
    if len(text.encode("utf-8", "surrogatepass")) > _COLUMN:
        raise TooLong(f"{what} is longer than the {_COLUMN} bytes that a column of Milvus holds")
    return text


def parts(text: str) -> list[str]:
    """Cut a text of any length into parts that fit a column; joined they are the text again."""
    return [text[at : at + _PART] for at in range(0, len(text), _PART)] or [""]
