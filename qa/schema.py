"""The nouns of an answer: Turn, Quote, Citation, Printing, Interpretation, Timeline, Contents, Answer.

``Answer.to_dict()`` is the one shape that Python, command line, HTTP and MCP return. Nothing here opens an archive.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from index.schema import DateRange, Filter

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of the conversation and what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a passage: ``passage.text[start:end]``.

    ``start`` and ``end`` are code points into the passage text; ``marks`` are (start, end) of the answering words, also
    into the passage text and inside the quote. ``score`` is comparable within one question only.
    """

    passage_id: str
    start: int
    end: int
    score: float
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Printing:
    """Another printing of a cited passage: where it stands, and where its figures are others than in the quote.

    ``differs`` holds pairs (figure in the quote, figure printed there), both as printed.
    """

    passage_id: str
    article_id: str
    issue_id: str
    newspaper: str | None
    date: str | None
    page: str | None
    headline: str | None
    label: str
    differs: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "differs": [list(pair) for pair in self.differs]}


@dataclass(frozen=True, slots=True)
class Citation:
    """Numbered source of a quote. ``passage_text[start:end] == quote`` always holds.

    ``label`` is for the screen, ``gbt7714`` for print; ``marks`` are (start, end) of the answering words in ``passage_text``.
    ``also_printed_in``: other printings of the passage among what was found, the earliest first. ``quality`` is how sure the
    recognition of the passage's characters is (0..1), None for text that was never recognised.
    """

    number: int
    passage_id: str
    article_id: str
    issue_id: str
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    headline: str | None
    authors: tuple[str, ...]
    paragraph: int | None
    quote: str
    start: int
    end: int
    passage_text: str
    flags: tuple[str, ...]
    label: str
    gbt7714: str
    marks: tuple[tuple[int, int], ...] = ()
    also_printed_in: tuple[Printing, ...] = ()
    quality: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "authors": list(self.authors),
            "flags": list(self.flags),
            "marks": [list(span) for span in self.marks],
            "also_printed_in": [printing.to_dict() for printing in self.also_printed_in],
        }


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

    ``inferred`` lists for programs what ``notes`` say in words.
    """

    question: str
    filter: Filter = field(default_factory=Filter)
    notes: tuple[str, ...] = ()
    inferred: tuple[Inferred, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        inferred = [item.to_dict() for item in self.inferred]
        return {"question": self.question, "filter": self.filter.to_dict(), "notes": list(self.notes), "inferred": inferred}


Unit = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year (``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY``) and how many articles about the matter it printed."""

    period: str
    articles: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One date of a story: the day it was printed, how many articles told of it that day, and one quote from them."""

    date: str
    articles: int
    citation: Citation

    def to_dict(self) -> dict[str, Any]:
        return {"date": self.date, "articles": self.articles, "citation": self.citation.to_dict()}


@dataclass(frozen=True, slots=True)
class Timeline:
    """How a matter went on, by the day of the newspaper (not of the event), the earliest first.

    ``counts`` has a row for every period from the first report to the last in which the archive holds a newspaper: 0 says
    that it was silent, a period left out that the archive has none. ``moments`` are the dates with a quote each;
    ``omitted`` how many dates more there are; ``undated`` how many articles about the matter have no date.
    """

    question: str
    unit: Unit
    counts: tuple[Period, ...]
    moments: tuple[Moment, ...]
    omitted: int = 0
    undated: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "unit": self.unit,
            "counts": [asdict(period) for period in self.counts],
            "moments": [moment.to_dict() for moment in self.moments],
            "omitted": self.omitted,
            "undated": self.undated,
        }


@dataclass(frozen=True, slots=True)
class PageContents:
    """The articles of one printed page in printed order, each cited by the first sentence of its text."""

    issue_id: str
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    articles: tuple[Citation, ...]

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "articles": [citation.to_dict() for citation in self.articles]}


@dataclass(frozen=True, slots=True)
class Contents:
    """What newspapers of some days printed, page by page.

    ``dates`` is None where no date was given and the newest issue is shown. ``nearest`` are the days nearest to the dates
    asked for on which the archive holds what it lacks on those; empty when ``pages`` is not. ``omitted`` counts articles
    beyond the limit.
    """

    dates: DateRange | None
    pages: tuple[PageContents, ...]
    nearest: tuple[str, ...] = ()
    omitted: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "dates": asdict(self.dates) if self.dates else None,
            "pages": [page.to_dict() for page in self.pages],
            "nearest": list(self.nearest),
            "omitted": self.omitted,
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
