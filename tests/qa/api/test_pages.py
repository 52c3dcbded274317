from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from qa.chat.source import address
from tests.qa.chat.fake_assistant import VALLEY, FakeAssistant
from tests.qa.chat.hostile import hostile_article

ASKED = "智汇谷产业基地计划新增多少个就业岗位？"


def test_the_page_loads_our_style_and_script_and_nothing_from_outside(client: TestClient) -> None:
    page = client.get("/").text
    assert re.search(r'<link rel="stylesheet" href="/page/style\.css\?v=\w+">', page)
    assert re.search(r'<script[^>]* src="/page/main\.js\?v=\w+">', page)
    links = re.findall(r"<(?:script|link|img|meta)[^>]*(?:src|href|content)=\"(https?:[^\"]*)", page)
    assert links == []


def test_every_script_of_the_page_carries_the_nonce_of_this_load(client: TestClient) -> None:
    response = client.get("/")
    nonces = set(re.findall(r"<script nonce=\"([^\"]+)\"", response.text))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in response.headers["content-security-policy"]
    assert len(re.findall(r"<script(?! nonce)", response.text)) == 0
    assert client.get("/").headers["content-security-policy"] != response.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["style.css", "main.js", "icon.svg"])
def test_our_files_are_served_and_name_nothing_outside(client: TestClient, name: str) -> None:
    text = client.get(f"/page/{name}").text
    assert text
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)[^\s\"')]+", text) == []


def test_the_address_of_a_source_opens_its_article_with_the_quote_marked(client: TestClient, assistant: FakeAssistant) -> None:
    citation = assistant.ask(ASKED).citations[0]
    response = client.get(address(citation))
    assert response.status_code == 200
    assert f'<span class="wb-quoted">{citation.quote[:5]}' in response.text
    assert "<mark>5万余个</mark>" in response.text


def test_an_article_without_a_passage_is_shown_unmarked(client: TestClient) -> None:
    response = client.get(f"/page/articles/{VALLEY.id}")
    assert response.status_code == 200
    assert "wb-passage" not in response.text


@pytest.mark.parametrize("article_id", ["none", "../../app.py", "..%2f..%2fapp.py", "%00", "' OR 1=1 --", "a" * 5000])
def test_an_unknown_article_is_said_to_be_missing(client: TestClient, article_id: str) -> None:
    response = client.get(f"/page/articles/{quote(article_id, safe='')}")
    assert response.status_code == 404
    assert "import" not in response.text


@pytest.mark.parametrize("query", ["quote=x", "quote=5", "quote=1-2-3", "marks=1-2,", "marks=-1-2", "quote=1-9999999999"])
def test_odd_spans_are_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/page/articles/{VALLEY.id}?{query}").status_code == 422


def test_spans_beyond_the_text_do_no_harm(client: TestClient) -> None:
    response = client.get(f"/page/articles/{VALLEY.id}?passage={VALLEY.id}-s02&quote=9999-99999&marks=99-1,5-999999999")
    assert response.status_code == 200


def test_an_article_with_an_odd_name_is_reached_by_its_citation(client_for: Callable[..., TestClient]) -> None:
    fake = FakeAssistant([hostile_article()])
    citation = fake.ask("炼钢工人李铁柱获奖", limit=1).citations[0]
    response = client_for(fake).get(address(citation))
    assert "script-src" not in response.headers["content-security-policy"]
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.status_code == 200
    assert "<script" not in response.text
    assert "<img" not in response.text
