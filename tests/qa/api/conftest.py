from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from qa.api.app import Limits, create_app
from qa.chat.answering import Answering
from tests.qa.chat.fake_assistant import FakeAssistant

ClientFor = Callable[..., TestClient]


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def client_for() -> Iterator[ClientFor]:
    """Make clients of servers with their own limits; all are stopped at the end."""
    opened: list[TestClient] = []

    def make(assistant: Answering | Exception, limits: Limits | None = None) -> TestClient:
        def opener() -> Answering:
            if isinstance(assistant, Exception):
                raise assistant
            return assistant

        client = TestClient(create_app(opener, limits=limits, warm=False), base_url="http://127.0.0.1:7860")
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="module")
def client(client_for: ClientFor, assistant: FakeAssistant) -> TestClient:
    return client_for(assistant)
