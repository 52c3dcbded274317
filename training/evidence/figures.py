"""Figures of a judgement: how well confidence separates, what is kept at a precision, how honest it is.

Takes plain numbers; knows nothing of questions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive scores above a negative (ties count half)."""
    values = np.concatenate([positive, negative])
    ranks = np.empty(len(values))
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))


def kept_at(positive: Sequence[float], negative: Sequence[float], precision: float = 0.9) -> float:
    """Return the largest share of the positives that some threshold keeps while this share of all it keeps is positive."""
    best = 0.0
    for threshold in np.unique(positive):
        right, wrong = int((np.asarray(positive) >= threshold).sum()), int((np.asarray(negative) >= threshold).sum())
        if right >= precision * (right + wrong):
            best = max(best, right / len(positive))
    return best


def calibration_error(
    confidence: Sequence[float], right: Sequence[bool], *, counts: Sequence[float] | None = None, bins: int = 10
) -> float:
    """Return the expected calibration error: mean gap of confidence and share right over bins of equal width, by size.

    ``counts`` say how much each one counts; all the same where None.
    """
    chances, truth = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    each = np.ones(len(chances)) if counts is None else np.asarray(counts, dtype=float)
    place = np.minimum(bins - 1, (chances * bins).astype(int))
    gaps = (abs(float((each * (chances - truth))[place == b].sum())) for b in range(bins))
    return sum(gaps) / float(each.sum())
