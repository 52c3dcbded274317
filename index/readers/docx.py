"""Word documents (.docx): paragraphs, headings by style, tables and text boxes, in the order of the document.

Reads the XML inside; what was deleted with tracked changes stays out. Knows nothing of fonts, apart from styles that
name a heading or a title.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.composing import table_row
from index.readers.decoding import clean
from index.readers.markup import attribute, children, descendants, local, parse
from index.readers.reading import File, Reading
from index.readers.zipped import DAMAGE, Contents
from index.schema import Page

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_DOCUMENT, _STYLES = PurePosixPath("word/document.xml"), PurePosixPath("word/styles.xml")
_LEFT_OUT = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sectPr", "fldData"))
_HEADING = re.compile(r"^(?:heading|标题) ?(\d)$", re.IGNORECASE)
_DEEPEST = 80
_SHORT_CELL = 60


def read(file: File) -> Reading:
    """Read one page. Raises ReadError for a document that is encrypted, damaged or holds no text."""
    if file.data.startswith(_ENCRYPTED):
        raise ReadError(file.source, "is encrypted or in the old .doc format; open it and save it as .docx without a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.data))
    except (NotImplementedError, *DAMAGE):
        raise ReadError(file.source, "is no whole .docx; copy it again, or open it and save it again") from None
    with archive:
        contents = Contents(file.source, archive)
        if _DOCUMENT not in contents.members:
            raise ReadError(file.source, "is no .docx: it holds no document; open it in a word processor and save it again")
        body = parse(contents.read(_DOCUMENT), file.source)
        styles = parse(contents.read(_STYLES), file.source) if _STYLES in contents.members else None
    levels = _levels(styles) if styles is not None else {}
    text = clean("\n\n".join(_paragraphs(body, levels, 0)))
    if not text.strip():
        raise ReadError(file.source, "holds no text; pictures of text must go through text recognition (OCR) first")
    return Reading((Page(file.source, text),))


def _levels(styles: Element) -> dict[str, int]:
    """Style id -> level of heading, for the styles that are headings or built on one."""
    names: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in descendants(styles, "style"):
        id = attribute(style, "styleId")
        names[id] = next((attribute(each, "val") for each in children(style, "name")), "")
        based[id] = next((attribute(each, "val") for each in children(style, "basedOn")), "")
    levels = {}
    for id in names:
        at, steps = id, 0
        while at and steps < 10:
            if level := _level(names.get(at, "")):
                levels[id] = level
                break
            at, steps = based.get(at, ""), steps + 1
    return levels


def _level(name: str) -> int:
    if name.lower() in ("title", "标题"):
        return 1
    if name.lower() in ("subtitle", "副标题"):
        return 2
    match = _HEADING.match(name)
    return min(6, int(match[1])) if match else 0


def _paragraphs(element: Element, levels: Mapping[str, int], depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for child in element:
        kind = local(child)
        if kind == "p":
            text = _text(child).strip(" \t\n")
            level = _level_of(child, levels) if len(text) <= 120 else 0
            if text:
                yield "#" * level + " " * (level > 0) + text
            for box in _boxes(child):
                yield from _paragraphs(box, levels, depth + 1)
        elif kind == "tr":
            yield from _row(child, levels, depth + 1)
        elif kind not in _LEFT_OUT:
            yield from _paragraphs(child, levels, depth + 1)


def _level_of(paragraph: Element, levels: Mapping[str, int]) -> int:
    for properties in children(paragraph, "pPr"):
        for style in children(properties, "pStyle"):
            return levels.get(attribute(style, "val"), 0)
    return 0


def _text(paragraph: Element) -> str:
    """The text of a paragraph without that of the boxes in it."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        kind = local(element)
        if kind == "t":
            pieces.append(element.text or "")
        elif kind in ("tab", "ptab"):
            pieces.append("\t")
        elif kind in ("br", "cr"):
            pieces.append("\n")
        elif kind == "noBreakHyphen":
            pieces.append("-")
        elif kind not in _LEFT_OUT and kind != "txbxContent":
            stack.extend(reversed(element))
    return "".join(pieces)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The outermost text boxes in a paragraph; a fallback repeats what it stands for."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if local(element) == "txbxContent":
            yield element
        elif local(element) not in _LEFT_OUT:
            stack.extend(reversed(element))


def _row(row: Element, levels: Mapping[str, int], depth: int) -> Iterator[str]:
    """A row of a table: one line where its cells are short, else the paragraphs of one cell after the other."""
    cells = [list(_paragraphs(cell, levels, depth)) for cell in children(row, "tc")]
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and all(len(cell) == 1 and len(cell[0]) <= _SHORT_CELL for cell in filled):
        yield table_row([cell[0].replace("\n", " ").lstrip("# ") for cell in filled])
    else:
        for cell in filled:
            yield from cell
