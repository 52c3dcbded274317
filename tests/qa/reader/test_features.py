"""Features: worked out by hand on small texts."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoder import EMBEDDED, EmbeddedEncoder
from qa.reader.features import QUESTION_FEATURES, TEXT_FEATURES, Floats, pairs
from qa.reader.layout import GAP, Layout, Layouts
from qa.reader.rarity import PLACES, Rarity, place_of, table_of
from qa.reader.table import Rows
from qa.reader.units import Cutter


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder(EMBEDDED)


def _lay(encoder: EmbeddedEncoder, question: str, *texts: str) -> Layout:
    layouts = Layouts(Rows(encoder), Rarity(np.full(PLACES, 255, dtype=np.uint8)), np.arange(3))
    asked, *units = Cutter(encoder.tokenizer).cut([question, *texts])
    return layouts.lay(question, asked, units)


def _of(layout: Layout, text: int) -> Floats:
    start, end = layout.places[text]
    return layout.features[start:end]


IN_QUESTION, PAIR, RUN, SENTENCE_PAIRS, NEAREST, BEFORE, AFTER = 3, 4, 5, 9, 13, 16, 17


def test_matches_runs_and_shares(encoder: EmbeddedEncoder) -> None:
    values = _of(_lay(encoder, "公厕共有多少座", "新建公厕三座。公园。"), 0)
    assert values[:, IN_QUESTION].tolist() == [0, 0, 1, 1, 0, 1, 0, 1, 0, 0]
    assert values[:, PAIR].tolist() == [0, 0, 1, 1, 0, 0, 0, 0, 0, 0]
    assert np.round(8 * values[:, RUN]).tolist() == [0, 0, 2, 2, 0, 1, 0, 1, 0, 0]
    assert values[0, SENTENCE_PAIRS] == pytest.approx(1 / 3), "公厕, of 公厕, 厕共 and 共有"


def test_nearness_falls_with_distance_and_never_crosses_texts(encoder: EmbeddedEncoder) -> None:
    values = _of(_lay(encoder, "公厕", "公厕" + "甲" * 20, "甲" * 10), 0)
    near = values[:, NEAREST]
    assert near[0] == near[1] == 1.0
    assert (np.diff(near[1:]) < 0).all()
    assert near[2] == pytest.approx(4 / 5)
    other = _of(_lay(encoder, "公厕", "公厕", "甲" * 10), 1)
    assert other[:, [NEAREST, BEFORE, AFTER]].max() < 0.01


def test_a_text_reads_the_same_in_any_company(encoder: EmbeddedEncoder) -> None:
    question, text = "市环卫处管护多少座公厕？", "市环卫处管护着一百二十座公厕。其他县没有公厕。"
    alone = _of(_lay(encoder, question, text), 0)
    beside = _of(_lay(encoder, question, "公厕多少座？", "", text, "市环卫处"), 2)
    np.testing.assert_allclose(alone, beside, atol=0.007)


def test_asking_words_are_not_looked_for(encoder: EmbeddedEncoder) -> None:
    layout = _lay(encoder, "什么多少", "什么多少。")
    assert layout.asked_features[:, 2].tolist() == [1, 1, 1, 1]
    assert _of(layout, 0)[:, 2].max() == 0.0


def test_layout_has_gaps_and_sentences_that_rise(encoder: EmbeddedEncoder) -> None:
    layout = _lay(encoder, "问", "一。二。", "三。")
    assert layout.places == ((0, 4), (4 + GAP, 6 + GAP))
    assert layout.real.sum() == 6 and len(layout.real) == 6 + 2 * GAP
    assert layout.sentences.tolist() == [0] * 2 + [1] * (2 + GAP) + [2] * (2 + GAP)
    assert layout.features.shape == (6 + 2 * GAP, TEXT_FEATURES)
    assert layout.asked_features.shape == (1, QUESTION_FEATURES)


def test_pairs_stop_at_marks() -> None:
    keys = np.array([ord(char) for char in "甲乙，甲乙"])
    found = pairs(keys, np.array([False, False, True, False, False]))
    assert found[0] == found[3] >= 0
    assert found[[1, 2, 4]].tolist() == [-1, -1, -1]


def test_rarity_falls_with_the_number_of_texts() -> None:
    counts = np.zeros(PLACES, dtype=np.int64)
    keys = np.array([ord(char) for char in "甲乙丙丁"])
    found = pairs(keys, np.zeros(4, dtype=np.bool_))
    counts[place_of(found[:1])], counts[place_of(found[1:2])] = 99, 9
    rarity = Rarity(table_of(counts, 99))(found)
    assert rarity[[0, 3]].tolist() == [0.0, 0.0]
    assert rarity[1] == pytest.approx(0.5, abs=0.01)
    assert rarity[2] == 1.0
