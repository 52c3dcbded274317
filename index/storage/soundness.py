"""A record that was altered may upset whatever reads it: one error for all of that. Reads nothing itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def sound(read: Callable[P, R]) -> Callable[P, R]:
    """Tell a damaged record as ArchiveDamaged, whatever it upset; for methods of what has ``damaged``."""

    @functools.wraps(read)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return read(*args, **kwargs)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            reader: Any = args[0]
            raise reader.damaged(error) from error

    return guarded
