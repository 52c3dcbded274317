"""XML bytes -> elements, safely: entities and external parts are refused. Knows nothing of what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import ReadError
from index.readers.packages import missing

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGEST = 32 * 1024 * 1024
_DEEPEST = 150


def parse(data: bytes, source: str) -> Element:
    """Parse XML and return its root. Raises ReadError."""
    try:
        import defusedxml
        from defusedxml import ElementTree
    except ImportError:
        raise missing(source, "defusedxml", "xml") from None
    if len(data) > _LARGEST:
        raise ReadError(source, f"is larger than {_LARGEST // 1024 // 1024} MB; give one page a file")
    try:
        root: Element = ElementTree.fromstring(data, forbid_entities=True, forbid_external=True)
    except ElementTree.ParseError as error:
        raise ReadError(source, f"is no whole XML ({str(error).split(':')[0]}); copy it again", line=error.position[0]) from None
    except defusedxml.DefusedXmlException:
        raise ReadError(source, "declares entities, which are not read; save it without a DTD") from None
    except (ValueError, LookupError, RecursionError):
        raise ReadError(source, "is no whole XML; copy it again") from None
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    if level:
        raise ReadError(source, f"is nested more than {_DEEPEST} deep; no newspaper is")
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> list[Element]:
    """Return the direct children of these names."""
    return [child for child in element if local(child) in names]


def descendants(element: Element, *names: str) -> list[Element]:
    """Return all elements of these names below an element, in document order."""
    return [child for child in element.iter() if child is not element and local(child) in names]


def attribute(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace; empty when it is absent."""
    if name in element.attrib:
        return str(element.attrib[name])
    return next((str(value) for key, value in element.attrib.items() if key.endswith("}" + name)), "")
