"""The desk that opens the archive once, when it is first needed or ahead of time, and hands it to every request.

A failure is not kept: the next request tries again, so an archive made in the meantime is found without a restart.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Literal, TypeVar

from starlette.concurrency import run_in_threadpool

from index.errors import WenbaoError
from qa.api.admission import Admission
from qa.api.helpers import Helped, Helpers
from qa.chat.answering import Answering
from qa.chat.page import EXAMPLES
from qa.schema import Language

State = Literal["closed", "opening", "open", "failed"]
Result = TypeVar("Result")
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_PATIENCE = 15.0  # seconds that the closing waits for the warming
_log = logging.getLogger(__name__)


class Desk:
    """Opens an ``Answering`` at most once. Safe to use from several threads.

    With ``helpers``, questions of programs are answered there; whoever asks for ``assistant`` gets the one of this process.
    """

    def __init__(
        self, opener: Callable[[], Answering], admission: Admission | None = None, helpers: Helpers | None = None
    ) -> None:
        self.admission = admission or Admission()
        self._opener = opener
        self._helpers = helpers
        self._lock = threading.Lock()
        self._open: Answering | None = None
        self._state: State = "closed"
        self._warming: threading.Thread | None = None

    def state(self) -> State:
        """Return how far the opening has come, without waiting for it."""
        return self._state

    def degraded(self) -> bool:
        """Tell whether the open archive is searched by words alone, for want of its model."""
        return self._open is not None and self._open.words_only is not None

    def assistant(self) -> Answering:
        """Return the open archive, opening it first if need be. Raises what the opener raises."""
        if self._open is not None:
            return self._open
        with self._lock:
            if self._open is None:
                self._state = "opening"
                try:
                    self._open = self._opener()
                except BaseException:
                    self._state = "failed"
                    raise
                self._state = "open"
                if self._open.words_only:
                    _log.warning("answers are found by words alone: %s", self._open.words_only)
            return self._open

    async def work(self, task: Callable[[Answering], Result]) -> Result:
        """Return what ``task`` makes of the open archive, once there is a place. Raises Busy, and what the opener raises."""
        # The opening takes seconds; whoever waits for it must not take the place of an answer, nor be sent away.
        if self._open is None:
            await run_in_threadpool(self.assistant)
        return await self.admission.run(lambda: task(self._helped()))

    def _helped(self) -> Answering:
        here = self.assistant()
        return here if self._helpers is None else Helped(here, self._helpers)

    def warm(self) -> None:
        """Start opening in the background, and making the examples, so that the first visit need not wait."""
        self._warming = threading.Thread(target=self._try, name="wenbao-open", daemon=True)
        self._warming.start()

    def _try(self) -> None:
        try:
            if self._helpers is not None:
                self._helpers.start()
        except WenbaoError as error:  # started again with the first question
            _log.warning("%s", error)
        try:
            assistant = self.assistant()
            for language in _LANGUAGES:
                assistant.examples(language, limit=EXAMPLES)
        except WenbaoError as error:
            if self._state != "closed":
                _log.warning("%s", error)
        except Exception:  # noqa: BLE001 - whoever asks next meets the same error and is told
            _log.exception("the archive could not be opened")

    def close(self) -> None:
        """Close the archive if it was opened, and take no more work."""
        self.admission.close()
        if self._helpers is not None:
            self._helpers.close()
        with self._lock:
            if self._open is not None:
                self._open.close()
            self._open, self._state = None, "closed"
        # A thread that is still inside native code when the interpreter ends would take the process down with it.
        if self._warming is not None:
            self._warming.join(_PATIENCE)
