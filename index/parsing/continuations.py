"""Which articles are one: the part that jumps to another page and the part that comes from it.

Both must name each other's page where a page is known, and be of one paper and day; where several may match, headline and
text decide. An article is linked once in each direction. Knows nothing of where the articles are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from index.parsing.cohesion import terms

Key = TypeVar("Key", bound=Hashable)

_ONLY_ONE = 0.7  # the least score of the only match there is; page numbers agree, words need not
_LEAST = 0.1
_MOST = 150  # jumps of one issue


@dataclass(frozen=True, slots=True)
class Part(Generic[Key]):
    """A printed part of an article: its key, the paper, day and page it stands in, its words, the pages its jump lines name.

    ``issue`` is (newspaper, date); parts with different ones are never linked. ``page`` is None where it is unknown.
    """

    key: Key
    issue: tuple[str | None, str | None]
    page: str | None
    headline: str
    text: str
    jumps_to: str | None = None
    comes_from: str | None = None


@dataclass(frozen=True, slots=True)
class Continuation(Generic[Key]):
    """The keys of two parts of one article, and how sure it is (0..1)."""

    first: Key
    second: Key
    score: float


def link_parts(parts: Iterable[Part[Key]]) -> list[Continuation[Key]]:
    """Link the parts of articles, the surest first."""
    every = list(parts)
    pairs = list(_pairs(every))
    rivals = Counter(key for first, rest in pairs for key in (first.key, rest.key))
    scored = sorted(
        ((_score(first, rest, alone=rivals[first.key] == rivals[rest.key] == 1), first, rest) for first, rest in pairs),
        key=lambda each: -each[0],
    )
    found: list[Continuation[Key]] = []
    taken_first: set[Key] = set()
    taken_rest: set[Key] = set()
    for score, first, rest in scored:
        if score >= _LEAST and first.key not in taken_first and rest.key not in taken_rest:
            taken_first.add(first.key)
            taken_rest.add(rest.key)
            found.append(Continuation(first.key, rest.key, round(score, 2)))
    return found


def _pairs(parts: Sequence[Part[Key]]) -> Iterator[tuple[Part[Key], Part[Key]]]:
    """The parts that may belong together. Where an issue has more jumps than any can have, none are linked."""
    issues: dict[tuple[str | None, str | None], tuple[list[Part[Key]], list[Part[Key]]]] = {}
    for part in parts:
        openings, rests = issues.setdefault(part.issue, ([], []))
        if part.jumps_to:
            openings.append(part)
        if part.comes_from:
            rests.append(part)
    for openings, rests in issues.values():
        if len(openings) <= _MOST and len(rests) <= _MOST:
            yield from ((first, rest) for first in openings for rest in rests if _agree(first, rest))


def _agree(first: Part[Key], rest: Part[Key]) -> bool:
    if first.key == rest.key or first.issue != rest.issue:
        return False
    return rest.page in (None, first.jumps_to) and first.page in (None, rest.comes_from)


def _score(first: Part[Key], rest: Part[Key], *, alone: bool) -> float:
    """The share of the shorter headline's words that the other has, or of the words of the text."""
    words = max(_share(first.headline, rest.headline), _share(f"{first.headline} {first.text}", rest.headline or rest.text))
    if alone and first.page is not None and rest.page is not None:
        return _ONLY_ONE + (1 - _ONLY_ONE) * words
    return words


def _share(one: str, other: str) -> float:
    ours, theirs = terms(one), terms(other)
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0
