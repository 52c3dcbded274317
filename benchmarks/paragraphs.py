"""An archive made of bare paragraphs: each an article without headline on one undated page.

Goes round the readers and the parser, for what is measured here is finding, not reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.archive import Archive
from index.passages import content_hash, split
from index.schema import Article, Encoder, Issue, Paragraph
from index.storage.draft import ArticleDraft, Features, IssueDraft, SourceDraft, indexed_text, word_tokens
from index.storage.lexical import TOKENS
from index.storage.lock import writing
from index.storage.store import Store

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
    texts = [indexed_text(passage.context, passage.text) for draft in drafts for passage in draft.passages]
    vectors = encoder.encode_passages(texts)
    features = tuple(Features(word_tokens(text), vector) for text, vector in zip(texts, vectors, strict=True))
    source = SourceDraft("paragraphs", content_hash("\n".join(paragraphs)), (IssueDraft(_PAGE, issue, drafts),), features)
    with writing(folder):
        store = Store(folder)
        try:
            store.set_model(encoder)
            store.retoken(TOKENS)
            store.put(source)
        finally:
            store.close()
    return Archive.open(folder, encoder=encoder, must_exist=True)


def number_of(article_id: str) -> int:
    """Return the number of the paragraph, from 0, that an article of ``build`` was made of."""
    return int(article_id.rpartition("-a")[2]) - 1
