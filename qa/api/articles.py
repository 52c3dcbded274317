"""What the panel beside the conversation shows: an article, a passage by its permanent id, citations for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from index.errors import ArchiveError
from index.schema import Passage
from qa.api.desk import Desk
from qa.chat import article as panel
from qa.chat.answering import Answering
from qa.chat.article import View
from qa.chat.markup import Html
from qa.chat.source import Span
from qa.cite import bibtex, gbt7714, ris

_SPAN = r"\d{1,9}-\d{1,9}"
_MOST_MARKS = 64
_FRESH = {"cache-control": "no-store"}
_ID = Annotated[str, Query(max_length=300)]
_QUOTE = Annotated[str, Query(pattern=f"^(?:{_SPAN})?$")]
_MARKS = Annotated[str, Query(pattern=f"^(?:{_SPAN}(?:,{_SPAN})*)?$", max_length=2000)]


def article_pages(desk: Desk) -> APIRouter:
    """Return the routes of articles, passages and citations under ``/page``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/page/articles/{article_id}")
    def article(article_id: str, passage: _ID = "", quote: _QUOTE = "", marks: _MARKS = "") -> HTMLResponse:
        assistant = desk.assistant()
        found = next((each for each in assistant.passages(article_id) if each.id == passage), None)
        return _shown(assistant, article_id, found, quote, marks)

    @router.get("/page/passages/{passage_id}")
    def passage(passage_id: str, quote: _QUOTE = "", marks: _MARKS = "") -> HTMLResponse:
        assistant = desk.assistant()
        found = assistant.passage(passage_id)
        if found is not None:
            return _shown(assistant, found.article_id, found, quote, marks)
        # The id of a passage begins with that of its article.
        article_id = passage_id.rpartition("-")[0]
        if assistant.article(article_id) is None:
            return HTMLResponse(panel.missing("passage_missing"), status_code=404, headers=_FRESH)
        return _shown(assistant, article_id, None, "", "", note=panel.changed())

    @router.get("/page/citations/{id}")
    def citation(id: str, form: Literal["bibtex", "ris"]) -> PlainTextResponse:
        try:
            reference = desk.assistant().reference(id)
        except ArchiveError as error:
            raise HTTPException(404, str(error)) from error
        written = bibtex(reference.source, key=id) if form == "bibtex" else ris(reference.source, key=id)
        # A page may hold half a character that no encoding can write.
        return PlainTextResponse(written.encode("utf-8", "replace"), headers=_FRESH)

    return router


def _shown(
    assistant: Answering, article_id: str, passage: Passage | None, quote: str, marks: str, *, note: Html | None = None
) -> HTMLResponse:
    view = View(passage, next(_spans(quote), None), tuple(_spans(marks))[:_MOST_MARKS])
    record = assistant.article(article_id)
    if record is not None:
        shown = panel.article(record, view, assistant.surroundings(article_id), cited=_cited(assistant, article_id), note=note)
        return HTMLResponse(shown, headers=_FRESH)
    loose = assistant.passages(article_id)
    if loose:
        return HTMLResponse(panel.loose(loose, view), headers=_FRESH)
    return HTMLResponse(panel.missing(), status_code=404, headers=_FRESH)


def _cited(assistant: Answering, article_id: str) -> str:
    try:
        return gbt7714(assistant.reference(article_id).source)
    except ArchiveError:  # removed while it is being shown
        return ""


def _spans(text: str) -> Iterator[Span]:
    for part in filter(None, text.split(",")):
        low, _, high = part.partition("-")
        yield int(low), int(high)
