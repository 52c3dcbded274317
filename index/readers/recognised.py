"""XML of text recognition: tells ALTO, PAGE-XML and METS apart by the root element. Knows nothing of what is in them."""

from __future__ import annotations

from index.errors import ReadError
from index.readers import alto, page_xml
from index.readers.markup import local, parse
from index.readers.reading import File, Reading


def read(file: File) -> Reading:
    """Read one page. Raises ReadError for XML of another kind."""
    root = parse(file.data, file.source)
    kind = local(root).lower()
    if kind == "alto":
        return alto.read(root, file)
    if kind == "pcgts":
        return page_xml.read(root, file)
    if kind == "mets":
        raise ReadError(file.source, "is METS, read together with the ALTO or PAGE-XML files it names")
    raise ReadError(file.source, f"is XML of another kind (<{local(root)[:40]}>); ALTO and PAGE-XML can be read")
