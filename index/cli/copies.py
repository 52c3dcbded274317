"""Commands that copy a whole archive: backup, restore, export, import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index.cli.running import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    AsJson,
    app,
    archive_at,
    examples,
    one_line_errors,
    print_report,
    progress_bar,
)


@app.command(epilog=examples("backup archive-2026-11-22.db"))
@one_line_errors
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to be made; a file there is replaced.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Copy the archive to one file, verified, while others ask and update."""
    with archive_at(archive) as opened, progress_bar(quiet=False) as progress:
        opened.backup(file, progress=None if progress is None else lambda done, total: progress(done, total, "copying"))
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB; put it back with `restore {file}`")


@app.command(epilog=examples("restore archive-2026-11-22.db --archive data/other"))
@one_line_errors
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy made by `backup`.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of the archive that is there.")] = False,
) -> None:
    """Make a copy the archive, whole or not at all; it is verified first."""
    with archive_at(archive) as opened, progress_bar(quiet=False) as progress:
        stats = opened.restore(
            file, replace=replace, progress=None if progress is None else lambda done, total: progress(done, total, "copying")
        )
    print(f"{archive}: {stats.sources} sources, {stats.articles} articles, {stats.passages} passages")


@app.command(epilog=examples("export archive.jsonl"))
@one_line_errors
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The JSON Lines file to be written.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
) -> None:
    """Write all that was printed and understood as JSON Lines, one source a line, ids included."""
    with archive_at(archive) as opened:
        stats = opened.export(file)
    print(f"{file}: {stats.sources} sources, {stats.articles} articles, {stats.passages} passages")


@app.command("import", epilog=examples("import archive.jsonl --archive data/other"))
@one_line_errors
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    as_json: AsJson = False,
) -> None:
    """Take in what `export` wrote, ids as they are; what is already known is left alone."""
    with archive_at(archive) as opened, progress_bar(quiet=as_json) as progress:
        report = opened.take_export(file, progress=progress)
    print_report(report, as_json)
