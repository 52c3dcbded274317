"""Evidence -> Answer: numbered citations, or "not found" with what is missing and the nearest passages.

Writes no sentence about the world: the text of an answer is quotes, the text of a refusal speaks of the archive.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from index.schema import Passage
from qa.cite import Edition, cite, source_of
from qa.evidence import Evidence
from qa.expected import marks
from qa.judgement import Judgement
from qa.question import Question
from qa.retrieval import Ranking, View
from qa.schema import Answer, Citation, Interpretation, Quote
from qa.sentences import Sentence

_NEAREST = 3


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


def compose(
    question: Question,
    evidence: Evidence,
    view: View,
    *,
    limit: int = 5,
    edition: Edition = "2025",
) -> Answer:
    """Return the answer; ``timings_ms`` is left empty for the caller."""
    ranking, quotes, judgement = evidence.ranking, evidence.quotes, evidence.judgement
    found = judgement.found and bool(quotes) and limit > 0
    passages = {item.passage.id: item.passage for item in ranking.ranked}
    shown = quotes[:limit] if found else ()
    citations = tuple(
        _cited(number, quote, passages[quote.passage_id], question, view, edition) for number, quote in enumerate(shown, start=1)
    )
    nearest = (
        () if found else tuple(hit.citation for hit in search_hits(question, evidence, view, limit=_NEAREST, edition=edition))
    )
    notes = (*question.notes, *ranking.query.notes, *_notes(question, ranking, judgement, found=found))
    return Answer(
        question=question.asked,
        language=question.language,
        found=found,
        confidence=judgement.confidence,
        text=_text(citations) if found else refusal(question, judgement, view),
        citations=citations,
        nearest=nearest,
        interpretation=Interpretation(question.text, question.filter, notes),
        timings_ms={},
        sequence=view.sequence,
    )


def search_hits(
    question: Question,
    evidence: Evidence,
    view: View,
    *,
    limit: int,
    edition: Edition = "2025",
) -> list[SearchHit]:
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
        hits.append(SearchHit(_cited(number, quote, sentence.passage, question, view, edition), sentence.ranked.score, number))
    for item in rest[: limit - len(hits)]:
        number = len(hits) + 1
        quote = Quote(item.passage.id, 0, len(item.passage.text), 0.0)
        hits.append(SearchHit(_cited(number, quote, item.passage, question, view, edition), item.score, number))
    return hits


def _cited(number: int, quote: Quote, passage: Passage, question: Question, view: View, edition: Edition) -> Citation:
    article = None if passage.kind == "masthead" else view.article(passage.article_id)
    source = source_of(article, view.issue(passage.issue_id))
    return cite(number, quote, passage, source, language=question.language, edition=edition)


def _text(citations: Iterable[Citation]) -> str:
    return "\n".join(f"{citation.quote} [{citation.number}]" for citation in citations)


def _notes(question: Question, ranking: Ranking, judgement: Judgement, *, found: bool) -> list[str]:
    chinese = question.language == "zh"
    notes: list[str] = []
    if ranking.widened:
        notes.append(
            "筛选范围内没有任何段落，已改为在全部报纸中查找"
            if chinese
            else "nothing passes the filter; the whole archive was searched"
        )
    elif question.filter and not ranking.ranked:
        notes.append("筛选范围内没有任何段落" if chinese else "nothing passes the filter")
    if judgement.missing:
        words = "、".join(judgement.missing) if chinese else ", ".join(judgement.missing)
        notes.append(f"最接近的文章没有提到：{words}" if chinese else f"the nearest articles do not mention: {words}")
    if judgement.cut_off and not found:
        notes.append(
            "最接近的文章下转其他版，后文未收录" if chinese else "the nearest article continues on a page that the archive lacks"
        )
    return notes


def refusal(question: Question, judgement: Judgement, view: View) -> str:
    """Say that nothing was found, what is missing, and what the archive covers."""
    if question.language == "zh":
        lines = ["档案中没有找到答案。"]
        if judgement.missing:
            lines.append(f"最接近的文章没有提到{'、'.join(f'“{word}”' for word in judgement.missing)}。")
        if judgement.cut_off:
            lines.append("最接近的文章下转其他版，后文未收录。")
        return "".join((*lines, _held_zh(view)))
    lines = ["The archive does not hold an answer."]
    if judgement.missing:
        lines.append(f"The nearest articles do not mention {', '.join(f'“{word}”' for word in judgement.missing)}.")
    if judgement.cut_off:
        lines.append("The nearest article continues on a page that the archive lacks.")
    return " ".join((*lines, _held_en(view)))


def _days(view: View) -> tuple[list[str], int]:
    issues = view.issues()
    return sorted(issue.date for issue in issues if issue.date), sum(issue.date is None for issue in issues)


def _held_zh(view: View) -> str:
    days, undated = _days(view)
    if not days and not undated:
        return "档案里还没有报纸。"
    parts = [f"{days[0]}" if days[0] == days[-1] else f"{days[0]} 至 {days[-1]}"] if days else []
    parts += [f"未注明日期的 {undated} 版"] if undated else []
    return f"档案现有：{'，'.join(parts)}。"


def _held_en(view: View) -> str:
    days, undated = _days(view)
    if not days and not undated:
        return "The archive is still empty."
    parts = [f"{days[0]}" if days[0] == days[-1] else f"{days[0]} to {days[-1]}"] if days else []
    parts += [f"{undated} undated page{'s' if undated > 1 else ''}"] if undated else []
    return f"It holds: {', '.join(parts)}."
