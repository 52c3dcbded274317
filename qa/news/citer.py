"""Makes numbered citations for one answer: the facts of the source, the reader's language, other printings of the passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.schema import ArticleRecord, Passage
from qa.cite import Edition, Source, cite, label, source_of
from qa.news.figures import conflicts
from qa.news.reprints import with_stored
from qa.recognition import quality_of
from qa.retrieval import View
from qa.schema import Citation, Language, Printing, Quote


@dataclass(frozen=True, slots=True)
class Citer:
    """Cites quotes from one pinned archive. ``printings`` are the other printings of a passage by its id, the earliest first."""

    view: View
    language: Language
    edition: Edition = "2025"
    printings: Mapping[str, Sequence[Passage]] = field(default_factory=dict)

    def cite(self, number: int, quote: Quote, passage: Passage) -> Citation:
        """Return the citation of a quote with the other printings of its passage; their figures are compared with the quote's."""
        article = self._article(passage)
        source = source_of(article, self.view.issue(passage.issue_id))
        citation = cite(number, quote, passage, source, language=self.language, edition=self.edition)
        known = self.printings.get(passage.id, ())
        others = tuple(self._printing(other, citation.quote) for other in with_stored(passage, known, self.view))
        return replace(citation, also_printed_in=others, quality=quality_of(passage, article))

    def _article(self, passage: Passage) -> ArticleRecord | None:
        return None if passage.kind == "masthead" else self.view.article(passage.article_id)

    def _source(self, passage: Passage) -> Source:
        return source_of(self._article(passage), self.view.issue(passage.issue_id))

    def _printing(self, passage: Passage, quote: str) -> Printing:
        source = self._source(passage)
        return Printing(
            passage_id=passage.id,
            article_id=passage.article_id,
            issue_id=passage.issue_id,
            newspaper=source.newspaper,
            date=source.date,
            page=source.page,
            headline=source.headline,
            label=label(source, passage, language=self.language),
            differs=tuple(conflicts(quote, passage.text)),
        )
