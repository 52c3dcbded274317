from __future__ import annotations

import asyncio
import threading
import time

import pytest

from qa.api.admission import Admission, Busy
from tests.asynchronous import run


def test_no_more_run_at_once_than_there_are_places_and_all_are_served() -> None:
    running = most = 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    async def all_at_once() -> None:
        admission = Admission(at_once=3, waiting=20, patience=5)
        await asyncio.gather(*(admission.run(work) for _ in range(20)))
        assert (admission.running, admission.queued, admission.refused) == (0, 0, 0)
        admission.close()

    run(all_at_once)
    assert most == 3


def test_a_full_queue_refuses_at_once_and_whoever_waits_keeps_the_order() -> None:
    done: list[int] = []
    gate = threading.Event()

    async def crowd() -> list[object]:
        admission = Admission(at_once=1, waiting=2, patience=5)
        first = asyncio.ensure_future(admission.run(gate.wait))
        await asyncio.sleep(0)
        waiting = [asyncio.ensure_future(admission.run(lambda number=number: done.append(number))) for number in (1, 2)]  # type: ignore[misc]
        await asyncio.sleep(0)
        began = time.monotonic()
        with pytest.raises(Busy) as refused:
            await admission.run(lambda: None)
        assert time.monotonic() - began < 0.5
        assert refused.value.retry_after >= 1
        gate.set()
        results = await asyncio.gather(first, *waiting)
        assert admission.refused == 1
        admission.close()
        return list(results)

    run(crowd)
    assert done == [1, 2]


def test_who_waits_too_long_is_sent_away_and_takes_no_place() -> None:
    async def wait() -> None:
        gate = threading.Event()
        admission = Admission(at_once=1, waiting=5, patience=0.05)
        first = asyncio.ensure_future(admission.run(gate.wait))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await admission.run(lambda: None)
        assert admission.queued == 0
        gate.set()
        await first
        assert await admission.run(lambda: 7) == 7
        admission.close()

    run(wait)


def test_a_client_that_leaves_gives_its_place_back() -> None:
    async def leave() -> None:
        gate = threading.Event()
        admission = Admission(at_once=1, waiting=5, patience=5)
        running = asyncio.ensure_future(admission.run(gate.wait))
        await asyncio.sleep(0)
        queued = asyncio.ensure_future(admission.run(lambda: None))
        await asyncio.sleep(0)
        queued.cancel()
        running.cancel()
        await asyncio.gather(queued, running, return_exceptions=True)
        assert admission.running == 1  # the work itself cannot be stopped, so its place is not free yet
        gate.set()
        assert await admission.run(lambda: "served") == "served"
        assert (admission.running, admission.queued) == (0, 0)
        admission.close()

    run(leave)


def test_an_error_of_the_work_reaches_whoever_asked_and_frees_the_place() -> None:
    async def fail() -> None:
        admission = Admission(at_once=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await admission.run(lambda: 1 / 0)
        assert admission.running == 0
        admission.close()

    run(fail)
