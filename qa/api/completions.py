"""The interface that OpenAI clients speak: ``/v1/models`` and ``/v1/chat/completions``, streamed or whole.

The "model" is the archive: the last user message is the question, the turns before it are its history, and the reply is
what the archive says, with numbered sources below and the citations as a field. No language model is involved, so settings
such as ``temperature`` are taken and change nothing.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from index.errors import QuestionError
from qa.api.bodies import EXAMPLE
from qa.api.desk import Desk
from qa.api.replies import NestedErrorBody, encoded, problems, reply
from qa.api.streams import EVENT, event_stream, taken
from qa.chat.answering import Answering
from qa.chat.carried import MAX_TURN, MAX_TURNS
from qa.chat.render import MAX_QUESTION
from qa.schema import Answer, Citation, Turn

MODEL = "wenbao"
_MAX_MESSAGES = 200
_SOURCES = "\n\n[1] "  # where ``text_of`` begins its list; a follow-up leans on the words above it


class PartBody(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")
    type: str = Field(max_length=40)
    text: Annotated[str, Field(max_length=MAX_TURN)] | None = None


class MessageBody(BaseModel):
    """A message of the conversation."""

    model_config = ConfigDict(extra="ignore")
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=MAX_TURN)] | Annotated[list[PartBody], Field(max_length=20)] | None = None

    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""


class CompletionBody(BaseModel):
    """A conversation whose last user message is the question."""

    model_config = ConfigDict(extra="ignore")
    messages: list[MessageBody] = Field(min_length=1, max_length=_MAX_MESSAGES, examples=[[{"role": "user", "content": EXAMPLE}]])
    model: str = Field(default=MODEL, max_length=200)
    stream: bool | None = False
    n: int | None = Field(default=1, ge=1, le=1, description="There is one answer")

    def question(self) -> str:
        """Return the last user message. Raises QuestionError when there is none or it is too long."""
        asked = next((message.text() for message in reversed(self.messages) if message.role == "user"), "")
        if len(asked) > MAX_QUESTION:
            raise QuestionError(f"the question has {len(asked)} characters, {MAX_QUESTION} at most: ask a shorter one")
        return asked

    def history(self) -> tuple[Turn, ...]:
        """Return the turns before the question, oldest first; an answer belongs to the user message before it."""
        turns: list[Turn] = []
        last = max((place for place, message in enumerate(self.messages) if message.role == "user"), default=0)
        for message in self.messages[:last]:
            if message.role == "user":
                turns.append(Turn(message.text()[:MAX_QUESTION]))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(turns[-1].question, message.text().partition(_SOURCES)[0])
        return tuple(turns[-MAX_TURNS:])


_MESSAGE = {"role": "assistant", "content": "巴海峰要求，要把握“四个环节”。 [1]\n\n[1] 《东昌府讯》2021年6月8日 第1版"}
_COMPLETION: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1790000000,
    "model": MODEL,
    "choices": [{"index": 0, "message": _MESSAGE, "finish_reason": "stop"}],
    "usage": None,
    "citations": [],
    "found": True,
}


def completion_routes(desk: Desk) -> APIRouter:
    """Return the routes under ``/v1``."""
    router = APIRouter()
    started = int(time.time())

    @router.get("/v1/models", summary="List models, as OpenAI clients ask for them")
    async def models() -> dict[str, Any]:
        """Return the one model there is: the archive."""
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": started, "owned_by": "wenbao"}]}

    content = {"application/json": {"example": _COMPLETION}, "text/event-stream": {"schema": EVENT}}
    responses: dict[int | str, dict[str, Any]] = {
        200: {"description": "The reply, or its pieces", "content": content},
        **problems(400, 422, model=NestedErrorBody),
        **problems(413),
    }

    @router.post("/v1/chat/completions", summary="Ask as OpenAI clients do", responses=responses, response_class=Response)
    async def complete(body: CompletionBody) -> Response:
        """Answer the last user message; ``citations`` of the reply are those of ``/api/ask``."""
        question, history = body.question(), body.history()
        if body.stream:
            return await event_stream(_pieces(desk, question, history))

        def whole(assistant: Answering) -> bytes:
            answer = assistant.ask(question, history)
            message = {"role": "assistant", "content": text_of(answer), "refusal": None}
            choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
            return encoded({**_head("chat.completion"), "choices": [choice], "usage": None, **_cited(answer)})

        return reply(await desk.work(whole))

    return router


def text_of(answer: Answer) -> str:
    """Return the answer as plain text: its quotes, then the numbered sources; without an answer, the nearest passages."""
    return "\n\n".join((answer.text, *_below(answer)))


def _below(answer: Answer) -> tuple[str, ...]:
    if answer.citations:
        return ("\n".join(map(_source, answer.citations)),)
    if not answer.nearest:
        return ()
    opening = "最接近的段落：" if answer.language == "zh" else "The nearest passages:"
    return ("\n".join((opening, *(f"{_source(citation)}\n    {citation.quote}" for citation in answer.nearest))),)


def _source(citation: Citation) -> str:
    return f"[{citation.number}] {citation.label}"


def _cited(answer: Answer) -> dict[str, Any]:
    whole = answer.to_dict()
    return {name: whole[name] for name in ("found", "confidence", "citations", "nearest", "interpretation")}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


async def _pieces(desk: Desk, question: str, history: tuple[Turn, ...]) -> AsyncIterator[bytes]:
    """Yield the frames of a streamed reply: the text line by line, the citations with the last of them."""
    head = _head("chat.completion.chunk")
    async for step in taken(desk, lambda assistant: assistant.steps(question, history)):
        if not isinstance(step, Answer):
            continue
        yield _frame(head, {"role": "assistant", "content": ""})
        for line in text_of(step).splitlines(keepends=True):
            yield _frame(head, {"content": line})
        yield _frame(head, {}, finish="stop", **_cited(step))
    yield b"data: [DONE]\n\n"


def _frame(head: dict[str, Any], delta: dict[str, Any], *, finish: str | None = None, **fields: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return b"data: " + encoded({**head, "choices": [choice], **fields}) + b"\n\n"
