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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from index.errors import ArchiveMissing
from index.schema import Stats
from qa.chat import render
from qa.chat.answering import Answering
from qa.chat.carried import carried
from qa.chat.narrowing import narrowed
from qa.schema import Answer, Turn

TITLE = "问报 Wenbao"
_TURNS_KEPT = 50
_HISTORY_PASSED = 6
_CONCURRENT = 8
_WAITING = 200
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
    """A question and its answer as shown, and the turn that a follow-up leans on (None when nothing was answered)."""

    asked: str
    shown: str
    turn: Turn | None = None


Conversation = tuple[Exchange, ...]
Shown = tuple[list[dict[str, str]], Conversation, Any]


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
        along = gr.Textbox(elem_id="wb-carried", show_label=False, container=False, visible="hidden")
        with gr.Row(elem_id="wb-ask-line"):
            question = gr.Textbox(
                elem_id="wb-question", show_label=False, container=False, lines=1, max_lines=1, max_length=render.MAX_QUESTION
            )
            send = gr.Button("↵", elem_id="wb-send", variant="primary")
        page.load(
            _opening(opened),
            outputs=[masthead, welcome],
            api_visibility="private",
            concurrency_limit=_CONCURRENT,
            show_progress="hidden",
        )
        gr.on(
            [question.submit, send.click],
            _exchange(opened, leave=gr.skip()),
            inputs=[question, conversation, along],
            outputs=[talk, conversation, question],
            api_visibility="private",
            concurrency_limit=_CONCURRENT,
            concurrency_id="ask",
            show_progress="hidden",
            trigger_mode="always_last",
        )
        gr.api(_program(opened), api_name="ask", concurrency_limit=_CONCURRENT, concurrency_id="ask")
    page.queue(max_size=_WAITING, default_concurrency_limit=_CONCURRENT)
    return page


def theme() -> Any:
    """Return a bare theme with system fonts only; all of the look is in style.css."""
    import gradio as gr

    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def _program(opened: Opened) -> Callable[[str], dict[str, Any]]:
    def ask(question: str) -> dict[str, Any]:
        """Answer one question with verbatim quotes and their sources."""
        return opened().ask(question).to_dict()

    return ask


def _opening(opened: Opened) -> Callable[[], Iterator[tuple[str, str]]]:
    def opening() -> Iterator[tuple[str, str]]:
        """Show what the archive holds as soon as it is open, and the example questions when they are made."""
        try:
            assistant = opened()
            stats = assistant.stats()
            yield render.masthead(stats), render.welcome(stats, (), ())
            examples = assistant.examples("zh", limit=EXAMPLES), assistant.examples("en", limit=EXAMPLES)
            yield render.masthead(stats), render.welcome(stats, *examples)
        except ArchiveMissing:
            yield render.masthead(_EMPTY), render.welcome(_EMPTY, (), ())
        except Exception as error:  # noqa: BLE001 - the page must say in words whatever went wrong
            _log.warning("the archive could not be opened: %s", error)
            yield render.masthead(None, failed=True), render.failure(error)

    return opening


def _exchange(opened: Opened, *, leave: object) -> Callable[[str, Conversation, str], Iterator[Shown]]:
    def exchange(text: str, so_far: Conversation, along: str = "") -> Iterator[Shown]:
        """Show the question at once, then its answer; the box is emptied when the question is taken.

        ``leave`` lets the box be: the reader may be typing the next question into it.
        """
        if not text.strip():
            # A second Enter finds the box emptied by the first; the page's own script says so where it was empty from the start.
            yield _messages(so_far), so_far, leave
            return
        pending = Exchange(asked=render.question(text), shown=render.thinking())
        refused = render.refusal(text)
        if refused is not None:
            # What is refused leaves no trace in the conversation that a follow-up could lean on.
            yield _messages((*so_far, replace(pending, shown=refused))), so_far, leave
            return
        yield _messages((*so_far, pending)), so_far, ""
        done = _answered(opened, text, along, so_far, pending)
        conversation = (*so_far, done)[-_TURNS_KEPT:]
        yield _messages(conversation), conversation, leave

    return exchange


def _answered(opened: Opened, text: str, along: str, so_far: Conversation, pending: Exchange) -> Exchange:
    try:
        brought = carried(along)
        here = tuple(exchange.turn for exchange in so_far if exchange.turn is not None)
        turns = here if brought.turns is None else brought.turns
        assistant, turns = opened(), turns[-_HISTORY_PASSED:]
        found: Answer = assistant.ask(text, history=turns, filter=narrowed(assistant, text, turns, brought))
        stats: Stats = assistant.stats()
        return replace(pending, shown=render.answer(found, stats), turn=Turn(question=text, answer=found.text))
    except Exception as error:  # noqa: BLE001 - the page must say in words whatever went wrong
        _log.warning("a question was not answered: %s", error, exc_info=True)
        return replace(pending, shown=render.failure(error))


def _messages(conversation: Conversation) -> list[dict[str, str]]:
    return [
        message
        for exchange in conversation
        for message in ({"role": "user", "content": exchange.asked}, {"role": "assistant", "content": exchange.shown})
    ]
