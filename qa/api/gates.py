"""The gates in front of everything: size, host, origin, key, rate, and which of Gradio's routes exist at all.

Each gate is a small ASGI middleware and refuses with one JSON line. Gradio brings routes that this project does not
want (open upload, relay of URLs, run history ...), so only those the page needs are let through. Knows nothing
of questions.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.api.headers import SIMPLE_PAGE

_log = logging.getLogger(__name__)

MAX_BODY = 64 * 1024
COOKIE = "wenbao_key"
_UNLOCKED = frozenset({"/health", "/unlock", "/page/style.css", "/page/icon.svg"})
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})

_OURS = re.compile(r"/(?:|health|docs|openapi\.json|unlock|api/[^/]+|api/articles/[^/]+|page/[\w.-]+|page/articles/[^/]+)")
_FILE = r"(?:[\w-][\w.@+-]*/)*[\w-][\w.@+-]*"
_GRADIO_READS = re.compile(
    rf"/(?:config|theme\.css|favicon\.ico|assets/{_FILE}|static/{_FILE}"
    r"|gradio_api/(?:queue/data|startup-events|info|heartbeat/\w+|call/ask/\w+))"
)
_GRADIO_WRITES = re.compile(r"/gradio_api/(?:queue/join|run/predict|cancel|call/ask)")
_ASKS = re.compile(r"/(?:unlock|api/ask|api/search|gradio_api/(?:queue/join|run/predict|call/ask))")


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
    """Refuses bodies of more than ``limit`` bytes, announced or not. What passes is small enough to be held."""

    def __init__(self, app: ASGIApp, *, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        body = await self._read(receive) if announced.isdigit() and int(announced) <= self.limit else None
        if body is None:
            await refuse(send, 413, f"the request is larger than {self.limit // 1024} KB")
            return
        held: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return held.pop() if held else await receive()

        await self.app(scope, replay, send)

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


def cookie_for(key: str) -> str:
    """Return what the browser keeps instead of the key itself."""
    return hmac.new(key.encode(), b"wenbao page", hashlib.sha256).hexdigest()


class KeyCheck:
    """Lets in only who shows the key: as bearer token, as ``X-API-Key``, or as the page's cookie."""

    def __init__(self, app: ASGIApp, *, key: str | None, door: Callable[[], bytes]) -> None:
        self.app = app
        self.key = key
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self.key is None or scope["path"] in _UNLOCKED or self._known(scope):
            await self.app(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] in ("GET", "HEAD"):
            body = self.door()
            headers = [
                (b"content-type", b"text/html; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"content-security-policy", SIMPLE_PAGE.encode()),
            ]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        else:
            await refuse(send, 401, "a key is needed: send it as 'Authorization: Bearer KEY'")

    def _known(self, scope: Scope) -> bool:
        assert self.key is not None
        headers = Headers(scope=scope)
        scheme, _, token = headers.get("authorization", "").partition(" ")
        shown = token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            cookies = SimpleCookie()
        kept = cookies[COOKIE].value if COOKIE in cookies else ""
        # Both are compared in full, so that neither the time nor the order tells anything.
        by_key = hmac.compare_digest(shown.encode(), self.key.encode())
        by_cookie = hmac.compare_digest(kept.encode(), cookie_for(self.key).encode())
        return by_key or by_cookie


class RateLimit:
    """Refuses clients that ask too often: ``burst`` questions at once, ``per_second`` from then on."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        per_second: float,
        burst: int,
        clients: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.per_second = per_second
        self.burst = burst
        self.clients = clients
        self.clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _ASKS.fullmatch(scope["path"]) and not self._take((scope["client"] or ("",))[0]):
            await refuse(send, 429, "too many questions at once, please wait a moment", retry_after=1)
            return
        await self.app(scope, receive, send)

    def _take(self, client: str) -> bool:
        now = self.clock()
        left, since = self._left.pop(client, (float(self.burst), now))
        left = min(self.burst, left + (now - since) * self.per_second)
        allowed = left >= 1
        self._left[client] = (left - 1 if allowed else left, now)
        if len(self._left) > self.clients:
            self._left.popitem(last=False)
        return allowed


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
