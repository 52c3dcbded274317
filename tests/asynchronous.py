"""Coroutines in tests: each in a thread of its own, because the driver of the browser keeps a loop running in the main one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(begin: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Return what the coroutine that ``begin`` makes returns."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(begin())).result()
