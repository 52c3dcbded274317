"""Examples made by another process: all arrive, and its end is told instead of waited for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

from training.reader import __main__ as reader


def test_groups_arrive_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "compact", lambda row: row)
    numbers: Any = iter(range(1000))
    rows: Any = reader.ahead(numbers)
    assert list(islice(rows, 500)) == list(range(500))
    rows.close()


def test_the_end_of_the_other_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[Any]:
        yield from ()
        raise ValueError("no more")

    monkeypatch.setattr(reader, "_PATIENCE", 0.1)
    with pytest.raises(RuntimeError, match="that makes the examples ended"):
        next(reader.ahead(broken()))
