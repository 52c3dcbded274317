"""The Gradio page: conversation, ask line, masthead. The only module that builds Gradio components.

Gradio is imported by ``build`` and not before, with everything that would reach for the net switched off first.
The page asks for its ``Answering`` when a reader does, so it is up before any archive or model is loaded.
Knows nothing of routes, limits or keys: that is ``qa.api``.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from index.errors import ArchiveMissing, WenbaoError
from index.schema import Stats
from qa.chat import render
from qa.chat.answering import Answering
from qa.chat.carried import carried
from qa.chat.narrowing import narrowed
from qa.schema import Answer, Turn

TITLE = "问报 Wenbao"
_TURNS_KEPT = 50
_HISTORY_PASSED = 6
_CONCURRENT = 4
_WAITING = 200
_SESSIONS = 2_000  # remembered, some 35 kB each
_TOLD = 5.0  # seconds between messages on the length of the queue; by default all who wait are told of every answer
_QUIETLY = 0.12  # seconds; a step that is over sooner cannot be read, and showing it would delay the answer
EXAMPLES = 4
_EMPTY = Stats(0, 0, 0, 0, 0, "", (), None, None, 0)
_log = logging.getLogger(__name__)

_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SSR_MODE": "False",
    "GRADIO_MCP_SERVER": "False",
    # Gradio recomputes a table of all calls after every call; once in 10^8 is never.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "100000000",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}

Opened = Callable[[], Answering]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer as shown, and the turn that a follow-up leans on (None when nothing was answered).

    ``under_way``: the answer is still being found.
    """

    asked: str
    shown: str
    turn: Turn | None = None
    under_way: bool = False


Conversation = tuple[Exchange, ...]
Messages = list[dict[str, str]]
Shown = tuple[Messages, Conversation, Any, Any, Any]


