"""Learn the weights of ``qa/sentences.py`` and ``qa/judgement.py`` from question sets with known answers.

    python -m training.evidence DATA             fit on half of the articles, report on the other half
    python -m training.evidence DATA --english   the same with the questions put into English word by word
    python -m training.evidence DATA --report    no fitting, figures of the weights in the code

DATA holds cmrc_trial, cmrc_dev and drcd_dev (``*.json.xz``, SQuAD layout). The halves are split by article, so that no
paragraph is on both sides. Every paragraph goes into one archive in memory and questions are asked of all of it.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import load_encoder
from index.schema import ArticleRecord, Encoder, Filter, Hit, IssueRecord, Passage, Term
from index.text import grams, words
from qa import judgement, sentences
from qa.question import Question, understand
from qa.quotes import select
from qa.retrieval import Ranking, retrieve
from qa.schema import Language
from qa.sentences import FEATURES, Sentence
from training.corpora import is_held_out
from training.english import put, read_glosses

SETS = ("cmrc_trial", "cmrc_dev", "drcd_dev")


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the passage that answers it and the answer spans in that passage."""

    set: str
    fitted: bool
    question: str
    passage_id: str
    answers: tuple[tuple[int, int], ...]


class MemoryView:
    """An archive of loose paragraphs in memory; BM25 (k1 1.2, b 0.75) over words and character tokens."""

    sequence = 1

    def __init__(self, passages: Sequence[Passage], encoder: Encoder) -> None:
        self._passages = {passage.id: passage for passage in passages}
        self._ids = [passage.id for passage in passages]
        self._places = {passage_id: place for place, passage_id in enumerate(self._ids)}
        self.size = len(passages)
        self.hidden: str | None = None
        self._vectors = encoder.encode_passages([passage.text for passage in passages])
        self._postings: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
        for field, tokens in (("grams", grams), ("words", words)):
            bags = [Counter(tokens(passage.text)) for passage in passages]
            mean = sum(sum(bag.values()) for bag in bags) / max(1, len(bags))
            for place, bag in enumerate(bags):
                norm = 1.2 * (0.25 + 0.75 * sum(bag.values()) / mean)
                for token, count in bag.items():
                    self._postings[field, token].append((place, count * 2.2 / (count + norm)))

    def document_frequency(self, terms: Sequence[Term]) -> list[int]:
        return [len(self._postings.get((term.field, term.text), ())) for term in terms]

    def search_lexical(self, terms: Sequence[Term], *, limit: int, filter: Filter | None = None) -> list[Hit]:
        scores: dict[int, float] = defaultdict(float)
        for term in terms:
            postings = self._postings.get((term.field, term.text), [])
            rarity = term.weight * math.log(1 + (self.size - len(postings) + 0.5) / (len(postings) + 0.5))
            for place, weight in postings:
                scores[place] += rarity * weight
        return self._hits(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])), limit)

    def search_dense(self, vector: NDArray[np.float32], *, limit: int, filter: Filter | None = None) -> list[Hit]:
        scores = self._vectors @ vector
        best = np.argsort(-scores, kind="stable")[: limit + 1]
        return self._hits([(int(place), float(scores[place])) for place in best], limit)

    def _hits(self, scored: Sequence[tuple[int, float]], limit: int) -> list[Hit]:
        kept = [(self._ids[place], score) for place, score in scored[: limit + 1] if self._ids[place] != self.hidden]
        return [Hit(passage_id, score, rank) for rank, (passage_id, score) in enumerate(kept[:limit], start=1)]

    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]:
        return {passage_id: self._passages[passage_id] for passage_id in ids}

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(self._vectors[[self._places[passage_id] for passage_id in ids]], dtype=np.float32)

    def article(self, article_id: str) -> ArticleRecord | None:
        return None

    def articles(self, issue_id: str) -> list[ArticleRecord]:
        return []

    def issue(self, issue_id: str) -> IssueRecord | None:
        return None

    def issues(self) -> list[IssueRecord]:
        return []


