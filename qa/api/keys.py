"""Keys: who may enter at all, and how a browser keeps being known. Compared in constant time; knows nothing of routes."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.api.gates import refuse
from qa.api.headers import SIMPLE_PAGE

COOKIE = "wenbao_key"
_UNLOCKED = frozenset({"/health", "/ready", "/unlock", "/page/style.css", "/page/icon.svg"})


def cookie_for(key: str) -> str:
    """Return what the browser keeps instead of the key itself."""
    return hmac.new(key.encode(), b"wenbao page", hashlib.sha256).hexdigest()


def shown_key(headers: Headers) -> str:
    """Return the key that a request shows: its bearer token, or ``X-API-Key``; empty when there is none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")


def is_key(shown: str, key: str) -> bool:
    """Tell whether these are the same, in a time that says nothing of how much of it was right."""
    return hmac.compare_digest(shown.encode("utf-8", "replace"), key.encode())


class KeyCheck:
    """Lets in only who shows the key: as bearer token, as ``X-API-Key``, or as the page's cookie."""

    def __init__(self, app: ASGIApp, *, key: str | None, door: Callable[[], bytes], update_key: str | None = None) -> None:
        """``update_key``, which may change the archive, opens everything else as well."""
        self.app = app
        self.key = key
        self.update_key = update_key
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
        shown = shown_key(headers)
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            cookies = SimpleCookie()
        kept = cookies[COOKIE].value if COOKIE in cookies else ""
        # All are compared in full, so that neither the time nor the order tells anything.
        matches = [is_key(shown, self.key), is_key(kept, cookie_for(self.key))]
        if self.update_key is not None:
            matches.append(is_key(shown, self.update_key))
        return any(matches)
