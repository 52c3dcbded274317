"""Print the figures of a model: ``python -m training.evaluate --data DIR [--model DIR]``.

The figures of English questions are on machine-made English (first glosses, no grammar) and serve for tuning only.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import EMBEDDED, EmbeddedEncoder
from index.encoder.embedded import EDGE
from training import corpora, glosses, glossing, names
from training.measure import measure, passages_per_second
from training.ragged import Cutter
from training.vocabulary import Vocabulary


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--model", type=Path, default=EMBEDDED, help="model folder (default: the embedded one)")
    arguments = parser.parse_args()
    show(arguments.data, arguments.model)


def show(data: Path, model: Path) -> None:
    """Print all figures of the model in a folder."""
    began = time.perf_counter()
    encoder = EmbeddedEncoder(model)
    loading = time.perf_counter() - began
    figures = measure(encoder, data, gloss=lambda texts: word_by_word(encoder, data, texts))
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    speed = passages_per_second(encoder, data)
    print(f"NTREX English to Chinese, R@1   {figures.ntrex_en_zh:.4f}   (1,000 pairs)")
    print(f"NTREX Chinese to English, R@1   {figures.ntrex_zh_en:.4f}")
    print(f"DRCD, held-out half, nDCG@10    {figures.drcd:.4f}   (dense alone, 1,000 paragraphs)")
    print(f"CMRC, held-out half, nDCG@10    {figures.cmrc:.4f}   (dense alone, 848 paragraphs)")
    print(f"the same in glossed English     {figures.english:.4f}   (machine-made, for tuning only)")
    print(f"loading {loading:.2f} s, {speed:,.0f} passages of 150 characters a second")
    print(f"{size / 1e6:.1f} MB, {encoder.dimensions} dimensions, fingerprint {encoder.fingerprint}")


def word_by_word(encoder: EmbeddedEncoder, data: Path, texts: Sequence[str]) -> list[str]:
    """Return Chinese texts as the first English gloss of each of their pieces."""
    tokenizer = encoder.tokenizer
    entries = list(corpora.read_dictionary(data))
    pieces = [piece for piece, _ in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])]
    vocabulary = Vocabulary(tuple(pieces), (-1.0,) * len(pieces), tuple(range(len(pieces))), (1.0,) * len(pieces))
    cutter = Cutter(tokenizer, np.arange(len(pieces)))
    glosser = glossing.build(vocabulary, cutter, glosses.collect(entries), names.collect(entries).chinese)
    english = glosser.plain(cutter.cut(texts))
    return [" ".join(pieces[number].strip(EDGE) for number in row) for row in english.lists()]


if __name__ == "__main__":
    main()
