"""METS: which text blocks of ALTO or PAGE-XML files make which article, and what issue they are of.

The logical structMap tells the articles, the physical one the pages, MODS the newspaper and the day. A METS file is found
beside such a file or in the folder above. Knows nothing of the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from index.errors import ReadError
from index.readers.facts import read_date, read_page
from index.readers.markup import attribute, children, descendants, local, parse
from index.readers.reading import File, Folder
from index.readers.sidecar import is_mets
from index.schema import Skipped

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ARTICLES = re.compile(r"^(?:article|advertisement|advert|ad|obituary|letter|poem|notice|announcement|review|news|story|item)s?$")
_ROLES = (
    ("subheads", re.compile(r"cross|sub_?heading|intertitle")),
    ("subtitle", re.compile(r"sub_?title|sub_?headline|deck|underline")),
    ("kicker", re.compile(r"over_?line|kicker|eyebrow|pre_?title|strapline")),
    ("headline", re.compile(r"head|title")),
    ("byline", re.compile(r"author|byline|signature")),
    ("captions", re.compile(r"caption")),
    ("text", re.compile(r"body|content|text|paragraph")),
)
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Structure:
    """What METS says of one file: block id -> (article, role), and facts of the issue."""

    parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def beside(file: File) -> tuple[Structure, tuple[Skipped, ...]]:
    """Find the METS that names this file; an empty structure where there is none, and what is wrong with it."""
    place: Folder | None = file.folder
    path = PurePath(file.source).parent
    while place is not None:
        for name in place.names():
            if name != file.path.name and is_mets(name):
                try:
                    structure = _structure(place.read(name), name, file.path.name)
                except ReadError as error:
                    return Structure(), (Skipped(str(path / name), error.reason, error.line),)
                if structure is not None:
                    return structure, ()
        place, path = place.above(), path.parent
    return Structure(), ()


@functools.lru_cache(maxsize=2)
def _root(data: bytes, source: str) -> Element:
    return parse(data, source)


def _structure(data: bytes, source: str, wanted: str) -> Structure | None:
    """What a METS file says of one other file; None where it does not name it."""
    root = _root(data, source)
    if local(root) != "mets":
        return None
    ids = {
        attribute(file, "ID")
        for file in descendants(root, "file")
        if any(_file_name(attribute(place, "href")) == wanted for place in children(file, "FLocat"))
    }
    if not ids:
        return None
    maps = descendants(root, "structMap")
    logical = [each for each in maps if attribute(each, "TYPE").lower().startswith("logic")]
    physical = [each for each in maps if attribute(each, "TYPE").lower().startswith("phys")]
    parts: dict[str, tuple[str, str]] = {}
    for pointer, article, role in _pointers(logical):
        for area in children(pointer, "area"):
            if article and attribute(area, "FILEID") in ids:
                parts.setdefault(attribute(area, "BEGIN"), (article, role))
    return Structure(parts, _facts(root, logical, physical, ids))


def _file_name(address: str) -> str:
    return PurePosixPath(unquote(address).replace("\\", "/")).name


def _pointers(maps: list[Element]) -> Iterator[tuple[Element, str, str]]:
    """Everything that points to parts of files, with the article ("" outside of all) and the role it has there."""
    stack = [(division, "", "text", 0) for each in reversed(maps) for division in reversed(children(each, "div"))]
    number = 0
    while stack:
        division, article, role, depth = stack.pop()
        kind = attribute(division, "TYPE").lower().strip()
        if not article and _ARTICLES.match(kind):
            number += 1
            article = attribute(division, "ID") or f"article-{number}"
        elif article:
            role = next((name for name, pattern in _ROLES if pattern.search(kind)), role)
        for pointer in children(division, "fptr"):
            for each in (pointer, *descendants(pointer, "seq", "par")):
                yield each, article, role
        if depth < _DEEPEST:
            stack.extend((child, article, role, depth + 1) for child in reversed(children(division, "div")))


def _facts(root: Element, logical: list[Element], physical: list[Element], ids: set[str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    top = [division for each in logical for division in descendants(each, "div")[:3]]
    wanted = {id for division in top for id in attribute(division, "DMDID").split()}
    for section in descendants(root, "dmdSec"):
        if attribute(section, "ID") not in wanted:
            continue
        title = next((_words(each) for info in descendants(section, "titleInfo") for each in children(info, "title")), "")
        date = next((found for each in descendants(section, "dateIssued") if (found := read_date(_words(each)))), None)
        if title:
            facts.setdefault("newspaper", title)
        if date:
            facts.setdefault("date", date)
    for each in physical:
        for division in descendants(each, "div"):
            named = {attribute(pointer, "FILEID") for pointer in (*children(division, "fptr"), *descendants(division, "area"))}
            if attribute(division, "TYPE").lower() == "page" and named & ids:
                page = read_page(attribute(division, "ORDERLABEL"))
                facts.update({"page": page} if page else {})
    return facts


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())[:200]
