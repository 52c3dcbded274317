"""Routes of the archive's own views: overview and years, issues to leaf through, words in context, hits of a question in time.

Each returns markup for the panel of the page, or for a place under an answer; ``/page/holdings`` is what the filter menu offers.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from index.errors import QuestionError
from index.schema import Filter
from qa.api.desk import Desk
from qa.chat.answering import Answering
from qa.chat.browsing import issue
from qa.chat.carried import ISO_DAY, FilterBody
from qa.chat.concordance import LINES, MOST_LINES, WIDTH, concordance, unfit
from qa.chat.hits import hits
from qa.chat.markup import Html
from qa.chat.overview import overview
from qa.chat.render import MAX_QUESTION
from qa.chat.year import year
from qa.verbatim import Concordance

_PAPERS = 500
Paper = Annotated[str | None, Query(max_length=200)]
Narrowed = Annotated[str | None, Query(max_length=8000)]


def archive_pages(desk: Desk) -> APIRouter:
    """Return the routes; include them before those that serve the page's files by name."""
    router = APIRouter(include_in_schema=False)

    @router.get("/page/archive")
    async def archive(
        when: Annotated[str | None, Query(pattern=r"^\d{4}(?:-(?:0[1-9]|1[0-2]))?$")] = None, paper: Paper = None
    ) -> HTMLResponse:
        return _html(await desk.work(lambda assistant: _archive(assistant, when, paper)))

    @router.get("/page/issue")
    async def one_issue(
        date: Annotated[str, Query(pattern=rf"{ISO_DAY}|^undated$")], paper: Paper = None, unnamed: bool = False
    ) -> HTMLResponse:
        day = None if date == "undated" else date
        anyone = paper is None and not unnamed
        leafed = await desk.work(lambda assistant: assistant.issue(day, newspaper=paper, any_newspaper=anyone))
        return _html(issue(leafed))  # a day that is not held is told in words, with the nearest that are

    @router.get("/page/words")
    async def words(
        q: Annotated[str, Query(max_length=400)],
        sort: Literal["date", "after", "before"] = "date",
        start: Annotated[int, Query(ge=0, le=MOST_LINES)] = 0,
        filter: Narrowed = None,
    ) -> HTMLResponse:
        only = _filter(filter)
        # In order of time the first lines are the first ones; any other order needs them all.
        limit = min(MOST_LINES, start + LINES) if sort == "date" else MOST_LINES
        try:
            found: Concordance = await desk.work(
                lambda assistant: assistant.snippets(_phrase(q), width=WIDTH, limit=limit, filter=only)
            )
        except QuestionError as error:
            return _html(unfit(q, str(error)))
        return _html(concordance(found, q, sort=sort, start=start, filter=filter, only=only))

    @router.get("/page/hits")
    async def in_time(question: Annotated[str, Query(max_length=MAX_QUESTION)], filter: Narrowed = None) -> HTMLResponse:
        only = _filter(filter)
        try:
            found = await desk.work(lambda assistant: assistant.timeline(question, limit=1, filter=only))
        except QuestionError:
            found = None
        return _html(hits(found) or Html())

    @router.get("/page/holdings")
    async def holdings() -> JSONResponse:
        return JSONResponse(await desk.work(_holdings), headers={"cache-control": "no-store"})

    return router


def _html(markup: Html) -> HTMLResponse:
    return HTMLResponse(markup, headers={"cache-control": "no-store"})


def _archive(assistant: Answering, when: str | None, paper: str | None) -> Html:
    calendar = assistant.calendar()
    if when is not None:
        return year(calendar, when, newspaper=paper)
    undated = assistant.issue(None, any_newspaper=True) if calendar.undated and paper is None else None
    return overview(calendar, newspaper=paper, undated=undated)


def _phrase(typed: str) -> str:
    """Return what was typed as one phrase, as long as nothing in it says otherwise."""
    return typed if any(mark in typed for mark in '“”"「」『』') else f'"{typed}"'


def _filter(text: str | None) -> Filter:
    if not text:
        return Filter()
    try:
        return FilterBody.model_validate_json(text).to_filter()
    except ValidationError as error:
        raise HTTPException(422, "the filter is none that this page writes") from error


def _holdings(assistant: Answering) -> dict[str, Any]:
    """Return what a filter can name: newspapers with their issues, the pages there are, the first and the last day."""
    calendar = assistant.calendar()
    stats = assistant.stats()
    named = [(run.newspaper, run.count.issues) for run in calendar.runs if run.newspaper]
    return {
        "papers": [{"name": name, "issues": issues} for name, issues in named[:_PAPERS]],
        "first": stats.first_date,
        "last": stats.last_date,
        "undated": calendar.undated,
    }
