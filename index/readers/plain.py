"""Plain text and Markdown files: one file is one page. Markdown marks are left standing: they are noise to be judged
by parsing, not a format to be trusted."""

from __future__ import annotations

from index.readers.decoding import decode
from index.schema import Page


def read(source: str, data: bytes) -> list[Page]:
    """Read one page. Raises ReadError when ``data`` is not text."""
    return [Page(source=source, text=decode(data, source))]
