"""The door for agents at ``/mcp``: the tools of ``qa.mcp`` over HTTP, behind the same gates as everything else.

Without sessions, so an agent that leaves without a word leaves nothing behind. Where the protocol's package is not installed,
the address says how to get it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from qa.api.desk import Desk
from qa.api.gates import MAX_BODY
from qa.mcp import INSTALL, McpMissing, make_server

PATH = "/mcp"


@dataclass(frozen=True, slots=True)
class AgentsDoor:
    """The routes, and the server behind them (None where the package is missing)."""

    routes: Sequence[BaseRoute]
    server: Any = None

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Keep the door open while the application runs."""
        if self.server is None:
            yield
            return
        async with self.server.session_manager.run():
            yield


def agents_door(desk: Desk) -> AgentsDoor:
    """Return the door; nothing is answered before it is open."""
    try:
        server = make_server(desk.work)
    except McpMissing:
        return AgentsDoor([Route(PATH, _missing, methods=["GET", "POST"])])
    from mcp.server.transport_security import TransportSecuritySettings

    # Host and origin are checked by our own gate, which also knows the names of a public server.
    open_within = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    inner = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MAX_BODY,
        transport_security=open_within,
    )
    return AgentsDoor(list(inner.routes), server)


async def _missing(_: Request) -> Response:
    return JSONResponse({"error": INSTALL}, status_code=501)
