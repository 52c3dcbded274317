"""Measure answers: ``python -m benchmarks.answers --data DATA``.

Builds an archive of all paragraphs of the question sets and of the news corpus (kept in ``--work`` for the next run), then asks
the questions that nothing was learned from: of the articles held out, those that were not used to tune either.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.answers.asking import Shown, confidences, given, times, whole
from index.archive import Archive
from index.encoder import load_encoder
from index.schema import Encoder, Passage
from qa.assistant import Assistant
from qa.judgement import THRESHOLD
from qa.retrieval import View
from training.evidence.altered import Changed, alter, pool
from training.evidence.archive import build
from training.evidence.collect import Asked, Texts, ask
from training.evidence.figures import auroc, calibration_error, kept_at
from training.evidence.learn import PRIOR
from training.evidence.sets import SETS, Known, Page, read_corpus, read_set

MEASURED = ("CMRC", "DRCD")
RESULTS = Path(__file__).resolve().parent.parent / "results" / "answers.json"
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """The archive, the questions to ask of it, and what their articles print."""

    archive: Archive
    encoder: Encoder
    questions: Mapping[str, Sequence[Known]]
    texts: Texts
    passages: Mapping[str, tuple[Passage, ...]]
    headlines: Sequence[str]
    names: Mapping[Changed, Sequence[str]]
    answers: int


def main(argv: Sequence[str] | None = None) -> None:
    """Read the arguments, measure, print tables and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--work", type=Path, help="folder that keeps the archive for the next run (default: a temporary one)")
    parser.add_argument("--only", choices=sorted(PARTS), action="append", help="one part only; may be given again")
    parser.add_argument("--questions", type=int, default=600, help="most questions a set, drawn at random (default: 600)")
    parser.add_argument("--answers", type=int, default=10_000, help="answers of the part 'spans' (default: 10000)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the figures are written as JSON")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        bench = prepare(options.data, options.work or Path(folder), most=options.questions, answers=options.answers)
        with bench.archive:
            measured: Figures = {}
            for name in options.only or PARTS:
                began = time.perf_counter()
                measured[name] = PARTS[name](bench)
                print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
                print("\n".join(table(name, measured[name])), flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    # Read only now: a run of another part may have written meanwhile.
    before: Figures = json.loads(options.out.read_text("utf-8")) if options.only and options.out.exists() else {}
    options.out.write_text(json.dumps(before | measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def prepare(data: Path, work: Path, *, most: int, answers: int) -> Bench:
    """Read the sets, build or open the archive, draw the questions."""
    encoder = load_encoder()
    loaded = {name: read_set(data, name) for name in SETS}
    pages: dict[str, list[Page]] = {name: read for name, (read, _) in loaded.items()}
    news = read_corpus(data)
    archive = build(work / "archive", {**pages, "news": news}, encoder)
    own = [page for read in pages.values() for page in read]
    questions = {name: drawn([k for k in loaded[name][1] if k.part == "measured"], most) for name in MEASURED}
    headlines = [article.headline for page in news for article in page.issue.articles if article.headline]
    return Bench(
        archive,
        encoder,
        questions,
        Texts.read(own),
        {id: passages for page in own for id, passages in page.articles},
        random.Random(1).sample(headlines, min(len(headlines), most)),
        pool([known.question for asked in questions.values() for known in asked]),
        answers,
    )


def drawn(known: Sequence[Known], most: int) -> list[Known]:
    """Return at most ``most`` of the questions, the same ones every time."""
    return random.Random(1).sample(list(known), min(len(known), most))


def measure_given(bench: Bench) -> Figures:
    """Evidence given the paragraph, by set and by kind of question."""
    with bench.archive.view() as view:
        rows = [
            row
            for questions in bench.questions.values()
            for known in questions
            if (row := given(known, bench.passages[known.article_id], view, bench.encoder))
        ]
    return {**by(rows, lambda row: row.set), **by(rows, lambda row: f"{row.set}, {row.kind}")}


def measure_archive(bench: Bench) -> Figures:
    """End to end over everything; not found with the paragraph taken out; near misses; calibration."""
    figures: Figures = {}
    everything: list[tuple[Shown, float, float | None]] = []
    with bench.archive.view() as view:
        for name, questions in bench.questions.items():
            rows = list(_three_ways(questions, bench, view))
            figures[name] = {**rates([row for row, _, _ in rows]), **separation(rows)}
            everything += rows
    figures["both"] = {**rates([row for row, _, _ in everything]), **separation(everything)}
    return figures


def _three_ways(questions: Sequence[Known], bench: Bench, view: View) -> Iterator[tuple[Shown, float, float | None]]:
    asked: Asked
    for asked in ask(questions, bench.texts, bench.names, view, bench.encoder):
        row = whole(asked)
        if row:
            yield (row, *confidences(asked))


def separation(rows: Sequence[tuple[Shown, float, float | None]]) -> Figures:
    """How well confidence tells the answerable from the rest, and how far it can be believed."""
    held = [row.confidence for row, _, _ in rows]
    gone = [without for _, without, _ in rows]
    near = [(row.confidence, other) for row, _, other in rows if other is not None]
    believed = [*held, *gone, *(other for _, other in near)]
    right = [*(row.quotes for row, _, _ in rows), *([False] * (len(gone) + len(near)))]
    counts = [PRIOR / sum(right) if each else (1 - PRIOR) / (len(right) - sum(right)) for each in right]
    return {
        "gone_auroc": auroc(held, gone),
        "gone_kept_at_90": kept_at(held, gone),
        "near_misses": len(near),
        "near_auroc": auroc([one for one, _ in near], [other for _, other in near]),
        "answered": float(np.mean(np.array(held) >= THRESHOLD)),
        "gone_answered": float(np.mean(np.array(gone) >= THRESHOLD)),
        "near_answered": float(np.mean(np.array([other for _, other in near]) >= THRESHOLD)),
        "calibration_error": calibration_error(believed, right, counts=counts),
    }


def by(rows: Sequence[Shown], key: Callable[[Shown], str]) -> Figures:
    """Return the rates of each group."""
    groups: dict[str, list[Shown]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: rates(groups[name]) for name in sorted(groups)}


def rates(rows: Sequence[Shown]) -> Figures:
    """Return shares over questions."""
    return {
        "questions": len(rows),
        "first_sentence": float(np.mean([row.first for row in rows])),
        "quotes": float(np.mean([row.quotes for row in rows])),
        "entire": float(np.mean([row.entire for row in rows])),
        "marks_f1": float(np.mean([row.f1 for row in rows])),
    }


def measure_times(bench: Bench) -> Figures:
    """Milliseconds of the evidence beyond retrieval: headlines of the news asked as they are, and questions of the sets."""
    asked = {"headlines": bench.headlines, "questions": [k.question for known in bench.questions.values() for k in known]}
    figures: Figures = {}
    with bench.archive.view() as view:
        for name, texts in asked.items():
            taken = np.array(list(times(texts, view, bench.encoder))[20:])  # the first ones fill caches
            (p50, own50), (p95, own95) = np.percentile(taken, [50, 95], axis=0).tolist()
            figures[name] = {
                "questions": len(taken),
                "p50_ms": p50,
                "p95_ms": p95,
                "processor_p50": own50,
                "processor_p95": own95,
            }
    return figures


def measure_spans(bench: Bench) -> Figures:
    """Ask until there are so many citations of answers; count those whose quote is not the span of the passage they name."""
    assistant = Assistant(bench.archive, bench.encoder)
    wrong = citations = answers = 0
    with bench.archive.view() as view:
        for text in _many(bench):
            answer = assistant.ask(text).to_dict()
            answers += 1
            cited = [*answer["citations"], *answer["nearest"]]
            held = view.passages([each["passage_id"] for each in cited])
            citations += len(cited)
            for each in cited:
                span = each["passage_text"][each["start"] : each["end"]]
                wrong += span != each["quote"] or held[each["passage_id"]].text != each["passage_text"]
            if answers >= bench.answers:
                break
    return {"all": {"answers": answers, "citations": citations, "wrong": wrong}}


def _many(bench: Bench) -> Iterator[str]:
    """Questions without end: those of the sets, headlines, and near misses of the former with ever new seeds."""
    known = [each for questions in bench.questions.values() for each in questions]
    yield from (each.question for each in known)
    yield from bench.headlines
    for seed in range(2, 1_000):
        for each in known:
            altered = alter(each.question, bench.texts.of[each.article_id], bench.names, seed=seed)
            yield altered.question if altered else each.question


PARTS: Mapping[str, Callable[[Bench], Figures]] = {
    "given": measure_given,
    "archive": measure_archive,
    "times": measure_times,
    "spans": measure_spans,
}


def table(name: str, figures: Figures) -> Iterator[str]:
    """Yield the lines of a Markdown table: a row a group, a column a figure."""
    columns = list(next(iter(figures.values())))
    yield f"| {name} | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for group, row in figures.items():
        cells = (f"{row[column]:.3f}" if isinstance(row[column], float) else str(row[column]) for column in columns)
        yield f"| {group} | {' | '.join(cells)} |"
    yield ""


if __name__ == "__main__":
    main()
