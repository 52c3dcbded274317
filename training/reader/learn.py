"""Learn the network: the answers' share of all spans, and the answering sentences' share, by AdamW with averaged weights.

Spans of all texts of an example compete in one softmax, so scores of texts can be compared (Clark and Gardner, "Simple and
Effective Multi-Paragraph Reading Comprehension", 2018). Knows batches; knows nothing of their making.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from qa.reader.network import LONGEST
from training.reader.network import Batch, Net

_NEVER = -1e9
_CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn; the rate rises over ``warmup`` steps and then falls as a cosine to ``last_share``."""

    steps: int
    rate: float
    warmup: int = 200
    last_share: float = 0.03
    decay: float = 0.05
    average: float = 0.998
    sentence_share: float = 0.5


def span_scores(starts: Tensor, ends: Tensor, lengths: Tensor, batch: Batch) -> Tensor:
    """Return the score of each span that stays in its sentence, shape (rows, units, LONGEST), a very low one for all others."""
    ends = functional.pad(ends, (0, LONGEST - 1)).unfold(1, LONGEST, 1)
    homes = torch.where(batch.text.real > 0, batch.sentences, -1)
    within = functional.pad(homes, (0, LONGEST - 1), value=-2).unfold(1, LONGEST, 1) == homes[..., None]
    within = within & (batch.text.real > 0)[..., None]
    return (starts[..., None] + ends + lengths[:, None, 1:]).masked_fill(~within, _NEVER)


def loss_of(scores: Tensor, batch: Batch, sentence_share: float) -> Tensor:
    """Return the mean loss of a batch of span scores."""
    by_start = torch.logsumexp(scores, dim=2)
    total = torch.logsumexp(by_start, dim=1)
    flat = scores.flatten(1)
    found = flat.gather(1, batch.spans.clamp(min=0)).masked_fill(batch.spans < 0, _NEVER)
    span_loss = total - torch.logsumexp(found, dim=1)
    sentence_loss = total - torch.logsumexp(by_start.masked_fill(~batch.gold, _NEVER), dim=1)
    return ((1.0 - sentence_share) * span_loss + sentence_share * sentence_loss).mean()


def learn(net: Net, batches: Iterable[Batch], plan: Plan, *, report: Callable[[int, float, float], None], every: int) -> Net:
    """Learn for the steps of the plan and return a network with the averaged weights; ``net`` itself changes too."""
    optimizer = torch.optim.AdamW(net.parameters(), lr=plan.rate, weight_decay=plan.decay, betas=(0.9, 0.98))
    averaged = {name: value.detach().clone() for name, value in net.state_dict().items()}
    began, losses, since = time.monotonic(), 0.0, 0
    net.train()
    for step, batch in enumerate(batches, start=1):
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * _share(step, plan)
        loss = loss_of(span_scores(*net(batch), batch), batch, plan.sentence_share)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), _CLIP)
        optimizer.step()
        keep = min(plan.average, step / (step + 10.0))
        with torch.no_grad():
            for name, value in net.state_dict().items():
                averaged[name].lerp_(value, 1.0 - keep)
        losses, since = losses + float(loss.item()), since + 1
        if step % every == 0 or step == plan.steps:
            report(step, losses / since, (time.monotonic() - began) / since)
            began, losses, since = time.monotonic(), 0.0, 0
        if step >= plan.steps:
            break
    net.load_state_dict(averaged)
    return net


def _share(step: int, plan: Plan) -> float:
    if step < plan.warmup:
        return step / plan.warmup
    passed = (step - plan.warmup) / max(1, plan.steps - plan.warmup)
    return plan.last_share + (1.0 - plan.last_share) * 0.5 * (1.0 + math.cos(math.pi * min(1.0, passed)))
