"""Commands for words exactly as printed: snippets shows them in context, facets counts them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from qa.cli.options import DEFAULT_ARCHIVE, ArchiveFolder, AsJson, examples
from qa.cli.running import console, one_line_errors, opened, write_json
from qa.verbatim import Concordance, Count, Facets

app = typer.Typer()
Words = Annotated[
    str, typer.Argument(metavar="WORDS", help="Words that must all stand there; a phrase in quotation marks.", show_default=False)
]


@app.command(epilog=examples("snippets 网格员", "snippets '“就业岗位” 企业' --width 40 --json"))
@one_line_errors
def snippets(
    words: Words,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    width: Annotated[int, typer.Option("--width", min=0, max=200, help="Characters before and after the words.")] = 30,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Most lines to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show where words stand exactly as printed, with what is around them, oldest first."""
    with opened(archive) as assistant:
        found = assistant.snippets(words, width=width, limit=limit)
    if as_json:
        write_json(found.to_dict())
    else:
        _show_lines(found)


@app.command(epilog=examples("facets 网格员", "facets 就业 --json"))
@one_line_errors
def facets(words: Words, archive: ArchiveFolder = DEFAULT_ARCHIVE, as_json: AsJson = False) -> None:
    """Count the passages that hold words exactly as printed, by newspaper, year and page."""
    with opened(archive) as assistant:
        counted = assistant.facets(words)
    if as_json:
        write_json(counted.to_dict())
    else:
        _show_counts(counted)


def _show_lines(found: Concordance) -> None:
    out = console()
    for line in found.lines:
        out.print(Text.assemble(_flat(line.left), (_flat(line.words), "bold reverse"), _flat(line.right)))
        out.print(Text(f"    {line.citation.label}  {line.citation.passage_id}", style="dim"))
    more = "" if found.complete else "at least "
    out.print(Text(f"{len(found.lines)} of {more}{found.total} places in {found.passages} passages"))


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _show_counts(counted: Facets) -> None:
    out = console()
    out.print(Text(f"{'' if counted.complete else 'at least '}{counted.total} passages"))
    for name, counts in (("newspaper", counted.newspapers), ("year", counted.years), ("page", counted.pages)):
        for each in counts:
            out.print(Text(f"{each.count:>7}  {name} {_value(each)}"))


def _value(count: Count) -> str:
    return "(unknown)" if count.value is None else count.value
