"""Learn the weights of ``qa.sentences`` and ``qa.judgement`` from question sets with known answers.

    python -m training.evidence --data DATA --out DIR

DATA holds cmrc_trial, cmrc_dev, drcd_dev and the news corpus. DIR gets an archive of all their paragraphs (kept for the next
run). Fits on a third of the half that is held out from encoder and reader, for on the half they were trained on both look
better than they are; prints the weights, and figures by cross-fitting. The other two thirds are left to the benchmark.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.encoder import load_encoder
from index.schema import Encoder
from qa import judgement, overlap, sentences
from qa.schema import Language
from training.english import put, read_glosses
from training.evidence import weigh
from training.evidence.altered import pool
from training.evidence.archive import build
from training.evidence.collect import Asked, Texts, ask
from training.evidence.figures import auroc, calibration_error, kept_at
from training.evidence.fit import logistic, softmax
from training.evidence.sets import SETS, Known, Page, read_corpus, read_set

PRIOR = 0.6  # share of what is asked of an archive that it answers: people ask papers what papers print


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=10_000, help="use at most this many questions, drawn at random")
    options = parser.parse_args(argv)
    encoder = load_encoder()
    pages, known = read(options.data)
    archive = build(options.out / "archive", {**pages, "news": read_corpus(options.data)}, encoder)
    texts = Texts.read([page for source in pages.values() for page in source])
    chosen = [each for each in known if each.part == "tuning"]
    random.Random(1).shuffle(chosen)
    chosen = chosen[: options.most]
    glosses = read_glosses(options.data)
    english = [replace(each, question=put(each.question, glosses)) for each in chosen]
    languages: tuple[tuple[Language, list[Known]], ...] = (("zh", chosen), ("en", english))
    with archive.view() as view:
        for language, questions in languages:
            names = pool([each.question for each in questions])
            learn(language, list(ask(questions, texts, names, view, encoder)), encoder)


def read(data: Path) -> tuple[dict[str, list[Page]], list[Known]]:
    """Read the question sets: pages by set, and all questions."""
    loaded = {name: read_set(data, name) for name in SETS}
    return {name: pages for name, (pages, _) in loaded.items()}, [each for _, known in loaded.values() for each in known]


def aside(known: Known) -> bool:
    """Tell whether a question is set aside to show how the fit goes; follows from its article."""
    return hashlib.sha256(known.article_id.encode()).digest()[0] % 4 == 0


def learn(language: Language, asked: Sequence[Asked], encoder: Encoder) -> None:
    """Fit the three combinations one after the other, each on what the one before chose; print them."""
    fitting = [each for each in asked if not aside(each.known)]
    groups = [weigh.skimmed(each.whole, each.known) for each in fitting]
    sentences.SKIM[language] = softmax([group for group in groups if group])
    _show(f"sentences.SKIM {language}", overlap.COLUMNS, sentences.SKIM[language])
    close = [weigh.read_closely(weigh.score(each.whole, encoder), each.known) for each in fitting]
    sentences.WEIGHTS[language] = softmax([group for group in close if group])
    _show(f"sentences.WEIGHTS {language}", sentences.FEATURES, sentences.WEIGHTS[language])
    rows = [judged(each, encoder) for each in asked]
    table = [(row, label) for each, found in zip(asked, rows, strict=True) if not aside(each.known) for row, label in found]
    bias, weights = logistic(np.array([row for row, _ in table]), np.array([float(label) for _, label in table]), prior=PRIOR)
    judgement.BIAS[language], judgement.WEIGHTS[language] = bias, tuple(map(float, weights))
    _show(f"judgement.WEIGHTS {language} (bias {bias:.3f})", judgement.SIGNALS, weights)
    report(language, [each for each in asked if aside(each.known)], encoder)


def _show(name: str, columns: Sequence[str], weights: Sequence[float] | np.ndarray) -> None:
    print(name, ", ".join(f"{column} {weight:.3f}" for column, weight in zip(columns, weights, strict=True)))


def judged(asked: Asked, encoder: Encoder) -> list[tuple[tuple[float, ...], bool]]:
    """Return signals with labels: the question (answered when a quote holds the answer), without its article, the near miss."""
    rows: list[tuple[tuple[float, ...], bool]] = []
    for found in (asked.whole, asked.without, asked.near):
        scored = weigh.score(found, encoder) if found else ()
        if found and scored:
            values, quotes = weigh.signals(found, scored)
            printed = {item.passage.id: item.passage.text for item in found.ranking.ranked}
            rows.append((values, found is asked.whole and weigh.shown(quotes, asked.known, printed)))
    return rows


def report(language: Language, asked: Sequence[Asked], encoder: Encoder) -> None:
    """Print figures of the weights now in force on these questions."""
    groups = [weigh.read_closely(weigh.score(each.whole, encoder), each.known) for each in asked]
    first = np.mean([bool(group and group.right[0]) for group in groups])
    rows = [judged(each, encoder) for each in asked]
    bias, weights = judgement.BIAS[language], np.array(judgement.WEIGHTS[language])
    odds = [[bias + float(weights @ row) for row, _ in found] for found in rows]
    held, gone = [row[0] for row in odds if row], [row[1] for row in odds if len(row) > 1]
    pairs = [(row[0], row[2]) for row in odds if len(row) > 2]
    every = [
        (1 / (1 + np.exp(-value)), label) for o, r in zip(odds, rows, strict=True) for value, (_, label) in zip(o, r, strict=True)
    ]
    print(
        f"{language}, {len(asked)} set aside: first sentence {first:.3f}, shown {np.mean([r[0][1] for r in rows if r]):.3f}; "
        f"gone AUROC {auroc(held, gone):.3f}, kept at .9 {kept_at(held, gone):.3f}; near AUROC "
        f"{auroc([a for a, _ in pairs], [b for _, b in pairs]):.3f}; calibration error "
        f"{calibration_error([c for c, _ in every], [bool(label) for _, label in every]):.3f}"
    )


if __name__ == "__main__":
    main()
