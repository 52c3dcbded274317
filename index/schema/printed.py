"""What a page prints, as readers and parser make it. Opens nothing; knows no archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Flags say what a reader of the archive inferred. They travel to the citation unchanged.
JOINED = "已拼接"  # paragraph re-joined across a column break
MOVED = "位置经推断"  # paragraph moved back into the article it belongs to
START_MISSING = "段首缺失"  # the beginning of the paragraph is not on the page
CONTINUATION_MISSING = "后文未收录"  # the article jumps to a page that the archive lacks
PAGE_INFERRED = "版次经推断"  # the page number is not printed, it follows from masthead or jumps


@dataclass(frozen=True, slots=True)
class Page:
    """Text of one newspaper page (or of one file) as a reader found it.

    ``text`` has LF line ends and no BOM; lines are numbered from 1 as in ``text.split("\\n")``.
    ``metadata`` holds what stands *beside* the text (file name, sidecar, record fields), under the
    keys newspaper, date, issue_number, page, region, source_url; what the page itself prints is found by parsing.
    Under ``articles`` a format that knows its articles marks their lines (see ``index.parsing.given``), under
    ``corrections`` stand the edits a person wants (see ``index.parsing.corrections``).
    ``first_line`` is the number of the first line, more than 1 where a file holds several pages.
    """

    source: str
    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A source line: 1-based number and its characters."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that is part of the page but of no article: masthead, date, editors, jump line ..."""

    kind: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph after joining, exactly the printed characters.

    ``number`` counts from 1 within the article; ``lines`` are its source lines; ``joins`` are the offsets
    (code points) in ``text`` where two source lines were put together. ``join_scores`` says for each join how sure it is,
    ``move_score`` how sure it is that the paragraph belongs here, None where nothing was moved (both 0..1).
    ``quality`` is how sure the recognition of its characters is (0..1), None for text that was never recognised.
    """

    number: int
    text: str
    lines: tuple[int, ...]
    subhead: str | None = None
    joins: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    join_scores: tuple[float, ...] = ()
    move_score: float | None = None
    quality: float | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A photo caption, mark (△) included as printed."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """Another article of the same source: its page among the pages of the source and its place there, both from 1."""

    issue: int
    article: int
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page. ``headline`` is None where none is printed (photo news).

    ``continues_on`` and ``continued_from`` are the pages its jump lines name; ``continuation`` and ``beginning`` are the other
    part of the article where the same source holds it. ``boundary`` says how sure it is that an article begins here (0..1).
    """

    headline: str | None
    paragraphs: tuple[Paragraph, ...]
    kicker: str | None = None
    subtitle: str | None = None
    subheads: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    author_roles: Mapping[str, str] = field(default_factory=dict)
    captions: tuple[Caption, ...] = ()
    jump: str | None = None
    flags: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    continues_on: str | None = None
    continued_from: str | None = None
    continuation: ArticleRef | None = None
    beginning: ArticleRef | None = None
    boundary: float | None = None

    @property
    def headline_full(self) -> str:
        """Kicker, headline and subtitle as printed, separated by spaces; empty when there is none."""
        return " ".join(part for part in (self.kicker, self.headline, self.subtitle) if part)


@dataclass(frozen=True, slots=True)
class Issue:
    """What one page prints of an issue. Unknown is None, never a guess.

    ``date`` is ISO (YYYY-MM-DD); ``page`` is as printed without 第/版 ("1", "A1"); ``metadata`` holds the rest of
    the masthead (lunar_date, pages_today, website, email, editors, year_estimate, page_inferred ...).
    """

    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    weekday: str | None
    articles: tuple[Article, ...]
    furniture: tuple[Furniture, ...] = ()
    unassigned: tuple[Line, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
