"""What readers learned before believe together is learned beside the right answers."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from training.reader.learn import Plan, learn
from training.reader.network import Batch, Side
from training.reader.teach import beliefs, loss_of, together

NEVER = -1e9


@pytest.fixture
def batch() -> Batch:
    """Two rows of four units in two sentences."""
    none = torch.zeros(2, 4)
    side = Side(none.long(), none.long(), none.long(), none[..., None], none + 1.0)
    sentences = torch.tensor([[0, 0, 1, 1], [0, 1, 1, 1]])
    return Batch(torch.zeros(1, 1), side, side, sentences, torch.zeros(2, 1, dtype=torch.long), none.bool())


def _scores(seed: int) -> Tensor:
    return torch.randn(2, 4, 3, generator=torch.Generator().manual_seed(seed)).masked_fill(torch.eye(4, 3).bool(), NEVER)


def test_beliefs_are_of_spans_and_of_no_answer() -> None:
    believed = beliefs(_scores(1)).exp()
    assert believed.shape == (2, 13)
    torch.testing.assert_close(believed.sum(dim=1), torch.ones(2))
    scores = torch.full((1, 1, 1), 2.0)
    assert beliefs(scores)[0, 0] - beliefs(scores)[0, 1] == pytest.approx(2.0), "no answer stands at a score of 0"


def test_readers_together_believe_what_they_do_on_average() -> None:
    both = together([_scores(1), _scores(2)])
    torch.testing.assert_close(both, (beliefs(_scores(1)).exp() + beliefs(_scores(2)).exp()) / 2)


def test_nobody_is_nearer_to_what_is_taught_than_the_teacher(batch: Batch) -> None:
    taught = together([_scores(1)])
    own = float(loss_of(_scores(1), taught, batch))
    assert all(float(loss_of(_scores(seed), taught, batch)) > own + 0.05 for seed in range(2, 8))


def test_a_sentence_counts_as_a_whole(batch: Batch) -> None:
    """A belief moved to another span of the same sentence is a smaller error than one moved to another sentence."""
    taught, same, other = (torch.full((2, 4, 3), -8.0) for _ in range(3))
    taught[:, 2, 0], same[:, 3, 0], other[:, 0, 0] = 4.0, 4.0, 4.0
    held = together([taught])
    assert float(loss_of(same, held, batch)) < float(loss_of(other, held, batch)) - 1.0


class _Fixed(torch.nn.Module):  # type: ignore[misc]
    """Stands for a network: the same scores of starts for every batch."""

    def __init__(self, starts: Tensor) -> None:
        super().__init__()
        self.starts = torch.nn.Parameter(starts)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        rows = len(batch.sentences)
        return self.starts.expand(rows, -1), torch.zeros(rows, 4), torch.zeros(rows, 61)


def test_learning_follows_its_teachers(batch: Batch) -> None:
    """Of the places that are not the right answer only the teacher says which is likelier."""
    starts = torch.tensor([0.0, 3.0, -2.0, 0.0])
    found = {}
    for taught in (False, True):
        pupil = _Fixed(torch.zeros(4))
        plan = Plan(steps=150, rate=5e-2, warmup=5, decay=0.0, average=0.9, sentence_share=0.0)
        teachers = [_Fixed(starts)] if taught else []
        learn(pupil, [batch] * 150, plan, report=lambda *_: None, every=50, teachers=teachers)
        found[taught] = pupil.starts.detach()
    assert int(found[False].argmax()) == 0, "the answer that is given"
    assert float(found[True][1]) > float(found[False][1]) + 1.0
    assert float(found[True][1]) > float(found[True][3]) > float(found[True][2])
