"""Ask every question and note what came of it. Asks through ``Assistant`` alone and changes nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from index.text import fold
from qa.compose import SearchHit
from qa.evaluation.known import Known, Place, QuestionSet
from qa.schema import Answer, Citation, Turn

DEPTH = 5
RANKED = 10  # hits looked at by the measures of ranking

Progress = Callable[[int, int], None]
"""Called with (done, total)."""


class Asking(Protocol):
    """What an evaluation needs of an assistant."""

    def ask(self, question: str, history: Sequence[Turn] = (), limit: int = 5) -> Answer: ...
    def search(self, question: str, limit: int = 10) -> list[SearchHit]: ...


@dataclass(frozen=True, slots=True)
class Result:
    """How one question went.

    ``rank``: of the first gold passage among citations and then hits, None beyond five; ``ranks``: the same for each place.
    ``ranking``: (document or passage id, number of the place it holds or None) of the hits alone, best first.
    """

    known: Known
    answer: Answer
    rank: int | None
    ranks: tuple[int | None, ...]
    in_quotes: tuple[str, ...]
    right_article: bool
    milliseconds: float
    ranking: tuple[tuple[str, int | None], ...] = ()
    rightly_cited: tuple[bool, ...] = ()

    @property
    def failed(self) -> bool:
        if not self.known.answerable:
            return self.answer.found
        right = not self.known.answers or self.in_quotes
        return not (self.answer.found and right and (self.rank or not self.known.places))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All results, oldest first."""

    results: tuple[Result, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Return the figures: for each language and in total, then the questions that failed."""
        from qa.evaluation.measures import figures

        languages = sorted({result.known.language for result in self.results})
        return {
            "questions": len(self.results),
            "by_language": {name: figures([r for r in self.results if r.known.language == name]) for name in languages},
            "all": figures(self.results),
            "failed": [_failure(result) for result in self.results if result.failed],
        }


def evaluate(assistant: Asking, questions: QuestionSet | Sequence[Known], *, progress: Progress | None = None) -> Evaluation:
    """Ask every question; a follow-up after the turns it leans on, with the assistant's own answers."""
    asked = questions if isinstance(questions, QuestionSet) else QuestionSet(tuple(questions))
    by_id = {known.id: known for known in asked.questions}
    answers: dict[str, Answer] = {}
    results: list[Result] = []
    for known in asked.questions:
        history = _history(known, by_id, answers, assistant)
        start = time.perf_counter()
        answer = assistant.ask(known.question, history)
        elapsed = (time.perf_counter() - start) * 1000
        answers[known.id] = answer
        results.append(_result(known, answer, assistant, elapsed, asked.articles))
        if progress is not None:
            progress(len(results), len(asked.questions))
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


def _result(known: Known, answer: Answer, assistant: Asking, elapsed: float, articles: Mapping[str, str]) -> Result:
    hits = [hit.citation for hit in assistant.search(answer.interpretation.question, RANKED)]
    found: dict[str, Citation] = {}
    for citation in (*answer.citations, *hits[:DEPTH]):
        found.setdefault(citation.passage_id, citation)
    listed = list(found.values())[:DEPTH]
    ranks = tuple(_rank(place, listed, articles) for place in known.places)
    quoted = bare("".join(citation.quote for citation in answer.citations))
    cited = tuple(any(of_article(place, citation, articles) for place in known.places) for citation in answer.citations)
    return Result(
        known=known,
        answer=answer,
        rank=min((rank for rank in ranks if rank), default=None),
        ranks=ranks,
        in_quotes=tuple(text for text in known.answers if bare(text) in quoted),
        right_article=bool(cited) and cited[0],
        milliseconds=elapsed,
        ranking=ranked(known, hits, articles),
        rightly_cited=cited,
    )


def ranked(known: Known, citations: Iterable[Citation], articles: Mapping[str, str]) -> tuple[tuple[str, int | None], ...]:
    """Return each document once with the place it holds; a place counts where it is first held."""
    found: dict[str, int | None] = {}
    for citation in citations:
        name = articles.get(citation.article_id, citation.passage_id)
        place = next(
            (i for i, one in enumerate(known.places) if i not in found.values() and holds(one, citation, articles)), None
        )
        if name not in found or (found[name] is None and place is not None):
            found[name] = place
    return tuple(found.items())


def _rank(place: Place, citations: Sequence[Citation], articles: Mapping[str, str]) -> int | None:
    return next((rank for rank, citation in enumerate(citations, start=1) if holds(place, citation, articles)), None)


def holds(place: Place, citation: Citation, articles: Mapping[str, str]) -> bool:
    """Tell whether a citation is of the passage that a place describes."""
    if place.document is not None and (articles or not place.start):
        return place.document in (articles.get(citation.article_id), citation.article_id, citation.passage_id)
    same = place.headline is None or bare(place.headline) == bare(citation.headline or "")
    return same and bare(place.start) in bare(citation.passage_text)


def of_article(place: Place, citation: Citation, articles: Mapping[str, str]) -> bool:
    """Tell whether a citation is of the article that a place describes."""
    if place.document is not None:
        return holds(place, citation, articles)
    return bare(place.headline or "") == bare(citation.headline or "")


def bare(text: str) -> str:
    """Return a text folded and without white space, as answers are compared."""
    return re.sub(r"\s+", "", fold(text))


def _failure(result: Result) -> dict[str, Any]:
    known, answer = result.known, result.answer
    if not known.answerable:
        why = "answered although the archive does not hold it"
    elif not answer.found:
        why = "refused"
    elif known.places and not result.rank:
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
        "sources": [citation.label for citation in answer.citations],
    }
