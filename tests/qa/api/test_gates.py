from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from qa.api.app import Limits
from qa.api.gates import MAX_BODY
from qa.api.keys import COOKIE
from tests.qa.chat.fake_assistant import FakeAssistant

FORBIDDEN = [
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/upload_progress"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/file=http://127.0.0.1:7860/"),
    ("HEAD", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/file/etc/passwd"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
    ("GET", "/gradio_api/deep_link"),
    ("GET", "/gradio_api/runs"),
    ("POST", "/gradio_api/run-history/connect"),
    ("GET", "/gradio_api/run-history/records"),
    ("GET", "/monitoring"),
    ("GET", "/monitoring/summary"),
    ("POST", "/gradio_api/component_server"),
    ("GET", "/gradio_api/stream/a/b/c/playlist.m3u8"),
    ("POST", "/gradio_api/stream/x"),
    ("POST", "/gradio_api/process_recording"),
    ("POST", "/gradio_api/vibe-edit"),
    ("GET", "/gradio_api/vibe-code"),
    ("GET", "/gradio_api/dev/reload"),
    ("GET", "/gradio_api/custom_component/a/b/c/d.js"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/user"),
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/app_id"),
    ("POST", "/login"),
    ("GET", "/logout"),
    ("GET", "/pwa_icon"),
    ("GET", "/manifest.json"),
    ("GET", "/svelte/svelte.js"),
    ("GET", "/gradio_api/mcp/"),
    ("POST", "/gradio_api/mcp/"),
    ("POST", "/gradio_api/call/answer"),
    ("POST", "/gradio_api/call/v2/ask"),
    ("POST", "/gradio_api/run/ask"),
    ("POST", "/gradio_api/api/predict"),
    ("PUT", "/gradio_api/queue/join"),
    ("DELETE", "/"),
    ("GET", "/gradio_api/profiling/traces"),
    ("GET", "/static/../../../etc/passwd"),
    ("GET", "/assets/..%2f..%2f..%2fetc%2fpasswd"),
    ("GET", "/page/../app.py"),
    ("GET", "/page/page.py"),
    ("GET", "/page/..%2fpage.py"),
    ("GET", "/redoc"),
    ("GET", "/?/../gradio_api/upload/x/"),
    ("GET", "//gradio_api/runs"),
    ("GET", "/gradio_api//runs"),
    ("GET", "/api/"),
    ("GET", "/robots.txt"),
]


@pytest.mark.parametrize(("method", "path"), FORBIDDEN)
def test_routes_the_page_does_not_need_do_not_exist(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    if path.startswith("/?"):
        assert response.status_code == 200  # only the query is odd; the page itself is served
    else:
        assert response.status_code in (404, 405)
        assert "root:" not in response.text


@pytest.mark.parametrize(
    "path", ["/", "/config", "/theme.css", "/gradio_api/info", "/gradio_api/startup-events", "/health", "/docs"]
)
def test_routes_the_page_needs_exist(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1.evil.example:7860", "file://"]
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/ask"), ("POST", "/gradio_api/queue/join"), ("GET", "/api/stats")])
def test_a_foreign_origin_is_refused(client: TestClient, origin: str, method: str, path: str) -> None:
    response = client.request(method, path, headers={"origin": origin}, json={"question": "x"})
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


def test_the_own_origin_is_served(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "就业岗位有多少？"}, headers={"origin": "http://127.0.0.1:7860"})
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


def test_preflights_of_other_sites_get_no_permission(client: TestClient) -> None:
    headers = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    response = client.options("/api/ask", headers=headers)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


def test_what_another_page_fetches_is_refused_but_a_link_to_us_works(client: TestClient) -> None:
    fetched = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/api/stats", headers=fetched).status_code == 403
    assert client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "[", "10.0.0.1"])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/api/stats", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860"])
def test_the_names_of_this_machine_are_served(client: TestClient, host: str) -> None:
    assert client.get("/api/stats", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join", "/gradio_api/run/predict"])
def test_a_large_body_is_refused(client: TestClient, path: str) -> None:
    body = b'{"question": "' + b"x" * MAX_BODY + b'"}'
    announced = client.post(path, content=body, headers={"content-type": "application/json"})
    assert announced.status_code == 413
    assert announced.json() == {"error": "the request is larger than 64 KB"}

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 1000):
            yield body[start : start + 1000]

    unannounced = client.post(path, content=pieces(), headers={"content-type": "application/json"})
    assert unannounced.status_code == 413


@pytest.mark.parametrize("path", ["/", "/api/stats", "/health", "/nothing", "/config", "/docs", "/page/style.css"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    scripts = next((part for part in headers["content-security-policy"].split("; ") if part.startswith("script-src")), "")
    assert "unsafe" not in scripts


def test_questions_are_limited_per_client_and_the_limit_passes(client_for: Callable[..., TestClient]) -> None:
    client = client_for(FakeAssistant(), Limits(per_second=0.0, burst=3))
    statuses = [client.get("/api/ask", params={"question": "就业岗位？"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refused = client.get("/api/ask", params={"question": "就业岗位？"})
    assert refused.headers["retry-after"] == "1"
    assert client.get("/health").status_code == 200


def test_with_a_key_nothing_but_health_is_open(client_for: Callable[..., TestClient]) -> None:
    key = "a-long-secret-key"
    client = client_for(FakeAssistant(), Limits(hosts=None, key=key))
    for path in ("/api/stats", "/config", "/docs", "/openapi.json", "/page/main.js", "/page/articles/x"):
        assert client.get(path).status_code == 401, path
    assert client.get("/health").status_code == 200
    door = client.get("/")
    assert door.status_code == 401
    assert "password" in door.text
    assert "gradio" not in door.text
    assert client.get("/api/stats", headers={"authorization": f"Bearer {key}"}).status_code == 200
    assert client.get("/api/stats", headers={"x-api-key": key}).status_code == 200
    assert client.get("/api/stats", headers={"x-api-key": key + "x"}).status_code == 401


def test_the_door_opens_with_the_key_and_the_browser_never_keeps_it(client_for: Callable[..., TestClient]) -> None:
    key = "a-long-secret-key"
    client = client_for(FakeAssistant(), Limits(hosts=None, key=key))
    assert client.post("/unlock", content=b"key=wrong").status_code == 401
    opened = client.post("/unlock", content=f"key={key}".encode(), follow_redirects=False)
    assert opened.status_code == 303
    cookie = opened.headers["set-cookie"]
    assert key not in cookie
    for attribute in (COOKIE, "HttpOnly", "SameSite=strict"):
        assert attribute in cookie
    assert client.get("/api/stats").status_code == 200
    assert client.get("/api/stats", headers={"host": "library.example"}).status_code == 200
