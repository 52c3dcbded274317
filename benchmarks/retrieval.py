"""Measure both legs and their fusion: ``python -m benchmarks.retrieval --data DIR``.

Each set becomes an archive in a temporary folder and every question goes through ``qa.retrieval`` exactly as in the product,
then its query through each leg alone. A paragraph counts by the best of its passages.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import sets
from benchmarks.paragraphs import build, number_of
from benchmarks.sets import Set
from index.encoder import EmbeddedEncoder, load_encoder
from index.schema import Encoder, Filter
from qa.question import understand
from qa.retrieval import POOL, View, retrieve

DEPTH = 10
NOISE = 0.1
LEGS = ("lexical", "dense", "hybrid")
RESULTS = Path(__file__).resolve().parent / "results" / "retrieval.json"
_TOLERANCE = 0.002


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions, 0 to 1, of one leg on one set."""

    set: str
    noise: float
    paragraphs: int
    questions: int
    leg: str
    recall_1: float
    recall_5: float
    ndcg_10: float


def main() -> None:
    """Read the arguments, measure, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--model", help="model name or folder (default: the embedded one)")
    parser.add_argument("--questions", type=int, default=2000, help="most questions a set, drawn at random (default: 2000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the figures are written as JSON")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.model)
    began = time.perf_counter()
    figures: list[Figures] = []
    for one in conditions(arguments.data, encoder, most=arguments.questions, seed=arguments.seed):
        figures += measure(one, encoder)
        print(f"{one.name}, noise {one.noise:.0%}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    head = {"model": encoder.name, "fingerprint": encoder.fingerprint, "seed": arguments.seed, "most": arguments.questions}
    record = {**head, "figures": [asdict(row) for row in figures]}
    arguments.out.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(figures))
    print("\n".join(verdicts(figures)))


def conditions(data: Path, encoder: Encoder, *, most: int, seed: int) -> Iterator[Set]:
    """Yield every set clean, then with noise; the same questions in both."""
    for whole in (*sets.questions_zh(data), *_in_english(data, encoder), *sets.sentences_both_ways(data)):
        one = sets.sampled(whole, most, seed=seed)
        yield one
        yield sets.noisy(one, NOISE, seed=seed)


def _in_english(data: Path, encoder: Encoder) -> Iterator[Set]:
    """Yield the Chinese question sets with the questions glossed word by word; the glosses follow the embedded model's pieces."""
    from training.evaluate import word_by_word

    glossing = encoder if isinstance(encoder, EmbeddedEncoder) else load_encoder()
    assert isinstance(glossing, EmbeddedEncoder)
    for one in sets.questions_zh(data):
        yield sets.reworded(one, lambda texts: word_by_word(glossing, data, texts), f"{one.name} glossed en→zh")


def measure(one: Set, encoder: Encoder) -> list[Figures]:
    """Measure lexical leg, dense leg and hybrid on a set."""
    ranks: dict[str, list[int | None]] = {leg: [] for leg in LEGS}
    with tempfile.TemporaryDirectory() as folder, build(Path(folder), one.paragraphs, encoder) as archive, archive.view() as view:
        for question in one.questions:
            for leg, found in _search(question.text, view, encoder).items():
                ranks[leg].append(found.index(question.paragraph) + 1 if question.paragraph in found else None)
    return [_figures(one, leg, ranks[leg]) for leg in LEGS]


def _search(text: str, view: View, encoder: Encoder) -> dict[str, list[int]]:
    """Return the paragraphs that each leg finds, best first."""
    ranking = retrieve(understand(text), view, encoder, limit=POOL)
    query = ranking.query
    lexical = view.search_lexical(query.terms, limit=POOL, filter=Filter()) if query.terms else []
    dense = view.search_dense(query.vector, limit=POOL, filter=Filter())
    return {
        "lexical": _paragraphs(hit.passage_id for hit in lexical),
        "dense": _paragraphs(hit.passage_id for hit in dense),
        "hybrid": _paragraphs(hit.passage.id for hit in ranking.ranked),
    }


def _paragraphs(passages: Iterable[str]) -> list[int]:
    return list(dict.fromkeys(number_of(id.rpartition("-s")[0]) for id in passages))


def _figures(one: Set, leg: str, ranks: Sequence[int | None]) -> Figures:
    found = [rank for rank in ranks if rank is not None]
    count = len(ranks)
    return Figures(
        set=one.name,
        noise=one.noise,
        paragraphs=len(one.paragraphs),
        questions=count,
        leg=leg,
        recall_1=sum(rank == 1 for rank in found) / count,
        recall_5=sum(rank <= 5 for rank in found) / count,
        ndcg_10=sum(1 / math.log2(1 + rank) for rank in found if rank <= DEPTH) / count,
    )


def table(figures: Sequence[Figures]) -> str:
    """Return the figures as a Markdown table, one row a set."""
    rows = ["| Set | noise | questions, paragraphs | " + " | ".join(f"{leg} R@1, R@5, nDCG@10" for leg in LEGS) + " |"]
    rows.append("|" + "---|" * (3 + len(LEGS)))
    for group in _groups(figures):
        first = group[0]
        cells = [f"{row.recall_1:.3f}, {row.recall_5:.3f}, {row.ndcg_10:.3f}" for row in group]
        rows.append(f"| {first.set} | {first.noise:.0%} | {first.questions}, {first.paragraphs} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def verdicts(figures: Sequence[Figures]) -> Iterator[str]:
    """Yield one line for every set and measure where the hybrid is below its better leg by more than 0.2 points."""
    for lexical, dense, hybrid in _groups(figures):
        for name in ("recall_1", "recall_5", "ndcg_10"):
            better = max(getattr(lexical, name), getattr(dense, name))
            own = getattr(hybrid, name)
            if own < better - _TOLERANCE:
                yield f"below its better leg: {hybrid.set}, noise {hybrid.noise:.0%}, {name} {own:.3f} < {better:.3f}"


def _groups(figures: Sequence[Figures]) -> Iterator[tuple[Figures, Figures, Figures]]:
    for start in range(0, len(figures), len(LEGS)):
        lexical, dense, hybrid = figures[start : start + len(LEGS)]
        yield lexical, dense, hybrid


if __name__ == "__main__":
    main()
