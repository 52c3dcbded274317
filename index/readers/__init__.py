"""Bytes of a file -> pages of text and what stands beside the text. Knows nothing of articles.

One module a format. A new format is one module with ``read(source, data) -> list[Page]`` and one row in ``READERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import ReadError
from index.readers import plain
from index.readers.files import expand, read_bytes
from index.readers.names import facts_of_name
from index.schema import Page, Skipped

__all__ = ["READERS", "find_sources", "read_source"]

Reader = Callable[[str, bytes], list[Page]]

READERS: Mapping[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
}


def read_source(path: Path) -> list[Page]:
    """Read the pages of one file.

    ``Page.metadata["file_name"]`` holds what the file's name says (newspaper, date, issue_number, page); it ranks below
    what the page prints, while the top-level keys of ``Page.metadata`` (sidecar, record fields) rank above it.
    Raises ReadError for anything that is not readable text, never hangs on a FIFO or a device.
    """
    reader = READERS.get(path.suffix.lower())
    data = read_bytes(path)
    if reader is None:
        raise ReadError(str(path), _unknown(path))
    named = facts_of_name(path)
    pages = reader(str(path), data)
    return [replace(page, metadata={**page.metadata, "file_name": named}) for page in pages] if named else pages


def find_sources(paths: Sequence[Path]) -> tuple[list[Path], list[Skipped]]:
    """List the readable files at ``paths``, folders searched to the bottom, sorted, each file once.

    Hidden files and READMEs inside folders are left out silently; everything else that cannot be read is reported.
    Raises ReadError when a path does not exist.
    """
    found: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        files, problems = expand(path)
        skipped.extend(problems)
        for file in files:
            if file.suffix.lower() in READERS:
                found.append(file)
            else:
                skipped.append(Skipped(str(file), _unknown(file)))
    unique = {file.resolve(): file for file in reversed(found)}
    return sorted(unique.values()), skipped


def _unknown(path: Path) -> str:
    kind = f"files of kind {path.suffix}" if path.suffix else "files without a suffix"
    return f"{kind} cannot be read; save the text as one of {', '.join(sorted(READERS))}"
