"""Questions with known answers -> figures: passage found, answer inside the quotes, right article, refusals, latency.

Reads JSON lines as the gold set writes them: question, lang, answerable, answers, gold_headline, gold_paragraph_start,
follow_up_of, and gold_passages where an answer needs several. Asks through ``Assistant`` alone and changes nothing.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from index.errors import ReadError
from index.text import fold
from qa.compose import SearchHit
from qa.schema import Answer, Citation, Turn

_DEPTH = 5


class Asking(Protocol):
    """What an evaluation needs of an assistant."""

    def ask(self, question: str, history: Sequence[Turn] = (), limit: int = 5) -> Answer: ...
    def search(self, question: str, limit: int = 10) -> list[SearchHit]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that holds an answer: its article's headline (None where none is printed) and how it begins."""

    headline: str | None
    start: str


@dataclass(frozen=True, slots=True)
class Known:
    """A question with its known answer; ``follow_up_of`` is the id of the question it leans on."""

    id: str
    language: str
    question: str
    answerable: bool
    answers: tuple[str, ...]
    places: tuple[Place, ...]
    follow_up_of: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How one question went. ``rank`` of the first gold passage among citations and hits, None beyond five."""

    known: Known
    answer: Answer
    rank: int | None
    ranks: tuple[int | None, ...]
    in_quotes: tuple[str, ...]
    right_article: bool
    milliseconds: float

    @property
    def failed(self) -> bool:
        return not (self.answer.found and self.in_quotes and self.rank) if self.known.answerable else self.answer.found


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All results, oldest first."""

    results: tuple[Result, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Return the figures: for each language and in total, then the questions that failed."""
        languages = sorted({result.known.language for result in self.results})
        return {
            "questions": len(self.results),
            "by_language": {name: figures([r for r in self.results if r.known.language == name]) for name in languages},
            "all": figures(self.results),
            "failed": [_failure(result) for result in self.results if result.failed],
        }


def read(path: Path) -> list[Known]:
    """Read questions; raises ReadError with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            str(path), "cannot be read as UTF-8 text" if isinstance(error, UnicodeError) else "no such file"
        ) from error
    known: list[Known] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                known.append(_known(json.loads(line), number))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ReadError(str(path), f"not a question with a known answer ({error})", line=number) from error
    if not known:
        raise ReadError(str(path), "holds no questions")
    return known


def _known(record: Mapping[str, Any], number: int) -> Known:
    passages = record.get("gold_passages") or []
    places = [Place(passage.get("headline"), passage["paragraph_start"]) for passage in passages]
    if not places and record.get("gold_paragraph_start"):
        places = [Place(record.get("gold_headline"), record["gold_paragraph_start"])]
    return Known(
        id=str(record.get("id", number)),
        language=str(record.get("lang", "zh")),
        question=str(record["question"]),
        answerable=bool(record.get("answerable", bool(record.get("answers")))),
        answers=tuple(map(str, record.get("answers") or ())),
        places=tuple(places),
        follow_up_of=record.get("follow_up_of"),
    )


def evaluate(assistant: Asking, questions: Sequence[Known]) -> Evaluation:
    """Ask every question; a follow-up after the turns it leans on, with the assistant's own answers."""
    by_id = {known.id: known for known in questions}
    answers: dict[str, Answer] = {}
    results: list[Result] = []
    for known in questions:
        history = _history(known, by_id, answers, assistant)
        start = time.perf_counter()
        answer = assistant.ask(known.question, history)
        elapsed = (time.perf_counter() - start) * 1000
        answers[known.id] = answer
        results.append(_result(known, answer, assistant, elapsed))
    return Evaluation(tuple(results))


def _history(known: Known, by_id: Mapping[str, Known], answers: dict[str, Answer], assistant: Asking) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    before, seen = known.follow_up_of, {known.id}
    while before is not None and before in by_id and before not in seen:
        seen.add(before)
        earlier = by_id[before]
        if before not in answers:
            answers[before] = assistant.ask(earlier.question)
        turns.insert(0, Turn(earlier.question, answers[before].text))
        before = earlier.follow_up_of
    return tuple(turns)


def _result(known: Known, answer: Answer, assistant: Asking, elapsed: float) -> Result:
    hits = [hit.citation for hit in assistant.search(answer.interpretation.question, _DEPTH)]
    found: dict[str, Citation] = {}
    for citation in (*answer.citations, *hits):
        found.setdefault(citation.passage_id, citation)
    listed = list(found.values())[:_DEPTH]
    ranks = tuple(_rank(place, listed) for place in known.places)
    quoted = _bare("".join(citation.quote for citation in answer.citations))
    headlines = {_bare(place.headline or "") for place in known.places}
    return Result(
        known=known,
        answer=answer,
        rank=min((rank for rank in ranks if rank), default=None),
        ranks=ranks,
        in_quotes=tuple(text for text in known.answers if _bare(text) in quoted),
        right_article=bool(answer.citations) and _bare(answer.citations[0].headline or "") in headlines,
        milliseconds=elapsed,
    )


def _rank(place: Place, citations: Sequence[Citation]) -> int | None:
    for rank, citation in enumerate(citations, start=1):
        same = place.headline is None or _bare(place.headline) == _bare(citation.headline or "")
        if same and _bare(place.start) in _bare(citation.passage_text):
            return rank
    return None


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def figures(results: Sequence[Result]) -> dict[str, Any]:
    """Return rates over the questions; None where there is nothing to count."""
    held = [result for result in results if result.known.answerable]
    absent = [result for result in results if not result.known.answerable]
    refused = [result for result in results if not result.answer.found]
    rightly = sum(not result.known.answerable for result in refused)
    answered = [result for result in held if result.answer.found]
    times = sorted(result.milliseconds for result in results)
    return {
        "answerable": len(held),
        "hit@1": _rate(sum(result.rank == 1 for result in held), len(held)),
        "hit@5": _rate(sum(result.rank is not None for result in held), len(held)),
        "all_passages@5": _rate(sum(all(result.ranks) for result in held), len(held)),
        "span_in_quotes": _rate(sum(bool(result.in_quotes) for result in held), len(held)),
        "all_spans_in_quotes": _rate(sum(len(result.in_quotes) == len(result.known.answers) for result in held), len(held)),
        "right_article": _rate(sum(result.right_article for result in answered), len(answered)),
        "answered": _rate(len(answered), len(held)),
        "unanswerable": len(absent),
        "refused": _rate(rightly, len(absent)),
        "not_found_precision": _rate(rightly, len(refused)),
        "not_found_recall": _rate(rightly, len(absent)),
        "milliseconds_median": round(times[len(times) // 2], 2) if times else None,
        "milliseconds_p95": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2) if times else None,
    }


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _failure(result: Result) -> dict[str, Any]:
    known, answer = result.known, result.answer
    if not known.answerable:
        why = "answered although the archive does not hold it"
    elif not answer.found:
        why = "refused"
    elif not result.rank:
        why = "passage not among the first five"
    else:
        why = "answer not inside the quotes"
    return {
        "id": known.id,
        "question": answer.interpretation.question,
        "why": why,
        "confidence": round(answer.confidence, 3),
        "expected": list(known.answers),
        "quotes": [citation.quote for citation in answer.citations],
    }
