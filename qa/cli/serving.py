"""The command that opens the page and the HTTP API."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.cli.options import DEFAULT_ARCHIVE, ArchiveFolder, Model, examples
from qa.cli.running import one_line_errors

app = typer.Typer()


@app.command(epilog=examples("serve --open", "serve --host 0.0.0.0 --port 8080", "serve --processes 4"))
@one_line_errors
def serve(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 7860,
    public: Annotated[bool, typer.Option("--public", help="Let other machines ask without a key.")] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = False,
    processes: Annotated[
        int,
        typer.Option("--processes", min=0, max=64, help="Answer other programs in as many processes of their own."),
    ] = 0,
    model: Model = None,
) -> None:
    """Open the chat page and the HTTP API."""
    from qa.api import serve as serve_page

    serve_page(archive, host=host, port=port, open_browser=open_browser, public=public, model=model, processes=processes)
