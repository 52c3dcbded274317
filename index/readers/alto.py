"""ALTO: what text recognition found on one page, in its reading order; articles come from the METS beside it.

Made to ALTO 2 to 4 (https://www.loc.gov/standards/alto/). Knows nothing of METS beyond what ``mets`` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.readers import mets
from index.readers.decoding import clean
from index.readers.facts import read_page
from index.readers.geometry import SetLine
from index.readers.markup import attribute, children, descendants, local
from index.readers.reading import File, Reading
from index.readers.regions import Region, compose_page, in_scale

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_HYPHENS = "-\u2010\u2011\u00ad¬="


def read(root: Element, file: File) -> Reading:
    """Read the pages of one file, most often one. Raises ReadError when there is no text on them."""
    structure, skipped = mets.beside(file)
    sizes = {attribute(style, "ID"): _number(attribute(style, "FONTSIZE")) for style in descendants(root, "TextStyle")}
    headings = {
        attribute(tag, "ID")
        for tag in descendants(root, "LayoutTag", "StructureTag", "OtherTag")
        if any(word in attribute(tag, "LABEL").lower() for word in ("head", "title", "标题"))
    }
    facts: dict[str, Any] = dict(structure.facts)
    pages = descendants(root, "Page")
    confidence = [_number(value) for word in descendants(root, "String") if (value := attribute(word, "WC"))]
    if confidence:
        facts["ocr_confidence"] = round(sum(confidence) / len(confidence), 3)
    made = []
    for page in pages or [root]:
        if printed := read_page(attribute(page, "PRINTED_IMG_NR")):
            facts = {**facts, "page": printed}
        blocks = _ordered(page, root)
        regions = in_scale([_region(block, sizes, headings, structure) for block in blocks])
        made.append(compose_page(regions, file.source, facts))
    return Reading(tuple(made), skipped)


def _ordered(page: Element, root: Element) -> list[Element]:
    """The text blocks in reading order: as the file says, else as each names its next, else as they stand."""
    blocks = {attribute(block, "ID") or f"#{at}": block for at, block in enumerate(descendants(page, "TextBlock"))}
    orders = descendants(page, "ReadingOrder") or descendants(root, "ReadingOrder")
    ids = [attribute(each, "REF") for order in orders for each in descendants(order, "ElementRef")]
    inner = {
        attribute(group, "ID"): [attribute(block, "ID") for block in descendants(group, "TextBlock")]
        for group in descendants(page, "ComposedBlock")
    }
    wanted = [each for id in ids for each in inner.get(id, [id])]
    if not wanted:
        wanted = _chained(blocks)
    return [blocks[id] for id in dict.fromkeys((*wanted, *blocks)) if id in blocks]


def _chained(blocks: Mapping[str, Element]) -> list[str]:
    follows = {id: attribute(block, "IDNEXT") for id, block in blocks.items() if attribute(block, "IDNEXT") in blocks}
    order: dict[str, None] = {}
    for id in (*(id for id in blocks if id not in follows.values()), *blocks):
        while id and id not in order:
            order[id] = None
            id = follows.get(id, "")
    return list(order)


def _region(block: Element, sizes: Mapping[str, float], headings: set[str], structure: mets.Structure) -> Region:
    id = attribute(block, "ID")
    lines = [line for each in children(block, "TextLine") if (line := _line(each, block, sizes)).text]
    heading = any(tag in headings for tag in attribute(block, "TAGREFS").split())
    article, role = structure.parts.get(id, ("", "text"))
    return Region(id, tuple(lines), heading, article, role)


def _line(line: Element, block: Element, sizes: Mapping[str, float]) -> SetLine:
    left, top = _number(attribute(line, "HPOS")), _number(attribute(line, "VPOS"))
    height = _number(attribute(line, "HEIGHT")) or 1.0
    style = (attribute(line, "STYLEREFS") or attribute(block, "STYLEREFS")).split()
    size = next((sizes[id] for id in style if sizes.get(id)), 0.0)
    sure = [_number(value) for word in children(line, "String") if (value := attribute(word, "WC"))]
    quality = min(1.0, max(0.0, sum(sure) / len(sure))) if sure else None
    return SetLine(_text(line), left, left + _number(attribute(line, "WIDTH")), top, top + height, size, quality=quality)


def _text(line: Element) -> str:
    text = ""
    spaced = bool(children(line, "SP"))
    for part in line:
        kind = local(part)
        if kind == "SP":
            text += " "
        elif kind == "HYP":
            text = text.rstrip(_HYPHENS) + "\u00ad"
        elif kind == "String":
            word = attribute(part, "CONTENT")
            apart = not spaced and text and word and text[-1] < "\u2e80" and word[0] < "\u2e80"
            text += " " * bool(apart) + word
    return clean(text.rstrip("\u00ad").strip()).replace("\n", " ") + "\u00ad" * text.endswith("\u00ad")


def _number(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        return 0.0
    return number if abs(number) < 1e7 else 0.0
