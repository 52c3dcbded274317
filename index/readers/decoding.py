"""Bytes -> clean text: right or refused, never mojibake.

Tries BOM, strict UTF-8, then the old Chinese encodings and Windows Western, each kept only when the result reads like
that language: Big5, EUC-JP and EUC-KR bytes decode as GB18030 without an error. Knows nothing of newspapers.
"""

from __future__ import annotations

import codecs
import functools
import re

from index.errors import ReadError
from index.text import fold

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip or office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"II*\x00": "an image",
    b"\xd0\xcf\x11\xe0": "an old office file",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_SAVE = "save it as UTF-8 text"
# Every Chinese text of some length is made of these for a fifth or more; what other encodings turn into is not.
_FREQUENT = frozenset("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说日市新")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PAGE_BREAK = re.compile(r"(?:\r\n|\r|\n)?\x0c")
_DROPPED = [
    *(code for code in range(0x20) if code not in (0x09, 0x0A)),
    *range(0x7F, 0xA0),
    0xAD,
    0x200B,
    *range(0x202A, 0x202F),
    0x2060,
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
    0xFEFF,
    0xFFFE,
    0xFFFF,
]
_CLEAN: dict[int, None] = dict.fromkeys(_DROPPED)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, source: str, *, page_breaks: bool = False) -> str:
    """Decode a file to clean text with LF line ends. ``page_breaks`` keeps each form feed at the start of a line of its own.

    Raises ReadError for binary data, an empty or incomplete file, and text whose encoding cannot be told.
    """
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise ReadError(source, f"is {what}, not text; {_SAVE}")
    text = _decode(data, source)
    if len(_CONTROL.findall(text)) * 200 > len(text):
        raise ReadError(source, f"is binary, not text; {_SAVE}")
    text = "\n\x0c".join(map(clean, _PAGE_BREAK.split(text))) if page_breaks else clean(text)
    if not text.strip():
        raise ReadError(source, "is empty; there is nothing to read")
    return text


def clean(text: str) -> str:
    """Make every line end LF and drop control characters, invisible marks, bidi overrides and lone surrogates."""
    return _NEWLINES.sub("\n", text).translate(_CLEAN)


def _decode(data: bytes, source: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise ReadError(
                    source, f"is incomplete or damaged {encoding.upper()} at byte {error.start}; copy it again"
                ) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error, source)
    if b"\x00" in data:
        raise ReadError(source, f"is binary, not text; {_SAVE}")
    for encoding in ("gb18030", "big5", "big5hkscs", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding != "gb18030" or error.end < len(data) or not _is_chinese(data[: error.start].decode(encoding)):
                continue
            raise ReadError(source, "is incomplete: it ends inside a character; copy it again") from None
        if _is_western(text) if encoding == "cp1252" else _is_chinese(text):
            return text
    raise ReadError(source, f"has an unknown encoding; {_SAVE}")


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError, source: str) -> None:
    """Raise ReadError when the bytes are UTF-8 with a fault: cut or damaged UTF-8 often decodes as GB18030."""
    if error.start >= len(data) - 3 and error.reason == "unexpected end of data" and not data[: error.start].isascii():
        raise ReadError(source, "is incomplete: it ends inside a character; copy it again")
    lenient = data.decode("utf-8", errors="replace")
    faults = lenient.count("\ufffd")
    if faults * 20 < len(lenient) - sum(map(str.isascii, lenient)):
        raise ReadError(source, f"is damaged UTF-8 at byte {error.start}; copy it again")


def _is_chinese(text: str) -> bool:
    """Tell whether text reads as Chinese: known characters throughout, frequent ones often, no kana, no private use."""
    letters = [char for char in fold(text) if char > "\x7f" and char.isalpha()]
    han = [char for char in letters if char >= "\u3400"]
    if not han or len(han) < 0.9 * len(letters) or any("\ue000" <= char <= "\uf8ff" for char in text):
        return False
    known = sum(char in _known_han() for char in han)
    frequent = sum(char in _FREQUENT for char in han)
    return known >= 0.85 * len(han) and (frequent >= 0.08 * len(han) or len(han) < 12)


def _is_western(text: str) -> bool:
    """Tell whether text reads as a Western language: ASCII with a few accents and quotation marks."""
    foreign = sum(char > "\x7f" for char in text)
    return foreign * 20 <= len(text) and not re.search(r"[\x80-\uffff]{3}", text)


@functools.lru_cache(maxsize=1)
def _known_han() -> frozenset[str]:
    """The 3,755 characters of the first level of GB 2312, those that daily print uses."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) if (row, cell) < (0xD7, 0xFA))
    return frozenset(code.decode("gb2312") for code in rows)