def load(folder: Path, name: str) -> tuple[list[Passage], list[Example]]:
    """Read one question set; the half of an article follows from the hash of its name."""
    passages: list[Passage] = []
    examples: list[Example] = []
    for number, article in enumerate(json.loads(lzma.decompress((folder / f"{name}.json.xz").read_bytes()))["data"]):
        fitted = not is_held_out(article["title"])
        for place, paragraph in enumerate(article["paragraphs"]):
            text = paragraph["context"]
            passage = Passage(
                f"{name}-{number}-{place}", f"{name}-{number}", name, "paragraph", text, article["title"], place + 1
            )
            passages.append(passage)
            for asked in paragraph["qas"]:
                spans = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in asked["answers"] if a["text"]}
                spans = {span for span in spans if text[span[0] : span[1]].strip()}
                if spans:
                    examples.append(Example(name, fitted, asked["question"], passage.id, tuple(sorted(spans))))
    return passages, examples


@dataclass(frozen=True, slots=True)
class Row:
    """What one question gave: features of the sentences, which of them answer, signals of the judgement."""

    example: Example
    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    kinds: tuple[str, ...]
    shown: bool
    signals: dict[str, float]
    without: dict[str, float]
    pruned: dict[str, float] | None

    @property
    def first(self) -> bool:
        return bool(self.right[0])


def collect(examples: Sequence[Example], view: MemoryView, encoder: Encoder) -> Iterator[Row]:
    """Ask every question of the whole archive, once with and once without the passage that answers it."""
    for example in examples:
        try:
            question = understand(example.question)
        except Exception:  # noqa: BLE001 - a few questions of the sets are broken
            continue
        view.hidden = None
        ranking, weighed = _weighed(question, view, encoder)
        if not weighed:
            continue
        right = np.array([_answers(sentence, example) for sentence in weighed])
        quotes = select(question, weighed, view)
        shown = any(quote.passage_id == example.passage_id and _inside(quote.start, quote.end, example) for quote in quotes)
        signals = judgement.signals(ranking, weighed, quotes)
        pruned = _near_miss(question, ranking, weighed, view, encoder)
        view.hidden = example.passage_id
        other, others = _weighed(question, view, encoder)
        without = judgement.signals(other, others, select(question, others, view)) if others else signals
        view.hidden = None
        yield Row(example, np.array([s.features for s in weighed]), right, question.kinds, shown, signals, without, pruned)


def _near_miss(
    question: Question, ranking: Ranking, weighed: Sequence[Sentence], view: MemoryView, encoder: Encoder
) -> dict[str, float] | None:
    """Signals when the best sentence is cut out of its passage: right topic, absent fact. None when nothing is left."""
    passage, start, end = weighed[0].passage, weighed[0].start, weighed[0].end
    rest = passage.text[:start] + passage.text[end:]
    if not rest.strip():
        return None
    cut = replace(passage, text=rest)
    ranked = tuple(replace(item, passage=cut) if item.passage.id == passage.id else item for item in ranking.ranked)
    others = replace(ranking, ranked=ranked)
    scored = sentences.score(question, others, encoder)
    return judgement.signals(others, scored, select(question, scored, view)) if scored else None


def _weighed(question: Question, view: MemoryView, encoder: Encoder) -> tuple[Ranking, tuple[Sentence, ...]]:
    ranking = retrieve(question, view, encoder)
    return ranking, sentences.score(question, ranking, encoder)


def _answers(sentence: Sentence, example: Example) -> bool:
    return sentence.passage.id == example.passage_id and any(a < sentence.end and b > sentence.start for a, b in example.answers)


def _inside(start: int, end: int, example: Example) -> bool:
    return any(start <= a and b <= end for a, b in example.answers)


