"""PDF with a text layer: characters with their places -> lines, columns, paragraphs. One printed page is one ``Page``.

A scan without text is refused, and so is a file with a password. Knows nothing of articles; type that is larger than
the text is marked as a heading. Sideways characters are left out.
"""

from __future__ import annotations

import ctypes
import threading
from dataclasses import dataclass
from typing import Any

from index.errors import ReadError
from index.readers.decoding import clean
from index.readers.geometry import SetLine, body_size, columns, marked, paragraphs
from index.readers.packages import missing
from index.readers.reading import File, Reading
from index.schema import Page, Skipped

_MOST_PAGES = 600
_MOST_CHARACTERS = 200_000  # on one page; a broadsheet has some 20,000
_FEWEST = 8
_OCR = "run text recognition over it (for example: ocrmypdf in.pdf out.pdf) and give what it writes"
_BOLD = 600
_PASSWORD = 4
_lock = threading.Lock()  # PDFium is one engine for the whole process


@dataclass(slots=True)
class _Run:
    """Characters in one line without a gap."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: int

    def line(self) -> SetLine:
        bold = self.bold * 2 > len(self.text)
        return SetLine(self.text.strip(), self.left, self.right, self.top, self.bottom, self.size, bold)


def read(file: File) -> Reading:
    """Read all pages. Raises ReadError for scans, passwords and damage; single pages without text are reported."""
    try:
        import pypdfium2
        import pypdfium2.raw as pdfium
    except ImportError:
        raise missing(file.source, "pypdfium2", "pdf") from None
    if b"%PDF-" not in file.data[:1024]:
        raise ReadError(file.source, "is no PDF; copy it again")
    with _lock:
        try:
            document = pypdfium2.PdfDocument(file.data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
                raise ReadError(file.source, "is encrypted; open it with its password and save it without") from None
            raise ReadError(file.source, "is damaged or incomplete; copy it again") from None
        try:
            return _pages(document, pdfium, file.source)
        except pypdfium2.PdfiumError:
            raise ReadError(file.source, "is damaged or incomplete; copy it again") from None
        finally:
            document.close()


def _pages(document: Any, pdfium: Any, source: str) -> Reading:
    count = len(document)
    if count == 0:
        raise ReadError(source, "holds no pages; copy it again")
    if count > _MOST_PAGES:
        raise ReadError(source, f"has more than {_MOST_PAGES} pages; split it into issues")
    pages: list[Page] = []
    skipped: list[Skipped] = []
    for number in range(count):
        text = _compose(_lines(document, number, pdfium, source))
        if sum(map(str.isalnum, text)) < _FEWEST:
            skipped.append(Skipped(source, f"page {number + 1} holds no text; if it is a scan, {_OCR}"))
        elif _unreadable(text):
            skipped.append(Skipped(source, f"page {number + 1} has letters without meaning (a font without Unicode); {_OCR}"))
        else:
            pages.append(Page(source, text))
    if not pages:
        if any("Unicode" in each.reason for each in skipped):
            raise ReadError(source, f"has letters without meaning (fonts without Unicode); {_OCR}")
        raise ReadError(source, f"is a scan: its pages are pictures without text; {_OCR}")
    return Reading(tuple(pages), tuple(skipped))


def _unreadable(text: str) -> bool:
    odd = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in text)
    return odd * 5 > len(text)


def _compose(lines: list[SetLine]) -> str:
    """The text of a page: paragraphs with an empty line between, headings marked."""
    found = [paragraph for column in columns(lines) for paragraph in paragraphs(column)]
    usual = body_size(found)
    return clean("\n\n".join(marked(paragraph, usual) for paragraph in found))


def _lines(document: Any, number: int, pdfium: Any, source: str) -> list[SetLine]:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            count = pdfium.FPDFText_CountChars(text_page.raw)
            if count > _MOST_CHARACTERS:
                raise ReadError(
                    source, f"page {number + 1} holds more than {_MOST_CHARACTERS} characters; no newspaper page does"
                )
            runs = _runs(text_page.raw, count, page.get_height(), pdfium)
        finally:
            text_page.close()
    finally:
        page.close()
    return [run.line() for run in runs if run.text.strip()]


def _runs(text_page: Any, count: int, height: float, pdfium: Any) -> list[_Run]:
    runs: list[_Run] = []
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    fresh = True
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if char in "\r\n\x00":
            fresh = True
            continue
        if char in "\x02\ufffe":  # PDFium's mark of a hyphen at the end of a line
            char = "\u00ad"
        if abs(pdfium.FPDFText_GetCharAngle(text_page, at)) > 0.1 or not pdfium.FPDFText_GetLooseCharBox(text_page, at, pointer):
            continue
        if char.isspace() and pdfium.FPDFText_IsGenerated(text_page, at):
            if runs and not fresh:
                runs[-1].text += " "
            continue
        left, right, top, bottom = box.left, box.right, height - box.top, height - box.bottom
        size = max(bottom - top, 1.0)
        bold = int(pdfium.FPDFText_GetFontWeight(text_page, at) >= _BOLD)
        if fresh or not _joins(runs[-1], left, top, bottom, size):
            runs.append(_Run(char, left, right, top, bottom, size, bold))
        else:
            run = runs[-1]
            run.text += char
            run.right, run.bold = max(run.right, right), run.bold + bold
            run.top, run.bottom = min(run.top, top), max(run.bottom, bottom)
        fresh = False
    return runs


def _joins(run: _Run, left: float, top: float, bottom: float, size: float) -> bool:
    """Whether a character stands in the same line as a run and close behind it."""
    middle = (top + bottom) / 2
    return run.top < middle < run.bottom and -size < left - run.right < 0.9 * size
