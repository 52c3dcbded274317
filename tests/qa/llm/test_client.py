"""The chat protocol over real HTTP: well-behaved servers in their varieties, and every misbehaviour ends in one line."""

from __future__ import annotations

import gzip
import itertools
import json
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from index.errors import EndpointError
from qa.llm.client import complete
from qa.llm.endpoint import Endpoint
from tests.qa.llm.conftest import Reply, Stub, begin, event, say, send

STREAM = "text/event-stream"
MESSAGES = [{"role": "user", "content": "问\ud800题"}]


def _delta(content: bytes) -> bytes:
    return b'{"choices":[{"delta":{"content":' + content + b"}}]}"


def read(endpoint: Endpoint) -> str:
    return "".join(piece.text for piece in complete(endpoint, MESSAGES))


def test_a_streamed_reply_arrives_in_pieces(stub: Stub) -> None:
    stub.reply = say("主题是", "“数字”。[1]", usage=(120, 8))
    pieces = list(complete(stub.endpoint(key="sk-1"), MESSAGES))
    assert [piece.text for piece in pieces if piece.text] == ["主题是", "“数字”。[1]"]
    assert (pieces[-1].prompt_tokens, pieces[-1].completion_tokens) == (120, 8)
    assert stub.requests[0]["model"] == "stub"
    assert stub.requests[0]["stream"] is True
    assert stub.headers[0]["Authorization"] == "Bearer sk-1"
    assert stub.headers[0]["Accept-Encoding"] == "identity"


def test_no_key_sends_no_authorization(stub: Stub) -> None:
    stub.reply = say("好")
    read(stub.endpoint())
    assert "Authorization" not in stub.headers[0]


def test_a_piece_is_there_before_the_next_is_sent(stub: Stub) -> None:
    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        begin(handler)
        handler.wfile.write(event("一"))
        handler.wfile.flush()
        stub.stopping.wait(5)

    stub.reply = reply
    pieces = complete(stub.endpoint(), MESSAGES)
    start = time.monotonic()
    assert next(pieces).text == "一"
    assert time.monotonic() - start < 3
    pieces.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (say("没有", "结尾", done=False), "没有结尾"),
        (send(json.dumps({"choices": [{"message": {"content": "整段"}}]}).encode()), "整段"),
        (send(b": hello\r\n\r\ndata:" + _delta(b'"a"') + b"\r\n\r\ndata: [DONE]\r\n", STREAM), "a"),
        (send(b'data: {"choices":[{"delta":{"role":"assistant"}}]}\n\ndata: ' + _delta(b"null") + b"\n\n", STREAM), ""),
        (send(b'data: {"choices":[]}\n\ndata: [DONE]\n\ndata: ' + _delta(b'"after"') + b"\n\n", STREAM), ""),
    ],
    ids=["no-done", "not-streamed", "crlf-and-comments", "empty-deltas", "nothing-after-done"],
)
def test_varieties_of_the_protocol(stub: Stub, reply: Reply, text: str) -> None:
    stub.reply = reply
    assert read(stub.endpoint()) == text


def _hang(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    time.sleep(1.5)


def _endless(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    begin(handler)
    for _ in itertools.count():
        handler.wfile.write(event("又"))
        time.sleep(0.005)


def _flood(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    begin(handler)
    for _ in range(800):
        handler.wfile.write(b"data: " + b"x" * 65_536)


def _cut(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    begin(handler, Content_Length="1000")
    handler.wfile.write(b"data: {")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (send(b"", status=500), "status 500"),
        (send(b'{"error": {"message": "bad\\nkey sk-1"}}', status=401), r"status 401: bad key \*\*\*"),
        (send(b"<html>", "text/html", status=404), "status 404"),
        (send(b"<html>", "text/html"), "not JSON"),
        (send(b"data: {garbage\n\n", "text/event-stream"), "not JSON"),
        (send(b"data: " + b"[" * 100_000 + b"\n\n", "text/event-stream"), "not JSON"),
        (send(b"[1, 2]"), "not of the chat protocol"),
        (send(b'{"choices": 7}'), "not of the chat protocol"),
        (send(b'{"error": {"message": "overloaded"}}'), "overloaded"),
        (send(gzip.compress(b"0" * 10_000_000), Content_Encoding="gzip"), "compressed"),
        (_hang, "no answer within 0.4 seconds"),
        (_endless, "did not end within 0.4 seconds|longer than"),
        (_flood, "longer than 1,000,000 bytes"),
        (_cut, "incomplete|peer closed"),
    ],
    ids=["500", "401", "404", "html", "garbage", "nested", "list", "choices", "error", "gzip", "hang", "endless", "flood", "cut"],
)
def test_misbehaviour_ends_in_one_line(stub: Stub, reply: Reply, said: str) -> None:
    stub.reply = reply
    start = time.monotonic()
    with pytest.raises(EndpointError, match=said) as caught:
        read(stub.endpoint(seconds=0.4 if reply in (_hang, _endless) else 10.0, key="sk-1"))
    assert "\n" not in str(caught.value)
    assert "sk-1" not in str(caught.value)
    assert time.monotonic() - start < 5


def test_a_redirect_is_not_followed(stub: Stub) -> None:
    stub.reply = send(b"", status=307, Location=f"{stub.url}/elsewhere")
    with pytest.raises(EndpointError, match="redirect"):
        read(stub.endpoint(key="sk-1"))
    assert len(stub.requests) == 1


def test_a_passing_failure_is_tried_again(stub: Stub) -> None:
    replies = iter([send(b"", status=503, Retry_After="0"), send(b"", status=429, Retry_After="0"), say("好")])
    stub.reply = lambda handler, body: next(replies)(handler, body)
    assert read(stub.endpoint(retries=2)) == "好"
    assert len(stub.requests) == 3


def test_a_refusal_is_not_tried_again(stub: Stub) -> None:
    stub.reply = send(b"", status=403)
    with pytest.raises(EndpointError, match="status 403"):
        read(stub.endpoint(retries=2))
    assert len(stub.requests) == 1


def test_a_server_that_refuses_settings_is_asked_without_them(stub: Stub) -> None:
    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        (say("好") if set(body) == {"model", "messages", "stream"} else send(b"", status=400))(handler, body)

    stub.reply = reply
    assert read(stub.endpoint()) == "好"
    assert len(stub.requests) == 2


def test_a_request_refused_twice_is_given_up(stub: Stub) -> None:
    stub.reply = send(b"", status=400)
    with pytest.raises(EndpointError, match="status 400"):
        read(stub.endpoint(retries=2))
    assert len(stub.requests) == 2


def test_a_long_wait_is_not_waited_for(stub: Stub) -> None:
    stub.reply = send(b"", status=429, Retry_After="3600")
    with pytest.raises(EndpointError, match="status 429"):
        read(stub.endpoint(retries=2))
    assert len(stub.requests) == 1


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EndpointError, match=f"127.0.0.1:{port}"):
        read(Endpoint(f"http://127.0.0.1:{port}/v1", "m", retries=0, seconds=5.0))


def test_a_proxy_of_the_environment_does_not_see_a_local_server(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    stub.reply = say("好")
    assert read(stub.endpoint()) == "好"
