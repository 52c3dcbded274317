"""How long each step of an answer took. Knows nothing of what the steps do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

Step = TypeVar("Step")


class Clock:
    """Milliseconds of the steps of one answer."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count what passes before this block, waiting for it, to the total but to no step."""
        self._last = time.perf_counter()
        yield

    def lap(self, name: str, result: Step) -> Step:
        """Note the time since the step before and hand its result on."""
        now = time.perf_counter()
        self._laps[name] = (now - self._last) * 1000
        self._last = now
        return result

    def laps(self) -> dict[str, float]:
        return {**self._laps, "total": (self._last - self._start) * 1000}
