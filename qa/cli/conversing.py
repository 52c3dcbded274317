"""The command that talks: chat, question by question, in a terminal or from a pipe.

Keeps the turns of one conversation so that questions may lean on earlier ones; writes nothing down.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from index.errors import WenbaoError
from qa.cite import FORMATS, Edition, Format, export
from qa.cli.options import DEFAULT_ARCHIVE, ArchiveFolder, Llm, LlmModel, LlmPrice, LlmUrl, Model, Style, examples
from qa.cli.running import console, one_line_errors, opened
from qa.cli.showing import show_answer, show_article, show_sources
from qa.llm import endpoint_from, write
from qa.schema import Answer, Citation, Turn

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.llm import Endpoint

app = typer.Typer()

_PROMPT = "问 > "
_TURNS = 10
_HELP = (
    "/sources          出处 where the quotes stand",
    "/open N           全文 the whole article of quote N",
    f"/cite N [FORMAT]  引用 its reference: {', '.join(FORMATS)}",
    "/new              新话题 forget the questions so far",
    "/help             帮助",
    "/quit             退出",
)


@app.command(epilog=examples("chat", "chat < questions.txt"))
@one_line_errors
def chat(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    limit: Annotated[int, typer.Option("--limit", min=1, max=20, help="Most citations to an answer.")] = 3,
    style: Style = "2025",
    llm: Llm = False,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_price: LlmPrice = None,
    model: Model = None,
) -> None:
    """Ask question after question, each leaning on those before it where it must; /help lists what else can be typed."""
    endpoint = endpoint_from(os.environ, url=llm_url, model=llm_model, price=llm_price) if llm else None
    with opened(archive, model, style) as assistant:
        talk = Conversation(assistant, console(), limit=limit, edition=style, endpoint=endpoint)
        if sys.stdin.isatty():
            talk.greet()
        for line in _typed():
            if not talk.take(line):
                return


def _typed() -> Iterator[str]:
    """Lines as they are typed, with editing where a terminal allows it, until the end of input."""
    if not sys.stdin.isatty():
        for line in sys.stdin:
            yield line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return
    with contextlib.suppress(ImportError):  # Windows edits lines by itself
        import readline  # noqa: F401 - input() then has editing and recall
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            yield input(_PROMPT)
    print()


class Conversation:
    """The turns so far and the last answer; ``take`` handles one line."""

    def __init__(
        self, assistant: Assistant, page: Console, *, limit: int = 3, edition: Edition = "2025", endpoint: Endpoint | None = None
    ) -> None:
        self._assistant = assistant
        self._page = page
        self._limit = limit
        self._edition: Edition = edition
        self._endpoint = endpoint
        self._turns: list[Turn] = []
        self._last: Answer | None = None

    def greet(self) -> None:
        """Say what is held and how to leave."""
        stats = self._assistant.stats()
        self._page.print(Text(f"问报 Wenbao · {stats.articles} 篇 articles · /help · /quit", style="dim"))

    def take(self, line: str) -> bool:
        """Answer a question or carry out a command; False ends the conversation."""
        words = line.split()
        if not words:
            return True
        try:
            if not words[0].startswith("/"):
                self._ask(line.strip())
                return True
            return self._command(words[0].lower(), words[1:])
        except WenbaoError as error:
            self._say(" ".join(str(error).split()))
            return True

    def _ask(self, question: str) -> None:
        answer = self._assistant.ask(question, self._turns, self._limit)
        if self._endpoint is not None:
            answer = write(answer, self._endpoint, self._assistant)
        self._turns = [*self._turns, Turn(question, answer.text)][-_TURNS:]
        self._last = answer
        if answer.interpretation.question != question:
            self._page.print(Text(f"→ {answer.interpretation.question}", style="dim"))
        show_answer(self._page, answer)
        self._page.print()

    def _command(self, name: str, arguments: list[str]) -> bool:
        if name in ("/quit", "/exit", "/q"):
            return False
        if name == "/new":
            self._turns, self._last = [], None
        elif name == "/sources":
            if self._last is None:
                self._say("还没有答案 nothing has been asked yet")
            else:
                show_sources(self._page, self._last)
        elif name == "/open":
            self._open(arguments)
        elif name == "/cite":
            self._cite(arguments)
        else:
            if name != "/help":
                self._say(f"没有这个命令 no such command: {name}")
            for entry in _HELP:
                self._say(entry)
        return True

    def _open(self, arguments: list[str]) -> None:
        citation = self._chosen(arguments)
        article = self._assistant.article(citation.article_id) if citation else None
        if citation is not None and article is not None:
            show_article(self._page, article, citation)

    def _cite(self, arguments: list[str]) -> None:
        citation = self._chosen(arguments)
        form: Format | None = next((one for one in FORMATS if one == (arguments[1:] or ["gbt7714"])[0]), None)
        if form is None:
            self._say(f"用法 use: /cite N {'|'.join(FORMATS)}")
        elif citation is not None:
            self._page.print(Text(export(self._assistant.references([citation]), form, edition=self._edition).rstrip()))

    def _chosen(self, arguments: list[str]) -> Citation | None:
        """The citation, or the nearest passage, of a number; None once it has been said what is wrong with it."""
        shown = (self._last.citations or self._last.nearest) if self._last else ()
        number = arguments[0].strip("[]") if arguments else "1"
        for citation in shown:
            if str(citation.number) == number:
                return citation
        self._say(
            f"没有第 {number[:20]} 条 there is no number {number[:20]}" if shown else "还没有答案 nothing has been asked yet"
        )
        return None

    def _say(self, text: str) -> None:
        self._page.print(Text(text, style="dim"))
