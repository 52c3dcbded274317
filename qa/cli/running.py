"""How every command runs: it opens the archive, writes its result, and fails with one line and status 1."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from rich.console import Console

from index.cli.running import one_line_errors as of_archive
from index.errors import QuestionError
from qa.cite import Edition

if TYPE_CHECKING:
    from qa.assistant import Assistant

P = ParamSpec("P")
R = TypeVar("R")

_LONGEST_QUESTION = 200_000


def one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Make a command that changes no archive fail as those of ``index`` do, with one line on stderr and status 1."""
    return of_archive(command, stopped="stopped", no_memory="not enough memory")


def opened(archive: str | Path, model: str | None = None, edition: Edition = "2025") -> Assistant:
    """Open the archive for questions."""
    from qa.assistant import Assistant

    assistant = Assistant.open(archive, model=model, edition=edition)
    if assistant.words_only:
        console(stderr=True).print(f"found by words alone: {assistant.words_only}", style="yellow")
    return assistant


def question_of(argument: str) -> str:
    """Return the question, read from standard input where the argument is ``-``."""
    if argument != "-":
        return argument
    try:
        return sys.stdin.read(_LONGEST_QUESTION)
    except UnicodeDecodeError as error:
        raise QuestionError("the question on standard input is not UTF-8 text") from error


def write(text: str, output: Path | None = None) -> None:
    """Write text as UTF-8 with its own line ends, to a file or to standard output."""
    data = text.encode("utf-8", errors="replace")
    if output is not None:
        output.write_bytes(data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_json(value: Any, output: Path | None = None) -> None:
    """Write a value as JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=2) + "\n", output)


def console(*, stderr: bool = False) -> Console:
    """Return a console that prints page text as it stands, in colour only on a terminal and without NO_COLOR."""
    return Console(highlight=False, soft_wrap=True, emoji=False, markup=False, stderr=stderr)


@contextmanager
def printed(output: Path | None) -> Iterator[Console]:
    """Yield a console on standard output, or on a file."""
    if output is None:
        yield console()
        return
    with output.open("w", encoding="utf-8") as file:
        yield Console(file=file, highlight=False, soft_wrap=True, emoji=False, markup=False)
