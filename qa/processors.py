"""How many processors a program of ours uses for one question: one, so that several questions are answered at once.

For programs only: whoever uses the library decides for himself.
"""

from __future__ import annotations


def one_for_a_question() -> None:
    """Keep the matrix products of this process to one thread each.

    They are small: with two threads an answer was measured to take no less time on a quiet machine, and twice as much
    where two questions were asked at once.
    """
    import numpy as np  # noqa: F401 - the limit reaches libraries that are loaded already
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
