"""An archive made of bare paragraphs: each an article without headline on one undated page.

Goes round the readers and the parser, for what is measured here is finding, not reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.archive import Archive
from index.passages import content_hash, split
from index.schema import Article, Encoder, Issue, Paragraph
from index.storage.draft import ArticleDraft, IssueDraft, SourceDraft

_PAGE = "page"


def build(folder: Path, paragraphs: Sequence[str], encoder: Encoder) -> Archive:
    """Build an archive; the article of paragraph i has the ordinal i + 1 (``number_of`` turns its id back)."""
    articles = tuple(
        Article(headline=None, paragraphs=(Paragraph(1, text, (number,)),)) for number, text in enumerate(paragraphs, start=1)
    )
    issue = Issue(newspaper=None, date=None, issue_number=None, page=None, weekday=None, articles=articles)
    drafts = tuple(
        ArticleDraft(id, ordinal, article, tuple(passages))
        for ordinal, (article, (id, passages)) in enumerate(zip(articles, split(issue, _PAGE), strict=True), start=1)
    )
    archive = Archive.open(folder, encoder=encoder)
    archive.take([SourceDraft("paragraphs", content_hash("\n".join(paragraphs)), (IssueDraft(_PAGE, issue, drafts),), ())])
    return archive


def number_of(article_id: str) -> int:
    """Return the number of the paragraph, from 0, that an article of ``build`` was made of."""
    return int(article_id.rpartition("-a")[2]) - 1
