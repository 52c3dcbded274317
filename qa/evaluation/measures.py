"""Figures over results. Rankings are scored by ``ir-measures`` (trec_eval's own code) where it is installed; the rest here.

A rate over nothing is None, and so is a figure whose scorer is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from index.text import is_chinese, words
from qa.evaluation.running import RANKED, Result, bare
from qa.schema import Citation

Judged = Mapping[str, Mapping[str, int]]
Scored = Mapping[str, Mapping[str, float]]


def figures(results: Sequence[Result]) -> dict[str, Any]:
    """Return rates over the questions; None where there is nothing to count."""
    held = [result for result in results if result.known.answerable]
    placed = [result for result in held if result.known.places]
    told = [result for result in held if result.known.answers]
    absent = [result for result in results if not result.known.answerable]
    refused = [result for result in results if not result.answer.found]
    rightly = sum(not result.known.answerable for result in refused)
    answered = [result for result in held if result.answer.found]
    cited = [right for result in answered if result.known.places for right in result.rightly_cited]
    times = sorted(result.milliseconds for result in results)
    return {
        "answerable": len(held),
        "hit@1": _rate(sum(result.rank == 1 for result in placed), len(placed)),
        "hit@5": _rate(sum(result.rank is not None for result in placed), len(placed)),
        **ranking_figures(*judged(results)),
        "all_passages@5": _rate(sum(all(result.ranks) for result in placed), len(placed)),
        "answer_in_first_quote": _rate(sum(_in_first(result) for result in told), len(told)),
        "span_in_quotes": _rate(sum(bool(result.in_quotes) for result in told), len(told)),
        "all_spans_in_quotes": _rate(sum(len(result.in_quotes) == len(result.known.answers) for result in told), len(told)),
        "marked_f1": _mean([marked_f1(result) for result in told]),
        "right_article": _rate(sum(result.right_article for result in answered if result.known.places), _placed(answered)),
        "citations_right": _rate(sum(cited), len(cited)),
        "answered": _rate(len(answered), len(held)),
        "unanswerable": len(absent),
        "refused": _rate(rightly, len(absent)),
        "not_found_precision": _rate(rightly, len(refused)),
        "not_found_recall": _rate(rightly, len(absent)),
        "not_found_auroc": auroc([r.answer.confidence for r in held], [r.answer.confidence for r in absent]),
        "milliseconds_median": round(times[len(times) // 2], 2) if times else None,
        "milliseconds_p95": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2) if times else None,
    }


def _placed(results: Sequence[Result]) -> int:
    return sum(bool(result.known.places) for result in results)


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def judged(results: Sequence[Result]) -> tuple[Judged, Scored]:
    """Return relevance grades and scores of the ranked hits for each question that has a known place.

    A place is known by its document, or by its number where it has none; scores fall with the rank.
    """
    grades: dict[str, dict[str, int]] = {}
    scores: dict[str, dict[str, float]] = {}
    for number, result in enumerate(results):
        places = result.known.places if result.known.answerable else ()
        if places:
            key = f"{number}"
            grades[key] = {_name(result, i): place.grade for i, place in enumerate(places)}
            scores[key] = {
                name if place is None else _name(result, place): float(RANKED - rank)
                for rank, (name, place) in enumerate(result.ranking[:RANKED])
            }
    return grades, scores


def _name(result: Result, place: int) -> str:
    return result.known.places[place].document or f"place {place}"


def ranking_figures(grades: Judged, scores: Scored) -> dict[str, float | None]:
    """Return MRR, nDCG and recall at ten as ``ir-measures`` counts them; None without it (``pip install "wenbao[eval]"``)."""
    names = {"mrr@10": "RR@10", "ndcg@10": "nDCG@10", "recall@10": "R@10"}
    if not grades or not can_rank():
        return dict.fromkeys(names)
    import ir_measures

    measures = {name: ir_measures.parse_measure(text) for name, text in names.items()}
    found = ir_measures.calc_aggregate(list(measures.values()), grades, scores)
    return {name: round(float(found[measure]), 4) for name, measure in measures.items()}


def can_rank() -> bool:
    """Tell whether the scorer of rankings is installed."""
    from importlib.util import find_spec

    return find_spec("ir_measures") is not None


def auroc(answerable: Sequence[float], absent: Sequence[float]) -> float | None:
    """Return how likely an answerable question gets more confidence than an unanswerable one; ties count half."""
    if not answerable or not absent:
        return None
    pairs = sum((high > low) + (high == low) / 2 for high in answerable for low in absent)
    return round(pairs / (len(answerable) * len(absent)), 4)


def _in_first(result: Result) -> bool:
    quotes = result.answer.citations[:1]
    return bool(quotes) and any(bare(text) in bare(quotes[0].quote) for text in result.known.answers)


def marked_f1(result: Result) -> float:
    """Return the best F1 of the words marked in any quote against any known answer, in characters (Chinese) or words."""
    marked = [_marked(citation) for citation in result.answer.citations]
    return max((f1(text, gold) for text in marked for gold in result.known.answers), default=0.0)


def _marked(citation: Citation) -> str:
    return "".join(citation.passage_text[start:end] for start, end in citation.marks)


def f1(found: str, gold: str) -> float:
    """Return the harmonic mean of precision and recall over characters (Chinese) or words."""
    ours, theirs = _units(found), _units(gold)
    shared = sum((ours & theirs).values())
    return 2 * shared / (sum(ours.values()) + sum(theirs.values())) if shared else 0.0


def _units(text: str) -> Counter[str]:
    kept = "".join(char if char.isalnum() else " " for char in text)
    return Counter(bare(kept)) if is_chinese(text) else Counter(words(kept))
