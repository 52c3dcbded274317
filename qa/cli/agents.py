"""The command that speaks with an agent over standard input and output."""

from __future__ import annotations

import typer

from qa.cli.options import DEFAULT_ARCHIVE, ArchiveFolder, Model, examples
from qa.cli.running import one_line_errors

app = typer.Typer()


@app.command(epilog=examples("mcp --archive data/archive"))
@one_line_errors
def mcp(archive: ArchiveFolder = DEFAULT_ARCHIVE, model: Model = None) -> None:
    """Let an agent use the archive as tools (Model Context Protocol over standard input and output)."""
    from qa.mcp import serve_stdio

    serve_stdio(archive, model=model)
