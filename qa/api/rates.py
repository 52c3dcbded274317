"""Rates: how often one client may ask. Whether the server has time for it at all is decided by ``admission``."""

from __future__ import annotations

import ipaddress
import re
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from qa.api.gates import refuse

_ASKS = re.compile(
    r"/(?:unlock|mcp|api/(?:ask|ask/stream|search|snippets|facets|timeline|contents|update)|v1/chat/completions"
    r"|gradio_api/(?:queue/join|run/predict|call/ask))"
)


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
        if scope["type"] == "http" and _ASKS.fullmatch(scope["path"]) and not self._take(_client(scope)):
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


def _client(scope: Scope) -> str:
    """Return what stands for a client: its address, of IPv6 the network, because one household has all of that."""
    address = (scope.get("client") or ("",))[0]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return str(address)
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
