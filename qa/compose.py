"""Evidence -> Answer: numbered citations, or "not found" with what is missing and the nearest passages.

Writes no sentence about the world: the text of an answer is quotes and headlines with their days, the text of a refusal speaks
of the archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from qa.evidence import Evidence
from qa.expected import marks
from qa.judgement import Judgement
from qa.news import answers, jumps, offices, reprints
from qa.news.answers import Told
from qa.news.citer import Citer
from qa.news.contents import Asked
from qa.news.coverage import Coverage, lacking
from qa.news.jumps import Jump
from qa.news.refusal import refusal
from qa.notes import Note, in_both
from qa.question import Question
from qa.retrieval import Ranking
from qa.schema import Answer, Citation, Interpretation, Language, Quote
from qa.sentences import Sentence

QUOTES = 5  # citations of an answer where no limit is given
_NEAREST = 3

Held = Callable[[], Coverage]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage that was found: its citation (the quote is its nearest sentence), score and rank from 1."""

    citation: Citation
    score: float
    rank: int

    def to_dict(self) -> dict[str, Any]:
        fields = self.citation.to_dict()
        del fields["number"]
        return {
            "passage_id": fields.pop("passage_id"),
            "score": round(self.score, 4),
            "rank": self.rank,
            "text": fields["passage_text"],
            **fields,
        }


def compose(question: Question, evidence: Evidence, citer: Citer, held: Held, *, limit: int | None = None) -> Answer:
    """Return the answer; ``timings_ms`` is left empty for the caller."""
    told = _told(question, evidence, citer, held, limit=limit)
    ranking = evidence.ranking
    filtered = in_both(question.language, lambda each: _filter_notes(question, ranking, held, each))
    before = (*question.notes, *ranking.query.notes, *filtered)
    if told is not None:
        cited, cut = told.citations, _cut(told, citer)
        after = in_both(question.language, lambda each: (*reprints.notes(cited, each), *_cut_notes(cut, each)))
        return _answer(question, citer, told, notes=(*before, *told.notes, *after))
    jump = _jump(evidence, citer)
    nearest = search_hits(question, evidence, citer, limit=_NEAREST)
    told = Told(refusal(question, evidence.judgement, jump, held()), (), evidence.judgement.confidence)
    lack = in_both(
        question.language, lambda each: (*_lacking_notes(evidence.judgement, jump, each), *_date_notes(question, held, each))
    )
    return _answer(question, citer, told, notes=(*before, *lack), nearest=tuple(hit.citation for hit in nearest))


def compose_listing(question: Question, wanted: Asked, citer: Citer, *, limit: int | None = None) -> Answer:
    """Return the headlines of the issue asked for; "not found" with the days nearest to it where the archive lacks it."""
    told = answers.listing(question, wanted, citer, limit=limit)
    return _answer(question, citer, told, notes=(*question.notes, *told.notes))


def _answer(
    question: Question, citer: Citer, told: Told, *, notes: tuple[Note, ...], nearest: tuple[Citation, ...] = ()
) -> Answer:
    return Answer(
        question=question.asked,
        language=question.language,
        found=bool(told.citations),
        confidence=told.confidence,
        text=told.text,
        citations=told.citations,
        nearest=nearest,
        interpretation=Interpretation(question.text, question.filter, notes, question.inferred),
        timings_ms={},
        sequence=citer.view.sequence,
        dated=told.dated,
        timeline=told.timeline,
        contents=told.contents,
    )


def _told(question: Question, evidence: Evidence, citer: Citer, held: Held, *, limit: int | None) -> Told | None:
    """What the archive has to tell, None when that is no answer."""
    most = QUOTES if limit is None else limit
    if most < 1 or not evidence.quotes:
        return None
    if offices.asked(question) and (people := answers.holders(question, evidence, citer, held(), limit=most)):
        return people
    if course := answers.course(question, evidence, citer, held, limit=limit):
        return course
    if not evidence.judgement.found:
        return None
    passages = {item.passage.id: item.passage for item in evidence.ranking.ranked}
    citations = tuple(
        citer.cite(number, quote, passages[quote.passage_id]) for number, quote in enumerate(evidence.quotes[:most], start=1)
    )
    confidence = evidence.judgement.confidence
    if changing := answers.changing(question, citations):
        return Told(answers.by_date(citations, question.language), citations, confidence, changing, dated=True)
    if offices.asked(question) or (question.contrast and len({citation.date for citation in citations}) > 1):
        return Told(answers.by_date(citations, question.language), citations, confidence, dated=True)
    return Told(_text(citations), citations, confidence)


