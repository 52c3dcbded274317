from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveMissing
from qa.api.app import Limits
from tests.qa.chat.fake_assistant import FakeAssistant

ASKED = "智汇谷产业基地计划新增多少个就业岗位？"


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    frames = [frame.split("\n", 1) for frame in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]


@pytest.mark.parametrize("door", ["stream", "accept"])
def test_the_steps_come_in_order_and_end_with_the_whole_answer(client: TestClient, door: str) -> None:
    path, headers = ("/api/ask/stream", {}) if door == "stream" else ("/api/ask", {"accept": "text/event-stream"})
    response = client.post(path, json={"question": ASKED}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    whole = client.post("/api/ask", json={"question": ASKED}).json()
    assert [name for name, _ in found] == ["understood", "retrieved", *["quote"] * len(whole["citations"]), "done"]
    assert found[-1][1] == whole
    assert [data for name, data in found if name == "quote"] == whole["citations"]


def test_what_fails_before_the_first_step_is_an_ordinary_error(client: TestClient, client_for: Callable[..., TestClient]) -> None:
    empty = client.post("/api/ask/stream", json={"question": " "})
    assert (empty.status_code, list(empty.json())) == (400, ["error"])
    missing = client_for(FakeAssistant(failure=ArchiveMissing("there is no archive"))).post(
        "/api/ask/stream", json={"question": ASKED}
    )
    assert (missing.status_code, missing.json()) == (503, {"error": "there is no archive"})


def test_a_conversation_of_an_openai_client_becomes_question_and_history(client: TestClient, assistant: FakeAssistant) -> None:
    messages = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "user", "content": [{"type": "text", "text": "总裁高庆民是谁？"}]},
        {"role": "assistant", "content": "山东智汇谷产业发展有限公司总裁高庆民 [1]\n\n[1] 《某报》"},
        {"role": "user", "content": "他说了什么？"},
    ]
    reply = client.post("/v1/chat/completions", json={"messages": messages, "temperature": 0.3, "model": "gpt-x"}).json()
    assert assistant.histories[-1][0].question == "总裁高庆民是谁？"
    assert assistant.histories[-1][0].answer == "山东智汇谷产业发展有限公司总裁高庆民 [1]"
    assert "\n\n[1] " in reply["choices"][0]["message"]["content"]
    assert reply["citations"][0]["quote"] in reply["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    "body",
    [{}, {"messages": []}, {"messages": [{"role": "king", "content": "x"}]}, {"messages": [{"role": "system", "content": "x"}]}],
)
def test_what_is_no_conversation_is_told_where_openai_clients_look(client: TestClient, body: dict[str, object]) -> None:
    response = client.post("/v1/chat/completions", json=body)
    assert response.status_code in (400, 422)
    assert response.json()["error"]["message"]


def test_metrics_count_routes_and_statuses_and_hold_no_question(
    client: TestClient, client_for: Callable[..., TestClient]
) -> None:
    client.get("/api/ask", params={"question": ASKED})
    client.get("/no/such/place")
    text = client.get("/metrics").text
    assert 'wenbao_requests_total{method="GET",route="/api/ask",status="200"}' in text
    assert 'wenbao_requests_total{method="GET",route="none",status="404"}' in text
    assert "wenbao_archive_passages" in text
    assert "智汇谷" not in text
    assert "/no/such/place" not in text
    assert client_for(FakeAssistant(), Limits(hosts=None)).get("/metrics").status_code == 403


def test_other_programs_are_not_told_where_files_lie(client: TestClient) -> None:
    assert [issue["source"] for issue in client.get("/api/issues").json()["issues"]] == ["page.txt", "other.txt"]
    assert client.get("/ready").json() == {"ready": True}
