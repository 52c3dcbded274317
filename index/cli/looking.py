"""Commands that change nothing: parse, check (unless told to repair), stats."""

from __future__ import annotations

import sys
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
    fail,
    one_line_errors,
    print_json,
    terminal,
)


@app.command(epilog=examples("parse page.txt", "parse page.txt --json"))
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
        print_json({"issues": [issue_to_dict(issue) for issue in issues]})
        return
    from index.pageview import show_issue, show_legend

    console = terminal()
    for at, issue in enumerate(issues):
        if at:
            console.print("\n")
        show_issue(console, issue)
    show_legend(console)


@app.command(epilog=examples("check", "check --repair"))
@one_line_errors
def check(
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    repair: Annotated[bool, typer.Option("--repair", help="Make all derived data anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Verify the archive; exit status 1 when something is wrong."""
    with archive_at(archive) as opened:
        report = opened.repair() if repair else opened.check()
    if as_json:
        print_json(report.to_dict())
    elif report.ok:
        print(f"{archive}: no problems")
    if not report.ok:
        more = f" (and {len(report.problems) - 1} more)" if len(report.problems) > 1 else ""
        if not as_json:
            for problem in report.problems[1:]:
                print(problem)
        fail(report.problems[0] + more)


@app.command(epilog=examples("stats", "stats --json"))
@one_line_errors
def stats(archive: ArchiveFolder = DEFAULT_ARCHIVE, as_json: AsJson = False) -> None:
    """Count what the archive holds."""
    with archive_at(archive) as opened:
        counts = opened.stats().to_dict()
    if as_json:
        print_json(counts)
        return
    width = max(map(len, counts))
    for name, value in counts.items():
        shown = "、".join(value) if isinstance(value, tuple) else value
        print(f"{name.replace('_', ' '):{width}}  {'unknown' if shown in (None, '') else shown}")
