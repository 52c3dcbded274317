from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveMissing, ModelMismatch, QuestionError
from qa.schema import Turn
from tests.qa.chat.fake_assistant import VALLEY, FakeAssistant

ASKED = "智汇谷产业基地计划新增多少个就业岗位？"


def test_ask_answers_in_the_shape_of_the_contract(client: TestClient, assistant: FakeAssistant) -> None:
    by_post = client.post("/api/ask", json={"question": ASKED})
    assert by_post.status_code == 200
    assert by_post.json() == json.loads(json.dumps(assistant.ask(ASKED).to_dict()))
    assert client.get("/api/ask", params={"question": ASKED}).json() == by_post.json()


def test_every_quote_is_where_the_citation_says(client: TestClient) -> None:
    for citation in client.post("/api/ask", json={"question": ASKED}).json()["citations"]:
        assert citation["passage_text"][citation["start"] : citation["end"]] == citation["quote"]


def test_history_limit_and_filter_reach_the_assistant(client: TestClient, assistant: FakeAssistant) -> None:
    body = {
        "question": "他说了什么？",
        "history": [{"question": "总裁高庆民是谁？", "answer": "高庆民"}],
        "limit": 1,
        "filter": {"dates": [{"first": "2021-01-01", "last": "2021-12-31"}], "pages": ["1"], "undated": False},
    }
    answer = client.post("/api/ask", json=body).json()
    assert assistant.histories[-1] == (Turn("总裁高庆民是谁？", "高庆民"),)
    assert len(answer["citations"]) == 1
    assert answer["interpretation"]["filter"]["dates"] == [{"first": "2021-01-01", "last": "2021-12-31"}]
    assert answer["interpretation"]["filter"]["undated"] is False


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": ""}, 400),
        ({"question": "   "}, 400),
        ({"question": "问" * 1001}, 422),
        ({}, 422),
        ({"question": 3}, 422),
        ({"question": ASKED, "limit": 0}, 422),
        ({"question": ASKED, "limit": 10**9}, 422),
        ({"question": ASKED, "history": "x"}, 422),
        ({"question": ASKED, "unknown": 1}, 422),
        ({"question": ASKED, "filter": {"dates": [{"first": "2021-02-30", "last": "2021-03-01"}]}}, 422),
        ({"question": ASKED, "filter": {"dates": [{"first": "yesterday", "last": "2021-01-01"}]}}, 422),
    ],
)
def test_bad_questions_get_one_clear_line(client: TestClient, body: dict[str, object], status: int) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert response.json()["error"]
    assert "\n" not in response.json()["error"]


def test_a_body_that_is_no_json_gets_one_clear_line(client: TestClient) -> None:
    response = client.post("/api/ask", content=b"{", headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert list(response.json()) == ["error"]


def test_a_lone_surrogate_is_no_crash(client: TestClient) -> None:
    response = client.post("/api/ask", content=b'{"question": "\\ud800 abc"}', headers={"content-type": "application/json"})
    assert response.status_code in (200, 400, 422)


def test_articles_issues_stats_and_search(client: TestClient) -> None:
    article = client.get(f"/api/articles/{VALLEY.id}").json()
    assert article["headline"] == VALLEY.headline
    assert article["paragraphs"][1]["text"] == VALLEY.paragraphs[1].text
    assert client.get("/api/articles/none").status_code == 404
    assert [issue["id"] for issue in client.get("/api/issues").json()["issues"]] == ["dongchangfuxun-2021-06-08-p1", "seed"]
    assert client.get("/api/stats").json()["articles"] == 2
    hits = client.get("/api/search", params={"question": "就业岗位", "limit": 2}).json()["hits"]
    assert len(hits) == 2
    assert hits == client.post("/api/search", json={"question": "就业岗位", "limit": 2}).json()["hits"]


@pytest.mark.parametrize(
    ("error", "status"),
    [(ArchiveMissing("there is no archive"), 503), (ModelMismatch("made by another model"), 503), (QuestionError("odd"), 400)],
)
def test_errors_made_for_people_are_passed_on(client_for: Callable[..., TestClient], error: Exception, status: int) -> None:
    response = client_for(FakeAssistant(failure=error)).post("/api/ask", json={"question": ASKED})
    assert (response.status_code, response.json()) == (status, {"error": str(error)})


def test_what_nobody_foresaw_tells_nothing_of_the_inside(client_for: Callable[..., TestClient]) -> None:
    response = client_for(FakeAssistant(failure=RuntimeError("/home/secret"))).post("/api/ask", json={"question": ASKED})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_health_answers_before_the_archive_is_open(client_for: Callable[..., TestClient]) -> None:
    client = client_for(ArchiveMissing("there is no archive"))
    assert client.get("/health").json() == {"status": "ok", "archive": "closed"}
    assert client.get("/api/stats").status_code == 503
    assert client.get("/health").json() == {"status": "ok", "archive": "failed"}


def test_the_openapi_names_every_route_and_the_docs_page_shows_them(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        "/api/ask", "/api/ask/stream", "/api/search", "/api/snippets", "/api/facets", "/api/timeline", "/api/contents",
        "/api/articles/{article_id}", "/api/issues", "/api/stats", "/api/update", "/v1/models", "/v1/chat/completions",
        "/health", "/ready",
    }  # fmt: skip
    docs = client.get("/docs")
    assert docs.status_code == 200
    for path in paths:
        assert path.replace("/", "&#47;").replace("{", "&#123;").replace("}", "&#125;").replace("_", "&#95;") in docs.text
    assert "http://" not in docs.text
    assert "https://" not in docs.text
    assert "<script" not in docs.text
