"""The API for other programs: ask, search, words as printed, articles, issues, stats, health.

These routes stand outside Gradio's queue. The archive's own methods block, so each runs where ``Desk`` lets it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import PureWindowsPath
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from index.schema import ArticleRecord, IssueRecord
from qa.api import shapes
from qa.api.bodies import (
    ARTICLE_ID,
    AskBody,
    AskQuery,
    ContentsQuery,
    SearchBody,
    SearchQuery,
    SnippetsQuery,
    TimelineQuery,
    WordsQuery,
)
from qa.api.desk import Desk
from qa.api.replies import encoded, problems, reply
from qa.api.streams import EVENTS, streamed
from qa.chat.answering import Answering

ACCEPT = Annotated[str, Header(include_in_schema=False)]
_STREAM = "text/event-stream"


def api_routes(desk: Desk) -> APIRouter:
    """Return the routes under ``/api``, ``/health`` and ``/ready``."""
    router = APIRouter()
    _asking(router, desk)
    _searching(router, desk)
    _printing(router, desk)
    _reading(router, desk)
    _states(router, desk)
    return router


async def answered(desk: Desk, make: Callable[[Answering], dict[str, Any]]) -> Response:
    """Return what ``make`` says as JSON; both making and encoding happen in the thread that answers."""
    return reply(await desk.work(lambda assistant: encoded(make(assistant))))


def _asking(router: APIRouter, desk: Desk) -> None:
    shaped = {200: {**shapes.ANSWER, "content": {**shapes.ANSWER["content"], **EVENTS["content"]}}, **problems(400, 413, 422)}  # type: ignore[dict-item]
    told: dict[int | str, dict[str, Any]] = {200: EVENTS, **problems(400, 413, 422)}

    @router.get("/api/ask", summary="Ask a question", responses=shaped, response_class=Response)
    async def ask_by_link(query: Annotated[AskQuery, Query()], accept: ACCEPT = "") -> Response:
        """Answer with verbatim quotes and their numbered sources; ``found`` is false when the archive has no answer.

        With ``Accept: text/event-stream`` the steps are sent as they are taken.
        """
        if _STREAM in accept:
            return await ask_stream_by_link(query)
        return await answered(desk, lambda a: a.ask(query.question, limit=query.limit, filter=query.to_filter()).to_dict())

    @router.post("/api/ask", summary="Ask a question, with history and filter", responses=shaped, response_class=Response)
    async def ask(body: AskBody, accept: ACCEPT = "") -> Response:
        """Answer as above; ``history`` lets a follow-up lean on earlier turns."""
        if _STREAM in accept:
            return await ask_stream(body)
        return await answered(desk, lambda a: a.ask(body.question, body.turns(), body.limit, filter=body.to_filter()).to_dict())

    @router.get("/api/ask/stream", summary="Ask, and see the answer come", responses=told, response_class=Response)
    async def ask_stream_by_link(query: Annotated[AskQuery, Query()]) -> Response:
        """Send ``understood``, ``retrieved``, each ``quote``, then ``done`` with the whole answer, as Server-Sent Events."""
        return await streamed(desk, lambda a: a.steps(query.question, limit=query.limit, filter=query.to_filter()))

    @router.post(
        "/api/ask/stream", summary="Ask with history and filter, and see the answer come", responses=told, response_class=Response
    )
    async def ask_stream(body: AskBody) -> Response:
        """Send the same events, for a question with history and filter."""
        return await streamed(desk, lambda a: a.steps(body.question, body.turns(), body.limit, filter=body.to_filter()))


def _searching(router: APIRouter, desk: Desk) -> None:
    @router.get(
        "/api/search", summary="Search passages", responses={200: shapes.HITS, **problems(400, 422)}, response_class=Response
    )
    async def search_by_link(query: Annotated[SearchQuery, Query()]) -> Response:
        """Return the passages closest to the words, best first, without composing an answer."""
        return await answered(desk, lambda a: _hits(a, query))

    @router.post(
        "/api/search", summary="Search passages", responses={200: shapes.HITS, **problems(400, 413, 422)}, response_class=Response
    )
    async def search(body: SearchBody) -> Response:
        """Return the passages closest to the words, best first, without composing an answer."""
        return await answered(desk, lambda a: _hits(a, body))

    @router.get(
        "/api/snippets",
        summary="Key words in context",
        responses={200: shapes.SNIPPETS, **problems(400, 422)},
        response_class=Response,
    )
    async def snippets(query: Annotated[SnippetsQuery, Query()]) -> Response:
        """Return every place where the words stand exactly as printed, with what is around them, oldest first."""
        return await answered(
            desk, lambda a: a.snippets(query.words, width=query.width, limit=query.limit, filter=query.to_filter()).to_dict()
        )

    @router.get(
        "/api/facets", summary="Count words", responses={200: shapes.FACETS, **problems(400, 422)}, response_class=Response
    )
    async def facets(query: Annotated[WordsQuery, Query()]) -> Response:
        """Count the passages that hold the words exactly as printed, by newspaper, year and page."""
        return await answered(desk, lambda a: a.facets(query.words, filter=query.to_filter()).to_dict())


def _printing(router: APIRouter, desk: Desk) -> None:
    shaped = {200: shapes.TIMELINE, **problems(400, 422)}

    @router.get("/api/timeline", summary="How a matter went on", responses=shaped, response_class=Response)
    async def timeline(query: Annotated[TimelineQuery, Query()]) -> Response:
        """Return counts a day, month or year and a quote a date; ``timeline`` is null when no dated page tells of it."""

        def told(assistant: Answering) -> dict[str, Any]:
            found = assistant.timeline(query.question, unit=query.unit, limit=query.limit, filter=query.to_filter())
            return {"timeline": found.to_dict() if found else None}

        return await answered(desk, told)

    @router.get(
        "/api/contents",
        summary="What an issue prints",
        responses={200: shapes.CONTENTS, **problems(400, 422)},
        response_class=Response,
    )
    async def contents(query: Annotated[ContentsQuery, Query()]) -> Response:
        """Return the headlines page by page, each with a citation; ``nearest`` names days that it has when it lacks this one."""
        return await answered(
            desk, lambda a: a.contents(query.date, newspaper=query.newspaper, page=query.page, limit=query.limit).to_dict()
        )


def _reading(router: APIRouter, desk: Desk) -> None:
    @router.get(
        "/api/articles/{article_id}",
        summary="Read an article",
        responses={200: shapes.ARTICLE, **problems(404, 422)},
        response_class=Response,
    )
    async def article(article_id: ARTICLE_ID) -> Response:
        """Return an article with its paragraphs and the facts of its issue."""

        def read(assistant: Answering) -> bytes | None:
            record = assistant.article(article_id)
            return encoded(as_shown(record)) if record else None

        body = await desk.work(read)
        if body is None:
            raise HTTPException(404, "there is no such article in the archive")
        return reply(body)

    @router.get(
        "/api/issues",
        summary="List the pages of the archive",
        responses={200: shapes.ISSUES, **problems()},
        response_class=Response,
    )
    async def issues() -> Response:
        """Return one record a page of an issue."""
        return await answered(desk, lambda a: {"issues": [as_shown(record) for record in a.issues()]})

    @router.get(
        "/api/stats", summary="Count what the archive holds", responses={200: shapes.STATS, **problems()}, response_class=Response
    )
    async def stats() -> Response:
        """Return counts, newspapers and the days covered."""
        return await answered(desk, lambda a: a.stats().to_dict())


def _states(router: APIRouter, desk: Desk) -> None:
    @router.get("/health", summary="Is the server up?")
    async def health() -> dict[str, Any]:
        """Return at once, whether or not the archive is open yet."""
        return {"status": "degraded" if desk.degraded() else "ok", "archive": desk.state()}

    @router.get("/ready", summary="Can it answer?", responses=problems())
    async def ready() -> Response:
        """Return 200 when the archive is open, 503 before that and when it cannot be opened.

        Without the archive's model it answers by words alone, and says ``words_only``.
        """
        is_open = desk.state() == "open"
        degraded = {"words_only": True} if desk.degraded() else {}
        body = {"ready": True, **degraded} if is_open else {"error": f"the archive is not open yet ({desk.state()})"}
        return reply(encoded(body), 200 if is_open else 503)


def as_shown(record: ArticleRecord | IssueRecord) -> dict[str, Any]:
    """Return a record for other programs: of its source only the file's name, because folders are nobody else's business."""
    return {**asdict(record), "source": PureWindowsPath(record.source).name}


def _hits(assistant: Answering, asked: SearchQuery | SearchBody) -> dict[str, Any]:
    hits = assistant.search(asked.question, asked.limit, filter=asked.to_filter())
    return {"hits": [hit.to_dict() for hit in hits]}
