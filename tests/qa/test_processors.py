"""Questions take turns, with one thread for matrix products; afterwards what the program had set holds again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np  # noqa: F401 - brings the library that is asked about
import pytest
import threadpoolctl

from qa.processors import Turns, one_thread


def threads() -> set[int]:
    return {library["num_threads"] for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"}


def test_one_thread_while_anyone_asks() -> None:
    with threadpoolctl.threadpool_limits(2, user_api="blas"):
        before = threads()
        first, second = one_thread(), one_thread()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert threads() == {1}
        second.__exit__(None, None, None)
        assert threads() == before


LATER = """
from qa.processors import one_thread
with one_thread():
    pass
import threadpoolctl
few = len(threadpoolctl.threadpool_info())
import scipy.linalg
blas = lambda: [library["num_threads"] for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"]
assert len(threadpoolctl.threadpool_info()) > few, "scipy brought no library of its own: take another package for this test"
with threadpoolctl.threadpool_limits(2, user_api="blas"):
    with one_thread():
        assert set(blas()) == {1}, blas()
    assert set(blas()) == {2}, blas()
"""


def test_libraries_that_are_loaded_later_are_held_too() -> None:
    done = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_threads_after_the_first_are_held_too() -> None:
    held = threading.Event()

    def first() -> None:
        with one_thread():
            pass
        held.wait(30)

    def second() -> set[int]:
        with one_thread():
            return threads()

    with threadpoolctl.threadpool_limits(2, user_api="blas"), ThreadPoolExecutor(2) as pool:
        alive = pool.submit(first)
        assert pool.submit(second).result() == {1}
        held.set()
        alive.result()


def test_many_at_once_leave_things_as_they_were() -> None:
    with threadpoolctl.threadpool_limits(2, user_api="blas"):
        before = threads()

        def ask() -> None:
            for _ in range(200):
                with one_thread():
                    pass

        asking = [threading.Thread(target=ask) for _ in range(8)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert threads() == before


def test_one_works_at_a_time_and_with_one_thread() -> None:
    turns = Turns()
    working, most = 0, 0

    def ask() -> None:
        nonlocal working, most
        turn = turns.begin()
        for _ in range(5):
            with turn():
                working += 1
                most = max(most, working)
                assert threads() == {1}
                time.sleep(0.001)
                working -= 1

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(ask) for _ in range(8)]:
            done.result()
    assert most == 1


def test_what_began_first_goes_on_first() -> None:
    turns = Turns()
    questions = [turns.begin() for _ in range(4)]
    order: list[int] = []

    def step(number: int) -> None:
        with questions[number]():
            order.append(number)

    with questions[3]():
        asking = [threading.Thread(target=step, args=(number,)) for number in (2, 0, 1, 0)]
        for count, thread in enumerate(asking, start=1):
            thread.start()
            while len(turns._waiting) < count:
                time.sleep(0.001)
    for thread in asking:
        thread.join()
    assert order == [0, 0, 1, 2]


def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="told"), turns.begin()():
        raise ValueError("told")
    with turns.begin()():
        pass


def test_who_is_interrupted_while_waiting_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()

    class Interrupted:
        """A lock whose second taking, the wait, is interrupted, before or after it was handed over."""

        def __init__(self, handed_over: bool) -> None:
            self._handed_over, self._taken = handed_over, 0

        def acquire(self) -> None:
            self._taken += 1
            if self._taken == 2:
                if self._handed_over:
                    turns._pass_on()
                raise KeyboardInterrupt

        def release(self) -> None:
            pass

    for handed_over in (False, True):
        first = turns.begin()()
        first.__enter__()
        with monkeypatch.context() as patched:
            patched.setattr(threading, "Lock", lambda handed_over=handed_over: Interrupted(handed_over))
            with pytest.raises(KeyboardInterrupt):
                turns.begin()().__enter__()
        if not handed_over:
            first.__exit__(None, None, None)
        with turns.begin()():
            pass
        assert not turns._taken
