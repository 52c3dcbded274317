"""Lexical and dense search -> one ranking. Knows nothing of sentences or of whether a passage answers.

Fusion is a weighted sum of scores normalised within the question (Bruch et al. 2023, arXiv 2210.11934), and the weight follows
how much of the question the lexical leg covers: where it covers little it steps aside.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.schema import ArticleRecord, Encoder, Filter, Hit, IssueRecord, Passage, Term
from index.text import bigrams, fold, grams, is_chinese, segment, words
from qa.crosslingual import Dictionary, Form, forms_of, words_of
from qa.notes import Note
from qa.operators import allows
from qa.question import Question
from qa.recognition import better_read

MOST_TERMS = 64
POOL = 60  # hits taken from each leg
SIFTED = 2_000  # the same where passages are then sifted by the words that must or must not stand in them
_WORD_WEIGHT, _PAIR_WEIGHT, _CHAR_WEIGHT = 0.6, 1.0, 0.25
_SURE = 0.6  # a translation that fits this well counts in full
_MOST_WORDS, _MOST_NAMES = 40, 12  # words of an English question that are looked up, and those read as pinyin
_UNTRANSLATED = 0.3  # weight of an English word that the dictionary lacks and the archive does not print
_UNPRINTED = 0.7  # of one that has translations, none of which the archive prints
_CARRIED = 0.6  # words that an earlier turn lent count less than those just typed

Vector = NDArray[np.float32]


class View(Protocol):
    """What a question needs of one pinned state of an archive."""

    @property
    def sequence(self) -> int: ...
    @property
    def size(self) -> int: ...
    def search_lexical(self, terms: Sequence[Term], *, limit: int, filter: Filter) -> list[Hit]: ...
    def foresee_dense(self, vector: Vector, *, limit: int, filter: Filter) -> None: ...
    def search_dense(self, vector: Vector, *, limit: int, filter: Filter) -> list[Hit]: ...
    def passages(self, ids: Sequence[str]) -> Mapping[str, Passage]: ...
    def printings(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]: ...
    def article(self, article_id: str) -> ArticleRecord | None: ...
    def recognised(self, article_ids: Iterable[str]) -> set[str]: ...
    def articles(self, issue_id: str) -> Sequence[ArticleRecord]: ...
    def continuation(self, id: str) -> ArticleRecord | None: ...
    def article_passages(self, article_id: str) -> Sequence[Passage]: ...
    def issue(self, issue_id: str) -> IssueRecord | None: ...
    def issues(self) -> Sequence[IssueRecord]: ...
    def document_frequency(self, terms: Sequence[Term]) -> list[int]: ...
    def vectors(self, ids: Sequence[str]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked about: the forms it may take in the archive (folded), how rare it is there.

    ``known``: the dictionary or the archive has it; ``printed``: the archive prints one of its forms.
    """

    word: str
    forms: tuple[Form, ...]
    weight: float
    known: bool = True
    printed: bool = True

    def fit(self, text: str) -> float:
        """Return the best fit of a form that stands in the folded ``text``, 0 when none does."""
        return max((form.fit for form in self.forms if form.text in text), default=0.0)


@dataclass(frozen=True, slots=True)
class Query:
    """Lexical terms and the vector of the dense leg; concepts (pairs, characters, words) for weighing.

    ``counted``: Chinese forms of what an English question counts (how many households); ``translated``: the words are English.
    """

    terms: tuple[Term, ...]
    concepts: tuple[Concept, ...]
    chars: tuple[Concept, ...]
    words: tuple[Concept, ...]
    vector: Vector
    notes: tuple[Note, ...] = ()
    counted: tuple[str, ...] = ()
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its fused score (0 to 1), its share of the best lexical score, and its cosine."""

    passage: Passage
    score: float
    lexical: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages, best first, and the query that found them. ``widened``: nothing passed the filter."""

    query: Query
    ranked: tuple[Ranked, ...]
    widened: bool = False


def coverage(concepts: Sequence[Concept], text: str) -> float:
    """Return the share of the concepts, weighted by rarity, that stand in the folded ``text``; 0 to 1."""
    total = sum(concept.weight for concept in concepts)
    return sum(concept.weight * concept.fit(text) for concept in concepts) / total if total else 0.0


def retrieve(question: Question, view: View, encoder: Encoder, *, limit: int = 20) -> Ranking:
    """Return the passages nearest to the question in both legs, best first."""
    vector = _vector(question, encoder)
    view.foresee_dense(vector, limit=SIFTED if question.sifts else POOL, filter=question.filter)
    query = query_of(question, view, encoder, vector)
    ranked = _search(question, query, view, question.filter, limit)
    if not ranked and question.filter and question.widens:
        return Ranking(query, _search(question, query, view, Filter(), limit), widened=True)
    return Ranking(query, ranked)


