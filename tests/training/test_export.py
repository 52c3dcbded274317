"""From a trained table to a model folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import EmbeddedEncoder
from training.export import export, quantise
from training.vocabulary import UNKNOWN, Vocabulary, build_tokenizer

PIECES = (UNKNOWN, "政府", "市长", "雨水", "政", "府", "government", "mayor", "rain", "2021")
TABLE = np.asarray(
    [[0, 0, 0], [1, 0.1, 0], [0, 1, 0.1], [0, 0, 1], [0.5, 0, 0], [0.4, 0, 0], [2, 0, 0], [0, 3, 0], [0.1, 0, 1], [0, 0.5, 0.5]],
    dtype=np.float32,
)


@pytest.fixture
def encoder(tmp_path: Path) -> EmbeddedEncoder:
    pieces = (*PIECES, *(f"{first}{second}" for first in "甲乙丙" for second in "子丑寅"))
    table = np.concatenate([TABLE, np.full((9, 3), -0.01, dtype=np.float32)])
    english = tuple("qx" + letter for letter in "abcdefg")
    table = np.concatenate([table, np.full((7, 3), -0.01, dtype=np.float32)])
    vocabulary = Vocabulary((*pieces, *english), (-5.0,) * len(table), (1e-3,) * len(table))
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
