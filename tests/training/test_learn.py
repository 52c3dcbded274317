"""Learning on a toy: pairs that belong together end up together, and a stopped run goes on as if it had not stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.pairs import Batch
from training.ragged import Ragged

SIZE = 16


def _draw(step: int) -> Batch:
    chosen = np.random.default_rng(step).permutation(SIZE)[:8]
    left, right = (Ragged.of([[int(number) + first] for number in chosen]) for first in (1, SIZE + 1))
    return Batch(left, right, chosen.astype(np.int64))


def _table() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.random.default_rng(0).normal(size=(2 * SIZE + 1, 12)).astype(np.float32)


@pytest.mark.slow
def test_pairs_come_together() -> None:
    from training.learn import Plan, State, learn

    table = learn(State.begin(_table()), _draw, Plan(200, rate=0.05), keep=None, report=lambda *_: None)
    unit = table[1:] / np.linalg.norm(table[1:], axis=1, keepdims=True)
    assert (unit[:SIZE] @ unit[SIZE:].T).argmax(axis=1).tolist() == list(range(SIZE))
    assert not table[0].any()


@pytest.mark.slow
def test_a_stopped_run_goes_on(tmp_path: Path) -> None:
    from training.learn import Plan, State, learn

    plan, kept = Plan(6, rate=0.05), tmp_path / "state.npz"
    through = learn(State.begin(_table()), _draw, plan, keep=None, report=lambda *_: None)
    state = State.begin(_table())
    with pytest.raises(KeyboardInterrupt):
        learn(state, lambda step: _draw(step) if step < 3 else _stop(), plan, keep=None, report=lambda *_: None)
    state.save(kept)
    resumed = learn(State.load(kept), _draw, plan, keep=kept, report=lambda *_: None)
    np.testing.assert_allclose(resumed, through, atol=1e-6)
    assert State.load(kept).step == 6


def _stop() -> Batch:
    raise KeyboardInterrupt
