"""A prepared file on its way into the archive: ids, passages, vectors. Reads no file and writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.errors import ModelError
from index.passages import content_hash, issue_id, split
from index.preparing import Prepared
from index.schema import Encoder, Issue, Passage, Skipped
from index.storage.draft import ArticleDraft, Features, IssueDraft, SourceDraft, indexed_text, passage_sketches, word_tokens

_SHOWN = 40


def draft_source(
    name: str,
    prepared: Prepared,
    *,
    encoder: Encoder,
    known: Mapping[str, Features],
) -> tuple[SourceDraft, list[Skipped]]:
    """Make a source ready to be stored; returns it with the lines that belong to nothing.

    ``known`` holds features of the same source by indexed text, which are used again. Pages of one name have the same id here;
    what each is called is settled when they are stored. Raises ModelError.
    """
    issues: list[IssueDraft] = []
    skipped: list[Skipped] = []
    for parsed in prepared.parsed:
        page, issue = parsed.page, parsed.issue
        skipped.extend(parsed.problems)
        hashed = content_hash(page.text)
        id = issue_id(issue, hashed)
        issues.append(IssueDraft(id, issue, _articles(issue, id), hashed))
        skipped.extend(
            Skipped(page.source, f"belongs to no article: {line.text.strip()[:_SHOWN]}", line.line) for line in issue.unassigned
        )
    draft = SourceDraft(name, prepared.content, tuple(issues), (), sketches=prepared.sketches)
    if not any(True for _ in draft.passages()):
        source = prepared.parsed[0].page.source if prepared.parsed else name
        skipped.append(Skipped(source, "holds no text to search in"))
    return with_features(draft, encoder, {**prepared.features(), **known}, prepared.words), skipped


def with_features(
    draft: SourceDraft, encoder: Encoder, known: Mapping[str, Features], words: Mapping[str, str] | None = None
) -> SourceDraft:
    """Return a draft with the features and sketches of its passages; those in ``known``, by indexed text, are not made again.

    ``words`` are the words of indexed texts where they have been cut already.
    """
    passages = list(draft.passages())
    sketches = draft.sketches or passage_sketches(passages)
    return replace(draft, features=_features(passages, encoder, known, words or {}), sketches=sketches)


def _articles(issue: Issue, id: str) -> tuple[ArticleDraft, ...]:
    drafts = []
    articles = iter(enumerate(issue.articles, start=1))
    for article_id, passages in split(issue, id):
        ordinal, article = (0, None) if article_id.endswith("-a00") else next(articles)
        drafts.append(ArticleDraft(article_id, ordinal, article, tuple(passages)))
    return tuple(drafts)


def _features(
    passages: Sequence[Passage], encoder: Encoder, known: Mapping[str, Features], words: Mapping[str, str]
) -> tuple[Features, ...]:
    texts = [indexed_text(passage.context, passage.text) for passage in passages]
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if not new:
        return tuple(known[text] for text in texts)
    vectors = encoder.encode_passages(new)
    if vectors.shape != (len(new), encoder.dimensions):
        raise ModelError(f"model {encoder.name} gave vectors of shape {vectors.shape} for {len(new)} texts; use another model")
    cut = {text: words[text] if text in words else word_tokens(text) for text in new}
    made = {text: Features(cut[text], vector) for text, vector in zip(new, vectors, strict=True)}
    return tuple(known[text] if text in known else made[text] for text in texts)
