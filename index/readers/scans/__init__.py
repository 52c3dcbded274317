"""Scans: pictures of pages -> pages of text, with a quality beside each line. One module a question:

pictures (which pictures a file holds, and whether they are safe to open) · engine (where lines are and what they say, by a
recognition library whose models lie inside its package) · upright (how the page lies) · lines (which are parted, and what they
say) · setting (which lines make which
paragraphs). Knows nothing of articles; nothing is ever downloaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.reading import File, Reading
from index.readers.scans.pictures import SUFFIXES, frames
from index.schema import Page, Skipped

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["SUFFIXES", "read", "read_picture"]

_FEWEST = 8


def read(file: File) -> Reading:
    """Read the pictures of one file, most often one. Raises ReadError where no text is found on any of them."""
    pages: list[Page] = []
    skipped: list[Skipped] = []
    pictures = frames(file.data, file.source)
    for number, picture in enumerate(pictures, start=1):
        page = read_picture(picture, file.source)
        if page is None:
            skipped.append(Skipped(f"{file.source}#page={number}", "holds no text that can be recognised"))
        else:
            pages.append(page)
    if not pages:
        raise ReadError(file.source, "holds no text that can be recognised; scan the page anew at 200 to 400 dots an inch")
    return Reading(tuple(pages), tuple(skipped))


def read_picture(picture: Image, source: str) -> Page | None:
    """Recognise one page; None where it holds next to no text.

    ``Page.metadata["quality"]`` holds for each line of the text how sure the recognition is (0 to 1, None for empty lines),
    ``ocr_confidence`` the mean over all characters. Raises ReadError where the extra is not installed.
    """
    from index.readers.scans.engine import open_engine
    from index.readers.scans.lines import read_lines
    from index.readers.scans.setting import set_page
    from index.readers.scans.upright import set_upright

    engine = open_engine(source)
    page = set_page(read_lines(set_upright(picture, engine), engine))
    if sum(map(str.isalnum, page.text)) < _FEWEST:
        return None
    return Page(source, page.text, page.facts)
