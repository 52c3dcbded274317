"""Our own part of the page: the Gradio page wrapped in our head, its files, the API description and the door."""

from __future__ import annotations

import re
import secrets
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Scope

from qa.api.assets import Assets
from qa.api.desk import Desk
from qa.api.headers import SIMPLE_PAGE, page_policy
from qa.api.keys import COOKIE, cookie_for, is_key
from qa.api.plain_pages import description, door
from qa.chat.page import TITLE

_OUTSIDE_META = re.compile(r"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>")
_MANIFEST = re.compile(r"\s*<link rel=\"manifest\"[^>]*>")


def our_pages(desk: Desk, *, key: str | None) -> APIRouter:
    """Return the chat page, its files, the API description and the unlocking of a locked page."""
    router = APIRouter(include_in_schema=False)
    assets = Assets()

    @router.api_route("/", methods=["GET", "HEAD"])
    async def chat(request: Request) -> Response:
        nonce = secrets.token_urlsafe(16)
        html = _framed(await _rendered(request.app.state.gradio, request.scope), assets, nonce)
        headers = {"content-security-policy": page_policy(nonce), "cache-control": "no-store"}
        return HTMLResponse(html, headers=headers)

    @router.get("/page/{name}")
    def file(name: str) -> Response:
        found = assets.get(name)
        if found is None:
            raise HTTPException(404, "there is nothing at this address")
        return Response(found[0], media_type=found[1], headers={"cache-control": "max-age=31536000, immutable"})

    @router.get("/docs")
    def docs(request: Request) -> HTMLResponse:
        html = description(request.app.openapi(), assets.link("style.css"))
        return HTMLResponse(html, headers={"content-security-policy": SIMPLE_PAGE})

    @router.post("/unlock")
    async def unlock(request: Request) -> Response:
        offered = (await request.body()).decode("utf-8", "replace")
        if key is None or not is_key(_form_value(offered, "key"), key):
            return HTMLResponse(door(wrong=True), status_code=401)
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(COOKIE, cookie_for(key), httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return response

    return router


def _form_value(body: str, name: str) -> str:
    return (parse_qs(body).get(name) or [""])[0]


async def _rendered(gradio_app: ASGIApp, scope: Scope) -> str:
    """Return Gradio's own page as it would be sent, uncompressed."""
    chunks: list[bytes] = []

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def collect(message: Message) -> None:
        chunks.append(message.get("body", b""))

    headers = [(name, value) for name, value in scope["headers"] if name in (b"host", b"accept", b"user-agent")]
    inner = {**scope, "method": "GET", "query_string": b"", "headers": headers, "path": "/", "raw_path": b"/"}
    await gradio_app(inner, nothing, collect)
    return b"".join(chunks).decode()


def _framed(html: str, assets: Assets, nonce: str) -> str:
    """Put our head into Gradio's page: nonce on its scripts, our stylesheet, script and icon; nothing from outside."""
    html = _MANIFEST.sub("", _OUTSIDE_META.sub("", html))
    # Data inside the page has every "<" as \u003c, so this finds Gradio's own script elements only.
    html = html.replace("<script", f'<script nonce="{nonce}"').replace('<html\n\tlang="en"', '<html\n\tlang="zh-CN"', 1)
    return html.replace("</head>", f"{assets.head(TITLE, nonce)}</head>", 1)
