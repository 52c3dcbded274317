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
from index.readers import read_file
from index.schema import Page, Skipped
from index.storage.draft import indexed_text, word_tokens

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file holds: its content key, its parsed pages, and the words of every text to be indexed.

    ``skipped`` is what could not be read of it; where nothing could, ``failure`` says why and the rest is empty.
    """

    content: str = ""
    parsed: tuple[Parsed, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    failure: Skipped | None = None


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


def prepare(path: Path, expected: str) -> Prepared:
    """Read and parse a file whose content key was ``expected`` a moment ago; failures are told, not raised.

    Raises MemoryError.
    """
    try:
        reading = read_file(path)
        content = content_key(reading.pages)
        if content != expected:
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


def _of_pages(content: str, pages: Sequence[Page], skipped: tuple[Skipped, ...]) -> Prepared:
    """Parse pages that were read. Raises ParseError."""
    parsed = tuple(parse_pages(pages))
    texts = dict.fromkeys(
        indexed_text(passage.context, passage.text)
        for each in parsed
        for _, passages in split(each.issue, "")
        for passage in passages
    )
    return Prepared(content, parsed, {text: word_tokens(text) for text in texts}, skipped)
