"""A question as it was understood, the steps to its answer, and the answer itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from index.schema import Filter
from qa.notes import Language, Note
from qa.schema.sources import Citation
from qa.schema.telling import Contents, Timeline


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of the conversation and what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Inferred:
    """One thing that was read out of a question: which field, its value, the words it came from.

    ``field`` is kind, dates, newspapers, pages, authors or topic; a value of ``dates`` is first/last as ISO days. All of it
    is taken back by asking with a filter of one's own (``Filter()`` for none) and, for ``topic``, without history.
    """

    field: str
    value: str
    words: str

    def to_dict(self) -> dict[str, str]:
        return {"field": self.field, "value": self.value, "words": self.words}


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How the question was understood: the full question, the filter taken from it, and notes for the reader.

    ``notes`` are in the language of the question, each of them known in the other one too; ``inferred`` lists for programs
    what they say in words.
    """

    question: str
    filter: Filter = field(default_factory=Filter)
    notes: tuple[Note, ...] = ()
    inferred: tuple[Inferred, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        inferred = [item.to_dict() for item in self.inferred]
        return {
            "question": self.question,
            "filter": self.filter.to_dict(),
            "notes": [str(note) for note in self.notes],
            "inferred": inferred,
        }


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A step of an answer on its way: how many passages were retrieved, and from which sequence of the archive."""

    passages: int
    sequence: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model counted of one answer, in tokens; ``cost`` in the currency of the prices given. None: not told."""

    prompt_tokens: int | None
    completion_tokens: int | None
    cost: float | None


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in a language model's words: the sentences that the citations of these numbers bear out.

    ``dropped`` counts the sentences left out; ``complete`` is false when the model's reply broke off.
    """

    text: str
    citations: tuple[int, ...]
    dropped: int
    model: str
    usage: Usage
    complete: bool = True

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "citations": list(self.citations)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the archive says. When ``found`` is false there are no citations, and ``nearest`` holds the closest passages.

    ``timeline`` is there when the question asks how something went on, ``contents`` when it asks what an issue prints;
    ``dated``: what is asked for changes with time, so every line of ``text`` begins with the date of its issue.
    """

    question: str
    language: Language
    found: bool
    confidence: float
    text: str
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    interpretation: Interpretation
    timings_ms: dict[str, float]
    sequence: int = 0
    dated: bool = False
    timeline: Timeline | None = None
    contents: Contents | None = None
    written: Written | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON shape of the contract; numbers rounded, tuples as lists."""
        return {
            "question": self.question,
            "language": self.language,
            "found": self.found,
            "confidence": round(self.confidence, 4),
            "text": self.text,
            "citations": [citation.to_dict() for citation in self.citations],
            "nearest": [citation.to_dict() for citation in self.nearest],
            "interpretation": self.interpretation.to_dict(),
            "dated": self.dated,
            "timeline": self.timeline.to_dict() if self.timeline else None,
            "contents": self.contents.to_dict() if self.contents else None,
            "written": self.written.to_dict() if self.written else None,
            "timings_ms": {name: round(value, 2) for name, value in self.timings_ms.items()},
        }
