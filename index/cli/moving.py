"""The command that copies a whole archive to another place: copy."""

from __future__ import annotations

from typing import Annotated

import typer

from index.cli.running import AsJson, app, examples, one_line_errors, print_json, progress_bar


@app.command(epilog=examples("copy data/archive milvus://localhost:19530/news", "copy milvus://localhost:19530/news data/home"))
@one_line_errors
def copy(
    source: Annotated[str, typer.Argument(metavar="SRC", help="Folder or address of the archive to be copied.")],
    target: Annotated[str, typer.Argument(metavar="DST", help="Folder or address of the copy; made where there is none.")],
    prune: Annotated[bool, typer.Option("--prune", help="Remove from DST what SRC does not hold.")] = False,
    as_json: AsJson = False,
) -> None:
    """Copy an archive to another place or engine, verified to the last vector; what is there already is not copied again."""
    from index.moving import copy_archive

    with progress_bar(quiet=as_json) as progress:
        report = copy_archive(source, target, prune=prune, progress=progress)
    if as_json:
        print_json(report.to_dict())
        return
    parts = [f"{count} {what}" for what in ("copied", "unchanged", "removed") if (count := getattr(report, what))]
    stats = report.stats
    held = f"both hold {stats.sources} sources, {stats.articles} articles, {stats.passages} passages"
    print(f"{', '.join(parts) or 'nothing to do'}; {held}")
