from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.errors import ArchiveMissing
from qa.api.desk import Desk
from qa.chat.answering import Answering
from tests.qa.chat.fake_assistant import FakeAssistant


def test_the_archive_is_opened_once_for_all() -> None:
    opened: list[FakeAssistant] = []

    def opener() -> Answering:
        time.sleep(0.05)
        opened.append(FakeAssistant())
        return opened[-1]

    desk = Desk(opener)
    assert desk.state() == "closed"
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: desk.assistant(), range(8)))
    assert len(opened) == 1
    assert all(each is opened[0] for each in got)
    assert desk.state() == "open"


def test_a_failure_is_not_kept() -> None:
    answers: list[Answering | Exception] = [ArchiveMissing("none yet"), FakeAssistant()]

    def opener() -> Answering:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    desk = Desk(opener)
    with pytest.raises(ArchiveMissing, match="none yet"):
        desk.assistant()
    assert desk.state() == "failed"
    assert desk.assistant() is not None


def test_warming_opens_in_the_background_and_survives_a_failure() -> None:
    began = threading.Event()

    def opener() -> Answering:
        began.set()
        raise ArchiveMissing("none yet")

    desk = Desk(opener)
    desk.warm()
    assert began.wait(5)


def test_closing_closes_what_was_opened() -> None:
    fake = FakeAssistant()
    desk = Desk(lambda: fake)
    closed = [fake.closed]
    for _ in range(2):
        desk.close()
        closed.append(fake.closed)
        desk.assistant()
    assert closed == [False, False, True]
    desk.close()
    assert desk.state() == "closed"
