"""Learn from readers learned before: not only which answer is right, but how likely each of them finds all others.

Several readers together choose better than any of them (each errs elsewhere), but cost as many times the work. One that learns
what they believe together keeps most of it (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015).
Knows scores of spans; knows nothing of where examples come from.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.reader.network import Batch

TAUGHT_SHARE = 0.6  # of the loss; the rest is that of the right answers
_SENTENCE_SHARE = 0.6  # of what is taught
_LEAST = 1e-9
_LOWEST = -60.0


def beliefs(scores: Tensor) -> Tensor:
    """Return the log of what is believed of each span and, last, of "no answer", which stands at 0; shape (rows, spans + 1)."""
    return torch.log_softmax(functional.pad(scores.flatten(1), (0, 1)), dim=1)


def together(scores: Sequence[Tensor]) -> Tensor:
    """Return what readers believe on average, from the scores of each."""
    believed = [beliefs(one).exp() for one in scores]
    return torch.stack(believed).mean(dim=0)


def loss_of(scores: Tensor, taught: Tensor, batch: Batch) -> Tensor:
    """Return how far the beliefs over spans and over sentences are from those ``taught`` (cross-entropy)."""
    own = beliefs(scores)
    by_span = -(taught * own.clamp(min=_LOWEST)).sum(dim=1)
    by_sentence = -(_sentences(taught, batch) * _sentences(own.exp(), batch).clamp(min=_LEAST).log()).sum(dim=1)
    return ((1.0 - _SENTENCE_SHARE) * by_span + _SENTENCE_SHARE * by_sentence).mean()


def _sentences(believed: Tensor, batch: Batch) -> Tensor:
    """Sum beliefs over the spans of each sentence, "no answer" last."""
    rows, units = batch.sentences.shape
    by_start = believed[:, :-1].view(rows, units, -1).sum(dim=2)
    empty = torch.zeros(rows, int(batch.sentences.max()) + 1, dtype=believed.dtype)
    return torch.cat([empty.scatter_add(1, batch.sentences, by_start), believed[:, -1:]], dim=1)
