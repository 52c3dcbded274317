"""Edits that a person wrote down for a file: ``name.corrections.yaml`` beside it, or ``corrections.yaml`` in its folder.

The first is a list of entries, the second a mapping of file names to such lists. What an entry means is read in
``index.parsing.corrections``. Knows nothing of pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from index.errors import ReadError
from index.readers.decoding import decode
from index.readers.packages import missing
from index.readers.reading import File
from index.schema import Skipped

_SUFFIXES = (".corrections.yaml", ".corrections.yml")
_FOLDER = ("corrections.yaml", "corrections.yml")
_LARGEST = 256 * 1024
_EXAMPLE = 'write entries like  - join: [17, 19]  with  words: ["end of 17", "start of 19"]'


@dataclass(frozen=True, slots=True)
class Corrections:
    """Entries, each with the ``file`` and the ``entry`` number that a message names; and what could not be read."""

    entries: tuple[dict[str, Any], ...] = ()
    skipped: tuple[Skipped, ...] = ()


def read_corrections(file: File) -> Corrections:
    """Read the edits for a file; a correction file that cannot be read is reported and stands for nothing."""
    names = [file.path.stem + suffix for suffix in _SUFFIXES] + [file.path.name + suffix for suffix in _SUFFIXES]
    own = next((name for name in names if file.folder.has(name)), None)
    shared = next((name for name in _FOLDER if file.folder.has(name)), None)
    entries: list[dict[str, Any]] = []
    skipped: list[Skipped] = []
    for name in filter(None, (own, shared)):
        source = f"{PurePath(file.source).parent / name}"
        try:
            entries += _entries(_load(file, name, source), name, source, file.path.name)
        except ReadError as error:
            skipped.append(Skipped(source, error.reason, error.line))
    return Corrections(tuple(entries), tuple(skipped))


def _entries(loaded: Any, name: str, source: str, wanted: str) -> list[dict[str, Any]]:
    if name in _FOLDER:
        if not isinstance(loaded, dict):
            raise ReadError(source, f"is no mapping of file names to lists; write  {wanted}:  and below it the entries")
        loaded = loaded.get(wanted, [])
    if loaded in (None, ""):
        return []
    if not isinstance(loaded, list):
        raise ReadError(source, f"is no list of corrections; {_EXAMPLE}")
    return [
        {**(entry if isinstance(entry, dict) else {"": entry}), "file": name, "entry": number}
        for number, entry in enumerate(loaded, start=1)
    ]


def _load(file: File, name: str, source: str) -> Any:
    try:
        import yaml
    except ImportError:
        raise missing(source, "PyYAML", "formats") from None
    data = file.folder.read(name)
    if len(data) > _LARGEST:
        raise ReadError(source, f"is larger than {_LARGEST // 1024} kB")
    try:
        return yaml.load(decode(data, source), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "damaged"
        raise ReadError(source, f"is no YAML ({problem}); {_EXAMPLE}", line=mark and mark.line + 1) from None
    except (RecursionError, ValueError):
        raise ReadError(source, f"is nested too deeply; {_EXAMPLE}") from None
