"""What an archive needs of whatever keeps it: records at one state, search, one writer at a time. Read this before an engine.

    Engine   a place where an archive is kept; gives the other three
    Records  reading what was printed, at one sequence
    State    records with the search that fits them; what a request pins
    Writer   taking sources in and out; each call is wholly done or not at all

``index.storage.local`` keeps them on SQLite, tantivy and FAISS; ``index.storage.milvus`` on Milvus. Nothing above this
module knows which: ``index.storage.places`` chooses by the address. Ranks, encodes and parses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from index.schema import ArticleRecord, Encoder, Filter, Hit, IssueRecord, Passage, PrintedDay, Stats, Term, Vectors
from index.storage.draft import Features, SourceDraft
from index.storage.records import SourceRow

Steps = Callable[[int, int], None]


class Records(Protocol):
    """What an archive holds at ``sequence``, whatever is written meanwhile. One thread at a time.

    ``model`` and ``fingerprint`` are empty and ``dimensions`` is 0 where no model was recorded yet.
    """

    sequence: int
    model: str
    fingerprint: str
    dimensions: int
    tokens: str

    def size(self) -> int:
        """Return the number of passages."""
        ...

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages of these ids, in the order asked; unknown ids are left out."""
        ...

    def article_passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in printed order."""
        ...

    def article(self, article_id: str) -> ArticleRecord | None:
        """Return an article, or for a masthead its lines as paragraphs; None for an unknown id."""
        ...

    def articles(self, issue_id: str) -> list[ArticleRecord]:
        """Return the articles of an issue in printed order, the masthead left out."""
        ...

    def recognised(self, article_ids: Iterable[str]) -> set[str]:
        """Return which of these articles tell how sure their recognition from a picture is; it may err on their side."""
        ...

    def sample(self, limit: int) -> list[ArticleRecord]:
        """Return up to ``limit`` articles with headline and text, spread evenly over the archive; always the same ones."""
        ...

    def issues(self) -> list[IssueRecord]:
        """Return all issues by date, the undated last."""
        ...

    def printed(self) -> list[PrintedDay]:
        """Count pages and articles by day and newspaper, in this order, the undated last."""
        ...

    def issues_of(self, date: str | None) -> list[IssueRecord]:
        """Return the issues of a day, the undated ones for None, by id."""
        ...

    def issue(self, issue_id: str) -> IssueRecord | None:
        """Return an issue, None for an unknown id."""
        ...

    def sources(self) -> list[SourceRow]:
        """Return what is remembered of each source, by name."""
        ...

    def printings(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return for each passage that is printed elsewhere too, nearly word for word, the ids of those, the earliest first."""
        ...

    def stats(self) -> Stats:
        """Count what is held."""
        ...

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of passages, one row an id, shape (len(ids), dimensions). Raises KeyError for an unknown id."""
        ...

    def drafts(self, *, without: Container[str] = ()) -> Iterator[SourceDraft]:
        """Yield all that is stored of each source, in the order taken in, with features: what a copy or an export is made of.

        Sources whose names are in ``without`` are not even read.
        """
        ...


class State(Protocol):
    """Records and the search that fits them. Release it when the request is answered."""

    @property
    def records(self) -> Records: ...

    @property
    def size(self) -> int:
        """The number of passages that can be found."""
        ...

    @property
    def release(self) -> Callable[[], None]: ...

    def search_lexical(self, terms: Sequence[Term], *, limit: int, filter: Filter) -> list[Hit]:
        """Rank by the sum over terms of weight × BM25, equal scores by id; the filter applies before ranking."""
        ...

    def foresee_dense(self, question: Vectors, *, limit: int, filter: Filter) -> None:
        """Hear that ``search_dense`` will be asked this soon; an engine that can begins at once. Changes no result."""
        ...

    def search_dense(self, question: Vectors, *, limit: int, filter: Filter) -> list[Hit]:
        """Rank by inner product, equal scores by id; ``question`` has shape (records.dimensions,)."""
        ...

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        """Return for each term how many passages hold it."""
        ...


class Writer(Protocol):
    """The one writer of an archive. A crash at any point leaves every source wholly in or wholly out."""

    @property
    def sequence(self) -> int: ...

    def meta(self, key: str) -> str | None:
        """Return what is recorded under fingerprint, model, dimensions or tokens."""
        ...

    def sources(self) -> list[SourceRow]: ...

    def taken(self, issue_id: str, *, by_others_than: str) -> bool:
        """Tell whether another source has an issue of this id."""
        ...

    def features(self, source: str) -> dict[str, Features]:
        """Return what is stored of a source, by indexed text, so that an edited source is not encoded whole again."""
        ...

    def put(self, draft: SourceDraft) -> None:
        """Take in a source, in place of what its name held before.

        Pages of one name are told apart by their content as ``index.storage.naming`` says, whatever order they come in.
        """
        ...

    def rename(self, names: Mapping[str, str], *, removing: Iterable[str] = ()) -> None:
        """Take sources out, then give others new names, old to new, even in a circle."""
        ...

    def set_model(self, encoder: Encoder) -> None:
        """Record which model makes the vectors."""
        ...

    def reencode(self, encoder: Encoder) -> None:
        """Make all vectors anew by another model, all at once or not at all."""
        ...

    def retoken(self, tokens: str) -> None:
        """Cut all words anew and record by which version; the first call only records it."""
        ...


class Engine(Protocol):
    """Where one archive is kept. Safe to use from many threads; opening it costs nothing."""

    place: str
    local: bool
    """Whether it is read by this process alone, without waiting for another machine."""

    def exists(self) -> bool:
        """Tell whether an archive was ever begun there."""
        ...

    def pin(self) -> State:
        """Pin the present state. Raises ArchiveMissing, ArchiveDamaged."""
        ...

    def records(self) -> AbstractContextManager[Records]:
        """Pin the records alone, for what needs no search. Raises ArchiveMissing, ArchiveDamaged."""
        ...

    def writing(self) -> AbstractContextManager[Writer]:
        """Give the one writer, and make an archive where there is none. Raises ArchiveLocked."""
        ...

    def publish(self) -> None:
        """Make what was written findable. Call inside ``writing``. Raises ArchiveError when it cannot be written."""
        ...

    def problems(self) -> list[str]:
        """Verify everything and return sentences that name the place and the mend. Raises ArchiveMissing."""
        ...

    def repair(self) -> None:
        """Make all derived data anew; mark altered sources so that the next update reads them again."""
        ...

    def backup(self, target: Path, *, progress: Steps | None = None) -> None:
        """Copy the archive as it is now to one file. Raises ArchiveError where the engine has no such file."""
        ...

    def restore(self, copy: Path, *, replace: bool, progress: Steps | None = None) -> None:
        """Make a copy the archive, whole or not at all; ``replace`` allows it where sources are held. Raises ArchiveError."""
        ...

    def close(self) -> None:
        """Let go of files and connections; later calls open them again."""
        ...
