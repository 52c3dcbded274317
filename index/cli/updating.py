"""Commands that change what the archive holds: update, watch, remove."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.cli.running import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    AsJson,
    app,
    archive_at,
    examples,
    fail,
    one_line_errors,
    print_json,
    print_report,
    print_skipped,
    progress_bar,
)

if TYPE_CHECKING:
    from index.archive import Archive
    from index.plan import Plan
    from index.schema import UpdateReport
    from index.update import Progress
    from index.workers import Workers

_NAMED = 5  # files that an arrival names

Model = Annotated[str | None, typer.Option(metavar="M", help="Model name or folder instead of the embedded one.")]


@app.command(epilog=examples("update inbox/", "update inbox/ --prune"))
@one_line_errors
def update(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH...", help="Files or folders of newspaper pages.")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    prune: Annotated[bool, typer.Option("--prune", help="Remove sources below PATH whose files are gone.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Let --prune remove even more than a fifth of the archive.")] = False,
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="ADDRESS", help="Read and encode on a Ray cluster: HOST:PORT, auto or local.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
    model: Model = None,
    reencode: Annotated[bool, typer.Option("--reencode", help="Move the whole archive to the model first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in new and changed files; what is already known is left alone."""
    if not paths and not reencode:
        raise typer.BadParameter("give at least one file or folder", param_hint="PATH")
    with archive_at(archive, model) as opened:
        if dry_run:
            with progress_bar(quiet=as_json) as progress, _workers(ray, opened, model, progress) as workers:
                plan = opened.plan(paths or [], prune=prune, workers=workers)
            _print_plan(plan, as_json)
            return
        if reencode:
            opened.reencode()
            print(f"all passages encoded anew by the model {opened.stats().model}", file=sys.stderr)
        with progress_bar(quiet=as_json) as progress, _workers(ray, opened, model, progress) as workers:
            report = opened.update(paths or [], prune=prune, allow_many=yes, progress=progress, workers=workers)
    if paths or as_json:
        print_report(report, as_json)
    named = {os.path.realpath(path) for path in paths or []}
    for item in report.skipped:
        if item.line is None and os.path.realpath(item.source) in named:
            fail(f"{item.source}: {item.reason}")


@contextmanager
def _workers(address: str | None, archive: Archive, model: str | None, progress: Progress | None) -> Iterator[Workers | None]:
    """Join the cluster at an address; None, for this machine's own processors, without one."""
    if address is None:
        yield None
        return
    from index.cluster import join
    from index.encoder import load_encoder

    with join(address, archive.encoder, partial(load_encoder, model), progress=progress) as workers:
        yield workers


def _print_plan(plan: Plan, as_json: bool) -> None:
    added = [name for name, replaces in plan.take.items() if not replaces]
    replaced = [name for name, replaces in plan.take.items() if replaces]
    if as_json:
        renamed = dict(plan.renamed)
        steps = {"added": added, "replaced": replaced, "renamed": renamed, "removed": list(plan.removed)}
        print_json({**steps, "unchanged": plan.unchanged, "skipped": [asdict(item) for item in plan.skipped]})
        return
    for what, names in (("add", added), ("replace", replaced), ("remove", plan.removed)):
        for name in names:
            print(f"would {what} {name}")
    for old, new in plan.renamed.items():
        print(f"would rename {old} to {new}")
    print_skipped(plan.skipped)
    counts = {"add": len(added), "replace": len(replaced), "rename": len(plan.renamed), "remove": len(plan.removed)}
    print(", ".join([f"would {what} {count}" for what, count in counts.items() if count] + [f"{plan.unchanged} unchanged"]))


@app.command(epilog=examples("watch inbox/"))
@one_line_errors
def watch(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders that newspaper pages arrive in.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    model: Model = None,
    poll: Annotated[bool, typer.Option("--poll", help="Look every second; for network drives, which send no events.")] = False,
) -> None:
    """Take in what lies in folders, then each file that arrives, until stopped by Ctrl+C."""
    from index.watching import watch as watch_folders

    for folder in folders:
        if not folder.is_dir():
            fail(f"{folder}: there is no such folder; make it, or give another one")
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    print(f"watching {', '.join(map(str, folders))}; stop with Ctrl+C", file=sys.stderr)
    with archive_at(archive, model) as opened:
        watch_folders(
            opened,
            folders,
            stop=stop,
            report=_print_arrival,
            complain=lambda message: print(f"error: {message}", file=sys.stderr, flush=True),
            polling=poll,
        )


def _print_arrival(report: UpdateReport, paths: Sequence[Path]) -> None:
    names = ", ".join(path.name for path in paths[:_NAMED]) + (f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else "")
    print(f"{time.strftime('%H:%M:%S')} {names}: ", end="")
    print_report(report, False)
    sys.stdout.flush()


@app.command(epilog=examples("remove inbox/2021-06-08.txt", "remove inbox/"))
@one_line_errors
def remove(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, or folders of files, once taken in.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    as_json: AsJson = False,
) -> None:
    """Take sources out of the archive; their files are left alone."""
    with archive_at(archive) as opened:
        print_report(opened.remove(sources), as_json)
