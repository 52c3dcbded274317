"""The network of ``qa/reader/network.py`` in torch, for batches of layouts; knows tensors, no texts."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from qa.reader.features import QUESTION_FEATURES, TEXT_FEATURES
from qa.reader.network import AFTER_DILATIONS, ASKED_DILATIONS, BEFORE_DILATIONS, KINDS_OF_LENGTH, LENGTHS


@dataclass(frozen=True, slots=True)
class Side:
    """Units of a batch: places in ``Batch.vectors``, rows of the table of signs, features, 1 where a unit is real."""

    words: Tensor
    owns: Tensor
    signs: Tensor
    features: Tensor
    real: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Layouts side by side, shorter ones filled up.

    ``vectors`` has a row for each piece of the batch. ``spans`` numbers the answers: first unit * LONGEST + units - 1, filled up
    with -1; ``gold`` marks the units of sentences that answer.
    """

    vectors: Tensor
    asked: Side
    text: Side
    sentences: Tensor
    spans: Tensor
    gold: Tensor


class Net(nn.Module):  # type: ignore[misc]
    """Parameters bear the names of the weights file."""

    def __init__(self, *, width: int, dimensions: int, signs: int, dropout: float) -> None:
        super().__init__()
        self.words = _matrix(dimensions, width)
        self.owns = _matrix(dimensions, width)
        self.signs = nn.Parameter(torch.randn(signs + 1, width) * 0.1)
        self.features = _matrix(TEXT_FEATURES, width)
        self.asked_features = _matrix(QUESTION_FEATURES, width)
        self.bias = nn.Parameter(torch.zeros(width))
        self.asked_bias = nn.Parameter(torch.zeros(width))
        names = [f"asked_layer{i}" for i in range(len(ASKED_DILATIONS))]
        names += [f"before{i}" for i in range(len(BEFORE_DILATIONS))] + [f"after{i}" for i in range(len(AFTER_DILATIONS))]
        for name in names:
            self.register_parameter(f"{name}_taps", nn.Parameter(torch.randn(3, width, width) * (1.0 / (3 * width)) ** 0.5))
            self.register_parameter(f"{name}_bias", nn.Parameter(torch.zeros(width)))
        self.align = _matrix(width, width)
        self.align_out = _matrix(2 * width, width, 0.5)
        self.pool = nn.Parameter(torch.randn(width) * width**-0.5)
        self.attend = _matrix(width, width, 0.3)
        self.attend_out = _matrix(2 * width, width, 0.5)
        self.scale_by = _matrix(width, width, 0.1)
        self.shift_by = _matrix(width, width, 0.5)
        self.gather = _matrix(width, width)
        self.gather_before = _matrix(width, width, 0.5)
        self.gather_after = _matrix(width, width, 0.5)
        self.gather_first = _matrix(width, width, 0.5)
        self.gather_out = _matrix(width, width, 0.5)
        self.start = nn.Parameter(torch.randn(width) * 0.02)
        self.end = nn.Parameter(torch.randn(width) * 0.02)
        self.start_by = _matrix(width, width, 0.1)
        self.end_by = _matrix(width, width, 0.1)
        self.length = nn.Parameter(torch.zeros(KINDS_OF_LENGTH))
        self.length_by = _matrix(width, KINDS_OF_LENGTH, 0.1)
        self.dropout = dropout
        self.register_buffer("length_kinds", torch.from_numpy(LENGTHS.copy()), persistent=False)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return scores of starts and ends, shape (rows, units), and of lengths, shape (rows, longest + 1)."""
        real, asked_real = batch.text.real[..., None], batch.asked.real[..., None]
        projected = batch.vectors @ torch.cat([self.words, self.owns], dim=1)
        words, owns = projected.split(self.words.shape[1], dim=1)
        asked = self._read(words, owns, batch.asked, self.asked_features, self.asked_bias) * asked_real
        text = self._read(words, owns, batch.text, self.features, self.bias) * real
        for number, dilation in enumerate(ASKED_DILATIONS):
            asked = self._layer(asked, asked_real, f"asked_layer{number}", dilation)
        asked = norm(asked) * asked_real
        empty = (1.0 - batch.asked.real) * -1e9
        text = self._align(text, asked, empty) * real
        for number, dilation in enumerate(BEFORE_DILATIONS):
            text = self._layer(text, real, f"before{number}", dilation)
        subject = (torch.softmax(asked @ self.pool + empty, dim=1)[:, None, :] @ asked)[:, 0]
        text = self._attend(text, asked, subject, empty) * real
        text = self._gather(text, batch.sentences, batch.text.real) * real
        for number, dilation in enumerate(AFTER_DILATIONS):
            text = self._layer(text, real, f"after{number}", dilation)
        text = norm(text)
        starts = (text @ (self.start + subject @ self.start_by)[..., None])[..., 0]
        ends = (text @ (self.end + subject @ self.end_by)[..., None])[..., 0]
        return starts, ends, (subject @ self.length_by + self.length)[:, self.length_kinds]

    def _read(self, words: Tensor, owns: Tensor, side: Side, features: Tensor, bias: Tensor) -> Tensor:
        shape = (*side.words.shape, words.shape[1])
        read = functional.embedding(side.words, words) + functional.embedding(side.owns, owns)
        read = read + functional.embedding(side.signs, self.signs)
        return functional.dropout(norm(read.view(shape) + side.features @ features + bias), self.dropout, self.training)

    def _layer(self, values: Tensor, real: Tensor, name: str, dilation: int) -> Tensor:
        active = functional.dropout(torch.relu(norm(values)), self.dropout / 2, self.training)
        taps, bias = self.get_parameter(f"{name}_taps"), self.get_parameter(f"{name}_bias")
        # One product for the three taps; a place before or after is then a shift of its rows.
        before, here, after = (active @ torch.cat(list(taps), dim=1)).chunk(3, dim=-1)
        shifted = functional.pad(before, (0, 0, dilation, 0))[:, : before.shape[1]]
        shifted = shifted + functional.pad(after, (0, 0, 0, dilation))[:, dilation:]
        return values + (here + shifted + bias) * real

    def _align(self, text: Tensor, asked: Tensor, empty: Tensor) -> Tensor:
        scores = torch.relu(text @ self.align) @ torch.relu(asked @ self.align).transpose(1, 2)
        aligned = torch.softmax(scores + empty[:, None, :], dim=2) @ asked
        return text + torch.cat([aligned, text * aligned], dim=2) @ self.align_out

    def _attend(self, text: Tensor, asked: Tensor, subject: Tensor, empty: Tensor) -> Tensor:
        normed = norm(text)
        scores = normed @ (self.attend @ asked.transpose(1, 2))
        attended = torch.softmax(scores + empty[:, None, :], dim=2) @ asked
        text = text + torch.cat([attended, normed * attended], dim=2) @ self.attend_out
        return text * (1.0 + subject @ self.scale_by)[:, None] + (subject @ self.shift_by)[:, None]

    def _gather(self, text: Tensor, sentences: Tensor, real: Tensor) -> Tensor:
        member = functional.one_hot(sentences).to(text.dtype)
        across = member.transpose(1, 2)
        means = (across @ norm(text)) / member.sum(dim=1).clamp(min=1.0)[..., None]
        opens = real * (1.0 - functional.pad(real, (1, 0))[:, :-1])  # the first unit of each text
        begins = (across @ opens[..., None]) > 0
        within = (~begins[:, 1:]).to(text.dtype)
        before = functional.pad((means[:, :-1] @ self.gather_before) * within, (0, 0, 1, 0))
        after = functional.pad((means[:, 1:] @ self.gather_after) * within, (0, 0, 0, 1))
        places = torch.arange(begins.shape[1])[None, :, None].expand_as(begins)
        begun = torch.cummax(torch.where(begins, places, 0), dim=1).values
        first = (means @ self.gather_first).gather(1, begun.expand_as(means))
        told = torch.relu(means @ self.gather + before + after + first) @ self.gather_out
        return text + member @ told


def norm(values: Tensor) -> Tensor:
    """Divide each row by its root mean square."""
    return values * torch.rsqrt(values.square().mean(dim=-1, keepdim=True) + 1e-6)


def _matrix(rows: int, columns: int, gain: float = 1.0) -> nn.Parameter:
    return nn.Parameter(torch.randn(rows, columns) * gain * rows**-0.5)
