"""Routes of the archive's own views: what they return, and what they refuse."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from index.errors import ArchiveMissing
from tests.qa.api.conftest import ClientFor
from tests.qa.chat.fake_assistant import FakeAssistant
from tests.qa.chat.hostile import hostile_article


@pytest.mark.parametrize(
    ("path", "query", "words"),
    [
        ("archive", {}, "档案总览"),
        ("archive", {"when": "2021"}, "2021年6月"),
        ("archive", {"when": "2021-06", "paper": "东昌府讯"}, "aria-current"),
        ("archive", {"paper": "无此报"}, "没有这份报纸"),
        ("issue", {"date": "2021-06-08"}, "推进社会治理网格化服务管理工作"),
        ("issue", {"date": "2021-06-08", "paper": "东昌府讯"}, "总第1345期"),
        ("issue", {"date": "2021-06-08", "unnamed": "1"}, "没有这一天的报纸"),
        ("issue", {"date": "1999-01-01"}, "离得最近的是"),
        ("issue", {"date": "undated"}, "赋能助力聊城高质量发展"),
        ("words", {"q": "嗡嗡嗡"}, "没有一处"),
    ],
)
def test_views(client: TestClient, path: str, query: dict[str, str], words: str) -> None:
    response = client.get(f"/page/{path}", params=query)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["cache-control"] == "no-store"
    assert words in response.text


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("archive", {"when": "21"}),
        ("archive", {"when": "2021-13"}),
        ("archive", {"when": "2021\n"}),
        ("archive", {"paper": "报" * 201}),
        ("issue", {}),
        ("issue", {"date": "yesterday"}),
        ("issue", {"date": "2021-6-8"}),
        ("words", {}),
        ("words", {"q": "字" * 401}),
        ("words", {"q": "字", "sort": "sideways"}),
        ("words", {"q": "字", "start": "-1"}),
        ("words", {"q": "字", "filter": "{}}"}),
        ("hits", {"question": "问", "filter": '{"pages": 1}'}),
        ("hits", {"question": "问", "filter": '{"dates": [{"first": "2021-02-31", "last": "2021-03-01"}]}'}),
        ("hits", {"question": "字" * 1001}),
    ],
)
def test_what_no_page_of_ours_would_ask_is_refused(client: TestClient, path: str, query: dict[str, str]) -> None:
    response = client.get(f"/page/{path}", params=query)
    assert response.status_code == 422
    assert "Traceback" not in response.text


def test_holdings_are_what_the_filter_menu_offers(client: TestClient) -> None:
    assert client.get("/page/holdings").json() == {
        "papers": [{"name": "东昌府讯", "issues": 1}],
        "first": "2021-06-08",
        "last": "2021-06-08",
        "undated": 1,
    }


def test_a_hostile_archive_is_shown_as_text(client_for: ClientFor) -> None:
    client = client_for(FakeAssistant([hostile_article()]))
    for path in ("archive", "issue?date=undated", "words?q=李铁柱", "hits?question=李铁柱"):
        response = client.get(f"/page/{path}")
        assert response.status_code == 200
        assert "<script" not in response.text
        assert "<img" not in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]


def test_no_archive_is_told_in_one_line(client_for: ClientFor) -> None:
    client = client_for(ArchiveMissing("there is no archive at data/archive"))
    response = client.get("/page/archive")
    assert response.status_code == 503
    assert "there is no archive" in response.text
