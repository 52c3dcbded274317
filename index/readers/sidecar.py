"""Facts that a person wrote down beside a page: ``issue.yaml`` in a folder, ``name.yaml`` beside a file, front matter.

YAML is read as plain strings, lists and mappings; no tag makes an object of it. Knows nothing of pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from index.errors import ReadError
from index.readers.decoding import decode
from index.readers.facts import FACTS, fact_name, facts_of, shown
from index.readers.packages import missing
from index.readers.reading import File, Folder
from index.schema import Skipped

SUFFIXES = (".yaml", ".yml")
_LARGEST = 64 * 1024
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.{1,8000}?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"^([\w\u4e00-\u9fff][^:\n]{0,40}?)[ \t]*:(?:[ \t]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Noted:
    """Facts, and what of the notes could not be understood."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()


def is_sidecar(path: PurePath) -> bool:
    """Tell whether a file speaks about others, by its name alone."""
    return path.suffix.lower() in SUFFIXES or is_mets(path.name)


def is_mets(name: str) -> bool:
    """Tell whether a file is METS, which speaks about the ALTO files beside it; libraries name it so."""
    return name.lower().endswith(".xml") and "mets" in name.lower()


def read_sidecars(file: File) -> Noted:
    """Read what the folder's ``issue.yaml`` and the file's own ``name.yaml`` say of a file; the file's own ranks first.

    A sidecar that cannot be read is reported and stands for nothing.
    """
    notes = [
        _read(f"{PurePath(file.source).parent / name}", file.folder, name)
        for stem in dict.fromkeys((file.path.stem, "issue"))
        if (name := next((stem + suffix for suffix in SUFFIXES if file.folder.has(stem + suffix)), None))
    ]
    facts: dict[str, Any] = {}
    for note in reversed(notes):
        facts.update(note.facts)
    return Noted(facts, tuple(item for note in notes for item in note.skipped))


def _read(source: str, folder: Folder, name: str) -> Noted:
    try:
        data = folder.read(name)
        if len(data) > _LARGEST:
            raise ReadError(source, f"is larger than {_LARGEST // 1024} kB; a sidecar holds a few lines")
        fields = load_yaml(decode(data, source), source)
    except ReadError as error:
        return Noted({}, (Skipped(source, error.reason, error.line),))
    return _noted(fields, source)


def _noted(fields: Mapping[str, Any], source: str) -> Noted:
    facts, problems = facts_of(fields)
    unknown = [key for key in fields if fact_name(str(key)) is None]
    if unknown:
        problems.append(f"unknown: {', '.join(shown(key) for key in unknown[:5])}; known are {', '.join(FACTS)}")
    return Noted(facts, tuple(Skipped(source, problem) for problem in problems))


def read_front_matter(text: str, source: str) -> tuple[str, Noted]:
    """Part the front matter from a text: returns the text with empty lines in its place, so that lines keep their numbers.

    A block between rules that names no fact of an issue is text. Raises ReadError for one that does but is no YAML.
    """
    match = _FRONT.match(text)
    if match is None or not any(fact_name(key) for key in _KEY.findall(match[1])):
        return text, Noted()
    facts, problems = facts_of(load_yaml(match[1], source))
    rest = "\n" * match[0].count("\n") + text[match.end() :]
    return rest, Noted(facts, tuple(Skipped(source, problem, 1) for problem in problems))


def load_yaml(text: str, source: str) -> dict[str, Any]:
    """Read a YAML mapping of strings, lists and mappings. Raises ReadError with the line of the fault."""
    try:
        import yaml
    except ImportError:
        raise missing(source, "PyYAML", "formats") from None
    try:
        fields = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "damaged"
        raise ReadError(
            source, f"is no YAML ({problem}); write lines like  date: 2021-06-08", line=mark and mark.line + 1
        ) from None
    except (RecursionError, ValueError):
        raise ReadError(source, "is nested too deeply; write lines like  date: 2021-06-08") from None
    if not isinstance(fields, dict):
        raise ReadError(source, "is no list of facts; write lines like  date: 2021-06-08")
    return fields
