"""What the archive tells of itself: what an update did, whether all is whole, how much it holds. Counts nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not taken into the archive, and why. ``line`` is None for a whole source."""

    source: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update did, in sources, and the change sequence after it."""

    added: int
    replaced: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    sequence: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether the archive is whole. ``problems`` are sentences that name the place and the mend."""

    ok: bool
    problems: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the archive. ``first_date`` and ``last_date`` are ISO, None when no page is dated."""

    sources: int
    issues: int
    articles: int
    passages: int
    sequence: int
    model: str
    newspapers: tuple[str, ...]
    first_date: str | None
    last_date: str | None
    undated: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)