def fit_sentences(
    rows: Sequence[Row], *, language: Language = "zh", rounds: int = 2000, rate: float = 0.05, decay: float = 1e-4
) -> NDArray[np.float64]:
    """Return weights that give the answering sentences the most belief (softmax within a question, Adam)."""
    usable = [row for row in rows if row.right.any()]
    sizes = np.array([len(row.right) for row in usable])
    table = np.concatenate([row.features for row in usable])
    right = np.concatenate([row.right for row in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weights = sentences.WEIGHTS[language].copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, rounds + 1):
        scores = table @ weights
        scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        belief = scores / np.repeat(np.add.reduceat(scores, starts), sizes)
        target = belief * right
        target /= np.repeat(np.add.reduceat(target, starts), sizes)
        slope = table.T @ (belief - target) / len(usable) + decay * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return weights


def fit_judgement(rows: Sequence[Row], *, rounds: int = 4000, rate: float = 0.5) -> tuple[float, dict[str, float]]:
    """Return bias and weights of a logistic regression: answer in the archive against answer taken out."""
    names = list(judgement.WEIGHTS["zh"])
    # Only questions whose best sentence is right, so that cutting it out takes the answer away.
    labelled = [
        pair for row in rows for pair in ((row.signals, 1.0), (row.without, 0.0), (row.pruned if row.first else None, 0.0))
    ]
    table = np.array([[1.0, *(values[name] for name in names)] for values, _ in labelled if values])
    held = np.array([label for values, label in labelled if values])
    weights = np.zeros(table.shape[1])
    for _ in range(rounds):
        slope = table.T @ (1 / (1 + np.exp(-table @ weights)) - held) / len(held)
        weights -= rate * slope
    return float(weights[0]), dict(zip(names, map(float, weights[1:]), strict=True))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive scores above a negative (ties count half)."""
    values = np.concatenate([positive, negative])
    ranks = np.empty(len(values))
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))


def report(rows: Sequence[Row], weights: NDArray[np.float64], bias: float, odds: Mapping[str, float]) -> Iterator[str]:
    """Yield lines of figures for each question set."""
    for name in SETS[1:]:
        chosen = [row for row in rows if row.example.set == name]
        if not chosen:
            continue
        order = [np.argsort(-(row.features @ weights), kind="stable") for row in chosen]
        first = np.mean([row.right[o[0]] for row, o in zip(chosen, order, strict=True)])
        third = np.mean([row.right[o[:3]].any() for row, o in zip(chosen, order, strict=True)])
        given = np.mean([_given(row, weights) for row in chosen])
        inside = np.mean([row.shown for row in chosen])
        sides = ([r.signals for r in chosen], [r.without for r in chosen], [r.pruned for r in chosen if r.first and r.pruned])
        held, gone, near = ([bias + sum(odds[key] * row[key] for key in odds) for row in side] for side in sides)
        kept, wrong, nearly = (np.mean(np.array(side) > 0) for side in (held, gone, near))
        yield (
            f"{name}: {len(chosen)} questions · first sentence {first:.3f} · first three {third:.3f} · given "
            f"the passage {given:.3f} · "
            f"in the quotes (code's weights) {inside:.3f} · not found AUROC {auroc(held, gone):.3f}, kept {kept:.3f}, "
            f"wrongly answered {wrong:.3f} · near misses AUROC {auroc(held, near):.3f}, wrongly answered {nearly:.3f}"
        )


def _given(row: Row, weights: NDArray[np.float64]) -> bool:
    """First sentence right among the sentences of the right passage alone (those of its retrieval score)."""
    if not row.right.any():
        return False
    column = FEATURES.index("retrieval")
    same = row.features[:, column] == row.features[row.right][0, column]
    scores = np.where(same, row.features @ weights, -np.inf)
    return bool(row.right[int(np.argmax(scores))])


def main(argv: Sequence[str] | None = None, *, encoder: Encoder | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--report", action="store_true", help="figures of the weights in the code, no fitting")
    parser.add_argument("--english", action="store_true", help="put the questions into English first")
    parser.add_argument("--every", type=int, default=1, help="use every n-th question")
    options = parser.parse_args(argv)
    encoder = encoder or load_encoder()
    loaded = [load(options.data, name) for name in SETS]
    view = MemoryView([passage for passages, _ in loaded for passage in passages], encoder)
    examples = [example for _, found in loaded for example in found][:: options.every]
    if options.english:
        glosses = read_glosses(options.data)
        examples = [replace(example, question=put(example.question, glosses)) for example in examples]
    rows = list(collect(examples, view, encoder))
    fitting, held_out = [row for row in rows if row.example.fitted], [row for row in rows if not row.example.fitted]
    language: Language = "en" if options.english else "zh"
    weights, bias, odds = sentences.WEIGHTS[language], judgement.BIAS[language], judgement.WEIGHTS[language]
    for line in report(held_out, weights, bias, odds):
        print("weights in the code  ", line)
    if options.report:
        return
    weights = fit_sentences(fitting, language=language)
    bias, odds = fit_judgement(fitting)
    for line in report(held_out, weights, bias, odds):
        print("fitted               ", line)
    print("sentences.WEIGHTS", {name: round(float(weight), 2) for name, weight in zip(FEATURES, weights, strict=True)})
    print("judgement.BIAS", round(bias, 2), "WEIGHTS", {name: round(weight, 2) for name, weight in odds.items()})


if __name__ == "__main__":
    main()
