"""Commands that ask: ask, search, serve, eval. The only module of ``qa`` that prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from index.errors import QuestionError, WenbaoError
from qa.cite import Edition
from qa.compose import SearchHit
from qa.schema import Answer, Citation, Turn

app = typer.Typer(
    name="qa",
    help="Ask an archive of newspapers and get cited quotes.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

ArchiveOption = Annotated[Path, typer.Option("--archive", envvar="WENBAO_ARCHIVE", help="Folder of the archive.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON instead of text.")]
ModelOption = Annotated[
    str | None, typer.Option("--model", help="The model that the archive was made by, if not the embedded one.")
]
StyleOption = Annotated[str, typer.Option("--style", help="Edition of GB/T 7714 for references: 2025 or 2015.")]
_DEFAULT = Path("data/archive")

P = ParamSpec("P")
R = TypeVar("R")


def _one_line(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a WenbaoError into one line on stderr and exit status 1."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except WenbaoError as error:
            print(" ".join(str(error).split()), file=sys.stderr)
            raise typer.Exit(1) from error

    return wrapped


@app.command()
@_one_line
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know; - reads it from standard input.")],
    archive: ArchiveOption = _DEFAULT,
    limit: Annotated[int, typer.Option("--limit", min=1, max=20, help="Most citations to show.")] = 5,
    history: Annotated[
        list[str] | None, typer.Option("--history", help="An earlier question; repeat for several, oldest first.")
    ] = None,
    style: StyleOption = "2025",
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with verbatim, cited quotes."""
    with _open(archive, model, style) as assistant:
        turns: list[Turn] = []
        for earlier in history or ():
            turns.append(Turn(earlier, assistant.ask(earlier, turns).text))
        answer = assistant.ask(_read(question), turns, limit)
    if as_json:
        _write(answer.to_dict())
    else:
        _show_answer(answer)


@app.command()
@_one_line
def search(
    question: Annotated[str, typer.Argument(help="What you look for; - reads it from standard input.")],
    archive: ArchiveOption = _DEFAULT,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most passages to show.")] = 10,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the nearest passages."""
    with _open(archive, model, "2025") as assistant:
        hits = assistant.search(_read(question), limit)
    if as_json:
        _write({"hits": [hit.to_dict() for hit in hits]})
    else:
        _show_hits(hits)


@app.command()
@_one_line
def serve(
    archive: ArchiveOption = _DEFAULT,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 7860,
    public: Annotated[bool, typer.Option("--public", help="Let other machines ask without a key.")] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = False,
    model: ModelOption = None,
) -> None:
    """Open the chat page and the HTTP API."""
    from qa.api import serve as serve_page

    serve_page(archive, host=host, port=port, open_browser=open_browser, public=public, model=model)


@app.command(name="eval")
@_one_line
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with known answers, JSON lines.")],
    archive: ArchiveOption = _DEFAULT,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask questions with known answers and report how many went right."""
    from qa import evaluate as evaluation

    questions = evaluation.read(file)
    with _open(archive, model, "2025") as assistant:
        report = evaluation.evaluate(assistant, questions).to_dict()
    if as_json:
        _write(report)
    else:
        _show_report(report)


def _open(archive: Path, model: str | None, style: str) -> Any:
    from qa.assistant import Assistant

    editions: dict[str, Edition] = {"2025": "2025", "2015": "2015"}
    if style not in editions:
        raise typer.BadParameter("use 2025 or 2015", param_hint="--style")
    return Assistant.open(archive, model=model, edition=editions[style])


def _read(question: str) -> str:
    if question != "-":
        return question
    try:
        return sys.stdin.read(200_000)
    except UnicodeDecodeError as error:
        raise QuestionError("the question on standard input is not UTF-8 text") from error


def _write(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True, emoji=False)


def _quote(citation: Citation) -> Text:
    text = Text(citation.quote)
    for start, end in citation.marks:
        text.stylize("bold reverse", start - citation.start, end - citation.start)
    return text


def _show_answer(answer: Answer) -> None:
    console = _console()
    chinese = answer.language == "zh"
    for note in answer.interpretation.notes:
        console.print(Text(f"· {note}", style="dim"))
    if not answer.found:
        console.print(Text(answer.text, style="bold"))
        if answer.nearest:
            console.print(Text("最接近的段落（不是答案）：" if chinese else "Nearest passages (not an answer):", style="dim"))
    for citation in answer.citations or answer.nearest:
        console.print(Text.assemble(f"[{citation.number}] ", _quote(citation)))
    console.print()
    for citation in answer.citations or answer.nearest:
        flags = f"（{'、'.join(citation.flags)}）" if citation.flags else ""
        console.print(Text(f"[{citation.number}] {citation.label}{flags}", style="dim"))
        if answer.found:
            console.print(Text(f"    {citation.gbt7714}", style="dim"))


def _show_hits(hits: Sequence[SearchHit]) -> None:
    console = _console()
    if not hits:
        console.print(Text("没有找到任何段落。 No passage was found."))
    for hit in hits:
        console.print(Text.assemble((f"{hit.rank}. ", "bold"), _quote(hit.citation)))
        console.print(Text(f"   {hit.citation.label}", style="dim"))


def _show_report(report: dict[str, Any]) -> None:
    console = _console()
    columns = {**report["by_language"], "all": report["all"]}
    table = Table("", *(escape(name) for name in columns))
    for figure in report["all"]:
        table.add_row(figure, *(_figure(values[figure]) for values in columns.values()))
    console.print(table)
    for failure in report["failed"]:
        console.print(Text(f"✗ {failure['id']} {failure['why']} ({failure['confidence']}): {failure['question']}"))
        if failure["expected"]:
            console.print(Text(f"    expected: {' / '.join(failure['expected'])}", style="dim"))
        for quote in failure["quotes"]:
            console.print(Text(f"    quoted: {quote}", style="dim"))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
