"""Bytes of a file -> pages of text and what stands beside the text. Knows nothing of articles.

One module a format. A new format is one module with ``read(file) -> Reading`` and one row in ``READERS``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from index.errors import ReadError
from index.readers import docx, hocr, html, pdf, plain, recognised, records, scans, zipped
from index.readers.corrections import read_corrections
from index.readers.disk import DiskFolder
from index.readers.files import expand, read_bytes
from index.readers.names import facts_of_name
from index.readers.parcel import Parcel
from index.readers.reading import File, Reader, Reading
from index.readers.sidecar import is_sidecar, read_sidecars
from index.schema import Page, Skipped

__all__ = ["READERS", "Reading", "find_sources", "is_slow", "read_file", "read_parcel", "read_source"]

READERS: Mapping[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".json": records.read_json,
    ".jsonl": records.read_lines,
    ".ndjson": records.read_lines,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".shtml": html.read,
    ".hocr": hocr.read,
    ".docx": docx.read,
    ".xml": recognised.read,
    ".pdf": pdf.read,
    **dict.fromkeys(scans.SUFFIXES, scans.read),
}
_SUFFIXES = frozenset((*READERS, ".zip"))
_SLOW = frozenset((".pdf", ".zip", *scans.SUFFIXES))
_SAVE_AS_DOCX = "open it in a word processor and save it as .docx"
_UNPACK = "unpack it, or pack it as .zip"
_SAVE_AS_PNG = "is a picture of another kind; save it as .png"
_HINTS: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".pages"), f"is an office file of another kind; {_SAVE_AS_DOCX}"),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tgz", ".tar", ".xz", ".bz2"), f"is packed in another way; {_UNPACK}"),
    **dict.fromkeys((".gif", ".heic", ".avif", ".djvu", ".psd"), _SAVE_AS_PNG),
    ".epub": "is an e-book; save its pages as .html or .txt",
    ".csv": "is a table; save it as .jsonl, one article a line",
    ".xlsx": "is a table; save it as .jsonl, one article a line",
}


def read_file(path: Path) -> Reading:
    """Read the pages of one file, and what in it could not be read.

    The top-level keys of ``Page.metadata`` (sidecar, then front matter or record) rank above what the page prints;
    ``Page.metadata["file_name"]`` holds what the file's name says (newspaper, date, issue_number, page), which ranks below.
    ``Page.metadata["articles"]`` marks the lines of articles where the format knows them (see ``index.parsing.given``).
    Raises ReadError for anything that cannot be read at all, never hangs on a FIFO or a device.
    """
    data = read_bytes(path)
    return _read(File(str(path), path, data, DiskFolder(path.parent)))


def read_parcel(parcel: Parcel) -> Reading:
    """Read a file as ``read_file`` does, from what was packed where it stands. Raises ReadError."""
    return _read(parcel.open())


def is_slow(path: Path) -> bool:
    """Tell whether a file of this kind may take far longer to read than to parse: scans, PDF, and what may hold them."""
    return path.suffix.lower() in _SLOW


def read_source(path: Path) -> list[Page]:
    """Read the pages of one file; as ``read_file``, without what was skipped."""
    return list(read_file(path).pages)


def _read(file: File) -> Reading:
    suffix = file.path.suffix.lower()
    if suffix == ".zip":
        return zipped.read(file, _read_member)
    reader = READERS.get(suffix)
    if reader is None or is_sidecar(file.path):
        raise ReadError(file.source, unreadable(file.path))
    if not file.data.strip():
        raise ReadError(file.source, "is empty; there is nothing to read")
    reading = reader(file)
    noted = read_sidecars(file)
    named = facts_of_name(Path(file.path))
    beside = {"file_name": named} if named else {}
    pages = tuple(
        replace(page, metadata={**page.metadata, **_conflicts(page, noted.facts), **noted.facts, **beside})
        for page in reading.pages
    )
    wanted = read_corrections(file)
    if wanted.entries:
        pages = tuple(replace(page, metadata={**page.metadata, "corrections": wanted.entries}) for page in pages)
    return Reading(pages, (*reading.skipped, *noted.skipped, *wanted.skipped))


def _read_member(file: File) -> Reading:
    return Reading(()) if is_sidecar(file.path) else _read(file)


def _conflicts(page: Page, facts: Mapping[str, object]) -> dict[str, list[str]]:
    """Where a sidecar overrules what the file itself says: both, the sidecar first."""
    return {
        f"{name}_conflict": [str(facts[name]), str(page.metadata[name])]
        for name in ("newspaper", "date", "issue_number", "page")
        if name in facts and name in page.metadata and facts[name] != page.metadata[name]
    }


def find_sources(paths: Sequence[Path]) -> tuple[list[Path], list[Skipped]]:
    """List the readable files at ``paths``, folders searched to the bottom, sorted, each file once.

    Hidden files, READMEs and sidecars inside folders are left out silently; everything else that cannot be read is reported.
    Raises ReadError when a path does not exist.
    """
    found: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        files, problems = expand(path)
        skipped.extend(problems)
        for file in files:
            if is_sidecar(file) and file != path:
                continue
            if file.suffix.lower() in scans.SUFFIXES and file != path and _of_web_page(file):
                skipped.append(Skipped(str(file), "is a picture of a saved web page; give it by itself if it is a scan"))
            elif file.suffix.lower() in _SUFFIXES and not is_sidecar(file):
                found.append(file)
            else:
                skipped.append(Skipped(str(file), unreadable(file)))
    unique = {file.resolve(): file for file in reversed(found)}
    return sorted(unique.values()), skipped


def _of_web_page(picture: Path) -> bool:
    """Whether a picture stands in the folder that browsers save beside a web page."""
    for folder in picture.parents:
        stem = folder.name.removesuffix("_files").removesuffix(".files")
        if stem != folder.name:
            return any((folder.parent / (stem + suffix)).is_file() for suffix in (".html", ".htm", ".shtml", ".xhtml"))
    return False


def unreadable(path: PurePath) -> str:
    """Say why a file of this kind cannot be read, and what to do."""
    if is_sidecar(path):
        return "holds facts about other files; give the files that it stands beside"
    hint = _HINTS.get(path.suffix.lower())
    if hint:
        return hint
    kind = f"files of kind {path.suffix}" if path.suffix else "files without a suffix"
    return f"{kind} cannot be read; save the text as one of {', '.join(sorted(_SUFFIXES))}"
