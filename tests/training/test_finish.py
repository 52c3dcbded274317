"""The last touch: directions evened out, rare words lengthened."""

from __future__ import annotations

import numpy as np

from training.finish import FLATTENING, finish
from training.ragged import Ragged


def test_directions_are_evened_out_and_zero_stays_zero() -> None:
    generator = np.random.default_rng(0)
    table = (generator.normal(size=(400, 4)) * [5, 1, 1, 0.2]).astype(np.float32)
    table[0] = 0
    texts = Ragged.of([[number] for number in range(1, 400)] + [[]])
    finished = finish(table, (1e-4,) * 400, texts)

    def spread(rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> float:
        unit = rows[1:] / np.linalg.norm(rows[1:], axis=1, keepdims=True)
        deviations = np.sqrt(np.linalg.eigvalsh(np.cov(unit.T)))
        return float(deviations.max() / deviations.min())

    assert 0 < FLATTENING < 1
    assert spread(finished) < 0.7 * spread(table)
    assert not finished[0].any()


def test_rare_words_grow_against_common_ones() -> None:
    table = np.random.default_rng(0).normal(size=(60, 3)).astype(np.float32)
    texts = Ragged.of([[number] for number in range(60)])
    plain = np.linalg.norm(finish(table, (1e-3,) * 60, texts), axis=1)
    rare = np.linalg.norm(finish(table, (1e-2,) * 30 + (1e-6,) * 30, texts), axis=1)
    assert (rare[30:] / plain[30:]).min() > 1.2 * (rare[:30] / plain[:30]).max()
