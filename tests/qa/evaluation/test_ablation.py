"""What the lexical leg would find if nothing were folded."""

from __future__ import annotations

import pytest

from index.encoder import load_encoder
from index.schema import Encoder, Passage
from qa.evaluation.ablation import _parts
from qa.question import understand
from qa.retrieval import query_of
from training.evidence import MemoryView

TEXTS = {"simplified": "园林处今年补种树木两万棵。", "traditional": "園林處今年補種樹木兩萬棵。", "other": "会议昨天开完。"}
NAME = "lexical leg, nothing folded"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def view(encoder: Encoder) -> MemoryView:
    return MemoryView([Passage(name, name, "i", "paragraph", text, "", 1) for name, text in TEXTS.items()], encoder)


@pytest.mark.parametrize(("typed", "first"), [("园林处补种多少树木？", "simplified"), ("園林處補種多少樹木？", "traditional")])
def test_words_count_only_as_they_were_typed(typed: str, first: str, view: MemoryView, encoder: Encoder) -> None:
    question = understand(typed)
    parts = _parts(question, query_of(question, view, encoder), view)
    assert set(parts["lexical leg"][:2]) == {"simplified", "traditional"}
    assert parts[NAME][0] == first
    assert "other" not in parts[NAME]
