"""Server-Sent Events: the steps of an answer as they come, each a named event with JSON."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator

from starlette.responses import StreamingResponse

from index.errors import WenbaoError
from qa.api.admission import Busy
from qa.api.desk import Desk
from qa.api.replies import encoded, line_of
from qa.chat.answering import Answering
from qa.schema import Answer, Interpretation, Retrieved

Step = Interpretation | Retrieved | Answer
Event = tuple[str, object]
_NAMES = {Interpretation: "understood", Retrieved: "retrieved"}
_log = logging.getLogger(__name__)

EVENT = {"type": "object", "required": ["data"], "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
EVENTS = {
    "description": "`understood`, `retrieved`, a `quote` for each citation, then `done` with the whole answer; or `error`.",
    "content": {
        "text/event-stream": {
            "schema": EVENT,
            "example": 'event: retrieved\ndata: {"passages":20,"sequence":2}\n\nevent: done\ndata: {"question":"…"}\n\n',
        }
    },
}


def events_of(step: Step) -> Iterator[Event]:
    """Yield the events that a step is told by."""
    if isinstance(step, Answer):
        answer = step.to_dict()
        yield from (("quote", citation) for citation in answer["citations"])
        yield "done", answer
    else:
        yield _NAMES[type(step)], step.to_dict()


async def streamed(desk: Desk, steps: Callable[[Answering], Iterator[Step]]) -> StreamingResponse:
    """Return a response that tells every step as soon as it is taken. Raises Busy before anything is sent."""
    return await event_stream(_told(desk, steps))


async def event_stream(frames: AsyncIterator[bytes]) -> StreamingResponse:
    """Return the frames as a stream; what goes wrong before the first of them is raised here, as for any other request."""
    first = await anext(frames)

    async def body() -> AsyncIterator[bytes]:
        yield first
        async for frame in frames:
            yield frame

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(body(), media_type="text/event-stream", headers=headers)


async def _told(desk: Desk, steps: Callable[[Answering], Iterator[Step]]) -> AsyncIterator[bytes]:
    started = False
    try:
        async for step in taken(desk, steps):
            for name, value in events_of(step):
                started = True
                yield b"event: " + name.encode() + b"\ndata: " + encoded(value) + b"\n\n"
    except (WenbaoError, Busy) as error:
        if not started:
            raise
        yield b"event: error\ndata: " + encoded({"error": line_of(error)[1]}) + b"\n\n"
    except Exception:
        if not started:
            raise
        _log.exception("an answer broke off")
        yield b"event: error\ndata: " + encoded({"error": "something went wrong here; the log of the server says what"}) + b"\n\n"


async def taken(desk: Desk, steps: Callable[[Answering], Iterator[Step]]) -> AsyncIterator[Step]:
    """Yield the steps while a thread takes them; a slow reader keeps nobody else waiting."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Step | None] = asyncio.Queue()

    def take(assistant: Answering) -> None:
        try:
            for step in steps(assistant):
                loop.call_soon_threadsafe(queue.put_nowait, step)
        finally:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    def unblock(_: asyncio.Future[None]) -> None:
        queue.put_nowait(None)

    work = asyncio.ensure_future(desk.work(take))
    work.add_done_callback(unblock)
    while (step := await queue.get()) is not None:
        yield step
    await work
