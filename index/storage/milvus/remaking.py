"""What a source becomes by another model or by other words; texts and ids stay. Stores nothing."""

from __future__ import annotations

from dataclasses import replace

from index.schema import Encoder
from index.storage.draft import Features, SourceDraft, indexed_text, word_tokens


def encoded(draft: SourceDraft, encoder: Encoder) -> SourceDraft:
    """Return a source with the vectors of another model. Raises ModelError."""
    texts = _texts(draft)
    vectors = encoder.encode_passages(texts) if texts else ()
    pairs = zip(draft.features, vectors, strict=True)
    return replace(draft, features=tuple(Features(feature.words, vector) for feature, vector in pairs))


def cut_anew(draft: SourceDraft) -> SourceDraft:
    """Return a source with its words cut as this version cuts them."""
    pairs = zip(draft.features, _texts(draft), strict=True)
    return replace(draft, features=tuple(Features(word_tokens(text), feature.vector) for feature, text in pairs))


def _texts(draft: SourceDraft) -> list[str]:
    return [indexed_text(passage.context, passage.text) for passage in draft.passages()]
