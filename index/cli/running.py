"""How every command of the archive runs: options they share, the archive opened, results printed, errors in one line."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar

import typer

from index.errors import WenbaoError

if TYPE_CHECKING:
    from rich.console import Console

    from index.archive import Archive
    from index.schema import Skipped, UpdateReport
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
    str,
    typer.Option(
        "--archive",
        envvar="WENBAO_ARCHIVE",
        metavar="DIR",
        help="Folder of the archive, or its address: milvus://HOST:PORT/NAME.",
        show_default=True,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DEFAULT_ARCHIVE = "data/archive"


_STOPPED = "stopped; every source is wholly in or wholly out, run the command again to go on"
_NO_MEMORY = "not enough memory; the archive is whole, run the command again with fewer files at a time"


def one_line_errors(command: Callable[P, R], *, stopped: str = _STOPPED, no_memory: str = _NO_MEMORY) -> Callable[P, R]:
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
            message = stopped
        except MemoryError:
            message = no_memory
        fail(message)
        raise AssertionError  # unreachable: fail always raises

    return run


def examples(*lines: str) -> str:
    """Return the closing part of a command's help; it is printed as it stands."""
    return "\b\n" + "\n".join(("Examples:", *(f"  wenbao {line}" for line in lines)))


def fail(message: str) -> None:
    """Print an error as one line on stderr and exit with status 1."""
    print("error: " + " ".join(message.split()), file=sys.stderr)
    raise typer.Exit(1)


def print_json(value: Any) -> None:
    # Page text may hold what a terminal's encoding cannot show; JSON can always be written in ASCII.
    text = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=1)
    print(text)


@contextmanager
def archive_at(place: str | Path, model: str | None = None) -> Iterator[Archive]:
    from index.archive import Archive

    encoder = None
    if model is not None:
        from index.encoder import load_encoder

        encoder = load_encoder(model)
    with Archive.open(place, encoder=encoder) as archive:
        yield archive


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f}/s" if speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking at what is there", total=None)

        def show(done: int, total: int, source: str) -> None:
            doing = escape(Path(source).name) if source else "making it findable"
            bar.update(task, completed=done, total=total or None, description=doing)

        yield show


def print_report(report: UpdateReport, as_json: bool) -> None:
    if as_json:
        print_json(report.to_dict())
        return
    parts = [f"{count} {what}" for what in ("added", "replaced", "unchanged", "removed") if (count := getattr(report, what))]
    print(", ".join(parts) or "nothing to do")
    print_skipped(report.skipped)


def print_skipped(skipped: Sequence[Skipped]) -> None:
    """Say what was not taken in, each file or line with its reason."""
    for item in skipped:
        place = item.source if item.line is None else f"{item.source}:{item.line}"
        print(f"skipped {place}: {item.reason}")


def terminal() -> Console:
    from rich.console import Console

    # Page text is data: it is printed as it is, never read as markup.
    return Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
