"""One file on its way into the archive: read, parse, split, cut into tokens, encode. Writes nothing."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import ModelError
from index.parsing import parse_pages
from index.passages import content_hash, issue_id, split
from index.schema import Encoder, Issue, Page, Passage, Skipped
from index.storage.draft import ArticleDraft, Features, IssueDraft, SourceDraft, indexed_text, word_tokens

_SHOWN = 40


def source_name(path: Path) -> str:
    """Return what the archive calls a file: its real path, so that links and the folder one stands in make no difference."""
    return os.path.realpath(path)


def content_key(pages: Sequence[Page]) -> str:
    """Return the key of what a file says: a hash of its text, a slash, a hash of the facts that stand beside the text."""
    text, facts = hashlib.sha256(), hashlib.sha256()
    for page in pages:
        data = page.text.encode("utf-8", "surrogatepass")
        text.update(len(data).to_bytes(8, "little") + data)
        facts.update(json.dumps(page.metadata, sort_keys=True, default=str).encode())
    return f"{text.hexdigest()}/{facts.hexdigest()[:16]}"


def draft_source(
    name: str,
    pages: Sequence[Page],
    *,
    encoder: Encoder,
    is_taken: Callable[[str], bool],
    known: Mapping[str, Features],
) -> tuple[SourceDraft, list[Skipped]]:
    """Make a source ready to be stored; returns it with the lines that belong to nothing.

    ``is_taken`` tells whether another source has an issue of that id; ``known`` holds features of the same source by indexed
    text, which are used again. Raises ParseError.
    """
    issues: list[IssueDraft] = []
    skipped: list[Skipped] = []
    for parsed in parse_pages(pages):
        page, issue = parsed.page, parsed.issue
        skipped.extend(parsed.problems)
        mine = {draft.id for draft in issues}
        hashed = content_hash(page.text)
        id = _free(issue_id(issue, hashed), hashed, lambda id, mine=mine: id in mine or is_taken(id))  # type: ignore[misc]
        issues.append(IssueDraft(id, issue, _articles(issue, id)))
        skipped.extend(
            Skipped(page.source, f"belongs to no article: {line.text.strip()[:_SHOWN]}", line.line) for line in issue.unassigned
        )
    draft = SourceDraft(name, content_key(pages), tuple(issues), ())
    passages = list(draft.passages())
    if not passages:
        skipped.append(Skipped(pages[0].source if pages else name, "holds no text to search in"))
    return with_features(draft, encoder, known), skipped


def with_features(draft: SourceDraft, encoder: Encoder, known: Mapping[str, Features]) -> SourceDraft:
    """Return a draft with the features of its passages; those in ``known``, by indexed text, are not made again."""
    return replace(draft, features=_features(list(draft.passages()), encoder, known))


def _free(id: str, hashed: str, is_taken: Callable[[str], bool]) -> str:
    """Return an issue id that no other page has: two pages may print the same paper, date and number."""
    candidate, number = id, 1
    while is_taken(candidate):
        candidate = f"{id}-{hashed[:6]}" if number == 1 else f"{id}-{hashed[:6]}-{number}"
        number += 1
    return candidate


def _articles(issue: Issue, id: str) -> tuple[ArticleDraft, ...]:
    drafts = []
    articles = iter(enumerate(issue.articles, start=1))
    for article_id, passages in split(issue, id):
        ordinal, article = (0, None) if article_id.endswith("-a00") else next(articles)
        drafts.append(ArticleDraft(article_id, ordinal, article, tuple(passages)))
    return tuple(drafts)


def _features(passages: Sequence[Passage], encoder: Encoder, known: Mapping[str, Features]) -> tuple[Features, ...]:
    texts = [indexed_text(passage.context, passage.text) for passage in passages]
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if not new:
        return tuple(known[text] for text in texts)
    vectors = encoder.encode_passages(new)
    if vectors.shape != (len(new), encoder.dimensions):
        raise ModelError(f"model {encoder.name} gave vectors of shape {vectors.shape} for {len(new)} texts; use another model")
    made = {text: Features(word_tokens(text), vector) for text, vector in zip(new, vectors, strict=True)}
    return tuple(known[text] if text in known else made[text] for text in texts)
