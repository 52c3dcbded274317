"""Made-up pages -> a real archive, and the view of an archive from which an article has been taken out.

Goes round the readers and the parser: what is measured on it is finding and answering, not reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.passages import content_hash
from index.schema import ArticleRecord, Encoder, Filter, Hit, IssueRecord, Passage, Term
from index.storage.draft import ArticleDraft, IssueDraft, SourceDraft
from qa.retrieval import Vector, View
from training.evidence.sets import Page

_NO_FILTER = Filter()
_READY = "pages-stored"  # written last: the archive beside it is whole


def build(folder: Path, sources: Mapping[str, Sequence[Page]], encoder: Encoder) -> Archive:
    """Build an archive of pages in ``folder``, or open the one that an earlier call finished there."""
    ready = folder.with_name(f"{folder.name}.{_READY}")
    if not ready.exists():
        with Archive.open(folder, encoder=encoder) as archive:
            archive.take(_draft(name, pages) for name, pages in sources.items())
        ready.write_text("", encoding="utf-8")
    return Archive.open(folder, encoder=encoder, must_exist=True)


def _draft(name: str, pages: Sequence[Page]) -> SourceDraft:
    issues = tuple(
        IssueDraft(
            page.id,
            page.issue,
            tuple(
                ArticleDraft(id, ordinal, article, passages)
                for ordinal, ((id, passages), article) in enumerate(zip(page.articles, page.issue.articles, strict=True), start=1)
            ),
        )
        for page in pages
    )
    content = content_hash("\n".join(p.text for page in pages for _, passages in page.articles for p in passages))
    return SourceDraft(name, content, issues, ())


class Without:
    """A view that does not hold some articles: they are neither found nor looked up; counts of terms stay as they are."""

    def __init__(self, view: View, articles: Iterable[str]) -> None:
        self._view = view
        self._gone = frozenset(articles)

    @property
    def sequence(self) -> int:
        return self._view.sequence

    @property
    def size(self) -> int:
        return self._view.size

    def _left(self, hits: Sequence[Hit], limit: int) -> list[Hit]:
        kept = [hit for hit in hits if not self._lost(hit.passage_id)][:limit]
        return [Hit(hit.passage_id, hit.score, rank) for rank, hit in enumerate(kept, start=1)]

    def search_lexical(self, terms: Sequence[Term], *, limit: int = 50, filter: Filter = _NO_FILTER) -> list[Hit]:
        return self._left(self._view.search_lexical(terms, limit=limit + 8 * len(self._gone), filter=filter), limit)

    def search_dense(self, vector: Vector, *, limit: int = 50, filter: Filter = _NO_FILTER) -> list[Hit]:
        return self._left(self._view.search_dense(vector, limit=limit + 8 * len(self._gone), filter=filter), limit)

    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]:
        return self._view.passages(ids)

    def printings(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        left = {id: [other for other in others if not self._lost(other)] for id, others in self._view.printings(ids).items()}
        return {id: others for id, others in left.items() if others}

    def _lost(self, passage_id: str) -> bool:
        return passage_id.rpartition("-s")[0] in self._gone

    def vectors(self, ids: Sequence[str]) -> Any:
        return self._view.vectors(ids)

    def article(self, article_id: str) -> ArticleRecord | None:
        return None if article_id in self._gone else self._view.article(article_id)

    def continuation(self, id: str) -> ArticleRecord | None:
        found = self._view.continuation(id)
        return None if found is None or found.id in self._gone else found

    def foresee_dense(self, vector: Any, *, limit: int, filter: Filter) -> None:
        pass

    def recognised(self, article_ids: Iterable[str]) -> set[str]:
        return self._view.recognised(article_ids)

    def articles(self, issue_id: str) -> Sequence[ArticleRecord]:
        return [article for article in self._view.articles(issue_id) if article.id not in self._gone]

    def article_passages(self, article_id: str) -> Sequence[Passage]:
        return () if article_id in self._gone else self._view.article_passages(article_id)

    def issue(self, issue_id: str) -> IssueRecord | None:
        return self._view.issue(issue_id)

    def issues(self) -> Sequence[IssueRecord]:
        return self._view.issues()

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        return self._view.document_frequency(terms)
