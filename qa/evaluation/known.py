"""Questions with known answers, and the documents they may be asked of. Reads nothing and asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.errors import ReadError


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that holds an answer: its article's headline (None where none is printed or known) and how it begins.

    Where the question set has documents of its own, ``document`` names the one and ``start`` may be empty; ``grade`` says how
    relevant it is.
    """

    headline: str | None
    start: str
    document: str | None = None
    grade: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """A question with its known answer; ``follow_up_of`` is the id of the question it leans on."""

    id: str
    language: str
    question: str
    answerable: bool
    answers: tuple[str, ...]
    places: tuple[Place, ...]
    follow_up_of: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text that questions of a set are asked of."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and the documents that came with them (none where they are asked of an archive)."""

    questions: tuple[Known, ...]
    documents: tuple[Document, ...] = ()
    articles: Mapping[str, str] = field(default_factory=dict)
    """Article id -> document id, once an archive was built of the documents."""


def not_a_question(source: str, error: Exception, line: int) -> ReadError:
    """Return the error for a line that is no question with a known answer."""
    missing = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return ReadError(source, f"not a question with a known answer ({missing})", line=line)
