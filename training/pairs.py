"""Pairs of texts that should lie close, drawn batch by batch: one-language and two-language ones.

Every draw is different (words dropped, glosses chosen, question words added), so the same few corpora give many pairs.
Held-out articles and NTREX never enter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.text import fold, sentences
from training import corpora
from training.corpora import NewsItem, QuestionSet
from training.glosses import clean
from training.glossing import Glosser
from training.ragged import Ids, Ragged, join

LONGEST_QUERY = 64
LONGEST_PASSAGE = 200
QUESTION_WORDS = (
    "什么 哪一年 多少 谁 为什么 哪里 哪个 哪些 如何 何时 怎么 吗 几 是 有 的 在 了 被 由 于 哪 年 为 何 请问 叫 名字".split()
)
_MOST_DROPPED = 0.6


@dataclass(frozen=True, slots=True)
class Batch:
    """Row ``i`` of ``queries`` belongs to row ``i`` of ``passages``."""

    queries: Ragged
    passages: Ragged


Transform = Callable[[Ragged, np.random.Generator], Ragged]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One kind of pair: rows of ``left`` and ``right`` that belong together; ``change`` varies the left side at each draw."""

    name: str
    left: Ragged
    right: Ragged
    links: Ids
    share: float
    change: Transform

    def draw(self, count: int, generator: np.random.Generator) -> Batch:
        chosen = self.links[generator.integers(0, len(self.links), count)]
        left = self.change(self.left.take(chosen[:, 0]), generator)
        left = left.take(np.arange(len(left)), most=LONGEST_QUERY)
        return Batch(left, self.right.take(chosen[:, 1], most=LONGEST_PASSAGE))


def draw(kinds: Sequence[Pairs], size: int, generator: np.random.Generator) -> Batch:
    """Draw a batch of about ``size`` pairs, each kind by its share."""
    total = sum(kind.share for kind in kinds)
    parts = [kind.draw(max(1, round(size * kind.share / total)), generator) for kind in kinds]
    return Batch(join([part.queries for part in parts]), join([part.passages for part in parts]))


def as_is(texts: Ragged, generator: np.random.Generator) -> Ragged:
    """Change nothing."""
    del generator
    return texts


def thin(texts: Ragged, generator: np.random.Generator) -> Ragged:
    """Drop pieces at random, in each text another part of them."""
    rates = np.repeat(generator.random(len(texts)) * _MOST_DROPPED, texts.lengths)
    return texts.keep(generator.random(len(rates)) >= rates)


@dataclass(frozen=True, slots=True)
class _Texts:
    headlines: Ragged
    paragraphs: Ragged
    sentences: Ragged
    rests: Ragged
    headline_of: Ids  # (headline, paragraph)
    sentence_of: Ids  # (sentence, paragraph)


def build(data: Path, tokenizer: Tokenizer, glosser: Glosser) -> tuple[list[Pairs], list[Pairs]]:
    """Return the one-language and the two-language kinds of pairs."""
    sets = [corpora.read_questions(data, name) for name in (corpora.CMRC_TRIAL, corpora.CMRC, corpora.DRCD)]
    news = _news_texts(tokenizer, list(corpora.read_news(data)))
    wiki = _wiki_texts(tokenizer, sets)
    questions, asked, links = _questions(tokenizer, sets)
    number = {piece: row for piece, row in tokenizer.get_vocab().items()}
    words = np.asarray([number[word] for word in QUESTION_WORDS if word in number])

    def ask(texts: Ragged, generator: np.random.Generator) -> Ragged:
        kept = thin(texts, generator)
        return kept.append(words, generator.poisson(2.0, len(kept)), generator)

    def gloss_thin(texts: Ragged, generator: np.random.Generator) -> Ragged:
        return glosser.gloss(thin(texts, generator), generator)

    numbers = np.arange(len(news.sentences))
    one = [
        Pairs("headline", news.headlines, news.paragraphs, news.headline_of, 0.25, as_is),
        Pairs("sentence-rest", news.sentences, news.rests, np.stack([numbers, numbers], 1), 0.25, as_is),
        Pairs("sentence-paragraph", news.sentences, news.paragraphs, news.sentence_of, 0.25, ask),
        Pairs("wiki", wiki.sentences, wiki.paragraphs, wiki.sentence_of, 0.15, ask),
        Pairs("question", questions, asked, links, 0.10, as_is),
    ]
    glosses, headwords = _glosses(data, tokenizer)
    english, chinese = _tatoeba(data, tokenizer)
    two = [
        Pairs("gloss", glosses, headwords, _diagonal(glosses), 0.25, as_is),
        Pairs("tatoeba", english, chinese, _diagonal(english), 0.15, as_is),
        Pairs("glossed-sentence", news.sentences, news.sentences, np.stack([numbers, numbers], 1), 0.25, glosser.gloss),
        Pairs("glossed-paragraph", news.sentences, news.paragraphs, news.sentence_of, 0.10, gloss_thin),
        Pairs("glossed-headline", news.headlines, news.paragraphs, news.headline_of, 0.10, glosser.gloss),
        Pairs("glossed-wiki", wiki.sentences, wiki.paragraphs, wiki.sentence_of, 0.10, gloss_thin),
        Pairs("glossed-question", questions, asked, links, 0.05, glosser.gloss),
    ]
    return one, two


