"""While questions are under way matrix products use one thread; afterwards what the program had set holds again."""

from __future__ import annotations

import subprocess
import sys
import threading

import numpy as np  # noqa: F401 - brings the library that is asked about
import threadpoolctl

from qa.processors import one_thread


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
