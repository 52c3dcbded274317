"""Learn the network: the answers' share of all spans, and the answering sentences' share, by AdamW with averaged weights.

Spans of all texts of an example compete in one softmax, so scores of texts can be compared (Clark and Gardner, "Simple and
Effective Multi-Paragraph Reading Comprehension", 2018). Knows batches; knows nothing of their making.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from qa.reader.network import LONGEST
from training.reader import teach
from training.reader.network import Batch, Net

_NEVER = -1e9
_CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn; the rate rises over ``warmup`` steps and then falls as a cosine to ``last_share``.

    ``sentence_share`` of the loss is that of sentences, the rest that of spans; ``absent`` lets "no answer" compete.
    """

    steps: int
    rate: float
    warmup: int = 200
    last_share: float = 0.03
    decay: float = 0.05
    average: float = 0.998
    sentence_share: float = 0.5
    absent: bool = False

    def scaled(self, share: float) -> Plan:
        """Return the plan with a share of the steps."""
        return replace(self, steps=max(2, round(self.steps * share)), warmup=max(1, round(self.warmup * share)))


def span_scores(starts: Tensor, ends: Tensor, lengths: Tensor, batch: Batch) -> Tensor:
    """Return the score of each span that stays in its sentence, shape (rows, units, LONGEST), a very low one for all others."""
    ends = functional.pad(ends, (0, LONGEST - 1)).unfold(1, LONGEST, 1)
    homes = torch.where(batch.text.real > 0, batch.sentences, -1)
    within = functional.pad(homes, (0, LONGEST - 1), value=-2).unfold(1, LONGEST, 1) == homes[..., None]
    within = within & (batch.text.real > 0)[..., None]
    return (starts[..., None] + ends + lengths[:, None, 1:]).masked_fill(~within, _NEVER)


def loss_of(scores: Tensor, batch: Batch, *, sentence_share: float, absent: bool) -> Tensor:
    """Return the mean loss of a batch of span scores.

    "No answer" competes with a score of 0, if ``absent``, and is right where a row has no answer.
    """
    by_start = torch.logsumexp(scores, dim=2)
    total = torch.logsumexp(by_start, dim=1)
    if absent:
        total = torch.logaddexp(total, torch.zeros_like(total))
    flat = scores.flatten(1)
    found = flat.gather(1, batch.spans.clamp(min=0)).masked_fill(batch.spans < 0, _NEVER)
    answered = batch.spans[:, 0] >= 0
    right = torch.where(answered, torch.logsumexp(found, dim=1), 0.0)
    right_sentences = torch.where(answered, torch.logsumexp(by_start.masked_fill(~batch.gold, _NEVER), dim=1), 0.0)
    span_loss, sentence_loss = total - right, total - right_sentences
    return ((1.0 - sentence_share) * span_loss + sentence_share * sentence_loss).mean()


def learn(
    net: Net,
    batches: Iterable[Batch],
    plan: Plan,
    *,
    report: Callable[[int, float, float], None],
    every: int,
    teachers: Sequence[Net] = (),
) -> Net:
    """Learn for the steps of the plan and return a network with the averaged weights; ``net`` itself changes too.

    ``teachers`` are networks whose beliefs are learned beside the right answers (``teach``).
    """
    optimizer = torch.optim.AdamW(net.parameters(), lr=plan.rate, weight_decay=plan.decay, betas=(0.9, 0.98))
    averaged = {name: value.detach().clone() for name, value in net.state_dict().items()}
    began, losses, since = time.monotonic(), 0.0, 0
    net.train()
    for step, batch in enumerate(batches, start=1):
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * _share(step, plan)
        scores = _scores(net, batch)
        loss = loss_of(scores, batch, sentence_share=plan.sentence_share, absent=plan.absent)
        if teachers:
            with torch.no_grad():
                taught = teach.together([_scores(teacher, batch) for teacher in teachers])
            loss = (1.0 - teach.TAUGHT_SHARE) * loss + teach.TAUGHT_SHARE * teach.loss_of(scores, taught, batch)
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


def _scores(net: Net, batch: Batch) -> Tensor:
    """Return the scores of spans; products in half precision take half the time on processors that have it."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = net(batch)
    starts, ends, lengths = (one.float() for one in found)
    return span_scores(starts, ends, lengths, batch)


def level(net: Net, batches: Iterable[Batch]) -> None:
    """Move the level of all scores so that a row's answers together stand at 0 on average, where "no answer" stands."""
    net.eval()
    with torch.no_grad():
        totals: list[Tensor] = []
        for batch in batches:
            starts, ends, lengths = net(batch)
            totals.append(torch.logsumexp(span_scores(starts, ends, lengths, batch).flatten(1), dim=1))
        net.length -= torch.cat(totals).mean()


def _share(step: int, plan: Plan) -> float:
    if step < plan.warmup:
        return step / plan.warmup
    passed = (step - plan.warmup) / max(1, plan.steps - plan.warmup)
    return plan.last_share + (1.0 - plan.last_share) * 0.5 * (1.0 + math.cos(math.pi * min(1.0, passed)))
