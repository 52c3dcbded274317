"""Whether an archive on Milvus answers as the local one does, and whether a copy there and back loses anything.

    python -m benchmarks.engines --data DATA

Builds an archive of the news corpus, a source a day, copies it to Milvus Lite and from there to a third place, and compares
exports and vectors of the first and the last byte by byte. Then asks both engines the questions of the reading sets and half
a sentence of some passages, and prints which share of the best ten is the same, by leg, with and without a filter, and how
long an answer takes. ``--passages`` takes fewer; ``--target`` is another place than Milvus Lite.
"""

from __future__ import annotations

import argparse
import filecmp
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from index.archive import Archive, View
from index.encoder import load_encoder
from index.moving import copy_archive
from index.passages import content_hash, split
from index.schema import Article, DateRange, Encoder, Filter, Hit, Issue, Paragraph, Term
from index.storage.draft import ArticleDraft, IssueDraft, SourceDraft
from index.text import grams, words
from training import corpora

_A_DAY = 14  # items of a broadcast, about
_FIRST = np.datetime64("2022-09-24")
_TERMS = 64


def drafts(data: Path, passages: int) -> Iterator[SourceDraft]:
    """Yield the news corpus, a source a day; items bear no day, so fourteen of them make one."""
    items = list(corpora.read_news(data))
    count = 0
    for number, start in enumerate(range(0, len(items), _A_DAY)):
        if count >= passages:
            return
        day = str(_FIRST + np.timedelta64(number, "D"))
        articles = tuple(
            Article(item.headline, tuple(Paragraph(at, text, (at,)) for at, text in enumerate(item.paragraphs, start=1)))
            for item in items[start : start + _A_DAY]
        )
        issue = Issue("新闻联播", day, None, "1", None, articles)
        id = f"news-{day}-p1"
        parts = tuple(
            ArticleDraft(article_id, ordinal, article, tuple(found))
            for ordinal, (article, (article_id, found)) in enumerate(zip(articles, split(issue, id), strict=True), start=1)
        )
        count += sum(len(part.passages) for part in parts)
        texts = "\n".join(paragraph.text for article in articles for paragraph in article.paragraphs)
        yield SourceDraft(f"{day}.md", content_hash(texts), (IssueDraft(id, issue, parts),), ())


def questions(data: Path, view: View, count: int) -> list[str]:
    """Return questions of the reading sets, and halves of sentences that the archive prints."""
    sets = (corpora.CMRC, corpora.DRCD)
    asked = [question.text for name in sets for question in corpora.read_questions(data, name).questions]
    chance = random.Random(7)
    articles = view.sample(count)
    halves = [sentence[: len(sentence) // 2] for article in articles for sentence in article.paragraphs[0].text.split("。")[:1]]
    return chance.sample(asked, count) + [half for half in halves if len(half) > 8]


def terms(question: str) -> list[Term]:
    """Return the terms of a question."""
    return [*(Term(word, "words") for word in words(question)), *(Term(gram, "grams") for gram in grams(question))][:_TERMS]


Search = Callable[[View, str], list[Hit]]


def searches(encoder: Encoder, filter: Filter) -> dict[str, Search]:
    """Return both legs."""
    return {
        "lexical": lambda view, question: view.search_lexical(terms(question), limit=10, filter=filter),
        "dense": lambda view, question: view.search_dense(encoder.encode_questions([question])[0], limit=10, filter=filter),
    }


def same(one: Sequence[Hit], other: Sequence[Hit]) -> float:
    """Return which share of the first list is in the second; passages as good as its last count as found."""
    if not one:
        return float(not other)
    found = {hit.passage_id for hit in other}
    tenth = one[-1].score
    ties = sum(1 for hit in other if hit.score >= tenth - 1e-4)
    return min(len(one), max(ties, sum(1 for hit in one if hit.passage_id in found))) / len(one)


def measure(local: Archive, milvus: Archive, asked: Sequence[str], encoder: Encoder) -> None:
    """Print a row for each leg and filter."""
    print("| Leg | questions | of the best ten the same | the same first | local, ms | other, ms |\n|---|---|---|---|---|---|")
    year = Filter(dates=(DateRange("2024-01-01", "2024-12-31"),))
    with local.view() as one, milvus.view() as other:
        for what, filter in (("", Filter()), (", one year", year)):
            for leg, search in searches(encoder, filter).items():
                search(other, asked[0])  # Milvus Lite makes its index for the first question
                shares, firsts, took = [], [], [0.0, 0.0]
                for question in asked:
                    lists = []
                    for at, view in enumerate((one, other)):
                        start = time.perf_counter()
                        lists.append(search(view, question))
                        took[at] += time.perf_counter() - start
                    shares.append(same(*lists))
                    firsts.append([hit.passage_id for hit in lists[0][:1]] == [hit.passage_id for hit in lists[1][:1]])
                cells = [f"{1000 * each / len(asked):.1f}" for each in took]
                row = [f"{leg}{what}", str(len(asked)), f"{np.mean(shares):.4f}", f"{np.mean(firsts):.4f}", *cells]
                print(f"| {' | '.join(row)} |", flush=True)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=10_000_000)
    parser.add_argument("--questions", type=int, default=100, help="so many of the reading sets, as many halves of sentences")
    parser.add_argument("--target", help="address of an archive on Milvus; Milvus Lite if left out")
    options = parser.parse_args(argv)
    encoder = load_encoder()
    with tempfile.TemporaryDirectory(prefix="wenbao-engines-") as name:
        folder = Path(name)
        target = options.target or f"milvus-lite://{folder / 'copy.db'}"
        with Archive.open(folder / "local", encoder=encoder) as local:
            local.take(drafts(options.data, options.passages))
            print(f"{local.stats().passages} passages of {local.stats().sources} sources\n")
        for source, place in ((folder / "local", target), (target, folder / "back")):
            start = time.perf_counter()
            report = copy_archive(source, place)
            took = time.perf_counter() - start
            print(
                f"copied {report.copied} sources to {'Milvus' if place == target else 'a folder'} in {took:.0f} s, verified",
                flush=True,
            )
        same_bytes(folder)
        with Archive.open(folder / "local", encoder=encoder) as local, Archive.open(target, encoder=encoder) as milvus:
            with local.view() as view:
                asked = questions(options.data, view, options.questions)
            measure(local, milvus, asked, encoder)


def same_bytes(folder: Path) -> None:
    """Print whether exports and vectors of the first and the last archive are the same."""
    archives = [Archive.open(folder / name) for name in ("local", "back")]
    for at, archive in enumerate(archives):
        archive.export(folder / f"{at}.jsonl")
    texts = filecmp.cmp(folder / "0.jsonl", folder / "1.jsonl", shallow=False)
    with archives[0].view() as one, archives[1].view() as other:
        articles = (article for issue in one.issues() for article in one.articles(issue.id))
        ids = (passage.id for article in articles for passage in one.article_passages(article.id))
        vectors, compared = True, 0
        while part := list(islice(ids, 2_000)):
            vectors &= one.vectors(part).tobytes() == other.vectors(part).tobytes()
            compared += len(part)
    print(f"exports the same: {texts}; {compared} vectors the same: {vectors}\n")
    for archive in archives:
        archive.close()


if __name__ == "__main__":
    main()
