"""The commands of the archive: parse, update, remove, check, stats.

Prints and exits, and knows nothing else: 0 done, 1 with one line on stderr, 2 bad usage.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar

import typer

from index.errors import WenbaoError

if TYPE_CHECKING:
    from rich.console import Console

    from index.archive import Archive
    from index.schema import UpdateReport
    from index.update import Progress

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(
    name="index",
    help="From raw newspaper text to a searchable archive.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ArchiveFolder = Annotated[
    Path, typer.Option("--archive", envvar="WENBAO_ARCHIVE", metavar="DIR", help="Folder of the archive.", show_default=True)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DEFAULT_ARCHIVE = Path("data/archive")


def one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Make a command end with one line on stderr and status 1 where it fails for a reason outside the program."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except WenbaoError as error:
            message = str(error)
        except BrokenPipeError:
            # Whoever read our output has gone; nothing is left to be said.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OSError as error:
            message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        except KeyboardInterrupt:
            message = "stopped; every source is wholly in or wholly out, run the command again to go on"
        except MemoryError:
            message = "not enough memory; the archive is whole, run the command again with fewer files at a time"
        fail(message)
        raise AssertionError  # unreachable: fail always raises

    return run


def fail(message: str) -> None:
    """Print an error as one line on stderr and exit with status 1."""
    print("error: " + " ".join(message.split()), file=sys.stderr)
    raise typer.Exit(1)


def _print_json(value: Any) -> None:
    # Page text may hold what a terminal's encoding cannot show; JSON can always be written in ASCII.
    text = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1)
    print(text)


@app.command()
@one_line_errors
def parse(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A file of one or more newspaper pages, in any format that is read.")
    ],
    as_json: AsJson = False,
) -> None:
    """Show what is understood of a file; reads only."""
    from index.parsing import issue_to_dict, parse_pages
    from index.readers import read_file

    reading = read_file(file)
    parsed = parse_pages(reading.pages)
    issues = [each.issue for each in parsed]
    for item in (*reading.skipped, *(problem for each in parsed for problem in each.problems)):
        print(f"skipped {item.source}{f':{item.line}' if item.line else ''}: {item.reason}", file=sys.stderr)
    if as_json:
        _print_json({"issues": [issue_to_dict(issue) for issue in issues]})
        return
    from index.pageview import show_issue, show_legend

    console = _console()
    for at, issue in enumerate(issues):
        if at:
            console.print("\n")
        show_issue(console, issue)
    show_legend(console)


@app.command()
@one_line_errors
def update(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH...", help="Files or folders of newspaper pages.")] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    prune: Annotated[bool, typer.Option("--prune", help="Remove sources below PATH whose files are gone.")] = False,
    model: Annotated[str | None, typer.Option(metavar="M", help="Model name or folder instead of the embedded one.")] = None,
    reencode: Annotated[bool, typer.Option("--reencode", help="Move the whole archive to the model first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take in new and changed files; what is already known is left alone."""
    if not paths and not reencode:
        raise typer.BadParameter("give at least one file or folder", param_hint="PATH")
    with _opened(archive, model) as opened:
        if reencode:
            opened.reencode()
            print(f"all passages encoded anew by the model {opened.stats().model}", file=sys.stderr)
        with _progress(quiet=as_json) as progress:
            report = opened.update(paths or [], prune=prune, progress=progress)
    if paths or as_json:
        _print_report(report, as_json)
    named = {os.path.realpath(path) for path in paths or []}
    for item in report.skipped:
        if item.line is None and os.path.realpath(item.source) in named:
            fail(f"{item.source}: {item.reason}")


@app.command()
@one_line_errors
def remove(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, or folders of files, once taken in.")],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    as_json: AsJson = False,
) -> None:
    """Take sources out of the archive; their files are left alone."""
    with _opened(archive) as opened:
        _print_report(opened.remove(sources), as_json)


@app.command()
@one_line_errors
def check(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    repair: Annotated[bool, typer.Option("--repair", help="Make all derived data anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Verify the archive; exit status 1 when something is wrong."""
    with _opened(archive) as opened:
        report = opened.repair() if repair else opened.check()
    if as_json:
        _print_json(report.to_dict())
    elif report.ok:
        print(f"{archive}: no problems")
    if not report.ok:
        more = f" (and {len(report.problems) - 1} more)" if len(report.problems) > 1 else ""
        if not as_json:
            for problem in report.problems[1:]:
                print(problem)
        fail(report.problems[0] + more)


@app.command()
@one_line_errors
def stats(archive: ArchiveFolder = DEFAULT_ARCHIVE, as_json: AsJson = False) -> None:
    """Count what the archive holds."""
    with _opened(archive) as opened:
        counts = opened.stats().to_dict()
    if as_json:
        _print_json(counts)
        return
    width = max(map(len, counts))
    for name, value in counts.items():
        shown = "、".join(value) if isinstance(value, tuple) else value
        print(f"{name.replace('_', ' '):{width}}  {'unknown' if shown in (None, '') else shown}")


@contextmanager
def _opened(folder: Path, model: str | None = None) -> Iterator[Archive]:
    from index.archive import Archive

    encoder = None
    if model is not None:
        from index.encoder import load_encoder

        encoder = load_encoder(model)
    with Archive.open(folder, encoder=encoder) as archive:
        yield archive


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, source: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(Path(source).name))

        yield show


def _print_report(report: UpdateReport, as_json: bool) -> None:
    if as_json:
        _print_json(report.to_dict())
        return
    parts = [f"{count} {what}" for what in ("added", "replaced", "unchanged", "removed") if (count := getattr(report, what))]
    print(", ".join(parts) or "nothing to do")
    for item in report.skipped:
        place = item.source if item.line is None else f"{item.source}:{item.line}"
        print(f"skipped {place}: {item.reason}")


def _console() -> Console:
    from rich.console import Console

    # Page text is data: it is printed as it is, never read as markup.
    return Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
