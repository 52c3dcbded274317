"""One file made ready without an archive: read, parsed, its words cut. What takes longest and needs nothing but the file.

Does not know ids, vectors or other sources.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import ParseError, ReadError
from index.parsing import Parsed, parse_pages
from index.passages import split
from index.readers import Reading, read_file, read_parcel
from index.readers.parcel import Parcel
from index.schema import Page, Skipped, Vectors
from index.storage.draft import Features, indexed_text, passage_sketches, word_tokens

Task = tuple[Path | Parcel, str]  # a file, and what its content key was a moment ago

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file holds: its content key, its parsed pages, and the words of every text to be indexed.

    ``skipped`` is what could not be read of it; where nothing could, ``failure`` says why and the rest is empty. ``vectors``
    holds one row for each of ``words``, in their order, where whoever prepared the file encoded it too. ``sketches``
    are those of all passages, one after the other.
    """

    content: str = ""
    parsed: tuple[Parsed, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    failure: Skipped | None = None
    vectors: Vectors | None = None
    sketches: bytes = b""

    def features(self) -> dict[str, Features]:
        """Return what was made ready of each text, none where vectors are still to be made."""
        if self.vectors is None:
            return {}
        return {text: Features(cut, vector) for (text, cut), vector in zip(self.words.items(), self.vectors, strict=True)}


def source_name(path: Path) -> str:
    """Return what the archive calls a file: its real path, so that links and the folder one stands in make no difference."""
    return os.path.realpath(path)


def content_key(pages: Sequence[Page]) -> str:
    """Return the key of what a file says: a hash of its text, a slash, a hash of the facts that stand beside the text."""
    text, facts = hashlib.sha256(), hashlib.sha256()
    for page in pages:
        data = page.text.encode("utf-8", "surrogatepass")
        text.update(len(data).to_bytes(8, "little") + data)
        facts.update(json.dumps(page.metadata, sort_keys=True, default=str).encode())
    return f"{text.hexdigest()}/{facts.hexdigest()[:16]}"


def look(path: Path | Parcel) -> Prepared:
    """Read a file for its content key and what of it cannot be read; nothing is parsed."""
    try:
        reading = _read(path)
    except ReadError as error:
        return Prepared(failure=Skipped(error.source, error.reason, error.line))
    return Prepared(content_key(reading.pages), skipped=reading.skipped)


def prepare(path: Path | Parcel, expected: str | None = None) -> Prepared:
    """Read and parse a file whose content key was ``expected`` a moment ago (None: unknown); failures are told, not raised.

    Raises MemoryError.
    """
    try:
        reading = _read(path)
        content = content_key(reading.pages)
        if expected is not None and content != expected:
            return Prepared(failure=Skipped(str(path), "it was changed while the update ran; run the update again"))
        return _of_pages(content, reading.pages, tuple(reading.skipped))
    except ReadError as error:
        return Prepared(failure=Skipped(error.source, error.reason, error.line))
    except ParseError as error:
        return Prepared(failure=Skipped(str(path), error.reason))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one page that upsets the parser must not keep 28,000 others out
        _log.exception("%s could not be taken in", path)
        reason = f"could not be taken in ({type(error).__name__}: {error})".replace("\n", " ")
        return Prepared(failure=Skipped(str(path), reason))


def _read(path: Path | Parcel) -> Reading:
    return read_parcel(path) if isinstance(path, Parcel) else read_file(path)


def _of_pages(content: str, pages: Sequence[Page], skipped: tuple[Skipped, ...]) -> Prepared:
    """Parse pages that were read. Raises ParseError."""
    parsed = tuple(parse_pages(pages))
    passages = [passage for each in parsed for _, passages in split(each.issue, "") for passage in passages]
    texts = dict.fromkeys(indexed_text(passage.context, passage.text) for passage in passages)
    words = {text: word_tokens(text) for text in texts}
    return Prepared(content, parsed, words, skipped, sketches=passage_sketches(passages))
