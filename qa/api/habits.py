"""What a reader's own things need of the server: adding newspapers, handing a conversation out as a file, keeping feedback.

Who may do what is told by ``/page/habits``, so that the page offers nothing that would be refused. Conversations themselves
stay in the browser; nothing here keeps them.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Annotated, Any, Literal
from urllib.parse import quote as percent

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from index.errors import ArchiveError
from qa.api.adding import Adding
from qa.api.desk import Desk
from qa.api.keys import is_key, shown_key
from qa.api.replies import encoded, reply
from qa.api.uploads import MAX_FILES, Upload, check, safe_name
from qa.chat import intake
from qa.chat.answering import Answering
from qa.chat.carried import Strict
from qa.chat.exporting import Format, Span, Wanted, gathered, written
from qa.chat.feedback import Feedback, Said, Verdict
from qa.chat.intake import Batch
from qa.chat.render import MAX_QUESTION, coverage
from qa.cite import Reference
from qa.schema import Language

MAX_EXPORT = 1024 * 1024
Who = Literal["open", "key", "closed"]
_FROM_THE_PAGE = "x-wenbao-page"
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_PASSAGE = Field(max_length=300)
_PLACE = Field(ge=0, le=10_000_000)
_TOKEN = Annotated[str, Query(max_length=64)]
_log = logging.getLogger(__name__)


class SpanBody(Strict):
    """Words under a number: a span of a passage, in code points, and the answering ones among them."""

    number: int = Field(ge=1, le=999)
    passage: str = _PASSAGE
    start: int = _PLACE
    end: int = _PLACE
    marks: list[tuple[Annotated[int, _PLACE], Annotated[int, _PLACE]]] = Field(default=[], max_length=64)


class ExchangeBody(Strict):
    """A question and the spans that were shown for it."""

    question: str = Field(max_length=MAX_QUESTION)
    spans: list[SpanBody] = Field(default=[], max_length=100)


class ExportBody(Strict):
    """A conversation, and the format it is wanted in."""

    format: Format
    language: Language
    title: str = Field(default="", max_length=200)
    exchanges: list[ExchangeBody] = Field(min_length=1, max_length=60)


class FeedbackBody(Strict):
    """A reader's word on one source."""

    question: str = Field(min_length=1, max_length=MAX_QUESTION)
    passage: str = _PASSAGE
    start: int = _PLACE
    end: int = _PLACE
    verdict: Verdict
    answered: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """What the page may offer. ``who`` may add newspapers: everyone at this very machine, who shows ``key``, or nobody."""

    adding: Adding | None = None
    who: Who = "closed"
    key: str | None = None
    feedback: Feedback | None = None


