"""What the API gives back: JSON as bytes, and one line for every error. Knows nothing of what is in an answer."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from index.errors import ArchiveError, ArchiveLocked, QuestionError, WenbaoError
from qa.api.admission import Busy

JSON = "application/json; charset=utf-8"


class ErrorBody(BaseModel):
    """Every error is one line that says what is wrong and, where it can be mended, how."""

    error: str = Field(examples=["the question is empty: ask something, for example who, when or how many"])


class NestedErrorBody(BaseModel):
    """The same line where OpenAI clients look for it; refusals at the gate have it one level up."""

    error: dict[str, str | None] | str


def problems(*statuses: int, model: type[BaseModel] = ErrorBody) -> dict[int | str, dict[str, Any]]:
    """Return the entries of the OpenAPI for errors of these statuses, and of those that any request may meet."""
    said = {
        400: "It cannot be asked like this",
        401: "A key is needed",
        403: "Not allowed",
        404: "There is none",
        409: "Another update is running",
        413: "Too large",
        422: "A field is missing or not as it should be",
        429: "Too many requests; try again after Retry-After seconds",
        503: "Too busy, or the archive cannot be used; after Retry-After seconds if that is given",
    }
    return {status: {"model": model, "description": said[status]} for status in (*statuses, 401, 429, 503)}


def encoded(value: Any) -> bytes:
    """Return JSON as UTF-8; half of a surrogate pair, which has no UTF-8, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def reply(body: bytes, status: int = 200) -> Response:
    """Return a response of JSON already encoded."""
    return Response(body, status_code=status, media_type=JSON, headers={"cache-control": "no-store"})


def line_of(error: Exception) -> tuple[int, str]:
    """Return status and line for an error made for people."""
    if isinstance(error, Busy):
        return 503, str(error)
    if isinstance(error, QuestionError):
        return 400, str(error)
    if isinstance(error, ArchiveLocked):
        return 409, str(error)
    return (503 if isinstance(error, ArchiveError) else 500), " ".join(str(error).split())


def answer_errors(app: FastAPI) -> None:
    """Answer every error made for people with one JSON line and a status that says whose it is."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
        return _line(request, 422, f"{where}: {first['msg']}" if where else str(first["msg"]))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        return _line(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(Busy)
    async def busy(request: Request, error: Busy) -> JSONResponse:
        return _line(request, 503, str(error), {"retry-after": str(error.retry_after)})

    @app.exception_handler(WenbaoError)
    async def told(request: Request, error: WenbaoError) -> JSONResponse:
        return _line(request, *line_of(error))


def _line(request: Request, status: int, reason: str, headers: dict[str, str] | None = None) -> JSONResponse:
    reason = reason.encode("utf-8", "replace").decode()
    if request.url.path.startswith("/v1/"):
        # Clients of that interface look for the message one level down.
        kind = "invalid_request_error" if status < 500 else "server_error"
        return JSONResponse({"error": {"message": reason, "type": kind, "code": None, "param": None}}, status, headers)
    return JSONResponse({"error": reason}, status, headers)
