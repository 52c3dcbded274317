"""Admission: how many questions are worked on at once, how many may wait, and for how long.

Answering is work for the processor, so more at once than processors makes everyone slower. Whoever cannot be served in good
time is told so at once and asked to come again, instead of being kept waiting. Knows nothing of questions.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

Result = TypeVar("Result")
HINT = "too many are asking at this moment; please ask again in a moment"


class Busy(Exception):
    """Nobody can be let in now; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(HINT)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Admission:
    """Runs work in its own threads, first come, first served. Its methods belong to one event loop."""

    def __init__(self, *, at_once: int | None = None, waiting: int = 64, patience: float = 1.0) -> None:
        """``waiting`` requests may stand in the queue, each for at most ``patience`` seconds."""
        self.at_once = at_once or processors()
        self.waiting = waiting
        self.patience = patience
        self.refused = 0
        self._free = self.at_once
        self._queue: deque[asyncio.Future[None]] = deque()
        self._threads = ThreadPoolExecutor(self.at_once, thread_name_prefix="wenbao-ask")

    @property
    def running(self) -> int:
        """Return how many are worked on."""
        return self.at_once - self._free

    @property
    def queued(self) -> int:
        """Return how many are waiting."""
        return len(self._queue)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what ``work`` returns, called in a thread. Raises Busy when the queue is full or the wait too long."""
        await self._enter()
        try:
            future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        except BaseException:
            self._leave()
            raise
        # The place is free when the work is done, not when its client has gone.
        future.add_done_callback(self._done)
        return await asyncio.shield(future)

    def _done(self, future: asyncio.Future[Result]) -> None:
        if not future.cancelled():
            future.exception()  # looked at here, because the client it was meant for may have gone
        self._leave()

    async def _enter(self) -> None:
        if self._free and not self._queue:
            self._free -= 1
            return
        if len(self._queue) >= self.waiting:
            self.refused += 1
            raise Busy(1)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            await asyncio.wait_for(turn, self.patience)
        except (asyncio.TimeoutError, asyncio.CancelledError) as error:
            with suppress(ValueError):
                self._queue.remove(turn)
            if turn.done() and not turn.cancelled():
                self._leave()  # the turn came in the very moment of giving up
            if isinstance(error, asyncio.CancelledError):
                raise
            self.refused += 1
            raise Busy(1) from None

    def _leave(self) -> None:
        """Hand the place to whoever waits longest."""
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def close(self) -> None:
        """Take no more work; what is running ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)
