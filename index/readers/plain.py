"""Plain text and Markdown files: one file is one page. Markdown marks are left standing: they are noise to be judged
by parsing, not a format to be trusted. Markdown whose paragraphs are HTML was written by a program: ``markdown`` reads that."""

from __future__ import annotations

from index.errors import ReadError
from index.readers import markdown
from index.readers.decoding import decode
from index.readers.reading import File, Reading
from index.readers.sidecar import read_front_matter
from index.schema import Page


def read(file: File) -> Reading:
    """Read one page. Raises ReadError when the file is not text."""
    text, noted = read_front_matter(decode(file.data, file.source, page_breaks=True), file.source)
    if not text.strip():
        raise ReadError(file.source, "holds nothing but front matter; there is nothing to read")
    if markdown.is_generated(text):
        page = markdown.read(text, file.source)
        return Reading((Page(file.source, page.text, {**page.metadata, **noted.facts}),), noted.skipped)
    return Reading((Page(file.source, text, dict(noted.facts)),), noted.skipped)
