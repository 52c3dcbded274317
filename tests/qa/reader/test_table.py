"""Pieces are learned as they come, by several threads at once, and always give the same numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from index.encoder import EMBEDDED, EmbeddedEncoder
from index.schema import Vectors
from qa.reader.table import UNKNOWN_WEIGHT, Projected, Rows

ENCODER = EmbeddedEncoder(EMBEDDED)
SIZE = ENCODER.tokenizer.get_vocab_size()
MATRIX = np.random.default_rng(3).normal(size=(ENCODER.dimensions, 4)).astype(np.float32)


def directly(pieces: NDArray[np.int64]) -> Vectors:
    vectors = ENCODER.piece_vectors(pieces)
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return np.asarray((vectors / np.maximum(lengths, 1e-6)).astype(np.float16), dtype=np.float32)


def test_threads_that_learn_at_once_get_what_one_gets() -> None:
    rows = Rows(ENCODER)
    projected = Projected(rows, MATRIX)
    draws = [np.random.default_rng(seed).integers(0, SIZE, 400) for seed in range(60)]  # more than there are places at first

    def learn(pieces: NDArray[np.int64]) -> tuple[Vectors, Vectors]:
        return rows.vectors(pieces), projected(pieces)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(learn, draws))
    for pieces, (vectors, products) in zip(draws, found, strict=True):
        expected = directly(pieces)
        np.testing.assert_allclose(vectors, expected, atol=1e-3)
        np.testing.assert_allclose(products, vectors @ MATRIX, atol=1e-4)
    assert rows.count == len(np.unique(np.concatenate([[0], *draws])))


def test_a_piece_that_the_model_does_not_hold_is_taken_for_a_rare_one() -> None:
    rows = Rows(ENCODER)
    nothing = np.zeros(1, dtype=np.int64)
    assert rows.lengths(nothing)[0] == np.float32(UNKNOWN_WEIGHT)
    assert not rows.vectors(nothing).any()
    assert rows.vectors(np.zeros(0, dtype=np.int64)).shape == (0, ENCODER.dimensions)