def habit_routes(desk: Desk, habits: Habits) -> APIRouter:
    """Return the routes of this module; they stand before those that serve files under ``/page/``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/page/habits")
    def offered(request: Request) -> Response:
        able = habits.adding is not None and habits.adding.possible()
        who = habits.who if able and (habits.who != "open" or _is_here(request)) else "closed"
        kept = habits.feedback is not None and habits.feedback.possible()
        return reply(encoded({"adding": who, "feedback": kept}))

    _adding(router, desk, habits)
    _talking(router, desk, habits)
    return router


def _adding(router: APIRouter, desk: Desk, habits: Habits) -> None:
    def allowed(request: Request) -> Adding:
        _require(request, habits)
        if habits.adding is None:
            raise HTTPException(403, "this server takes no newspapers in")
        return habits.adding

    @router.post("/page/adding")
    async def stage(request: Request) -> Response:
        """Look at the files that were sent and say what taking them in would do."""
        adding = allowed(request)
        async with request.form(max_files=MAX_FILES, max_fields=10) as form:
            files = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
            sent = [Upload(safe_name(each.filename), each.file) for each in files]
            check(sent)
            batch = await run_in_threadpool(adding.stage, sent)
        shown = intake.plan(batch)
        return reply(encoded({"token": batch.token, "wanted": len(batch.wanted), "shown": shown}))

    @router.post("/page/adding.take")
    def take(request: Request, token: _TOKEN) -> Response:
        """Begin to take in what was looked at."""
        return _state(desk, allowed(request).start(token))

    @router.get("/page/adding")
    def state(request: Request, token: _TOKEN) -> Response:
        return _state(desk, allowed(request).batch(token))

    @router.post("/page/adding.drop")
    def drop(request: Request, token: _TOKEN) -> Response:
        allowed(request).drop(token)
        return reply(b"{}")


def _state(desk: Desk, batch: Batch | None) -> Response:
    if batch is None:
        raise HTTPException(404, "these files are here no more; send them again")
    fields: dict[str, Any] = {"state": batch.state, "done": batch.done, "total": batch.total}
    if batch.state in ("done", "failed"):
        fields["shown"] = intake.outcome(batch)
        with suppress(Exception):  # what the archive holds now is told where it can be; the outcome is told anyway
            fields["held"] = coverage(desk.assistant().stats())
    else:
        fields["shown"] = intake.progress(batch)
    return reply(encoded(fields))


def _talking(router: APIRouter, desk: Desk, habits: Habits) -> None:
    @router.post("/page/export")
    async def export(body: ExportBody) -> Response:
        """Hand the conversation out as a file, every quote taken from the archive anew."""
        wanted = [
            Wanted(each.question, tuple(Span(s.number, s.passage, s.start, s.end, tuple(s.marks)) for s in each.spans))
            for each in body.exchanges
        ]
        ids = list(dict.fromkeys(span.passage_id for each in wanted for span in each.spans))
        title = body.title.strip() or body.exchanges[0].question
        day = datetime.now(timezone.utc).date().isoformat()
        made = await desk.work(
            lambda assistant: written(gathered(title, body.language, day, wanted, _held(assistant, ids)), body.format)
        )
        plain = "".join(char if char.isascii() and char.isprintable() and char not in '"\\' else "_" for char in made.name)
        named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{percent(made.name.encode('utf-8', 'replace'))}"
        headers = {"content-disposition": named, "cache-control": "no-store"}
        return Response(made.content, media_type=made.media_type, headers=headers)

    @router.post("/page/feedback")
    async def feedback(body: FeedbackBody) -> Response:
        """Keep a reader's word on a source that the archive holds."""
        kept = habits.feedback
        if kept is None or not kept.possible():
            raise HTTPException(403, "this server keeps no feedback")
        reference = (await desk.work(lambda assistant: _held(assistant, [body.passage]))).get(body.passage)
        if reference is None or not body.start < body.end <= len(reference.quote):
            raise HTTPException(404, "the archive holds no such passage any more")
        try:
            said = Said(body.question, reference, body.start, body.end, body.verdict, body.answered)
            await run_in_threadpool(kept.keep, said)
        except OSError as error:
            _log.warning("feedback could not be kept: %s", error)
            raise HTTPException(503, "the feedback could not be written down") from error
        return reply(b"{}")


def _held(assistant: Answering, ids: Sequence[str]) -> dict[str, Reference]:
    """Return references with the whole text of each passage; what the archive does not hold is left out."""
    looked_up = {id: _reference(assistant, id) for id in ids}
    return {id: reference for id, reference in looked_up.items() if reference is not None}


def _reference(assistant: Answering, id: str) -> Reference | None:
    try:
        return assistant.reference(id)
    except ArchiveError as error:
        if type(error) is not ArchiveError:  # the archive itself is damaged or gone
            raise
        return None


def _require(request: Request, habits: Habits) -> None:
    """Let in who may add. Without keys that is the page itself, in a browser on this very machine."""
    if habits.who == "key":
        if habits.key is None or not is_key(shown_key(request.headers), habits.key):
            raise HTTPException(401, "a key is needed to change the archive")
    elif habits.who == "closed" or not _is_here(request):
        raise HTTPException(403, "newspapers cannot be added from this page")
    # Another site's page cannot set this header without being asked first, and that is refused.
    elif request.headers.get(_FROM_THE_PAGE) != "1":
        raise HTTPException(403, "newspapers are added from the page itself")


def _is_here(request: Request) -> bool:
    """Tell whether the request comes from this very machine, and not through a server that passes requests on."""
    if request.client is None or any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
