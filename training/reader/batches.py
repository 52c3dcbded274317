"""From examples to batches of tensors: cut, laid out, filled up to one length, sorted so that little is filled.

Uses the same cutting and the same features as ``qa/reader`` does in use. Knows nothing of where examples come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qa.reader.layout import Layout, Layouts
from qa.reader.network import LONGEST
from qa.reader.units import Cutter, Ids
from training.reader.examples import Example
from training.reader.network import Batch, Side


@dataclass(frozen=True, slots=True)
class Laid:
    """A layout with its answers.

    ``spans`` holds (first unit, number of units), ``gold`` marks the sentences that answer; both may be empty.
    """

    layout: Layout
    spans: Ids
    gold: NDArray[np.bool_]


def lay(example: Example, cutter: Cutter, layouts: Layouts) -> Laid | None:
    """Lay an example out; None when it has answers but no unit of its texts is in one, or when there is nothing to read."""
    asked, *units = cutter.cut([example.question, *example.texts])
    if not len(asked) or not any(map(len, units)):
        return None
    layout = layouts.lay(example.question, asked, units)
    spans: set[tuple[int, int]] = set()
    for answer in example.answers:
        text, (first, _) = units[answer.text], layout.places[answer.text]
        begin = int(np.searchsorted(text.ends, answer.start, side="right"))
        end = int(np.searchsorted(text.starts, answer.end))
        # A span never leaves its sentence: an answer over two sentences is taken as one answer in each.
        for number in np.unique(text.sentences[begin:end]):
            inside = np.flatnonzero(text.sentences[begin:end] == number) + begin
            spans.add((first + int(inside[0]), min(len(inside), LONGEST)))
    if example.answers and not spans:
        return None
    ordered = np.asarray(sorted(spans), dtype=np.int64).reshape(-1, 2)
    gold = np.isin(layout.sentences, layout.sentences[ordered[:, 0]]) & (layout.real > 0)
    return Laid(layout, ordered, gold)


def compact(laid: Laid) -> Laid:
    """Return the same in small numbers, for keeping many in memory."""
    layout = laid.layout
    small: dict[str, object] = {}
    for field in fields(Layout):
        value = getattr(layout, field.name)
        if isinstance(value, np.ndarray):
            value = value.astype(np.float16 if value.dtype == np.float32 else np.int32)
        small[field.name] = value
    return Laid(Layout(**small), laid.spans, laid.gold)  # type: ignore[arg-type]


def collate(batch: Sequence[Laid], layouts: Layouts) -> Batch:
    """Put layouts side by side; vectors are looked up once for each piece of the batch."""
    all_layouts = [laid.layout for laid in batch]
    everything = [array for one in all_layouts for array in (one.asked_words, one.asked_owns, one.words, one.owns)]
    pieces = np.unique(np.concatenate([np.zeros(1, np.int64), *everything]))
    asked = _side(
        [
            (one.asked_words, one.asked_owns, one.asked_signs, one.asked_features, np.ones(len(one.asked_words)))
            for one in all_layouts
        ],
        pieces,
    )
    text = _side([(one.words, one.owns, one.signs, one.features, one.real) for one in all_layouts], pieces)
    spare = max(int(one.sentences.max(initial=0)) for one in all_layouts) + 1
    length = text.real.shape[1]
    most = max(1, *(len(laid.spans) for laid in batch))
    spans = np.full((len(batch), most), -1, dtype=np.int64)
    for row, laid in enumerate(batch):
        spans[row, : len(laid.spans)] = laid.spans[:, 0] * LONGEST + laid.spans[:, 1] - 1
    return Batch(
        torch.from_numpy(layouts.rows.vectors(pieces)),
        asked,
        text,
        _fill([one.sentences for one in all_layouts], length, spare),
        torch.from_numpy(spans),
        _fill([laid.gold for laid in batch], length, 0).bool(),
    )


def _side(rows: Sequence[tuple[NDArray[np.generic], ...]], pieces: Ids) -> Side:
    length = max(len(row[0]) for row in rows)
    words, owns, signs, features, real = zip(*rows, strict=True)
    return Side(
        _fill([np.searchsorted(pieces, one) for one in words], length, 0),
        _fill([np.searchsorted(pieces, one) for one in owns], length, 0),
        _fill(signs, length, 0),
        _fill(features, length, 0).float(),
        _fill(real, length, 0).float(),
    )


def _fill(rows: Sequence[NDArray[np.generic]], length: int, value: int) -> Tensor:
    first = rows[0]
    dtype = np.float32 if first.dtype.kind == "f" else np.int64
    result = np.full((len(rows), length, *first.shape[1:]), value, dtype=dtype)
    for row, array in enumerate(rows):
        result[row, : len(array)] = array
    return torch.from_numpy(result)


def grouped(rows: Iterable[Laid], *, units: int, generator: np.random.Generator, pool: int = 512) -> Iterator[list[Laid]]:
    """Yield batches of about ``units`` units each, of like length, in random order within a pool of rows."""
    waiting: list[Laid] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == pool:
            yield from _split(waiting, units, generator)
            waiting = []
    yield from _split(waiting, units, generator)


def _split(rows: list[Laid], units: int, generator: np.random.Generator) -> Iterator[list[Laid]]:
    batches: list[list[Laid]] = []
    current: list[Laid] = []
    for row in sorted(rows, key=lambda laid: len(laid.layout.real)):
        if current and (len(current) + 1) * len(row.layout.real) > units:
            batches.append(current)
            current = []
        current.append(row)
    if current:
        batches.append(current)
    for number in generator.permutation(len(batches)):
        yield batches[number]
