"""Citations of a passage: label for the screen, GB/T 7714 for print, BibTeX, RIS, CSL-JSON and CSV for programs.

What the page does not say is shown as unknown and never guessed. Knows nothing of questions.
"""

from __future__ import annotations

from qa.cite.citation import cite
from qa.cite.exchange import bibtex, csl, ris
from qa.cite.export import FORMATS, Format, export
from qa.cite.reference import Reference, Shelf, look_up
from qa.cite.screen import label
from qa.cite.source import Source, authors, is_complete, missing, source_of, title
from qa.cite.standard import Edition, gbt7714
from qa.cite.table import BYTE_ORDER_MARK, table

__all__ = [
    "BYTE_ORDER_MARK",
    "FORMATS",
    "Edition",
    "Format",
    "Reference",
    "Shelf",
    "Source",
    "authors",
    "bibtex",
    "cite",
    "csl",
    "export",
    "gbt7714",
    "is_complete",
    "label",
    "look_up",
    "missing",
    "ris",
    "source_of",
    "table",
    "title",
]