def _diagonal(rows: Ragged) -> Ids:
    numbers = np.arange(len(rows))
    return np.stack([numbers, numbers], 1)


def _news_texts(tokenizer: Tokenizer, items: Sequence[NewsItem]) -> _Texts:
    paragraphs: list[str] = []
    headline_of: list[tuple[int, int]] = []
    for row, item in enumerate(items):
        for text in item.paragraphs:
            headline_of.append((row, len(paragraphs)))
            paragraphs.append(text)
    headlines = Ragged.encode(tokenizer, [item.headline for item in items])
    return _with_sentences(tokenizer, headlines, paragraphs, np.asarray(headline_of))


def _wiki_texts(tokenizer: Tokenizer, sets: Sequence[QuestionSet]) -> _Texts:
    paragraphs = [text for one in sets for text, out in zip(one.paragraphs, one.held_out, strict=True) if not out]
    return _with_sentences(tokenizer, Ragged.of([]), paragraphs, np.empty((0, 2), np.int64))


def _with_sentences(tokenizer: Tokenizer, headlines: Ragged, paragraphs: Sequence[str], headline_of: Ids) -> _Texts:
    """Cut paragraphs into sentences; a paragraph of one sentence has none to offer, for its rest would be empty."""
    found: list[str] = []
    rests: list[str] = []
    sentence_of: list[tuple[int, int]] = []
    for row, text in enumerate(paragraphs):
        spans = list(sentences(text))
        for start, end in spans if len(spans) > 1 else ():
            if end - start >= 8:
                sentence_of.append((len(found), row))
                found.append(text[start:end])
                rests.append(text[:start] + text[end:])
    return _Texts(
        headlines,
        Ragged.encode(tokenizer, paragraphs),
        Ragged.encode(tokenizer, found),
        Ragged.encode(tokenizer, rests),
        headline_of,
        np.asarray(sentence_of),
    )


def _questions(tokenizer: Tokenizer, sets: Sequence[QuestionSet]) -> tuple[Ragged, Ragged, Ids]:
    texts: list[str] = []
    paragraphs: list[str] = []
    links: list[tuple[int, int]] = []
    for one in sets:
        for question in one.questions:
            if not question.held_out:
                links.append((len(texts), len(paragraphs) + question.paragraph))
                texts.append(question.text)
        paragraphs.extend(one.paragraphs)
    return Ragged.encode(tokenizer, texts), Ragged.encode(tokenizer, paragraphs), np.asarray(links)


def _glosses(data: Path, tokenizer: Tokenizer) -> tuple[Ragged, Ragged]:
    pairs = [(gloss, fold(entry.simplified)) for entry in corpora.read_dictionary(data) for gloss in clean(entry.definitions)[:3]]
    return Ragged.encode(tokenizer, [gloss for gloss, _ in pairs]), Ragged.encode(tokenizer, [word for _, word in pairs])


def _tatoeba(data: Path, tokenizer: Tokenizer) -> tuple[Ragged, Ragged]:
    pairs = corpora.read_sentences(data)
    return Ragged.encode(tokenizer, [left for left, _ in pairs]), Ragged.encode(tokenizer, [right for _, right in pairs])
