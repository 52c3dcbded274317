"""Ask an archive: the facade of ``qa``.

One assistant serves any number of threads; each question pins one state of the archive. Asking has no side effect.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.errors import ArchiveError, ModelError, ModelMismatch
from index.schema import ArticleRecord, DateRange, Encoder, Filter, IssueRecord, Passage, Stats
from qa import examples
from qa.cite import Edition, Reference, look_up
from qa.clock import Clock
from qa.compose import SearchHit, compose, compose_listing, search_hits
from qa.evidence import weigh
from qa.news import contents, reprints, story, timeline
from qa.news.calendar import Calendar, calendar_of
from qa.news.citer import Citer
from qa.news.contents import MOST
from qa.news.coverage import Coverage, coverage_of, span_of
from qa.news.issue import LeafedIssue, leaf
from qa.news.surroundings import Surroundings, surroundings
from qa.notes import Note
from qa.processors import TURNS, one_thread
from qa.question import Holdings, understand
from qa.retrieval import View, retrieve
from qa.schema import Answer, Citation, Contents, Interpretation, Language, Retrieved, Timeline, Turn, Unit
from qa.support import support
from qa.verbatim import Concordance, Facets, concordance, facets

if TYPE_CHECKING:
    from index.archive import Archive
    from index.view import View as ArchiveView

_BY_WORDS = (
    "这份档案所用的语言模型不在手边，只按字词查找；意思相同而用词不同的内容可能查不到",
    "found by words alone, since the model of this archive is not at hand; what says it in other words may be missed",
)
_CANDIDATES = 60  # passages among which reprints are put together


class Assistant:
    """Answers questions from one archive with verbatim, cited quotes."""

    def __init__(self, archive: Archive, encoder: Encoder, *, edition: Edition = "2025", words_only: str | None = None) -> None:
        self._archive = archive
        self.words_only = words_only
        """Why nothing is found by meaning, in one line; None where the archive's model is at hand."""
        self._closed = False
        self._encoder = encoder
        self._edition: Edition = edition
        self._holdings = Holdings()
        self._examples: dict[tuple[int, str, int], list[str]] = {}
        self._held: tuple[int, Coverage] | None = None
        self._calendar: tuple[int, Calendar] | None = None

    @classmethod
    def open(cls, archive: str | Path, *, model: str | None = None, edition: Edition = "2025") -> Assistant:
        """Open an archive for questions. Raises ArchiveMissing, and ModelError when Wenbao's own model is damaged.

        Where ``model`` cannot be had, or is not the one that made the archive, answers are found by words alone and say so;
        ``words_only`` holds the reason.
        """
        from index.archive import Archive
        from index.encoder import load_encoder

        lacking: ModelError | None = None
        try:
            encoder = load_encoder(model)
        except ModelError as error:
            encoder, lacking = load_encoder(), error
        opened = Archive.open(archive, encoder=encoder, must_exist=True)
        try:
            return cls(opened, opened.encoder, edition=edition)
        except ModelMismatch as error:
            return cls(opened, load_encoder(), edition=edition, words_only=str(lacking or error))

    def ask(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Answer:
        """Answer a question with up to ``limit`` citations. Raises QuestionError when it is empty or too long.

        Without a limit an answer has up to five quotes, a timeline up to 12 dates, the contents of an issue up to 60 headlines.
        """
        *_, answer = self.steps(question, history, limit, filter=filter)
        assert isinstance(answer, Answer)
        return answer

    async def aask(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Answer:
        """Answer a question as ``ask`` does, in a thread of its own; cancelled, it stops after the step under way."""
        cancelled = threading.Event()

        def run() -> Answer | None:
            for step in self.steps(question, history, limit, filter=filter):
                if cancelled.is_set():
                    break
                if isinstance(step, Answer):
                    return step
            return None

        try:
            answer = await asyncio.to_thread(run)
        except asyncio.CancelledError:
            cancelled.set()
            raise
        assert answer is not None  # nobody else cancels
        return answer

    def steps(
        self, question: str, history: Sequence[Turn] = (), limit: int | None = None, *, filter: Filter | None = None
    ) -> Iterator[Interpretation | Retrieved | Answer]:
        """Yield how the question was understood, what was retrieved, then the answer, each as soon as it is known.

        The archive stays pinned to one state until the last is taken. Raises as ``ask``, and ArchiveError after ``close``.
        """
        if self._closed:
            raise ArchiveError("the archive was closed; open it again")
        clock, turn = Clock(), TURNS.begin() if self._archive.local else one_thread
        with self._view() as view:
            with turn(), clock.working():
                understood = clock.lap("understand", understand(question, history, filter=filter, held=self._holdings.of(view)))
            if self.words_only:
                understood = replace(understood, notes=(*understood.notes, Note(*_BY_WORDS, understood.language)))
            yield Interpretation(understood.text, understood.filter, understood.notes, understood.inferred)
            citer = Citer(view, understood.language, self._edition)
            with turn(), clock.working():
                issue = contents.asked(understood, view)
                listed = None if issue is None else clock.lap("compose", compose_listing(understood, issue, citer, limit=limit))
            if listed is not None:
                yield Retrieved(len(listed.citations), view.sequence)
                yield replace(listed, timings_ms=clock.laps())
                return
            with turn(), clock.working():
                searched = story.subject(understood) if story.asked(understood) else understood
                ranking = clock.lap("retrieve", retrieve(searched, view, self._encoder, limit=_CANDIDATES))
                gathered = clock.lap("gather", reprints.gather(ranking, view))
            yield Retrieved(len(ranking.ranked), view.sequence)
            with turn(), clock.working():
                evidence = clock.lap("weigh", weigh(searched, gathered.ranking, view))
                citer = replace(citer, printings=gathered.printings)
                answer = clock.lap("compose", compose(understood, evidence, citer, lambda: self._coverage(view), limit=limit))
            yield replace(answer, timings_ms=clock.laps())

    def search(self, question: str, limit: int = 10, *, filter: Filter | None = None) -> list[SearchHit]:
        """Return the nearest passages, best first, each with its nearest sentence as quote; reprints share a hit."""
        turn = TURNS.begin() if self._archive.local else one_thread
        with self._view() as view, turn():
            understood = understand(question, filter=filter, held=self._holdings.of(view))
            gathered = reprints.gather(retrieve(understood, view, self._encoder, limit=max(_CANDIDATES, limit)), view)
            evidence = weigh(understood, gathered.ranking, view)
            citer = Citer(view, understood.language, self._edition, gathered.printings)
            return search_hits(understood, evidence, citer, limit=limit)

    def timeline(
        self, question: str, *, unit: Unit | None = None, limit: int = 50, filter: Filter | None = None
    ) -> Timeline | None:
        """Return how a matter went on: counts a day, month or year, a quote a date; None when no dated page tells of it.

        ``question`` may ask (…的经过是什么) or just name the matter. Without ``unit`` the length of the story chooses it.
        Unlike ``ask`` it does not judge whether this is the matter that was meant. Raises QuestionError.
        """
        with self._view() as view:
            understood = understand(question, filter=filter, held=self._holdings.of(view))
            searched = story.subject(understood)
            ranking = retrieve(searched, view, self._encoder, limit=_CANDIDATES)
            held = self._coverage(view)
            found = timeline.reports(understood, ranking, view, held)
            citer = Citer(view, understood.language, self._edition)
            return timeline.timeline(understood, ranking.query, found, held, citer, unit=unit, limit=limit)

    def contents(
        self,
        date: str | DateRange | None = None,
        *,
        newspaper: str | None = None,
        page: str | None = None,
        limit: int = MOST,
        language: Language = "zh",
    ) -> Contents:
        """Return what an issue prints, page by page, each article cited by its first sentence.

        ``date`` is a day, month or year in ISO form (2021-06-08, 2021-06, 2021) or a range; without one the newest day is taken.
        Where the archive holds nothing of it ``pages`` is empty and ``nearest`` names days that it holds. ``language`` is that of
        the labels. Raises QuestionError for what is no date.
        """
        spans = () if date is None else (span_of(date) if isinstance(date, str) else date,)
        with self._view() as view:
            citer = Citer(view, language, self._edition)
            papers = (newspaper,) if newspaper else ()
            return contents.contents(citer, dates=spans, newspapers=papers, page=page, limit=limit)

    def _view(self) -> ArchiveView:
        return self._archive.view(stand_in=self._encoder if self.words_only else None)

    def calendar(self) -> Calendar:
        """Return what the archive holds day by day, and which days of a newspaper's run seem to be missing."""
        with self._view() as view:
            return self._days(view)

    def issue(self, date: str | None, *, newspaper: str | None = None, any_newspaper: bool = False) -> LeafedIssue:
        """Return the pages of a newspaper on a day, headlines and all, and its neighbouring issues; see ``qa.news.issue``."""
        with self._view() as view:
            return leaf(view, self._days(view), date, newspaper=newspaper, any_newspaper=any_newspaper)

    def _days(self, view: ArchiveView) -> Calendar:
        known = self._calendar
        if known is None or known[0] != view.sequence:
            known = self._calendar = (view.sequence, calendar_of(view.printed()))
        return known[1]

    def _coverage(self, view: View) -> Coverage:
        """The days that the archive holds in this state; counted once, since an archive may have many thousand pages."""
        known = self._held
        if known is None or known[0] != view.sequence:
            known = self._held = (view.sequence, coverage_of(view.issues()))
        return known[1]

    def references(self, citations: Sequence[Citation]) -> list[Reference]:
        """Return for each citation the facts that references are made of (see ``qa.cite.export``)."""
        with self._view() as view:
            return [look_up(view, citation.passage_id, quote=citation.quote) for citation in citations]

    def snippets(self, words: str, *, width: int = 30, limit: int = 20, filter: Filter | None = None) -> Concordance:
        """Return the places where words stand exactly as printed, each with ``width`` characters around it, oldest first."""
        with self._view() as view:
            return concordance(words, view, width=width, limit=limit, filter=filter or Filter(), edition=self._edition)

    def facets(self, words: str, *, filter: Filter | None = None) -> Facets:
        """Count the passages that hold words exactly as printed, by newspaper, year and page."""
        with self._view() as view:
            return facets(words, view, filter=filter or Filter())

    def support(self, statement: str, text: str) -> float:
        """Return how far (0 to 1) a text bears out a statement; see ``qa.support``."""
        with self._view() as view:
            return support(statement, text, view, self._encoder)

    def article(self, article_id: str) -> ArticleRecord | None:
        """Return a whole article, None when the archive has none of this id."""
        with self._view() as view:
            return view.article(article_id)

    def passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in printed order."""
        with self._view() as view:
            return list(view.article_passages(article_id))

    def issues(self) -> list[IssueRecord]:
        """Return the pages of the archive."""
        with self._view() as view:
            return list(view.issues())

    def passage(self, passage_id: str) -> Passage | None:
        """Return a passage by its permanent id, None when the archive has none of this id."""
        with self._view() as view:
            return view.passages([passage_id]).get(passage_id)

    def surroundings(self, article_id: str) -> Surroundings:
        """Return what stands around an article: its page, its neighbours in the issue, its other part."""
        with self._view() as view:
            return surroundings(article_id, view)

    def reference(self, id: str, *, quote: str = "") -> Reference:
        """Return the reference of a passage or an article. Raises ArchiveError when there is nothing of this id."""
        with self._view() as view:
            return look_up(view, id, quote=quote)

    def stats(self) -> Stats:
        """Count what the archive holds."""
        return self._archive.stats()

    def examples(self, language: Language, limit: int = 4) -> list[str]:
        """Return questions that this archive answers, made from its own articles."""
        with self._view() as view:
            key = (view.sequence, language, limit)
            if key not in self._examples:
                sample = view.sample(60)
                self._examples[key] = examples.answered(sample, language, limit, ask=lambda text: self.ask(text))
            return list(self._examples[key])

    def close(self) -> None:
        """Let go of the archive's files; whatever else is still asking here is told so at its next question."""
        self._closed = True
        self._archive.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
