"""The API for other programs: ask, search, articles, issues, stats, health. One error shape: ``{"error": "one line"}``.

These routes stand outside Gradio's queue. The archive's own methods block, so each runs in the thread pool.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from index.errors import ArchiveError, QuestionError, WenbaoError
from index.schema import DateRange, Filter
from qa.api.desk import Desk
from qa.chat.render import MAX_QUESTION
from qa.schema import Turn

ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"
ARTICLE_ID = Annotated[str, Path(max_length=200, description="As in a citation's article_id")]
QUESTION = Annotated[str, Query(max_length=MAX_QUESTION, description="A question in Chinese or English")]
LIMIT = Annotated[int, Query(ge=1, le=50, description="How many sources at most")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TurnBody(_Body):
    """An earlier question and what was answered."""

    question: str = Field(max_length=MAX_QUESTION)
    answer: str = Field(default="", max_length=10_000)


class DatesBody(_Body):
    """Days from first to last, both included."""

    first: str = Field(pattern=ISO_DAY)
    last: str = Field(pattern=ISO_DAY)


class FilterBody(_Body):
    """Which passages may be found; within a field any value suffices, between fields all must hold."""

    dates: list[DatesBody] = Field(default=[], max_length=20)
    newspapers: list[str] = Field(default=[], max_length=50)
    pages: list[str] = Field(default=[], max_length=50)
    authors: list[str] = Field(default=[], max_length=50)
    undated: bool = True

    def to_filter(self) -> Filter:
        dates = tuple(DateRange(each.first, each.last) for each in self.dates)
        return Filter(dates, tuple(self.newspapers), tuple(self.pages), tuple(self.authors), self.undated)


class AskBody(_Body):
    """A question, the turns before it, and which passages may answer."""

    question: str = Field(max_length=MAX_QUESTION, examples=["社会治理网格化要把握的“四个环节”是哪四个？"])
    history: list[TurnBody] = Field(default=[], max_length=20)
    limit: int = Field(default=5, ge=1, le=50)
    filter: FilterBody | None = None


class SearchBody(_Body):
    """Words to search for."""

    question: str = Field(max_length=MAX_QUESTION)
    limit: int = Field(default=10, ge=1, le=50)


def api_routes(desk: Desk) -> APIRouter:
    """Return the routes under ``/api`` and ``/health``."""
    router = APIRouter()

    @router.get("/api/ask", summary="Ask a question")
    def ask_by_link(question: QUESTION, limit: LIMIT = 5) -> dict[str, Any]:
        """Answer with verbatim quotes and their numbered sources; ``found`` is false when the archive has no answer."""
        return desk.assistant().ask(question, limit=limit).to_dict()

    @router.post("/api/ask", summary="Ask a question, with history and filter")
    def ask(body: AskBody) -> dict[str, Any]:
        """Answer as above; ``history`` lets a follow-up lean on earlier turns."""
        history = tuple(Turn(turn.question, turn.answer) for turn in body.history)
        asked = body.filter.to_filter() if body.filter else None
        return desk.assistant().ask(body.question, history=history, limit=body.limit, filter=asked).to_dict()

    @router.get("/api/search", summary="Search passages")
    def search_by_link(question: QUESTION, limit: LIMIT = 10) -> dict[str, Any]:
        """Return the passages closest to the words, best first, without composing an answer."""
        return {"hits": [_as_dict(hit) for hit in desk.assistant().search(question, limit)]}

    @router.post("/api/search", summary="Search passages")
    def search(body: SearchBody) -> dict[str, Any]:
        """Return the passages closest to the words, best first, without composing an answer."""
        return {"hits": [_as_dict(hit) for hit in desk.assistant().search(body.question, body.limit)]}

    @router.get("/api/articles/{article_id}", summary="Read an article")
    def article(article_id: ARTICLE_ID) -> dict[str, Any]:
        """Return an article with its paragraphs and the facts of its issue."""
        record = desk.assistant().article(article_id)
        if record is None:
            raise HTTPException(404, "there is no such article in the archive")
        return asdict(record)

    @router.get("/api/issues", summary="List the pages of the archive")
    def issues() -> dict[str, Any]:
        """Return one record a page of an issue."""
        return {"issues": [asdict(record) for record in desk.assistant().issues()]}

    @router.get("/api/stats", summary="Count what the archive holds")
    def stats() -> dict[str, Any]:
        """Return counts, newspapers and the days covered."""
        return desk.assistant().stats().to_dict()

    @router.get("/health", summary="Is the server up?")
    def health() -> dict[str, Any]:
        """Return at once, whether or not the archive is open yet."""
        return {"status": "ok", "archive": desk.state()}

    return router


def _as_dict(hit: Any) -> dict[str, Any]:
    shaped: dict[str, Any] = hit.to_dict() if hasattr(hit, "to_dict") else dict(hit)
    return shaped


def answer_errors(app: FastAPI) -> None:
    """Answer every error made for people with one JSON line and a status that says whose it is."""

    def line(status: int, reason: str) -> JSONResponse:
        return JSONResponse({"error": reason}, status_code=status)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
        return line(422, f"{where}: {first['msg']}" if where else str(first["msg"]))

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        return line(error.status_code, str(error.detail))

    @app.exception_handler(WenbaoError)
    async def told(_: Request, error: WenbaoError) -> JSONResponse:
        status = 400 if isinstance(error, QuestionError) else 503 if isinstance(error, ArchiveError) else 500
        return line(status, str(error))
