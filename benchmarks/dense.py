"""How many of the exact nearest passages compact codes find, and how long a question takes.

    python -m benchmarks.dense --data DATA [--archive DIR]

Passages are the paragraphs of the news corpus, or those of an archive that has codes; questions those of the reading sets. Both
are encoded by the embedded model.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import load_encoder
from index.schema import Vectors
from index.storage.dense import Compact
from index.storage.derived import load
from index.storage.local import LocalEngine
from training import corpora

faiss: Any = _faiss
_QUESTIONS = 500
_TRIALS = (200, 500)
_BATCH = 50_000


def questions_of(data: Path, most: int) -> list[str]:
    """Return about so many questions of the reading sets, evenly drawn."""
    asked = [question.text for name in (corpora.CMRC, corpora.DRCD) for question in corpora.read_questions(data, name).questions]
    return asked[:: max(1, len(asked) // most)][:most]


def kinds(vectors: Vectors) -> Iterator[tuple[str, int, Any]]:
    """Yield name, bytes a passage and a filled FAISS index."""
    dimensions = vectors.shape[1]
    for name, factory, size in (
        ("RaBitQ, fast scan", "RaBitQfs", dimensions // 8 + 8),
        ("product quantiser, 4 bits for 4 dimensions, trained", f"PQ{dimensions // 4}x4fs", dimensions // 8),
        ("product quantiser, 4 bits for 2 dimensions, trained", f"PQ{dimensions // 2}x4fs", dimensions // 4),
    ):
        index = faiss.index_factory(dimensions, factory, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors[:20_000])
        index.add(vectors)
        yield name, size, index
    leg = Compact.create(dimensions)
    leg.add(np.arange(len(vectors), dtype=np.int64), vectors)
    yield "ours: points of the normal distribution", dimensions // 4, leg._index


def found(candidates: NDArray[np.int64], question: Vectors, vectors: Vectors, tenth: float) -> float:
    """Return the share of the ten nearest that are among the candidates; ties count as found."""
    scores = np.sort(vectors[candidates[candidates >= 0]] @ question)[::-1][:10]
    return float((scores >= tenth - 1e-6).mean())


def of_archive(folder: Path, questions: Vectors) -> None:
    """Print how many of the exact nearest the codes of an archive find."""
    with LocalEngine(folder).records() as truth:
        leg = load(folder).dense
        assert isinstance(leg, Compact), "the archive is small enough for exact search"
        last = truth.last_row()
        scores = np.full((len(questions), last + 1), -2, dtype=np.float32)
        for first in range(1, last + 1, _BATCH):
            rows, vectors = truth.vector_rows(first, min(last, first + _BATCH - 1))
            scores[:, rows] = questions @ vectors.T
        print(f"{leg.size} passages, {len(questions)} questions\n")
        print("| candidates | of the ten | of the sixty | ms |\n|---|---|---|---|")
        for count in (100, 200, 500, 1000):
            start = time.perf_counter()
            lists = [leg._candidates(question[None], count, None) for question in questions]
            took = (time.perf_counter() - start) / len(questions) * 1000
            shares = [np.mean([_kept(row, score, most) for row, score in zip(lists, scores, strict=True)]) for most in (10, 60)]
            print(f"| {count} | {shares[0]:.4f} | {shares[1]:.4f} | {took:.1f} |", flush=True)


def _kept(rows: NDArray[np.int64], scores: NDArray[np.float32], most: int) -> float:
    """Return the share of the ``most`` nearest that are among some rows; ties count as found."""
    last = np.partition(scores, -most)[-most]
    return float((np.sort(scores[rows])[::-1][:most] >= last - 1e-6).mean())


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--archive", type=Path, help="measure the codes of this archive instead")
    parser.add_argument("--questions", type=int, default=_QUESTIONS)
    options = parser.parse_args(argv)
    faiss.omp_set_num_threads(1)
    encoder = load_encoder()
    asked = questions_of(options.data, options.questions)
    if options.archive:
        of_archive(options.archive, encoder.encode_questions(asked))
        return
    passages = [paragraph for item in corpora.read_news(options.data) for paragraph in item.paragraphs]
    vectors = encoder.encode_passages(passages).astype(np.float16).astype(np.float32)
    questions = encoder.encode_questions(asked)
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    tenth = exact.search(questions, 10)[0][:, -1]
    print(f"{len(passages)} passages, {len(asked)} questions, one thread\n")
    heads = " | ".join(f"found with {count} candidates | ms" for count in _TRIALS)
    print(f"| Codes | bytes a passage | {heads} |\n|---|---|{'---|---|' * len(_TRIALS)}")
    for name, size, index in kinds(vectors):
        cells = []
        for count in _TRIALS:
            start = time.perf_counter()
            lists = [index.search(question[None], count)[1][0] for question in questions]
            took = (time.perf_counter() - start) / len(questions) * 1000
            rows = zip(lists, questions, tenth, strict=True)
            share = np.mean([found(row, question, vectors, nearest) for row, question, nearest in rows])
            cells.append(f"{share:.4f} | {took:.2f}")
        print(f"| {name} | {size} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
