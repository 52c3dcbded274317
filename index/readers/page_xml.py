"""PAGE-XML: the regions of one page in their reading order, as Transkribus, OCR-D and eScriptorium write them.

Made to the PRImA schema of 2013 to 2019. Articles are known where regions say ``structure {type:article; id:…}``, or METS does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.readers import mets
from index.readers.decoding import clean
from index.readers.geometry import SetLine
from index.readers.markup import attribute, children, descendants, local
from index.readers.reading import File, Reading
from index.readers.regions import Region, compose_page, in_scale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_POINT = re.compile(r"(-?\d{1,7}(?:\.\d+)?)[,\s](-?\d{1,7}(?:\.\d+)?)")
_STRUCTURE = re.compile(r"structure\s*\{([^{}]*)\}")
_ROLES = {"heading": "headline", "caption": "captions"}


def read(root: Element, file: File) -> Reading:
    """Read one page. Raises ReadError when there is no text on it."""
    structure, skipped = mets.beside(file)
    regions = [_placed(each, structure) for page in descendants(root, "Page") for each in _regions(page)]
    return Reading((compose_page(in_scale(regions), file.source, structure.facts),), skipped)


def _placed(region: Region, structure: mets.Structure) -> Region:
    """The region with the article and the role that METS gives it."""
    article, role = structure.parts.get(region.id, (region.article, region.role))
    return replace(region, article=article, role=role)


def _regions(page: Element) -> list[Region]:
    texts = {attribute(each, "id") or f"#{at}": each for at, each in enumerate(descendants(page, "TextRegion"))}
    order = [
        attribute(each, "regionRef")
        for group in children(page, "ReadingOrder")
        for each in _in_order(group)
        if attribute(each, "regionRef")
    ]
    ids = [id for id in dict.fromkeys((*order, *texts)) if id in texts]
    return [_region(id, texts[id]) for id in ids]


def _in_order(group: Element, depth: int = 0) -> list[Element]:
    """The references of a group in order: by index where they have one, groups inside groups in their place."""
    found: list[Element] = []
    members = [each for each in group if local(each) != "UserDefined"]
    for each in sorted(members, key=_place):
        found.append(each)
        if depth < 20:
            found.extend(_in_order(each, depth + 1))
    return found


def _place(element: Element) -> int:
    index = attribute(element, "index")
    return int(index) if index.isascii() and index.isdigit() and len(index) < 9 else 0


def _region(id: str, region: Element) -> Region:
    kind = attribute(region, "type").lower()
    article = _article(attribute(region, "custom"))
    lines = [line for each in children(region, "TextLine") if (line := _line(each)).text]
    if not lines and (text := _text(region)):
        box = _box(region)
        step = (box[3] - box[1]) / max(1, text.count("\n") + 1)
        lines = [
            SetLine(part.strip(), box[0], box[2], box[1] + at * step, box[1] + (at + 1) * step, 0.0)
            for at, part in enumerate(text.split("\n"))
            if part.strip()
        ]
    return Region(id, tuple(lines), kind == "heading", article, _ROLES.get(kind, "text"))


def _article(custom: str) -> str:
    for match in _STRUCTURE.finditer(custom[:2000]):
        fields: Mapping[str, str] = {
            key.strip(): value.strip() for key, found, value in (part.partition(":") for part in match[1].split(";")) if found
        }
        if fields.get("type") == "article":
            return fields.get("id", "")
    return ""


def _line(line: Element) -> SetLine:
    left, top, right, bottom = _box(line)
    return SetLine(" ".join(_text(line).split()), left, right, top, bottom, 0.0, quality=_quality(line))


def _quality(line: Element) -> float | None:
    """How sure the recognition of a line is, where the file says so of the line or of its words."""
    sure = [
        float(value)
        for each in (line, *children(line, "Word"))
        for equivalent in children(each, "TextEquiv")
        if re.fullmatch(r"0(?:\.\d{1,20})?|1(?:\.0{1,20})?", value := attribute(equivalent, "conf"))
    ]
    return sum(sure) / len(sure) if sure else None


def _text(element: Element) -> str:
    """The recognised text: of the whole element, else of its words."""
    for equivalent in sorted(children(element, "TextEquiv"), key=_place):
        for text in children(equivalent, "Unicode"):
            if text.text and text.text.strip():
                return clean(text.text).strip()
    return " ".join(found for word in children(element, "Word") if (found := _text(word)))


def _box(element: Element) -> tuple[float, float, float, float]:
    coords = next(iter(children(element, "Coords")), None)
    printed = attribute(coords, "points")[:20_000] if coords is not None else ""
    points = [(float(match[1]), float(match[2])) for match in _POINT.finditer(printed)]
    points = points or [
        (float(_place_of(point, "x")), float(_place_of(point, "y")))
        for point in (descendants(coords, "Point") if coords is not None else [])
    ]
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _place_of(point: Element, axis: str) -> str:
    value = attribute(point, axis)
    return value if re.fullmatch(r"-?\d{1,7}", value) else "0"
