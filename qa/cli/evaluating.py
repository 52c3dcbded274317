"""The command that measures: eval."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from qa.cli.options import DEFAULT_ARCHIVE, ArchiveFolder, AsJson, Model, examples
from qa.cli.running import console, one_line_errors, opened, write_json

app = typer.Typer()


@app.command(name="eval", epilog=examples("eval questions.jsonl", "eval questions.jsonl --json"))
@one_line_errors
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Questions with known answers, JSON lines.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Ask questions with known answers and report how many went right."""
    from qa import evaluate as evaluation

    questions = evaluation.read(file)
    with opened(archive, model) as assistant:
        report = evaluation.evaluate(assistant, questions).to_dict()
    if as_json:
        write_json(report)
    else:
        _show_report(console(), report)


def _show_report(page: Console, report: dict[str, Any]) -> None:
    columns = {**report["by_language"], "all": report["all"]}
    table = Table("", *(escape(name) for name in columns))
    for figure in report["all"]:
        table.add_row(figure, *(_figure(values[figure]) for values in columns.values()))
    page.print(table)
    for failure in report["failed"]:
        page.print(Text(f"✗ {failure['id']} {failure['why']} ({failure['confidence']}): {failure['question']}"))
        if failure["expected"]:
            page.print(Text(f"    expected: {' / '.join(failure['expected'])}", style="dim"))
        for words in failure["quotes"]:
            page.print(Text(f"    quoted: {words}", style="dim"))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
