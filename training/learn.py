"""Train the table: in-batch softmax over cosines, both directions, Adam on the rows that a batch touches.

The loss is InfoNCE (van den Oord and others, 2018) with in-batch negatives. Knows batches and rows, no corpora.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from index.schema import Vectors
from training.pairs import Batch
from training.ragged import join

SCALE = 20.0
_BETAS = (0.9, 0.999)
_EPSILON = 1e-8


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn. The rate falls linearly to ``last_share`` of ``rate``."""

    steps: int
    rate: float = 3e-3
    last_share: float = 0.05
    scale: float = SCALE


def learn(table: Vectors, draw: Callable[[int], Batch], plan: Plan, *, report: Callable[[int, float, float], None]) -> Vectors:
    """Return the trained table; row 0 (the unknown piece) stays zero. ``report`` gets step, mean loss and seconds."""
    rows = torch.from_numpy(table.copy())
    first, second = torch.zeros_like(rows), torch.zeros_like(rows)
    began, losses = time.monotonic(), 0.0
    for step in range(plan.steps):
        rate = plan.rate * (1.0 - (1.0 - plan.last_share) * step / plan.steps)
        losses += _step(rows, first, second, draw(step), plan.scale, rate, step + 1)
        if (step + 1) % 100 == 0:
            report(step + 1, losses / 100, time.monotonic() - began)
            losses = 0.0
    rows[0] = 0.0
    return np.asarray(rows.numpy(), dtype=np.float32)


def _step(
    rows: torch.Tensor, first: torch.Tensor, second: torch.Tensor, batch: Batch, scale: float, rate: float, count: int
) -> float:
    both = join([batch.queries, batch.passages])
    distinct, places = np.unique(both.flat, return_inverse=True)
    touched = torch.from_numpy(distinct)
    local = rows[touched].requires_grad_(True)
    sums = functional.embedding_bag(torch.from_numpy(places), local, torch.from_numpy(both.offsets[:-1].copy()), mode="sum")
    vectors = functional.normalize(sums, dim=1)
    half = len(batch.queries)
    scores = scale * vectors[:half] @ vectors[half:].T
    wanted = torch.arange(half)
    loss = 0.5 * (functional.cross_entropy(scores, wanted) + functional.cross_entropy(scores.T, wanted))
    loss.backward()
    _adam(rows, first, second, touched, local, rate, count)
    return float(loss.item())


def _adam(
    rows: torch.Tensor,
    first: torch.Tensor,
    second: torch.Tensor,
    touched: torch.Tensor,
    local: torch.Tensor,
    rate: float,
    count: int,
) -> None:
    """Adam (Kingma and Ba, 2015) on the touched rows only; the others keep their moments, as torch's SparseAdam does."""
    gradient = local.grad
    assert gradient is not None
    with torch.no_grad():
        mean = first[touched].lerp_(gradient, 1.0 - _BETAS[0])
        square = second[touched].mul_(_BETAS[1]).addcmul_(gradient, gradient, value=1.0 - _BETAS[1])
        first[touched] = mean
        second[touched] = square
        size = rate * (1.0 - _BETAS[1] ** count) ** 0.5 / (1.0 - _BETAS[0] ** count)
        rows[touched] = local - size * mean / (square.sqrt_().add_(_EPSILON))
