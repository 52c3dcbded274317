"""How many of the exact nearest passages compact codes find, and how long a question takes.

    python -m benchmarks.dense --data DATA

Passages are the paragraphs of the news corpus, questions those of the reading sets; both encoded by the embedded model.
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
from training import corpora

faiss: Any = _faiss
_QUESTIONS = 500
_TRIALS = (200, 500)


def texts(data: Path) -> tuple[list[str], list[str]]:
    """Return the passages and the questions."""
    passages = [paragraph for item in corpora.read_news(data) for paragraph in item.paragraphs]
    asked = [question.text for name in (corpora.CMRC, corpora.DRCD) for question in corpora.read_questions(data, name).questions]
    return passages, asked[:: max(1, len(asked) // _QUESTIONS)][:_QUESTIONS]


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


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args(argv).data
    faiss.omp_set_num_threads(1)
    encoder = load_encoder()
    passages, asked = texts(data)
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