def quiet() -> None:
    """Switch off what Gradio and the hub client would send or fetch; must run before Gradio is imported."""
    os.environ.update(_QUIET)
    os.environ.pop("GRADIO_SHARE", None)
    if "GRADIO_TEMP_DIR" not in os.environ:
        # The shared default, /tmp/gradio, belongs to whoever came first.
        folder = tempfile.mkdtemp(prefix="wenbao-")
        os.environ["GRADIO_TEMP_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def build(opened: Opened) -> Any:
    """Return the ``gr.Blocks`` of the page; ``opened`` returns the archive's ``Answering``, waiting for it if need be."""
    quiet()
    import gradio as gr

    literal: dict[str, Any] = {"sanitize_html": True, "latex_delimiters": []}
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        masthead = gr.Markdown(render.masthead(None), elem_id="wb-head", **literal)
        welcome = gr.Markdown("", elem_id="wb-welcome", **literal)
        conversation = gr.State(())
        held = gr.State(-1)  # the sequence of the archive that the masthead tells of
        talk = gr.Chatbot(
            elem_id="wb-talk",
            show_label=False,
            container=False,
            height="auto",
            autoscroll=False,
            layout="panel",
            buttons=[],
            feedback_options=None,
            group_consecutive_messages=False,
            allow_tags=False,
            allow_file_downloads=False,
            **literal,
        )
        # In the page but unseen: what the scripts send along with a question.
        along = gr.Textbox(elem_id="wb-carried", label=" ", show_label=False, container=False, visible="hidden")
        with gr.Row(elem_id="wb-ask-line"):
            question = gr.Textbox(
                elem_id="wb-question",
                label=" ",  # else Gradio names the box by its own class, which would be read aloud
                show_label=False,
                container=False,
                lines=1,
                max_lines=1,
                max_length=render.MAX_QUESTION,
            )
            send = gr.Button("↵", elem_id="wb-send", variant="primary")
            stop = gr.Button("■", elem_id="wb-stop")
        # Past the queue: its stream may end just as an early question joins it, and the answer would never arrive.
        past_queue: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
        page.load(_opening(opened), outputs=[masthead, welcome, held], **past_queue).then(
            _welcoming(opened), outputs=[welcome], **past_queue
        )
        asked = gr.on(
            [question.submit, send.click],
            _exchange(opened, leave=gr.skip()),
            inputs=[question, conversation, along, held],
            outputs=[talk, conversation, question, masthead, held],
            api_visibility="private",
            concurrency_limit=_CONCURRENT,
            concurrency_id="ask",
            show_progress="hidden",
            trigger_mode="always_last",
        )
        stop.click(
            _stopped,
            inputs=[conversation],
            outputs=[talk, conversation],
            cancels=[asked],
            queue=False,
            api_visibility="private",
            show_progress="hidden",
        )
        gr.api(_program(opened), api_name="ask", concurrency_limit=_CONCURRENT, concurrency_id="ask")
    page.state_session_capacity = _SESSIONS
    page.queue(max_size=_WAITING, default_concurrency_limit=_CONCURRENT, status_update_rate=_TOLD)
    return page


def theme() -> Any:
    """Return a bare theme with system fonts only; all of the look is in style.css."""
    import gradio as gr

    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def _program(opened: Opened) -> Callable[[str], dict[str, Any]]:
    import gradio as gr

    def ask(question: str) -> dict[str, Any]:
        """Answer one question with verbatim quotes and their sources."""
        try:
            return opened().ask(question).to_dict()
        except WenbaoError as error:
            # The caller is told the one line; a whole traceback in the log for each odd question would bury what matters.
            raise gr.Error(str(error), print_exception=False) from error

    return ask


def _opening(opened: Opened) -> Callable[[], tuple[str, str, int]]:
    def opening() -> tuple[str, str, int]:
        """Show what the archive holds as soon as it is open."""
        try:
            stats = opened().stats()
        except ArchiveMissing:
            return render.masthead(_EMPTY), render.welcome(_EMPTY, (), ()), -1
        except Exception as error:  # noqa: BLE001 - the page must say in words whatever went wrong
            _log.warning("the archive could not be opened: %s", error)
            return render.masthead(None, failed=True), render.failure(error), -1
        return render.masthead(stats), render.welcome(stats, (), ()), stats.sequence

    return opening


def _welcoming(opened: Opened) -> Callable[[], Any]:
    import gradio as gr

    def welcoming() -> Any:
        """Show the example questions once they are made; what the opening could not open, it has told."""
        try:
            assistant = opened()
            examples = assistant.examples("zh", limit=EXAMPLES), assistant.examples("en", limit=EXAMPLES)
            return render.welcome(assistant.stats(), *examples)
        except Exception as error:  # noqa: BLE001 - a page without examples is still a page
            _log.info("no examples: %s", error)
            return gr.skip()

    return welcoming


def _exchange(opened: Opened, *, leave: object) -> Callable[[str, Conversation, str, int], Iterator[Shown]]:
    def exchange(text: str, so_far: Conversation, along: str = "", held: int = -1) -> Iterator[Shown]:
        """Show the question at once, then the steps that take long enough to be read, then its answer.

        The box is emptied when the question is taken. ``leave`` lets a part of the page be: the reader may be typing the
        next question, and the masthead need not be drawn anew.
        """
        so_far = tuple(each for each in so_far if not each.under_way)
        if not text.strip():
            # A second Enter finds the box emptied by the first; the page's own script says so where it was empty from the start.
            yield _messages(so_far), so_far, leave, leave, leave
            return
        pending = Exchange(asked=render.question(text), shown=render.thinking(), under_way=True)
        refused = render.refusal(text)
        if refused is not None:
            # What is refused leaves no trace in the conversation that a follow-up could lean on.
            yield _messages((*so_far, replace(pending, shown=refused))), so_far, leave, leave, leave
            return
        box: object = ""
        for stage, stats in _stages(opened, text, along, so_far, pending):
            conversation = (*so_far, stage)[-_TURNS_KEPT:]
            news = stats is not None and stats.sequence != held
            head = (render.masthead(stats), stats.sequence) if stats is not None and news else (leave, leave)
            yield _messages(conversation), conversation, box, *head
            box = leave

    return exchange


def _stages(
    opened: Opened, text: str, along: str, so_far: Conversation, pending: Exchange
) -> Iterator[tuple[Exchange, Stats | None]]:
    """Yield what stands in the conversation while the answer is found, at last the answer and what the archive holds then."""
    yield pending, None
    began = time.monotonic()
    try:
        brought = carried(along)
        here = tuple(exchange.turn for exchange in so_far if exchange.turn is not None)
        turns = here if brought.turns is None else brought.turns
        assistant, turns = opened(), turns[-_HISTORY_PASSED:]
        for step in assistant.steps(text, turns, filter=narrowed(assistant, text, turns, brought)):
            if isinstance(step, Answer):
                stats = assistant.stats()
                turn = Turn(question=text, answer=step.text)
                yield replace(pending, shown=render.answer(step, stats), turn=turn, under_way=False), stats
            elif time.monotonic() - began > _QUIETLY:
                yield replace(pending, shown=render.thinking(text, step)), None
    except Exception as error:  # noqa: BLE001 - the page must say in words whatever went wrong
        _log.warning("a question was not answered: %s", error, exc_info=True)
        yield replace(pending, shown=render.failure(error), under_way=False), None


def _stopped(so_far: Conversation) -> tuple[Messages, Conversation]:
    """Say of the question under way that the reader stopped it; no follow-up leans on it."""
    done = tuple(replace(each, shown=render.stopped(), under_way=False) if each.under_way else each for each in so_far)
    return _messages(done), done


def _messages(conversation: Conversation) -> Messages:
    return [
        message
        for exchange in conversation
        for message in ({"role": "user", "content": exchange.asked}, {"role": "assistant", "content": exchange.shown})
    ]
