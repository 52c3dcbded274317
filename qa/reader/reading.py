"""What the reader made of one text: how well each part of it answers, and which words do.

Offsets are code points of the text as given. Knows scores of units; knows nothing of the network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qa.reader.features import Floats
from qa.reader.units import Ids

NOTHING = -40.0  # score of a part that holds no unit
_LIKELIEST = 16  # spans among which the answer is chosen


@dataclass(frozen=True, slots=True)
class Best:
    """How well a part of a text answers (``score``, see ``Reading.score``), its best answer span, and the score of that."""

    score: float
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Scores of the answer spans of a text; a span never leaves its sentence.

    ``starts``, ``ends`` score the units ``unit_starts[i]:unit_ends[i]``; ``lengths[n]`` is added to a span of n units.
    ``pieces`` are the model's pieces for the words that the units belong to.
    """

    unit_starts: Ids
    unit_ends: Ids
    sentences: Ids
    starts: Floats
    ends: Floats
    lengths: Floats
    pieces: Ids

    def score(self, start: int, end: int) -> float:
        """Return the log of the summed exponentials over all answer spans inside ``[start, end)``.

        Comparable between texts of one question. Against 0 it says how the answer compares with there being none (of questions
        as ``training/reader`` makes them, a fifth of them without answer). ``NOTHING`` where no unit lies inside.
        """
        return self.best(start, end).score

    def span(self, start: int, end: int) -> tuple[int, int, float]:
        """Return offsets and score of the best answer span inside ``[start, end)``; an empty one where no unit lies inside."""
        best = self.best(start, end)
        return best.start, best.end, best.sure

    def best(self, start: int, end: int) -> Best:
        """Return how well ``[start, end)`` answers, and the best answer span in it.

        Best is the one of the likeliest that can be expected to share most with the answer, not always the likeliest itself:
        of 1998年, 1998年6月 and 6月 it is the second (minimum risk; Goel and Byrne, 2000).
        """
        first, scores = self._spans(start, end)
        if not scores.size:
            return Best(NOTHING, start, start, NOTHING)
        flat = scores.ravel()
        top = float(flat.max())
        total = max(NOTHING, top + float(np.log(np.exp(flat - np.float32(top)).sum())))
        likeliest = _highest(flat, _LIKELIEST)
        firsts, lengths = np.divmod(likeliest, scores.shape[1])
        lasts = firsts + lengths
        shared = np.minimum(lasts[:, None], lasts) - np.maximum(firsts[:, None], firsts) + 1
        alike = 2.0 * np.maximum(shared, 0) / (lengths[:, None] + lengths + 2)
        chances = np.exp(flat[likeliest] - flat[likeliest[0]])
        best = int((alike @ chances).argmax())
        begin, stop = first + int(firsts[best]), first + int(lasts[best])
        return Best(total, int(self.unit_starts[begin]), int(self.unit_ends[stop]), float(flat[likeliest[best]]))

    def pieces_of(self, start: int, end: int) -> Ids:
        """Return the pieces of the units inside ``[start, end)``."""
        return self.pieces[slice(*self._inside(start, end))]

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        return int(np.searchsorted(self.unit_starts, start)), int(np.searchsorted(self.unit_ends, end, side="right"))

    def _spans(self, start: int, end: int) -> tuple[int, Floats]:
        """Return the first unit inside and the scores of spans, one row a first unit, one column a length."""
        first, last = self._inside(start, end)
        if last <= first:
            return first, np.zeros((0, 0), dtype=np.float32)
        count = last - first
        longest = min(len(self.lengths) - 1, count)
        rows = np.arange(count)[:, None]
        lasts = rows + np.arange(longest)
        beyond = lasts >= count
        lasts[beyond] = count - 1
        numbers = self.sentences[first:last]
        beyond |= numbers[lasts] != numbers[rows]
        scores = self.ends[first:last][lasts] + self.starts[first:last, None]
        scores += self.lengths[1 : longest + 1]
        scores[beyond] = NOTHING
        return first, scores


def _highest(values: Floats, most: int) -> Ids:
    """Return the places of the highest values, highest first, equal ones in order."""
    if len(values) > 4 * most:
        floor = np.partition(values, len(values) - most)[len(values) - most]
        places = np.flatnonzero(values >= floor)
    else:
        places = np.arange(len(values))
    return places[np.argsort(-values[places], kind="stable")[:most]]
