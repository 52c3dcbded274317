"""The commands that ask: ask, search, cite."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from qa.cite import BYTE_ORDER_MARK, Edition, Format, Reference, export, label, look_up
from qa.cli.filtering import Anywhere, Authors, Newspapers, Pages, Since, Until, filter_of
from qa.cli.options import (
    DEFAULT_ARCHIVE,
    ArchiveFolder,
    AsJson,
    Bom,
    Form,
    Llm,
    LlmModel,
    LlmPrice,
    LlmUrl,
    Model,
    Output,
    Question,
    Style,
    examples,
)
from qa.cli.running import console, one_line_errors, opened, printed, question_of, write, write_json
from qa.cli.showing import show_answer, show_hits
from qa.llm import endpoint_from
from qa.llm import write as write_answer
from qa.schema import Turn

app = typer.Typer()


@app.command(
    epilog=examples(
        "ask '第六届中国智能建筑节的主题是什么？'",
        "ask '它前五届都在哪些地方办过？' --history '第六届中国智能建筑节的主题是什么？'",
        "ask '第六届中国智能建筑节的主题是什么？' --llm --llm-url http://127.0.0.1:11434/v1 --llm-model qwen3",
        "ask 'Where was the festival held?' --format bibtex --output references.bib",
    )
)
@one_line_errors
def ask(
    question: Question,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    limit: Annotated[int | None, typer.Option("--limit", min=1, max=60, help="Most citations to show.")] = None,
    history: Annotated[
        list[str] | None, typer.Option("--history", help="An earlier question; repeat for several, oldest first.")
    ] = None,
    newspapers: Newspapers = None,
    since: Since = None,
    until: Until = None,
    pages: Pages = None,
    authors: Authors = None,
    anywhere: Anywhere = False,
    form: Form = "text",
    style: Style = "2025",
    output: Output = None,
    bom: Bom = False,
    llm: Llm = False,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_price: LlmPrice = None,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with verbatim, cited quotes."""
    filter = filter_of(newspapers, since, until, pages, authors, anywhere=anywhere)
    endpoint = endpoint_from(os.environ, url=llm_url, model=llm_model, price=llm_price) if llm else None
    with opened(archive, model, style) as assistant:
        turns: list[Turn] = []
        for earlier in history or ():
            turns.append(Turn(earlier, assistant.ask(earlier, turns).text))
        answer = assistant.ask(question_of(question), turns, limit, filter=filter)
        if endpoint is not None:
            answer = write_answer(answer, endpoint, assistant)
        references = assistant.references(answer.citations)
    if as_json or form == "json":
        write_json(answer.to_dict(), output)
    elif form == "text":
        with printed(output) as page:
            show_answer(page, answer)
    else:
        if not references:
            print("not found: there is nothing to cite", file=sys.stderr)
        write(_exported(references, form, style, bom=bom), output)


@app.command(
    epilog=examples("search '智能建筑节' --limit 3", "search 'smart building festival' --from 2021-06 --to 2021-12 --json")
)
@one_line_errors
def search(
    question: Question,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most passages to show.")] = 10,
    newspapers: Newspapers = None,
    since: Since = None,
    until: Until = None,
    pages: Pages = None,
    authors: Authors = None,
    anywhere: Anywhere = False,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """List the nearest passages."""
    filter = filter_of(newspapers, since, until, pages, authors, anywhere=anywhere)
    with opened(archive, model) as assistant:
        hits = assistant.search(question_of(question), limit, filter=filter)
    if as_json:
        write_json({"hits": [hit.to_dict() for hit in hits]})
    else:
        show_hits(console(), hits)


@app.command(
    epilog=examples(
        "cite dongchangfuxun-2021-06-08-p1-a02",
        "cite dongchangfuxun-2021-06-08-p1-a02-s03 --format bibtex",
        "cite ID1 ID2 ID3 --format csv --bom --output quotes.csv",
    )
)
@one_line_errors
def cite(
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="Permanent ids of passages or articles, as `ask --json` shows them.", show_default=False
        ),
    ],
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    form: Form = "gbt7714",
    style: Style = "2025",
    output: Output = None,
    bom: Bom = False,
    as_json: AsJson = False,
) -> None:
    """Write the references of passages or articles."""
    from index.archive import Archive

    with Archive.open(archive, must_exist=True) as held, held.view() as view:
        references = [look_up(view, id) for id in ids]
    if as_json or form == "json":
        write_json({"references": [reference.to_dict(edition=style) for reference in references]}, output)
    elif form == "text":
        with printed(output) as page:
            for reference in references:
                page.print(f"{reference.id}  {label(reference.source)}")
    else:
        write(_exported(references, form, style, bom=bom), output)


def _exported(references: Sequence[Reference], form: Format, style: Edition, *, bom: bool) -> str:
    text = export(references, form, edition=style)
    return BYTE_ORDER_MARK + text if bom else text
