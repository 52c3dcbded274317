"""The command that measures: eval."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.options import DEFAULT_ARCHIVE, ArchiveFolder, AsJson, Model, examples
from qa.cli.reporting import show_probing, show_report, show_variants
from qa.cli.running import console, one_line_errors, opened, write, write_json

if TYPE_CHECKING:
    from qa.evaluation import Evaluation, QuestionSet
    from qa.evaluation.ablation import Variant
    from qa.evaluation.running import Progress

app = typer.Typer()

_SEED = 1


@app.command(
    name="eval",
    epilog=examples(
        "eval questions.jsonl",
        "eval questions.csv --ablation --report report.html",
        "eval cmrc2018_dev.json --build --limit 500 --run run.trec",
        "eval beir/scifact --build --json",
        "eval --probe",
    ),
)
@one_line_errors
def evaluate(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Questions with known answers: .jsonl, .csv, SQuAD .json, or a BEIR folder."),
    ] = None,
    archive: ArchiveFolder = DEFAULT_ARCHIVE,
    probe: Annotated[bool, typer.Option("--probe", help="Ask for the archive's own headlines instead, page by page.")] = False,
    build: Annotated[bool, typer.Option("--build", help="Ask an archive made for this run of the texts in FILE.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Ask at most so many, drawn at random, always the same.")
    ] = None,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Measure parts of the search and answer on their own too.")
    ] = False,
    run: Annotated[Path | None, typer.Option("--run", metavar="FILE", help="Write the rankings for trec_eval.")] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write figures and failures as one HTML page.")
    ] = None,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Ask questions with known answers and report how many went right."""
    if probe:
        if file is not None or build or ablation or run or report:
            raise typer.BadParameter(
                "asks for the archive's own headlines; leave FILE and the other options out", param_hint="--probe"
            )
        _probe(archive, model, limit or 500, as_json=as_json)
        return
    if file is None:
        raise typer.BadParameter("name a file of questions, or --probe", param_hint="FILE")
    _measure(file, archive, model, limit=limit, build=build, ablation=ablation, run=run, report=report, as_json=as_json)


def _measure(
    file: Path,
    archive: str | Path,
    model: str | None,
    *,
    limit: int | None,
    build: bool,
    ablation: bool,
    run: Path | None,
    report: Path | None,
    as_json: bool,
) -> None:
    from qa import evaluation
    from qa.evaluation.measures import can_rank
    from qa.evaluation.report import report as page_of
    from qa.evaluation.trec import run_file

    questions = _drawn(evaluation.read(file), limit)
    with ExitStack() as stack:
        if build:
            archive, questions = _built(stack, questions, file, model)
        assistant = stack.enter_context(opened(archive, model))
        with _progress("questions") as progress:
            found = evaluation.evaluate(assistant, questions, progress=progress)
        variants = _ablated(found, questions, archive, model) if ablation else []
    if not can_rank():
        print('mrr, ndcg and recall are left out; for them: pip install "wenbao[eval]"', file=sys.stderr)
    rows = [{"name": variant.name, **variant.figures} for variant in variants]
    if run is not None:
        write(run_file(found.results), run)
    if report is not None:
        write(page_of(found, title=f"Wenbao · {file.name}", variants=rows), report)
    told = found.to_dict()
    if as_json:
        write_json({**told, **({"ablation": rows} if ablation else {})})
        return
    show_report(console(), told)
    if variants:
        show_variants(console(), variants)


def _drawn(questions: QuestionSet, limit: int | None) -> QuestionSet:
    """At most so many questions; those that they lean on are asked all the same."""
    if limit is None or limit >= len(questions.questions):
        return questions
    chosen = {id(known) for known in random.Random(_SEED).sample(list(questions.questions), limit)}
    return replace(questions, questions=tuple(known for known in questions.questions if id(known) in chosen))


def _built(stack: ExitStack, questions: QuestionSet, file: Path, model: str | None) -> tuple[Path, QuestionSet]:
    from index.encoder import load_encoder
    from index.errors import ReadError
    from qa.evaluation.corpus import build

    if not questions.documents:
        raise ReadError(str(file), "holds no texts to build an archive of; leave --build out")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wenbao-eval-"))) / "archive"
    print(f"building an archive of {len(questions.documents)} texts", file=sys.stderr)
    return folder, build(folder, questions, load_encoder(model))


def _ablated(found: Evaluation, questions: QuestionSet, archive: str | Path, model: str | None) -> list[Variant]:
    from index.archive import Archive
    from index.encoder import load_encoder
    from qa.evaluation.ablation import ablate

    encoder = load_encoder(model)
    with Archive.open(archive, encoder=encoder, must_exist=True) as held, held.view() as view, _progress("parts") as progress:
        return ablate(found.results, view, encoder, questions.articles, progress=progress)


def _probe(archive: str | Path, model: str | None, most: int, *, as_json: bool) -> None:
    from index.archive import Archive
    from index.encoder import load_encoder
    from qa.evaluation.probing import probe

    encoder = load_encoder(model)
    with Archive.open(archive, encoder=encoder, must_exist=True) as held, held.view() as view, _progress("pages") as progress:
        found = probe(view, encoder, most=most, progress=progress)
    if as_json:
        write_json(found.to_dict())
    else:
        show_probing(console(), found)


@contextmanager
def _progress(what: str) -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns: tuple[Any, ...] = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