def query_of(question: Question, view: View, encoder: Encoder, vector: Vector | None = None) -> Query:
    """Turn a question into terms, concepts and a vector, unless that is known already."""
    vector = _vector(question, encoder) if vector is None else vector
    if question.language == "zh":
        concepts, chars = _pairs(question, view), _characters(question, view)
        return Query(_terms_zh(question, concepts, chars, view), concepts, chars, _content_words(question, view), vector)
    dictionary = encoder if isinstance(encoder, Dictionary) else None
    concepts = _words(question, dictionary, view)
    return Query(
        _terms_en(concepts),
        concepts,
        concepts,
        concepts,
        vector,
        notes=_dictionary_notes(concepts),
        counted=_counted(question, concepts),
        translated=True,
    )


def _vector(question: Question, encoder: Encoder) -> Vector:
    return np.asarray(encoder.encode_questions([" ".join(question.content)])[0], dtype=np.float32)


def _idf(size: int, frequencies: Iterable[int]) -> list[float]:
    return [math.log(1 + (size - count + 0.5) / (count + 0.5)) for count in (min(size, count) for count in frequencies)]


def _concepts(tokens: Sequence[str], carried: frozenset[str], view: View) -> tuple[Concept, ...]:
    unique = list(dict.fromkeys(tokens))
    weights = _idf(view.size, view.document_frequency([Term(token, "grams") for token in unique]))
    return tuple(
        Concept(token, (Form(token, 1.0),), weight * (_CARRIED if token in carried else 1.0))
        for token, weight in zip(unique, weights, strict=True)
    )


def _pairs(question: Question, view: View) -> tuple[Concept, ...]:
    tokens = [token for run in question.content for token in bigrams(run)]
    return _concepts(tokens or grams("".join(question.content)), _lent(question), view)


def _characters(question: Question, view: View) -> tuple[Concept, ...]:
    tokens = [token for run in question.content for token in grams(run) if len(token) == 1]
    return _concepts(tokens, _lent(question), view) or _pairs(question, view)


def _content_words(question: Question, view: View) -> tuple[Concept, ...]:
    lent = _lent(question)
    tokens = list(dict.fromkeys(token for run in question.content for token in segment(run)))
    weights = _idf(view.size, view.document_frequency([Term(token, "words") for token in tokens]))
    return tuple(
        Concept(token, (Form(token, 1.0),), weight * (_CARRIED if token in lent else 1.0))
        for token, weight in zip(tokens, weights, strict=True)
        if len(token) > 1
    )


def _lent(question: Question) -> frozenset[str]:
    """Tokens that only an earlier turn said."""
    if question.asked == question.text:
        return frozenset()
    own = {*grams(question.asked), *words(question.asked)}
    return frozenset({*grams(question.carried), *words(question.carried)} - own)


def _terms_zh(question: Question, concepts: Sequence[Concept], chars: Sequence[Concept], view: View) -> tuple[Term, ...]:
    lent = _lent(question)
    found = [(Term(c.word, "grams", _PAIR_WEIGHT * (_CARRIED if c.word in lent else 1.0)), c.weight) for c in concepts]
    tokens = list(dict.fromkeys(token for run in question.content for token in words(run) if len(token) > 1))
    terms = [Term(token, "words", _WORD_WEIGHT * (_CARRIED if token in lent else 1.0)) for token in tokens]
    found += zip(terms, _idf(view.size, view.document_frequency(terms)), strict=True)
    found += [(Term(c.word, "grams", _CHAR_WEIGHT), c.weight * 0.5) for c in chars if len(c.word) == 1]
    found.sort(key=lambda pair: -pair[1])  # rare ones first
    return tuple(term for term, _ in found[:MOST_TERMS])


def _words(question: Question, dictionary: Dictionary | None, view: View) -> tuple[Concept, ...]:
    concepts: list[Concept] = []
    for place, word in enumerate(words_of(question.bare or question.text)[:_MOST_WORDS]):
        forms = forms_of(word, dictionary, view, romanised=place < _MOST_NAMES)
        counts = [_rarest(form.text, view) for form in forms]
        held = [(form, count) for form, count in zip(forms, counts, strict=True) if count]
        best = max((form.fit for form, _ in held), default=0.0)
        rarest = min((count for form, count in held if form.fit >= best * 0.8), default=0)
        # The best form that the archive holds is as good as the word itself; a word without any may only lack a translation.
        fitting = tuple(Form(form.text, min(1.0, form.fit / max(best, _SURE))) for form, _ in held)
        weight = _idf(view.size, [rarest])[0] * (1.0 if held else _UNPRINTED if len(forms) > 1 else _UNTRANSLATED)
        concepts.append(Concept(word.lower(), fitting or forms, weight, bool(held) or len(forms) > 1, bool(held)))
    han = [token for run in re.findall(r"[\u3400-\u9fff]+", question.text) for token in bigrams(run) or [run]]
    return (*concepts, *_concepts(han, frozenset(), view))


