"""What the reader made of one text: how well each part of it answers, and which words do.

Offsets are code points of the text as given. Knows scores of units; knows nothing of the network.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from qa.reader.features import Floats
from qa.reader.units import Ids

NOTHING = -40.0  # score of a part that holds no unit


@dataclass(frozen=True, slots=True)
class Reading:
    """Scores of the answer spans of a text; a span never leaves its sentence.

    ``starts``, ``ends`` score the units ``unit_starts[i]:unit_ends[i]``; ``lengths[n]`` is added to a span of n units.
    """

    unit_starts: Ids
    unit_ends: Ids
    sentences: Ids
    starts: Floats
    ends: Floats
    lengths: Floats

    def score(self, start: int, end: int) -> float:
        """Return the log of the summed exponentials over all answer spans inside ``[start, end)``.

        Comparable between texts of one ``read``. ``NOTHING`` where no unit lies inside.
        """
        _, scores = self._spans(start, end)
        if not scores.size:
            return NOTHING
        best = float(scores.max())
        return max(NOTHING, best + float(np.log(np.exp(scores - best).sum())))

    def span(self, start: int, end: int) -> tuple[int, int, float]:
        """Return offsets and score of the best answer span inside ``[start, end)``; an empty one where no unit lies inside."""
        first, scores = self._spans(start, end)
        if not scores.size:
            return start, start, NOTHING
        row, length = divmod(int(scores.argmax()), scores.shape[1])
        return int(self.unit_starts[first + row]), int(self.unit_ends[first + row + length]), float(scores[row, length])

    def _spans(self, start: int, end: int) -> tuple[int, Floats]:
        """Return the first unit inside and the scores of spans, one row a first unit, one column a length."""
        first = int(np.searchsorted(self.unit_starts, start))
        last = int(np.searchsorted(self.unit_ends, end, side="right"))
        if last <= first:
            return first, np.zeros((0, 0), dtype=np.float32)
        longest = min(len(self.lengths) - 1, last - first)
        tail = np.full(longest - 1, NOTHING, dtype=np.float32)
        numbers = np.concatenate([self.sentences[first:last], np.full(longest - 1, -1)])
        scores = sliding_window_view(np.concatenate([self.ends[first:last], tail]), longest) + self.lengths[1 : longest + 1]
        scores += self.starts[first:last, None]
        within = sliding_window_view(numbers, longest) == self.sentences[first:last, None]
        return first, np.where(within, scores, np.float32(NOTHING))
