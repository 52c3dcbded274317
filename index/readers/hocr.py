"""hOCR: what text recognition found on pages, written as HTML (Tesseract, OCRopus, Kraken); blocks in the order they stand.

Made to hOCR 1.2 (https://kba.github.io/hocr-spec/1.2/). Knows nothing of articles: hOCR marks none that tools write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.columns import columns
from index.readers.decoding import clean, decode
from index.readers.geometry import SetLine
from index.readers.reading import File, Reading
from index.readers.regions import Region, compose_page, in_scale
from index.readers.soup import parse
from index.schema import Page, Skipped

if TYPE_CHECKING:
    from bs4 import Tag

_LARGEST = 32 * 1024 * 1024
_MOST_TAGS = 300_000
_LINES = ("ocr_line", "ocrx_line", "ocr_header", "ocr_textfloat", "ocr_caption")
_NUMBER = r"(-?\d{1,7}(?:\.\d{1,6})?)"
_BOX = re.compile(rf"\bbbox {_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER}")
_SIZE = re.compile(rf"\bx_size {_NUMBER}")
_SURE = re.compile(rf"\bx_wconf {_NUMBER}")


def is_hocr(data: bytes) -> bool:
    """Tell hOCR from other web pages by the class of its first page."""
    return re.search(rb"class=[\"']ocr_page[\"']", data[:20_000]) is not None


def read(file: File) -> Reading:
    """Read all pages of one file. Raises ReadError where none of them holds text, or the file is no hOCR."""
    if len(file.data) > _LARGEST or file.data.count(b"<") > _MOST_TAGS:
        raise ReadError(file.source, "is too large for a recognised page; give one page a file")
    text = decode(file.data, file.source)
    if not is_hocr(file.data):
        raise ReadError(file.source, "is no hOCR: no page is marked in it; recognise the page again")
    soup = parse(text, file.source, only="ocr_page")
    pages: list[Page] = []
    skipped: list[Skipped] = []
    for number, page in enumerate(soup.find_all(class_="ocr_page"), start=1):
        regions = in_scale(_regions(page))
        if any(region.lines for region in regions):
            pages.append(compose_page(regions, file.source, {}))
        else:
            skipped.append(Skipped(f"{file.source}#page={number}", "holds no text"))
    if not pages:
        raise ReadError(file.source, "holds no text; recognise the text of the page first")
    return Reading(tuple(pages), tuple(skipped))


def _regions(page: Tag) -> list[Region]:
    """The blocks of a page; where none are marked, the columns that its lines stand in."""
    areas = page.find_all(class_="ocr_carea")
    if areas:
        return [Region(str(at), tuple(_lines(area))) for at, area in enumerate(areas)]
    return [Region(str(at), tuple(column)) for at, column in enumerate(columns(_lines(page)))]


def _lines(area: Tag) -> list[SetLine]:
    return [line for tag in area.find_all(class_=_LINES) if (line := _line(tag)) is not None]


def _line(tag: Tag) -> SetLine | None:
    title = str(tag.get("title") or "")[:1000]
    box, size = _BOX.search(title), _SIZE.search(title)
    words = tag.find_all(class_="ocrx_word")
    text = clean(" ".join(tag.get_text().split())) if not words else clean(_together([word.get_text().strip() for word in words]))
    if box is None or not text.strip():
        return None
    left, top, right, bottom = (float(box[at]) for at in range(1, 5))
    sure = [float(match[1]) / 100 for word in words if (match := _SURE.search(str(word.get("title") or "")[:1000]))]
    quality = min(1.0, max(0.0, sum(sure) / len(sure))) if sure else None
    return SetLine(text.replace("\n", " ").strip(), left, right, top, bottom, float(size[1]) if size else 0.0, quality=quality)


def _together(words: list[str]) -> str:
    """Words with spaces between, but for Chinese, of which tools make a word of each character."""
    text = ""
    for word in filter(None, words):
        text += " " * (text != "" and (text[-1] < "\u2e80" or word[0] < "\u2e80")) + word
    return text
