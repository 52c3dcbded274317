"""PDF with a text layer: characters with their places -> lines, columns, paragraphs. One printed page is one ``Page``.

A page without text, or with letters that mean nothing, is a scan and is recognised as one. A file with a password is refused.
Knows nothing of articles; type that is larger than the text is marked as a heading. Sideways characters are left out.
"""

from __future__ import annotations

import ctypes
import math
import threading
from dataclasses import dataclass
from typing import Any

from index.errors import ReadError
from index.readers import scans
from index.readers.columns import columns
from index.readers.decoding import clean
from index.readers.geometry import SetLine, is_han, marked, paragraphs, usual_size
from index.readers.packages import missing
from index.readers.reading import File, Reading
from index.schema import Page, Skipped

_MOST_PAGES = 600
_MOST_CHARACTERS = 200_000  # on one page; a broadsheet has some 20,000
_FEWEST = 8
_MOST_SCANS = 100
_SCAN_DOTS = 220  # an inch
_SMALLEST_SCAN = 32
_MOST_DOTS = 40_000_000
_BOLD = 600
_SPACES = (-1.0, 0.45, 0.2)  # least gap that is a space: beside no Chinese character, beside one, between two
_PASSWORD = 4
_SOFT_HYPHENS = {0x02: "\u00ad", 0xFFFE: "\u00ad"}  # how PDFium writes a hyphen at the end of a line
_lock = threading.Lock()  # PDFium is one engine for the whole process


@dataclass(slots=True)
class _Run:
    """Characters in one line without a gap; ``bold`` counts those that are."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: int

    def takes(self, other: _Run) -> bool:
        """Whether another run stands in the same line and close behind."""
        middle = (other.top + other.bottom) / 2
        size = max(self.size, other.size)
        return self.top < middle < self.bottom and -size < other.left - self.right < 0.9 * size

    def add(self, other: _Run, *, spaced: bool) -> None:
        """Append a run; a narrow space that PDFium sees beside Chinese characters is only their spacing."""
        least = _SPACES[is_han(self.text[-1]) + is_han(other.text[0])] * other.size
        apart = spaced and other.left - self.right > least and not self.text[-1].isspace()
        self.text += " " * apart + other.text
        self.right, self.bold = max(self.right, other.right), self.bold + other.bold
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.size = max(self.size, other.size)

    def line(self) -> SetLine:
        """The finished line."""
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
    left = _MOST_SCANS
    for number in range(count):
        text = _compose(_lines(document, number, pdfium, source))
        if sum(map(str.isalnum, text)) >= _FEWEST and not _unreadable(text):
            pages.append(Page(source, text))
            continue
        place = f"{source}#page={number + 1}"
        left -= 1
        try:
            page = _scan(document, number, source) if left >= 0 else None
        except ReadError as error:  # the extra is not installed; other pages may have text
            skipped.append(Skipped(place, error.reason))
            continue
        if page is not None:
            pages.append(page)
        else:
            reason = "holds no text" if left >= 0 else f"is one of more than {_MOST_SCANS} scans in this file; split it"
            skipped.append(Skipped(place, reason))
    if not pages:
        raise ReadError(source, skipped[0].reason if skipped else "holds no text; scan it anew")
    return Reading(tuple(pages), tuple(skipped))


def _scan(document: Any, number: int, source: str) -> Page | None:
    """Recognise a page from its picture; None where it is empty."""
    page = document[number]
    try:
        inches = max(1e-3, page.get_width() / 72.0 * (page.get_height() / 72.0))
        dots = min(_SCAN_DOTS, (_MOST_DOTS / inches) ** 0.5)
        picture = page.render(scale=dots / 72.0, grayscale=True).to_pil()
    finally:
        page.close()
    return scans.read_picture(picture, source) if min(picture.size) >= _SMALLEST_SCAN else None


def _unreadable(text: str) -> bool:
    odd = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in text)
    return odd * 5 > len(text)


def _compose(lines: list[SetLine]) -> str:
    """The text of a page: paragraphs with an empty line between, headings marked."""
    usual = usual_size(lines)
    found = (marked(paragraph, usual) for column in columns(lines) for paragraph in paragraphs(column, usual))
    return clean("\n\n".join(found))


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
    fresh, spaced = True, False
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        char = _SOFT_HYPHENS.get(code) or (chr(code) if code < 0x110000 else "\ufffd")
        if char in "\r\n\x00":
            fresh = True
        elif char.isspace() and pdfium.FPDFText_IsGenerated(text_page, at):
            spaced = True
        elif placed := _place(text_page, at, char, height, pdfium):
            run = runs[-1] if runs and not fresh else None
            if run is not None and run.takes(placed):
                run.add(placed, spaced=spaced)
            else:
                runs.append(placed)
            fresh = spaced = False
    return runs


def _place(text_page: Any, at: int, char: str, height: float, pdfium: Any) -> _Run | None:
    """One character with its place; None for one that stands sideways or nowhere.

    Height comes from the size of type, not from the ink: that of 一 is a hair's breadth.
    """
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetLooseCharBox(text_page, at, ctypes.byref(box)):
        return None
    if not pdfium.FPDFText_GetCharOrigin(text_page, at, ctypes.byref(x), ctypes.byref(y)):
        return None
    if not pdfium.FPDFText_GetMatrix(text_page, at, ctypes.byref(matrix)) or abs(matrix.b) > 0.2 * abs(matrix.a):
        return None
    size = pdfium.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
    if not 1.0 <= size <= 2000.0 or not all(map(math.isfinite, (x.value, y.value, box.left, box.right))):
        return None
    line = height - y.value
    bold = int(pdfium.FPDFText_GetFontWeight(text_page, at) >= _BOLD)
    return _Run(char, box.left, box.right, line - 0.88 * size, line + 0.12 * size, size, bold)
