"""The same questions with parts of the search and of the answer switched off, side by side.

Takes the questions as they were understood, so that follow-ups are whole in every variant. Folding is in the index itself; what
the lexical leg would find without it is worked out from what it finds with it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.schema import Encoder, Hit, Passage
from index.text import fold, sentences
from qa.cite import cite, source_of
from qa.evaluation.measures import judged, ranking_figures
from qa.evaluation.running import DEPTH, RANKED, Progress, Result, bare, ranked
from qa.question import Question, understand
from qa.retrieval import POOL, Query, View, query_of, retrieve
from qa.schema import Citation, Quote

_RRF = 60  # Cormack et al. 2009


@dataclass(frozen=True, slots=True)
class Variant:
    """One row of the table: a name and figures, None where there is nothing to count."""

    name: str
    figures: Mapping[str, float | None]


def ablate(
    results: Sequence[Result], view: View, encoder: Encoder, articles: Mapping[str, str], *, progress: Progress | None = None
) -> list[Variant]:
    """Return a row for the search as it is and for each of its parts alone, then for the answer and for no evidence at all."""
    placed = [result for result in results if result.known.answerable and result.known.places]
    table: dict[str, list[tuple[Result, list[Citation]]]] = {}
    for number, result in enumerate(placed, start=1):
        question = understand(result.answer.interpretation.question)
        query = query_of(question, view, encoder)
        whole = [item.passage.id for item in retrieve(question, view, encoder).ranked]
        for name, ids in {"hybrid (as it is)": whole, **_parts(question, query, view)}.items():
            table.setdefault(name, []).append((result, _citations(ids[:RANKED], view)))
        if progress is not None:
            progress(number, len(placed))
    rows = [Variant(name, _figures(pairs, articles)) for name, pairs in table.items()]
    return [*rows, *_answers(results, table.get("hybrid (as it is)", []))]


def _parts(question: Question, query: Query, view: View) -> dict[str, list[str]]:
    filter = question.filter
    lexical = view.search_lexical(query.terms, limit=POOL, filter=filter) if query.terms else []
    dense = view.search_dense(query.vector, limit=POOL, filter=filter)
    by_field = {
        name: [term for term in query.terms if term.field == field and (field == "words" or (len(term.text) > 1) is pairs)]
        for name, field, pairs in (
            ("words only", "words", True),
            ("pairs only", "grams", True),
            ("characters only", "grams", False),
        )
    }
    parts = {
        name: _ids(view.search_lexical(terms, limit=POOL, filter=filter)) if terms else [] for name, terms in by_field.items()
    }
    parts["lexical leg, nothing folded"] = _unfolded(question.text, query, lexical, view)
    return {"lexical leg": _ids(lexical), "dense leg": _ids(dense), "RRF instead of weights": _rrf(lexical, dense), **parts}


def _ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage_id for hit in hits]


def _unfolded(text: str, query: Query, hits: Sequence[Hit], view: View) -> list[str]:
    """Rank what the lexical leg found by the share of each score that is left when words must be printed as they were typed.

    The share is by rarity over the terms that stand in a passage; how often each stands there is not counted.
    """
    typed = {term: _as_typed(term.text, text) for term in dict.fromkeys(query.terms)}
    counts = view.document_frequency(list(typed))
    rarity = {term: term.weight * math.log1p(view.size / max(1, count)) for term, count in zip(typed, counts, strict=True)}
    passages = view.passages(_ids(hits))
    left: list[tuple[float, str]] = []
    for hit in hits:
        printed = passages[hit.passage_id].context + "\n" + passages[hit.passage_id].text
        folded = fold(printed)
        whole = sum(rarity[term] for term in typed if term.text in folded)
        same = sum(rarity[term] for term, forms in typed.items() if any(form in printed for form in forms))
        left.append((hit.score * same / whole if whole else 0.0, hit.passage_id))
    return [id for score, id in sorted(left, key=lambda pair: (-pair[0], pair[1])) if score > 0.0]


def _as_typed(word: str, text: str) -> frozenset[str]:
    """How a folded word of the question was typed; a word that is no part of it (a translation) as it is."""
    folded = fold(text)
    places = [match.start() for match in re.finditer(re.escape(word), folded)]
    return frozenset(text[place : place + len(word)] for place in places) or frozenset((word,))


def _rrf(*legs: Sequence[Hit]) -> list[str]:
    scores: dict[str, float] = {}
    for leg in legs:
        for hit in leg:
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + 1 / (_RRF + hit.rank)
    return sorted(scores, key=lambda id: (-scores[id], id))


def _citations(ids: Sequence[str], view: View) -> list[Citation]:
    found = view.passages(ids)
    return [_citation(found[id], view) for id in ids if id in found]


def _citation(passage: Passage, view: View) -> Citation:
    article = None if passage.kind == "masthead" else view.article(passage.article_id)
    return cite(1, Quote(passage.id, 0, len(passage.text), 0.0), passage, source_of(article, view.issue(passage.issue_id)))


def _figures(pairs: Sequence[tuple[Result, list[Citation]]], articles: Mapping[str, str]) -> dict[str, float | None]:
    found = [replace(result, ranking=ranked(result.known, citations, articles)) for result, citations in pairs]
    firsts = [next((rank for rank, (_, place) in enumerate(result.ranking, 1) if place is not None), None) for result in found]
    return {
        "hit@1": _share([first == 1 for first in firsts]),
        "hit@5": _share([first is not None and first <= DEPTH for first in firsts]),
        **ranking_figures(*judged(found)),
        "answer_in_first_quote": None,
        "span_in_quotes": None,
    }


def _answers(results: Sequence[Result], whole: Sequence[tuple[Result, list[Citation]]]) -> list[Variant]:
    """The answer as it is, against the first sentence and the whole of the best passage, which is what no evidence would show."""
    told = [result for result in results if result.known.answerable and result.known.answers]
    if not told:
        return []
    quotes = [[citation.quote for citation in result.answer.citations] for result in told]
    best = {id(result): citations[0].passage_text if citations else "" for result, citations in whole}
    passages = [best.get(id(result), "") for result in told]
    openings = [next((text[start:end] for start, end in sentences(text)), "") for text in passages]
    return [
        Variant("answer (as it is)", _quoted(told, [shown[:1] for shown in quotes], quotes)),
        Variant(
            "no evidence: best passage, first sentence", _quoted(told, [[text] for text in openings], [[t] for t in openings])
        ),
        Variant("no evidence: best passage, whole", _quoted(told, [[text] for text in passages], [[t] for t in passages])),
    ]


def _quoted(told: Sequence[Result], first: Sequence[Sequence[str]], shown: Sequence[Sequence[str]]) -> dict[str, Any]:
    names = ("hit@1", "hit@5", "mrr@10", "ndcg@10", "recall@10")
    return {
        **dict.fromkeys(names),
        "answer_in_first_quote": _share([_holds(result, texts) for result, texts in zip(told, first, strict=True)]),
        "span_in_quotes": _share([_holds(result, texts) for result, texts in zip(told, shown, strict=True)]),
    }


def _holds(result: Result, texts: Sequence[str]) -> bool:
    quoted = bare("".join(texts))
    return any(bare(answer) in quoted for answer in result.known.answers)


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 4) if flags else None
