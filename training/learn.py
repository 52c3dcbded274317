"""Train the table: in-batch softmax over cosines, both directions, Adam on the rows that a batch touches.

The loss is InfoNCE (van den Oord and others, 2018) with in-batch negatives. Knows batches and rows, no corpora.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from index.schema import Vectors
from training.pairs import Batch
from training.ragged import join

_BETAS = (0.9, 0.999)
_EPSILON = 1e-8
_REPORT_EVERY = 50
_SAVE_EVERY = 400


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn. The rate falls linearly to ``last_share`` of ``rate``; ``scale`` sharpens the softmax."""

    steps: int
    rate: float = 3e-3
    last_share: float = 0.05
    scale: float = 20.0


@dataclass(slots=True)
class State:
    """The table and Adam's two moments after ``step`` steps; changed in place while learning."""

    step: int
    rows: torch.Tensor
    first: torch.Tensor
    second: torch.Tensor

    @classmethod
    def begin(cls, table: Vectors) -> State:
        rows = torch.from_numpy(table.copy())
        return cls(0, rows, torch.zeros_like(rows), torch.zeros_like(rows))

    @classmethod
    def load(cls, path: Path) -> State:
        with np.load(path) as saved:
            rows, first, second = (torch.from_numpy(saved[name]) for name in ("rows", "first", "second"))
            return cls(int(saved["step"]), rows, first, second)

    def save(self, path: Path) -> None:
        """Write the state so that a stop at any moment leaves the old one or the new one."""
        part = path.with_suffix(".part.npz")
        np.savez(part, step=self.step, rows=self.rows.numpy(), first=self.first.numpy(), second=self.second.numpy())
        part.replace(path)


def learn(
    state: State, draw: Callable[[int], Batch], plan: Plan, *, keep: Path | None, report: Callable[[int, float, float], None]
) -> Vectors:
    """Learn to the end of the plan and return the table; row 0 (the unknown piece) stays zero.

    ``draw`` gives the batch of a step, always the same one. The state goes to ``keep`` now and then. ``report`` gets the step,
    the mean loss and the seconds a step since its last call.
    """
    began, losses, since = time.monotonic(), 0.0, state.step
    while state.step < plan.steps:
        rate = plan.rate * (1.0 - (1.0 - plan.last_share) * state.step / plan.steps)
        losses += _step(state, draw(state.step), plan.scale, rate)
        if state.step % _REPORT_EVERY == 0 or state.step == plan.steps:
            count = state.step - since
            report(state.step, losses / count, (time.monotonic() - began) / count)
            began, losses, since = time.monotonic(), 0.0, state.step
        if keep is not None and (state.step % _SAVE_EVERY == 0 or state.step == plan.steps):
            state.save(keep)
    table = np.asarray(state.rows.numpy(), dtype=np.float32).copy()
    table[0] = 0.0
    return table


def _step(state: State, batch: Batch, scale: float, rate: float) -> float:
    both = join([batch.queries, batch.passages])
    distinct, places = np.unique(both.flat, return_inverse=True)
    touched = torch.from_numpy(distinct)
    local = state.rows[touched].requires_grad_(True)
    starts = torch.from_numpy(both.offsets[:-1].copy())
    vectors = functional.normalize(functional.embedding_bag(torch.from_numpy(places), local, starts, mode="sum"), dim=1)
    half = len(batch.queries)
    scores = (scale * vectors[:half] @ vectors[half:].T).masked_fill(_same(batch), -torch.inf)
    wanted = torch.arange(half)
    loss = 0.5 * (functional.cross_entropy(scores, wanted) + functional.cross_entropy(scores.T, wanted))
    (gradient,) = torch.autograd.grad(loss, local)
    state.step += 1
    _adam(state, touched, local.detach(), gradient, rate)
    return float(loss.item())


def _same(batch: Batch) -> torch.Tensor:
    """Return where another row of the batch has the same passage: no wrong answer, so it must not count as one."""
    keys = torch.from_numpy(batch.keys)
    return (keys[:, None] == keys[None, :]).fill_diagonal_(False)


def _adam(state: State, touched: torch.Tensor, local: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
    """Adam (Kingma and Ba, 2015) on the touched rows only; the others keep their moments, as torch's SparseAdam does."""
    mean = state.first[touched].lerp_(gradient, 1.0 - _BETAS[0])
    square = state.second[touched].mul_(_BETAS[1]).addcmul_(gradient, gradient, value=1.0 - _BETAS[1])
    state.first[touched] = mean
    state.second[touched] = square
    size = rate * (1.0 - _BETAS[1] ** state.step) ** 0.5 / (1.0 - _BETAS[0] ** state.step)
    state.rows[touched] = local - size * mean / square.sqrt_().add_(_EPSILON)
