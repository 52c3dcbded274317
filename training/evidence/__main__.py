"""Learn the weights of ``qa.sentences`` and ``qa.judgement`` from question sets with known answers.

    python -m training.evidence --data DATA --out DIR

DATA holds cmrc_trial, cmrc_dev, drcd_dev and the news corpus. DIR gets an archive of all their paragraphs (kept for the next
run). Fits on a third of the half that is held out from encoder and reader, for on the half they were trained on both look
better than they are; prints the weights, and figures by cross-fitting. The other two thirds are left to the benchmark.

Asked of the whole archive: questions as they are, and in other words. Asked of small archives: questions in other words, and
English ones. The last are glossed word by word, worse English than anyone types.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.encoder import load_encoder
from index.schema import Encoder, Passage
from qa.retrieval import View
from qa.schema import Language
from training.english import put, read_glosses
from training.evidence.altered import Changed, pool
from training.evidence.archive import build
from training.evidence.collect import Asked, Texts, ask, find
from training.evidence.learn import learn
from training.evidence.memory import MemoryView
from training.evidence.reworded import others, reword
from training.evidence.sets import SETS, Known, Page, read_corpus, read_set

_SMALL = 120  # articles of a small archive
_REWORDED = 0.3  # of the questions asked of the whole archive


@dataclass(frozen=True, slots=True)
class Stock:
    """What is asked and of what: the questions to tune on, their articles, glosses, and names to make near misses of."""

    known: Sequence[Known]
    articles: Mapping[str, tuple[Passage, ...]]
    texts: Texts
    glosses: Mapping[str, Sequence[str]]
    words: Mapping[str, Sequence[str]]
    names: Mapping[Changed, Sequence[str]]


def main(argv: Sequence[str] | None = None) -> None:
    """Read the arguments, ask, learn, print."""
    parser = argparse.ArgumentParser(prog="python -m training.evidence", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora (training/README.md)")
    parser.add_argument("--out", type=Path, required=True, help="folder that keeps the archive for the next run")
    parser.add_argument("--most", type=int, default=1200, help="most questions of each kind (default: 1200)")
    options = parser.parse_args(argv)
    encoder = load_encoder()
    loaded = {name: read_set(options.data, name) for name in SETS}
    pages: dict[str, list[Page]] = {name: read for name, (read, _) in loaded.items()}
    stock = gather(
        [page for read in pages.values() for page in read], [k for _, known in loaded.values() for k in known], options
    )
    with build(options.out / "archive", {**pages, "news": read_corpus(options.data)}, encoder) as archive, archive.view() as view:
        learn("zh", [*of_all(stock, view, encoder, options.most), *of_small(stock, "zh", encoder, options.most // 8)])
        learn(
            "en",
            [*of_english(stock, view, encoder, options.most // 10), *of_small(stock, "en", encoder, options.most // 5)],
        )


def gather(pages: Sequence[Page], known: Sequence[Known], options: argparse.Namespace) -> Stock:
    """Draw the questions to tune on and make ready what changes them."""
    tuning = [each for each in known if each.part == "tuning"]
    random.Random(1).shuffle(tuning)
    glosses = read_glosses(options.data)
    articles = {id: passages for page in pages for id, passages in page.articles}
    names = pool([each.question for each in tuning])
    return Stock(tuning, articles, Texts.read(pages), glosses, others(glosses), names)


def of_all(stock: Stock, view: View, encoder: Encoder, most: int) -> Iterator[Asked]:
    """Ask the whole archive, a part of the questions in other words."""
    known = stock.known[:most]
    plain = round(len(known) * (1 - _REWORDED))
    changed = [replace(each, question=reword(each.question, stock.words) or each.question) for each in known[plain:]]
    return ask([*known[:plain], *changed], stock.texts, stock.names, view, encoder)


def of_english(stock: Stock, view: View, encoder: Encoder, most: int) -> Iterator[Asked]:
    """Ask the whole archive in English."""
    known = [replace(each, question=put(each.question, stock.glosses)) for each in stock.known[:most]]
    return ask(known, stock.texts, stock.names, view, encoder)


def of_small(stock: Stock, language: Language, encoder: Encoder, most: int) -> Iterator[Asked]:
    """Ask small archives, as a person's own newspaper pages make them.

    Every second question goes with one on nothing they hold, instead of itself without its article.
    """
    ids = sorted({each.article_id for each in stock.known})
    random.Random(3).shuffle(ids)
    left = most
    for place in range(0, len(ids), _SMALL):
        held = frozenset(ids[place : place + _SMALL])
        view = MemoryView([passage for id in sorted(held) for passage in stock.articles[id]], encoder)
        known = [each for each in stock.known if each.article_id in held][: min(left, most // 3 + 1)]
        left -= len(known)
        said = [replace(each, question=_said(each.question, language, stock)) for each in known]
        asked = list(ask(said, stock.texts, stock.names, view, encoder))
        strange = [each for each in stock.known if each.article_id not in held][: len(asked)]
        for number, (each, other) in enumerate(zip(asked, strange, strict=False)):
            elsewhere = find(_said(other.question, language, stock), view, encoder) if number % 2 else None
            yield replace(each, without=elsewhere) if elsewhere else each
        if left <= 0:
            return


def _said(question: str, language: Language, stock: Stock) -> str:
    return put(question, stock.glosses) if language == "en" else reword(question, stock.words) or question


if __name__ == "__main__":
    main()
