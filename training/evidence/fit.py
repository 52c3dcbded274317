"""Two small regressions: a softmax over the sentences of each question, and a logistic one with standardised columns.

Plain NumPy, the same result on every run. Knows nothing of what the columns mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Flags = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one question, a row each, and which of them answer."""

    rows: Table
    right: Flags


def softmax(groups: Sequence[Group], *, rounds: int = 800, rate: float = 0.05, decay: float = 1e-3) -> Table:
    """Return weights that give the answering rows the most belief within their group (Adam)."""
    usable = [group for group in groups if group.right.any() and not group.right.all()]
    sizes = np.array([len(group.right) for group in usable])
    table = np.concatenate([group.rows for group in usable])
    right = np.concatenate([group.right for group in usable]).astype(float)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    spread = table.std(axis=0) + 1e-9
    table = table / spread
    weights, first, second = (np.zeros(table.shape[1]) for _ in range(3))
    for step in range(1, rounds + 1):
        scores = table @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        belief = scores / np.repeat(np.add.reduceat(scores, starts), sizes)
        target = belief * right
        target /= np.repeat(np.add.reduceat(target, starts), sizes) + 1e-12
        slope = table.T @ (belief - target) / len(usable) + decay * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    result: Table = weights / spread
    return result


def logistic(
    rows: Table, labels: Flags, *, prior: float, decay: float = 1e-3, signs: Sequence[int] | None = None, rounds: int = 60
) -> tuple[float, Table]:
    """Return bias and weights of a logistic regression with a penalty on standardised weights (Newton).

    Rows count so that the positives have the share ``prior`` of the whole. ``signs`` say which way each column may count
    (1, -1, or 0 for either): the one that most goes against its sign is left out, until none does.
    """
    share = float(np.mean(labels))
    counts = np.where(labels > 0.5, prior / share, (1 - prior) / (1 - share))
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    table = np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])
    ways = np.array([0, *(signs or [0] * rows.shape[1])])
    kept = np.arange(table.shape[1])
    while True:
        found = _newton(table[:, kept], labels, counts, decay, rounds)
        against = found * ways[kept]
        if against.min() >= 0.0:
            break
        kept = np.delete(kept, int(against.argmin()))
    weights = np.zeros(table.shape[1])
    weights[kept] = found
    raw: Table = weights[1:] / spread
    return float(weights[0] - mean @ raw), raw


def _newton(table: Table, labels: Flags, counts: Table, decay: float, rounds: int) -> Table:
    """Weights of the columns, the first of them without penalty."""
    penalty = decay * np.eye(table.shape[1])
    penalty[0, 0] = 0.0
    weights = np.zeros(table.shape[1])
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-table @ weights))
        slope = table.T @ (counts * (chance - labels)) / len(table) + penalty @ weights
        curve = (table * (counts * chance * (1 - chance))[:, None]).T @ table / len(table) + penalty
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights
