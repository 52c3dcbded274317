"""Pairs of texts that should lie close, drawn batch by batch: one-language and two-language ones.

Every draw is different (words dropped, glosses chosen, question words added), so the same few corpora give many pairs.
Held-out articles and NTREX never enter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.text import fold, sentences
from training import corpora
from training.corpora import NewsItem, QuestionSet
from training.glosses import clean
from training.glossing import Glosser
from training.names import Names
from training.ragged import Cutter, Ids, Ragged, join
from training.warmstart import split

LONGEST_QUERY = 64
LONGEST_PASSAGE = 200
QUESTION_WORDS = "什么 哪一年 多少 谁 为什么 哪里 哪个 哪些 如何 何时 怎么 吗 几 是 有 的 在 了 被 由 于 哪 年 为 何 请问 叫 名字"
_MOST_DROPPED = 0.6
_FEWEST_LETTERS = 8  # of a sentence that may stand for its paragraph

Transform = Callable[[Ragged, np.random.Generator], Ragged]


@dataclass(frozen=True, slots=True)
class Batch:
    """Row ``i`` of ``queries`` belongs to row ``i`` of ``passages``; rows with the same key share a passage."""

    queries: Ragged
    passages: Ragged
    keys: Ids


@dataclass(frozen=True, slots=True)
class Pairs:
    """One kind of pair: rows of ``left`` and ``right`` that belong together; ``change`` varies the left side at each draw.

    ``links`` stand in the order of the corpus. ``run`` links are drawn from about the same place, so that a passage competes with
    others of its article.
    """

    name: str
    left: Ragged
    right: Ragged
    links: Ids
    share: float
    change: Transform
    run: int = 1

    def draw(self, count: int, generator: np.random.Generator) -> Batch:
        starts = generator.integers(0, len(self.links), -(-count // self.run))
        steps = np.cumsum(generator.integers(1, 4, (len(starts), self.run)), axis=1)
        chosen = self.links[(starts[:, None] + steps).ravel()[:count] % len(self.links)]
        left = self.change(self.left.take(chosen[:, 0]), generator)
        left = left.take(np.arange(len(left)), most=LONGEST_QUERY)
        return Batch(left, self.right.take(chosen[:, 1], most=LONGEST_PASSAGE), chosen[:, 1])


def draw(kinds: Sequence[Pairs], size: int, generator: np.random.Generator) -> Batch:
    """Draw a batch of about ``size`` pairs, each kind by its share."""
    total = sum(kind.share for kind in kinds)
    parts = [kind.draw(max(1, round(size * kind.share / total)), generator) for kind in kinds]
    # Kinds number their passages apart; a collision between kinds would only spare a negative.
    keys = np.concatenate([part.keys + number * 1_000_000_007 for number, part in enumerate(parts)])
    return Batch(join([part.queries for part in parts]), join([part.passages for part in parts]), keys)


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


@dataclass(frozen=True, slots=True)
class _Linked:
    left: Ragged
    right: Ragged
    links: Ids


def build(
    data: Path, cutter: Cutter, glosser: Glosser, names: Names, scores: Mapping[str, float]
) -> tuple[list[Pairs], list[Pairs]]:
    """Return the one-language and the two-language kinds of pairs. ``scores`` are those of the pieces, for spelling names."""
    sets = [corpora.read_questions(data, name) for name in (corpora.CMRC_TRIAL, corpora.CMRC, corpora.DRCD)]
    news, wiki = _news_texts(cutter, list(corpora.read_news(data))), _wiki_texts(cutter, sets)
    asked = _questions(cutter, sets)
    own = [_glosses(data, cutter), _names(cutter, names, scores), _tatoeba(data, cutter)]
    return _one_language(cutter, news, wiki, asked), _two_languages(glosser, news, wiki, asked, own)


def _one_language(cutter: Cutter, news: _Texts, wiki: _Texts, asked: _Linked) -> list[Pairs]:
    words = cutter.cut([QUESTION_WORDS]).flat

    def ask(texts: Ragged, generator: np.random.Generator) -> Ragged:
        kept = thin(texts, generator)
        return kept.append(words, generator.poisson(2.0, len(kept)), generator)

    return [
        Pairs("headline", news.headlines, news.paragraphs, news.headline_of, 0.15, as_is),
        Pairs("sentence-rest", news.sentences, news.rests, _diagonal(news.sentences), 0.15, as_is),
        Pairs("sentence-paragraph", news.sentences, news.paragraphs, news.sentence_of, 0.40, ask, run=8),
        Pairs("wiki", wiki.sentences, wiki.paragraphs, wiki.sentence_of, 0.22, ask, run=8),
        Pairs("question", asked.left, asked.right, asked.links, 0.08, as_is, run=8),
    ]


def _two_languages(
    glosser: Glosser, news: _Texts, wiki: _Texts, asked: _Linked, own: Sequence[tuple[Ragged, Ragged]]
) -> list[Pairs]:
    def gloss_thin(texts: Ragged, generator: np.random.Generator) -> Ragged:
        return glosser.gloss(thin(texts, generator), generator)

    (glosses, headwords), (spelled, named), (english, chinese) = own
    return [
        Pairs("gloss", glosses, headwords, _diagonal(glosses), 0.20, as_is),
        Pairs("name", spelled, named, _diagonal(spelled), 0.12, as_is),
        Pairs("tatoeba", english, chinese, _diagonal(english), 0.13, as_is),
        Pairs("glossed-sentence", news.sentences, news.sentences, _diagonal(news.sentences), 0.25, glosser.gloss),
        Pairs("glossed-paragraph", news.sentences, news.paragraphs, news.sentence_of, 0.10, gloss_thin, run=4),
        Pairs("glossed-headline", news.headlines, news.paragraphs, news.headline_of, 0.06, glosser.gloss),
        Pairs("glossed-wiki", wiki.sentences, wiki.paragraphs, wiki.sentence_of, 0.10, gloss_thin, run=4),
        Pairs("glossed-question", asked.left, asked.right, asked.links, 0.04, glosser.gloss, run=4),
    ]


def _diagonal(rows: Ragged) -> Ids:
    numbers = np.arange(len(rows))
    return np.stack([numbers, numbers], 1)


def _news_texts(cutter: Cutter, items: Sequence[NewsItem]) -> _Texts:
    paragraphs: list[str] = []
    headline_of: list[tuple[int, int]] = []
    for row, item in enumerate(items):
        for text in item.paragraphs:
            headline_of.append((row, len(paragraphs)))
            paragraphs.append(text)
    return _with_sentences(cutter, cutter.cut([item.headline for item in items]), paragraphs, np.asarray(headline_of))


def _wiki_texts(cutter: Cutter, sets: Sequence[QuestionSet]) -> _Texts:
    paragraphs = [text for one in sets for text, out in zip(one.paragraphs, one.held_out, strict=True) if not out]
    return _with_sentences(cutter, Ragged.of([]), paragraphs, np.empty((0, 2), np.int64))


def _with_sentences(cutter: Cutter, headlines: Ragged, paragraphs: Sequence[str], headline_of: Ids) -> _Texts:
    """Cut paragraphs into sentences; a paragraph of one sentence has none to offer, for its rest would be empty."""
    found: list[str] = []
    rests: list[str] = []
    sentence_of: list[tuple[int, int]] = []
    for row, text in enumerate(paragraphs):
        spans = list(sentences(text))
        for start, end in spans if len(spans) > 1 else ():
            if end - start >= _FEWEST_LETTERS:
                sentence_of.append((len(found), row))
                found.append(text[start:end])
                rests.append(text[:start] + text[end:])
    return _Texts(headlines, cutter.cut(paragraphs), cutter.cut(found), cutter.cut(rests), headline_of, np.asarray(sentence_of))


def _questions(cutter: Cutter, sets: Sequence[QuestionSet]) -> _Linked:
    texts: list[str] = []
    paragraphs: list[str] = []
    links: list[tuple[int, int]] = []
    for one in sets:
        for question in one.questions:
            if not question.held_out:
                links.append((len(texts), len(paragraphs) + question.paragraph))
                texts.append(question.text)
        paragraphs.extend(one.paragraphs)
    return _Linked(cutter.cut(texts), cutter.cut(paragraphs), np.asarray(links))


def _glosses(data: Path, cutter: Cutter) -> tuple[Ragged, Ragged]:
    pairs = [(gloss, fold(entry.simplified)) for entry in corpora.read_dictionary(data) for gloss in clean(entry.definitions)[:3]]
    return cutter.cut([gloss for gloss, _ in pairs]), cutter.cut([word for _, word in pairs])


def _tatoeba(data: Path, cutter: Cutter) -> tuple[Ragged, Ragged]:
    pairs = corpora.read_sentences(data)
    return cutter.cut([left for left, _ in pairs]), cutter.cut([right for _, right in pairs])


def _names(cutter: Cutter, names: Names, scores: Mapping[str, float]) -> tuple[Ragged, Ragged]:
    """Return names spelled by parts and the Chinese words; foreign ones also as the tokenizer cuts them."""
    numbers = cutter.tokenizer.get_vocab()
    letters = {piece: score for piece, score in scores.items() if piece.isascii() and piece.isalpha()}
    pairs = [*names.foreign, *((reading, word) for word, reading in names.chinese.items() if word in scores)]
    spelled = Ragged.of([[int(cutter.rows[numbers[part]]) for part in split(name, letters, least=1)] for name, _ in pairs])
    usual = cutter.cut([name for name, _ in names.foreign])
    words = cutter.cut([word for _, word in pairs])
    return join([spelled, usual]), join([words, words.take(np.arange(len(names.foreign)))])
