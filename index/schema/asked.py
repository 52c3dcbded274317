"""What is asked of the archive and what it finds: terms, vectors, filters, hits. Ranks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by one leg. Higher scores are better; ``rank`` counts from 1."""

    passage_id: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from ``first`` to ``last``, both ISO and both included."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which passages may be found. Within a field any value suffices, between fields all must hold.

    ``undated``: pages whose date is unknown pass a date filter; they are shown as undated, never silently dropped.
    """

    dates: tuple[DateRange, ...] = ()
    newspapers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    undated: bool = True

    def __bool__(self) -> bool:
        return bool(self.dates or self.newspapers or self.pages or self.authors)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Term:
    """One token of a lexical query. ``field`` says which token stream it is looked up in; ``weight`` scales its score."""

    text: str
    field: Literal["words", "grams"]
    weight: float = 1.0


class Encoder(Protocol):
    """Turns texts into vectors. Rows are L2-normalised, so inner product is cosine.

    ``fingerprint`` changes whenever vectors would change; the archive stores it and re-encodes on change.
    """

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (len(texts), dimensions)."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (len(texts), dimensions)."""
        ...