def _counted(question: Question, concepts: Sequence[Concept]) -> tuple[str, ...]:
    match = re.search(r"\b(?:how many|number of)\s+((?:[a-z-]+\s+){0,1}[a-z-]+)", question.text, re.IGNORECASE)
    nouns = set(match.group(1).lower().split()) if match else set()
    return tuple(form.text for concept in concepts if concept.word in nouns for form in concept.forms if is_chinese(form.text))


def _rarest(form: str, view: View) -> int:
    """In how many passages the rarest part of a form stands; what the word index cuts elsewhere is found by its pairs."""
    return min(view.document_frequency([Term(token, "grams") for token in bigrams(form) or grams(form)]), default=0)


def _terms_en(concepts: Sequence[Concept]) -> tuple[Term, ...]:
    found: dict[tuple[str, str], float] = {}
    for concept in concepts:
        for form in concept.forms if concept.printed else ():
            for token in bigrams(form.text) or grams(form.text):
                share = form.fit**2 / max(1, len(bigrams(form.text)))
                found[token, "grams"] = max(found.get((token, "grams"), 0.0), share)
            if is_chinese(form.text):
                found[form.text, "words"] = max(found.get((form.text, "words"), 0.0), form.fit**2)
    best = sorted(found.items(), key=lambda pair: -pair[1])[:MOST_TERMS]
    return tuple(Term(text, "words" if field == "words" else "grams", weight) for (text, field), weight in best)


def _dictionary_notes(concepts: Sequence[Concept]) -> tuple[Note, ...]:
    read = [
        f"{concept.word} → {', '.join(form.text for form in concept.forms if form.text != concept.word)}"
        for concept in concepts
        if any(form.text != concept.word for form in concept.forms)
    ]
    return (Note(f"按中文查找：{'；'.join(read)}", f"searched in Chinese as: {'; '.join(read)}", "en"),) if read else ()


def _search(question: Question, query: Query, view: View, filter: Filter, limit: int) -> tuple[Ranked, ...]:
    most = SIFTED if question.sifts else POOL
    lexical = {hit.passage_id: hit.score for hit in view.search_lexical(query.terms, limit=most, filter=filter)}
    dense = {hit.passage_id: hit.score for hit in view.search_dense(query.vector, limit=most, filter=filter)}
    ids = list(dict.fromkeys((*lexical, *dense)))
    passages = view.passages(ids if question.sifts else list(lexical)[:3])
    if question.sifts:
        ids = [passage_id for passage_id in ids if passage_id in passages and _wanted(question, passages[passage_id])]
    if not ids:
        return ()
    others = [passage_id for passage_id in ids if passage_id not in dense]  # what the dense leg found has its score as cosine
    cosine = {**dense, **dict(zip(others, view.vectors(others) @ query.vector, strict=True))}
    cosines = np.array([cosine[passage_id] for passage_id in ids], dtype=np.float32)
    lexical_share = np.array([lexical.get(passage_id, 0.0) for passage_id in ids]) / (max(lexical.values(), default=0.0) or 1.0)
    weight = _dense_weight(question, query, [passages[id] for id in list(lexical)[:3] if id in passages])
    fused = (1 - weight) * _normalised(lexical_share) + weight * _normalised(cosines)
    order = sorted(range(len(ids)), key=lambda i: (-fused[i], ids[i]))[:limit]
    if not question.sifts:  # of those found by one leg only, many come to nothing
        passages = view.passages([ids[i] for i in order])
    ranked = [Ranked(passages[ids[i]], float(fused[i]), float(lexical_share[i]), float(cosines[i])) for i in order]
    return tuple(better_read(ranked, view))


def _wanted(question: Question, passage: Passage) -> bool:
    """Whether the words that must stand in a passage do, and none that must not."""
    return allows(fold(passage.context + "\n" + passage.text), phrases=question.phrases, excluded=question.excluded)


def _normalised(scores: NDArray[Any]) -> NDArray[Any]:
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.ones_like(scores) * (high > 0)


def _dense_weight(question: Question, query: Query, best: Sequence[Passage]) -> float:
    """Share of the dense leg: small where the lexical leg covers the question, nearly all where it covers hardly any.

    A logistic of the coverage; its constants were fitted on held-out halves of the development sets (benchmarks/model.md).
    """
    covered = min(1.0, max((coverage(query.concepts, fold(passage.context + passage.text)) for passage in best), default=0.0))
    if question.language == "en":
        return 1.0 / (1.0 + math.exp(2.9 * covered - 2.1))
    return 1.0 / (1.0 + math.exp(1.7 + 2.7 * covered - 5.0 * max(0.0, 1.0 - covered / 0.3)))
