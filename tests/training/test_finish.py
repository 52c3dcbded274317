"""The last touch: directions evened out, the start mixed in."""

from __future__ import annotations

import numpy as np

from training.finish import FLATTENING, START_SHARE, finish
from training.ragged import Ragged

TEXTS = Ragged.of([[number] for number in range(1, 400)] + [[]])


def test_directions_are_evened_out_and_zero_stays_zero() -> None:
    table = (np.random.default_rng(0).normal(size=(400, 4)) * [5, 1, 1, 0.2]).astype(np.float32)
    table[0] = 0
    finished = finish(table, np.zeros_like(table), TEXTS)

    def spread(rows: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> float:
        unit = rows[1:] / np.linalg.norm(rows[1:], axis=1, keepdims=True)
        deviations = np.sqrt(np.linalg.eigvalsh(np.cov(unit.T)))
        return float(deviations.max() / deviations.min())

    assert 0 < FLATTENING < 1
    assert spread(finished) < 0.7 * spread(table)
    assert not finished[0].any()


def test_the_start_is_mixed_in() -> None:
    generator = np.random.default_rng(0)
    table, start = (generator.normal(size=(400, 4)).astype(np.float32) for _ in range(2))
    np.testing.assert_allclose(finish(table, start, TEXTS), finish(table + START_SHARE * start, 0 * start, TEXTS), atol=1e-4)
