from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.archive import Archive
from index.schema import UpdateReport
from index.storage.lock import writing
from index.watching import Arrivals, watch
from tests.index.storage.sample import found_texts, opened, page_text


def test_a_file_has_arrived_when_it_stopped_changing(tmp_path: Path) -> None:
    arrivals = Arrivals(settled_after=1.0)
    page = tmp_path / "page.txt"
    page.write_text("first half", encoding="utf-8")
    arrivals.note(page, 10.0)
    assert arrivals.settled(10.9) == []
    page.write_text("first half, second half", encoding="utf-8")
    assert arrivals.settled(11.1) == []
    assert arrivals.settled(12.0) == []
    assert arrivals.settled(12.2) == [page]
    assert not arrivals


def test_a_file_that_went_again_is_forgotten(tmp_path: Path) -> None:
    arrivals = Arrivals(settled_after=0.0)
    page = tmp_path / "page.txt"
    page.write_text("x", encoding="utf-8")
    arrivals.note(page, 0.0)
    page.unlink()
    assert arrivals.settled(5.0) == []
    assert not arrivals


class Watched:
    """A watch in a thread of its own, and what it said."""

    def __init__(self, archive: Archive, inbox: Path, *, polling: bool) -> None:
        self.reports: list[UpdateReport] = []
        self.complaints: list[str] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(
            target=watch,
            args=(archive, [inbox]),
            kwargs={
                "stop": self.stop,
                "report": lambda report, _: self.reports.append(report),
                "complain": self.complaints.append,
                "polling": polling,
                "settled_after": 0.2,
            },
        )

    def added(self) -> int:
        return sum(report.added for report in self.reports)


@contextmanager
def watching(archive: Archive, inbox: Path, *, polling: bool = False) -> Iterator[Watched]:
    watched = Watched(archive, inbox, polling=polling)
    watched.thread.start()
    try:
        yield watched
    finally:
        watched.stop.set()
        watched.thread.join(20)
        assert not watched.thread.is_alive()


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "it did not happen within 30 s"
        time.sleep(0.05)


@pytest.mark.parametrize("polling", [False, True])
def test_what_arrives_is_answered_from(inbox: Path, folder: Path, tmp_path: Path, polling: bool) -> None:
    with opened(folder) as archive, watching(archive, inbox, polling=polling) as watched:
        wait_for(lambda: watched.added() == 6)
        (inbox / "new.txt").write_text(page_text(60), encoding="utf-8")
        (tmp_path / "week" / "monday").mkdir(parents=True)
        (tmp_path / "week" / "monday" / "1.txt").write_text(page_text(61), encoding="utf-8")
        shutil.move(tmp_path / "week", inbox / "week")
        wait_for(lambda: watched.added() == 8)
        assert any("编号为61号" in text for text in found_texts(archive, "工程编号为61号"))
        (inbox / "new.txt").write_text(page_text(62), encoding="utf-8")
        wait_for(lambda: sum(report.replaced for report in watched.reports) == 1)
        assert watched.complaints == []


def test_a_bad_file_does_not_end_the_watch(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive, watching(archive, inbox) as watched:
        wait_for(lambda: watched.added() == 6)
        (inbox / "bad.txt").write_bytes(os.urandom(3000))
        wait_for(lambda: any(report.skipped for report in watched.reports))
        (inbox / "good.txt").write_text(page_text(60), encoding="utf-8")
        wait_for(lambda: watched.added() == 7)


def test_it_waits_while_another_update_runs(inbox: Path, folder: Path) -> None:
    with opened(folder) as archive, watching(archive, inbox) as watched:
        wait_for(lambda: watched.added() == 6)
        with writing(folder):
            (inbox / "new.txt").write_text(page_text(60), encoding="utf-8")
            time.sleep(1.5)
            assert watched.added() == 6
        wait_for(lambda: watched.added() == 7)
        assert watched.complaints == []
