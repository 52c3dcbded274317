"""The gates in front of everything: size, host, origin, and which of Gradio's routes exist at all.

Each gate is a small ASGI middleware and refuses with one JSON line. Gradio brings routes that this project does not
want (open upload, relay of URLs, run history ...), so only those the page needs are let through. Keys and rates have gates
of their own in ``keys`` and ``rates``. Knows nothing of questions.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

MAX_BODY = 64 * 1024
_BODY_SECONDS = 30.0
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

_OURS = re.compile(
    r"/(?:|health|ready|metrics|docs|openapi\.json|unlock|mcp|api/[^/]+|api/ask/stream|api/articles/[^/]+"
    r"|v1/models|v1/chat/completions|page/[\w.-]+|page/(?:articles|passages|citations)/[^/]+)"
)
_FILE = r"(?:[\w-][\w.@+-]*/)*[\w-][\w.@+-]*"
_GRADIO_READS = re.compile(
    rf"/(?:config|theme\.css|favicon\.ico|assets/{_FILE}|static/{_FILE}"
    r"|gradio_api/(?:queue/data|startup-events|info|heartbeat/\w+|call/ask/\w+))"
)
_GRADIO_WRITES = re.compile(r"/gradio_api/(?:queue/join|run/predict|cancel|reset|call/ask)")


async def refuse(send: Send, status: int, reason: str, *, retry_after: int | None = None) -> None:
    """Send one JSON line ``{"error": reason}``."""
    body = json.dumps({"error": reason}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if retry_after is not None:
        headers.append((b"retry-after", str(retry_after).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Failsafe:
    """Answers what nobody foresaw with one line, and writes the whole story to the log once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            _log.exception("%s %s failed", scope["method"], scope["path"])
            await refuse(send, 500, "something went wrong here; the log of the server says what")


class BodyCap:
    """Refuses bodies of more than ``limit`` bytes, announced or not. What passes is small enough to be held.

    ``larger`` maps paths to limits of their own; such a body is counted while the route reads it, and not held here.
    """

    def __init__(self, app: ASGIApp, *, limit: int = MAX_BODY, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.larger.get(scope["path"], self.limit)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced) > limit:
            await _too_large(send, limit)
        elif scope["path"] in self.larger:
            await self._counted(scope, receive, send, limit)
        else:
            await self._held(scope, receive, send)

    async def _held(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await asyncio.wait_for(self._read(receive), _BODY_SECONDS)
        except asyncio.TimeoutError:
            await refuse(send, 408, f"the request did not arrive within {_BODY_SECONDS:.0f} seconds")
            return
        if body is None:
            await _too_large(send, self.limit)
            return
        held: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return held.pop() if held else await receive()

        await self.app(scope, replay, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise _TooLarge
            return message

        try:
            await self.app(scope, counted, send)
        except _TooLarge:
            await _too_large(send, limit)

    async def _read(self, receive: Receive) -> bytes | None:
        """Return the whole body, or None when it is larger than the limit."""
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > self.limit:
                return None
            if not message.get("more_body", False):
                return bytes(body)


class _TooLarge(Exception):
    """More bytes came than were announced, or allowed."""


async def _too_large(send: Send, limit: int) -> None:
    size = f"{limit // 1024} KB" if limit < 1024 * 1024 else f"{limit // 1024 // 1024} MB"
    await refuse(send, 413, f"the request is larger than {size}")


class SameSite:
    """Refuses hosts that are not ours and requests that another site's page makes.

    ``hosts`` None lets any host name through (a public server does not know all of its names); the origin of a
    request must still be the host it is sent to.
    """

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] | None) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not host or (self.hosts is not None and _host_name(host) not in self.hosts):
            await refuse(send, 400, "this host name is not served here")
            return
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
        fetched = headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
        if foreign or fetched:
            await refuse(send, 403, "requests from other sites are refused")
            return
        await self.app(scope, receive, send)


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


class RouteGate:
    """Lets through our own routes and the few of Gradio's that the page needs; all else does not exist."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _exists(scope["method"], scope["path"]):
            await refuse(send, 404, "there is nothing at this address")
            return
        await self.app(scope, receive, send)


def _exists(method: str, path: str) -> bool:
    if _OURS.fullmatch(path):
        return True
    if method in ("GET", "HEAD"):
        return _GRADIO_READS.fullmatch(path) is not None
    return method == "POST" and _GRADIO_WRITES.fullmatch(path) is not None
