"""References -> one text in a format that other programs or a bibliography take."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, get_args

from qa.cite.exchange import bibtex, csl, ris
from qa.cite.reference import Reference
from qa.cite.standard import Edition, gbt7714
from qa.cite.table import table

Format = Literal["gbt7714", "bibtex", "ris", "csl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)


def export(references: Sequence[Reference], format: Format, *, edition: Edition = "2025") -> str:
    """Return the references in a format, ending in a line break.

    CSV has a row for each quote; the others name each article once, in the order of its first quote.
    """
    if format == "csv":
        return table(references, edition=edition)
    articles = {reference.article_id: reference.source for reference in reversed(references)}
    sources = [(key, articles[key]) for key in dict.fromkeys(reference.article_id for reference in references)]
    if format == "gbt7714":
        return "".join(gbt7714(source, edition=edition) + "\n" for _, source in sources)
    if format == "bibtex":
        return "\n".join(bibtex(source, key=key) + "\n" for key, source in sources)
    if format == "ris":
        return "".join(ris(source, key=key) for key, source in sources)
    return json.dumps([csl(source, key=key) for key, source in sources], ensure_ascii=False, indent=2) + "\n"
