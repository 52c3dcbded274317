"""The nouns of an answer: Turn, Quote, Citation, Printing, Interpretation, Timeline, Contents, Answer.

``Answer.to_dict()`` is the one shape that Python, command line, HTTP and MCP return. Nothing here opens an archive.
"""

from __future__ import annotations

from qa.notes import Language, Note
from qa.schema.answer import Answer, Inferred, Interpretation, Retrieved, Turn, Usage, Written
from qa.schema.sources import Citation, Printing, Quote
from qa.schema.telling import Contents, Moment, PageContents, Period, Timeline, Unit

__all__ = [
    "Answer",
    "Citation",
    "Contents",
    "Inferred",
    "Interpretation",
    "Language",
    "Moment",
    "Note",
    "PageContents",
    "Period",
    "Printing",
    "Quote",
    "Retrieved",
    "Timeline",
    "Turn",
    "Unit",
    "Usage",
    "Written",
]
