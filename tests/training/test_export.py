"""From a trained table to a model folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import EmbeddedEncoder
from index.encoder.embedded import EDGE
from training.export import export, quantise
from training.vocabulary import UNKNOWN, Vocabulary, build_tokenizer, whole

PIECES = (UNKNOWN, "政府", "市长", "雨水", "政", "府", whole("government"), whole("mayor"), whole("rain"), "2021")
TABLE = np.asarray(
    [[0, 0, 0], [1, 0.1, 0], [0, 1, 0.1], [0, 0, 1], [0.5, 0, 0], [0.4, 0, 0], [2, 0, 0], [0, 3, 0], [0.1, 0, 1], [0, 0.5, 0.5]],
    dtype=np.float32,
)
FILLING = (*(f"{first}{second}" for first in "甲乙丙" for second in "子丑寅"), *(whole("qx" + letter) for letter in "abcdefg"))


@pytest.fixture
def encoder(tmp_path: Path) -> EmbeddedEncoder:
    pieces = (*PIECES, *FILLING)
    table = np.concatenate([TABLE, np.full((len(FILLING), 3), -0.01, dtype=np.float32)])
    aliases = {EDGE: 0, f"{EDGE}mayor": 7, f"s{EDGE}": 0, whole("zhengfu"): 1}
    vocabulary = Vocabulary(
        (*pieces, *aliases), (-5.0,) * (len(table) + len(aliases)), (*range(len(table)), *aliases.values()), (1e-3,) * len(table)
    )
    export(vocabulary, build_tokenizer(vocabulary), table, tmp_path)
    return EmbeddedEncoder(tmp_path)


def test_quantised_rows_are_close_and_zero_stays_zero() -> None:
    rows, scales = quantise(TABLE)
    assert rows.dtype == np.int8
    np.testing.assert_allclose(rows * scales[:, None], TABLE, atol=float(np.abs(TABLE).max()) / 254 + 1e-6)
    assert not rows[0].any()


def test_a_text_is_the_sum_of_its_pieces(encoder: EmbeddedEncoder) -> None:
    wanted = TABLE[1] + 2 * TABLE[7] + TABLE[9]
    vector = encoder.encode_passages(["政府 Mayor MAYOR，2021"])[0]
    np.testing.assert_allclose(vector, wanted / np.linalg.norm(wanted), atol=0.01)


def test_the_dictionary_joins_the_languages(encoder: EmbeddedEncoder) -> None:
    assert [related.word for related in encoder.related("mayor")] == ["市长"]
    assert [related.word for related in encoder.related("政府")] == ["government"]
    assert encoder.related("mayor")[0].similarity == pytest.approx(0.995, abs=0.01)


def test_other_spellings_share_a_row(encoder: EmbeddedEncoder) -> None:
    vectors = encoder.encode_passages(["政府", "zhengfu", "mayor", "Mayors"])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
    np.testing.assert_allclose(vectors[2], vectors[3], atol=1e-6)
    assert [related.word for related in encoder.related("mayors")] == ["市长"]
    assert [(related.word, related.similarity) for related in encoder.related("Zhengfu")] == [("政府", 1.0)]
