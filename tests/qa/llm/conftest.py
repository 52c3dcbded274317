"""A real HTTP server on this machine that speaks the chat protocol, or fails to, as a test tells it."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from qa.llm import Endpoint

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class Stub:
    """``reply`` answers the next requests; ``requests`` are the bodies received, ``headers`` their headers."""

    def __init__(self) -> None:
        self.reply: Reply = say("")
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.stopping = threading.Event()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stub.requests.append(body)
                stub.headers.append(dict(self.headers))
                self.close_connection = True
                with contextlib.suppress(OSError):  # the client may have hung up
                    stub.reply(self, body)

            def do_GET(self) -> None:
                stub.requests.append({"path": self.path})

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def endpoint(self, **changes: Any) -> Endpoint:
        return Endpoint(**{"url": self.url, "model": "stub", "seconds": 10.0, "retries": 0, **changes})


@pytest.fixture
def stub() -> Iterator[Stub]:
    running = Stub()
    running.thread.start()
    yield running
    running.stopping.set()
    running.server.shutdown()
    running.thread.join()
    running.server.server_close()


def event(text: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}, ensure_ascii=False).encode() + b"\n\n"


def begin(handler: BaseHTTPRequestHandler, kind: str = "text/event-stream", status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Connection", "close")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()


def say(*parts: str, done: bool = True, usage: tuple[int, int] | None = None) -> Reply:
    """Stream parts of a text as a well-behaved server does."""

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        begin(handler)
        for part in parts:
            handler.wfile.write(event(part))
            handler.wfile.flush()
        if usage:
            counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
            handler.wfile.write(b"data: " + json.dumps({"choices": [], "usage": counts}).encode() + b"\n\n")
        if done:
            handler.wfile.write(b"data: [DONE]\n\n")

    return reply


def send(content: bytes, kind: str = "application/json", status: int = 200, **headers: str) -> Reply:
    """Send one body."""

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        begin(handler, kind, status, **headers)
        handler.wfile.write(content)

    return reply
