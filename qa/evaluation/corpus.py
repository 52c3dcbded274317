"""An archive made of the documents that came with a question set.

Goes round readers and parser: the documents are texts, not newspaper pages, and what is measured is finding and answering.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.archive import Archive
from index.passages import content_hash, split
from index.schema import Article, Encoder, Issue, Paragraph
from index.storage.draft import ArticleDraft, IssueDraft, SourceDraft
from qa.evaluation.known import Document, QuestionSet

_PAGE = "corpus"


def build(folder: Path, questions: QuestionSet, encoder: Encoder) -> QuestionSet:
    """Build an archive of the documents in an empty folder; return the set with the article of each document."""
    documents = [document for document in questions.documents if document.text.strip()]
    pages = tuple(_page(document, f"{_PAGE}-{number}") for number, document in enumerate(documents, start=1))
    content = content_hash("\n".join(document.text for document in documents))
    with Archive.open(folder, encoder=encoder) as archive:
        archive.take([SourceDraft(_PAGE, content, pages, ())])
    articles = {draft.id: document.id for page, document in zip(pages, documents, strict=True) for draft in page.articles}
    return replace(questions, articles=articles)


def _page(document: Document, id: str) -> IssueDraft:
    """A page of its own for each document, so that no document stands beside another."""
    article = Article(headline=document.title.strip() or None, paragraphs=(Paragraph(1, document.text, (1,)),))
    issue = Issue(newspaper=None, date=None, issue_number=None, page=None, weekday=None, articles=(article,))
    drafts = (ArticleDraft(part, 1, article, tuple(passages)) for part, passages in split(issue, id))
    return IssueDraft(id, issue, tuple(drafts))
