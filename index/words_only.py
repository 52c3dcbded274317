"""An archive searched by words alone, for want of the model that made its vectors.

Nothing is found by meaning. Passages found by their words are still compared with the question, by vectors that a stand-in
model makes of the few that were found: never are vectors of two models mixed.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.schema import Encoder, Filter, Hit, Vectors
from index.storage.draft import indexed_text
from index.storage.engine import State
from index.view import View

_NO_FILTER = Filter()


class WordsView(View):
    """A view whose dense leg finds nothing and whose vectors are the stand-in's."""

    def __init__(self, state: State, stand_in: Encoder) -> None:
        super().__init__(state)
        self._stand_in = stand_in

    def search_dense(self, vector: Vectors, *, limit: int = 50, filter: Filter = _NO_FILTER) -> list[Hit]:
        """Return nothing: the vectors kept here are of a model that is not at hand."""
        return []

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the stand-in's vectors of passages, shape (len(ids), dimensions). Raises KeyError for an unknown id."""
        found = self._records.passages(ids)
        return self._stand_in.encode_passages([indexed_text(found[id].context, found[id].text) for id in ids])
