"""Lets go of what Gradio keeps of a caller who asks once: some 40 kB, and the place of a reader who has the page open.

Gradio makes a session of every call of its queue by a program, and keeps as many sessions as the page allows; the oldest go
first, whoever they are. What it notes of a call's messages goes later, or never. A call cannot be asked about again once its
result has been fetched, so all of it ends then.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

_RESULT = re.compile(r"/gradio_api/call/ask/(\w+)")


class Forgetting:
    """Ends the session of a call when its result has been sent; ``gradio`` returns the application that keeps sessions."""

    def __init__(self, app: ASGIApp, gradio: Callable[[], Any]) -> None:
        self.app = app
        self._gradio = gradio
        self._left: set[str] = set()  # calls whose client went before the answer came

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fetched = _RESULT.fullmatch(scope["path"]) if scope["type"] == "http" else None
        try:
            await self.app(scope, receive, send)
        finally:
            if fetched:
                self._forget(fetched.group(1))

    def _forget(self, call: str) -> None:
        # Gradio names the session of such a call as the call.
        holder, queue = self._gradio().state_holder, self._gradio().get_blocks()._queue
        self._left.add(call)
        for each in list(self._left):
            if queue.pending_event_ids_session.get(each) and each in queue.event_ids_to_events:
                continue  # still worked on
            self._left.discard(each)
            queue.pending_event_ids_session.pop(each, None)
            queue.pending_messages_per_session.pop(each, None)
            with holder.lock:
                holder.session_data.pop(each, None)
                holder.time_last_used.pop(each, None)
