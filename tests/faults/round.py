"""What a round of faults met, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Told = Callable[[str], None]
_EVERY = 100


@dataclass
class Round:
    """What a round met. ``wrong`` is empty when every promise was kept; ``told`` hears of it now and then."""

    told: Told | None = None
    points: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def meet(self, what: str, place: str = "", wrong: list[str] | None = None) -> None:
        """Count one fault: what came of it, and what was wrong afterwards."""
        self.points += 1
        self.hit[what] += 1
        self.wrong += [f"{place}: {each}" for each in wrong or ()]
        if self.told and (self.points % _EVERY == 0 or wrong):
            self.told(self.figures() if not wrong else f"{place}: {wrong}")

    def figures(self) -> str:
        """Say in one line what was met."""
        met = ", ".join(f"{count} {what}" for what, count in sorted(self.hit.items()))
        return f"{self.points} faults: {met}; {len(self.wrong)} wrong"