def _cut(told: Told, citer: Citer) -> tuple[int, Jump] | None:
    """Where the article of the first quote goes on, and the number of that quote; in a list by date it does not matter."""
    if told.dated or not told.citations:
        return None
    article = citer.view.article(told.citations[0].article_id)
    jump = jumps.jump_of(article, citer.view) if article else None
    return (told.citations[0].number, jump) if jump else None


def _cut_notes(cut: tuple[int, Jump] | None, language: Language) -> list[str]:
    return [jumps.say_cut(*cut, language)] if cut else []


def search_hits(question: Question, evidence: Evidence, citer: Citer, *, limit: int) -> list[SearchHit]:
    """Return the passages found, those with the likeliest sentences first, each with its nearest sentence as quote."""
    best: dict[str, Sentence] = {}
    for sentence in evidence.sentences:
        best.setdefault(sentence.passage.id, sentence)
    rest = [item for item in evidence.ranking.ranked if item.passage.id not in best]
    hits: list[SearchHit] = []
    for sentence in list(best.values())[:limit]:
        span = tuple((sentence.start + a, sentence.start + b) for a, b in marks(question, sentence.text))
        quote = Quote(sentence.passage.id, sentence.start, sentence.end, sentence.share, span)
        number = len(hits) + 1
        hits.append(SearchHit(citer.cite(number, quote, sentence.passage), sentence.ranked.score, number))
    for item in rest[: limit - len(hits)]:
        number = len(hits) + 1
        quote = Quote(item.passage.id, 0, len(item.passage.text), 0.0)
        hits.append(SearchHit(citer.cite(number, quote, item.passage), item.score, number))
    return hits


def _text(citations: Iterable[Citation]) -> str:
    return "\n".join(f"{citation.quote} [{citation.number}]" for citation in citations)


def _filter_notes(question: Question, ranking: Ranking, held: Held, language: Language) -> list[str]:
    """Say that nothing passes the filter: for want of newspapers of that time, or for another reason."""
    chinese = language == "zh"
    if ranking.widened:
        why = lacking(question.filter.dates, held(), language) or (
            "筛选范围内没有任何段落。" if chinese else "Nothing passes the filter."
        )
        return [why + ("已改为在全部报纸中查找" if chinese else " The whole archive was searched")]
    if question.filter and not ranking.ranked:
        return ["筛选范围内没有任何段落" if chinese else "nothing passes the filter"]
    return []


def _jump(evidence: Evidence, citer: Citer) -> Jump | None:
    """Where the article of the best quote goes on, None when it is whole."""
    passages = {item.passage.id: item.passage for item in evidence.ranking.ranked}
    if not evidence.quotes or not evidence.judgement.cut_off:
        return None
    article = citer.view.article(passages[evidence.quotes[0].passage_id].article_id)
    return jumps.jump_of(article, citer.view) if article else None


def _date_notes(question: Question, held: Held, language: Language) -> list[str]:
    """Say that the archive has no newspaper of a date in the question; those that filter are noted where they are read."""
    spans = [mention.range for mention in question.dates if mention.range and mention.range not in question.filter.dates]
    said = lacking(spans, held(), language) if spans else ""
    return [said.rstrip("。.")] if said else []


def _lacking_notes(judgement: Judgement, jump: Jump | None, language: Language) -> list[str]:
    chinese = language == "zh"
    notes: list[str] = []
    if judgement.missing:
        words = "、".join(judgement.missing) if chinese else ", ".join(judgement.missing)
        notes.append(f"最接近的文章没有提到：{words}" if chinese else f"the nearest articles do not mention: {words}")
    if jump is not None:
        notes.append(jumps.say(jump, language).rstrip("。."))
    return notes
