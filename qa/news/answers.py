"""Answers that only news asks for: who holds an office, how a matter went on, what an issue prints.

Each returns what is to be told, or None where the question does not ask for it or the archive does not show it. Every line is a
quote or a headline as printed, with the day it was printed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.evidence import Evidence
from qa.news import holders as printed
from qa.news import offices, story
from qa.news.citer import Citer
from qa.news.contents import MOST, Asked, contents
from qa.news.coverage import Coverage, coverage_of, held, lacking, say_day
from qa.news.figures import conflicts
from qa.news.holders import Holder
from qa.news.offices import Office
from qa.news.reprints import alike
from qa.news.timeline import reports, timeline, windows
from qa.notes import Note, in_both
from qa.question import Question
from qa.retrieval import View
from qa.schema import Citation, Contents, Language, PageContents, Timeline

DATES = 12  # of a timeline in an answer
_PRINTED = 0.8  # least confidence where a page prints person and office together, and the body agrees
_TOLD = 0.6  # share of the matter that the best report must cover where the judgement over single quotes is unsure
_A_WINDOW = 8  # passages from each span of time, so that no holder of an office is crowded out


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says, ready to be put into it."""

    text: str
    citations: tuple[Citation, ...]
    confidence: float
    notes: tuple[Note, ...] = ()
    dated: bool = False
    timeline: Timeline | None = None
    contents: Contents | None = None


def by_date(citations: Sequence[Citation], language: Language) -> str:
    """Write a line a quote, each after the day of its issue."""
    return "\n".join(f"{_when(citation, language)}{citation.quote} [{citation.number}]" for citation in citations)


def _when(citation: Citation, language: Language) -> str:
    if language == "zh":
        return f"{say_day(citation.date, language) if citation.date else '日期不详'}："
    return f"{say_day(citation.date, language) if citation.date else 'undated'}: "


def holders(question: Question, evidence: Evidence, citer: Citer, coverage: Coverage, *, limit: int) -> Told | None:
    """Tell who holds the office asked for: all that the archive names, the newest first."""
    office = offices.asked(question)
    if office is None:
        return None
    found = _holders(question, office, evidence, citer.view, coverage)
    if not found or not (office.organ or evidence.judgement.found):
        return None
    citations = tuple(citer.cite(number, holder.quote, holder.passage) for number, holder in enumerate(found[:limit], start=1))
    confidence = max(evidence.judgement.confidence, _PRINTED if office.organ else 0.0)
    notes = in_both(question.language, lambda each: (_change(found, each),)) if len(found) > 1 else ()
    return Told(by_date(citations, question.language), citations, confidence, notes, dated=True)


def _holders(question: Question, office: Office, evidence: Evidence, view: View, coverage: Coverage) -> list[Holder]:
    query = evidence.ranking.query
    passages = {item.passage.id: item.passage for item in evidence.ranking.ranked}
    spans = windows(coverage)
    for span in spans if len(spans) > 1 and query.terms else ():
        within = replace(question.filter, dates=(span,), undated=False)
        hits = view.search_lexical(query.terms, limit=_A_WINDOW, filter=within)
        passages.update(view.passages([hit.passage_id for hit in hits]))
    return printed.holders(question, office, list(passages.values()), query, view)


def _change(found: Sequence[Holder], language: Language) -> str:
    if language == "zh":
        return f"职务会变动：档案里有 {len(found)} 人以此职务见报，按见报日期由新到旧列出，最近一次见报不等于现任"
    return f"offices change hands: the archive names {len(found)} persons, newest first; the newest need not be in office now"


def changing(question: Question, citations: Sequence[Citation]) -> tuple[Note, ...]:
    """Say that quotes of different days give different figures for the same thing; empty where they do not."""
    for one, other in itertools.combinations(citations, 2):
        if one.date != other.date and alike(one.quote, other.quote) and conflicts(one.quote, other.quote):
            said = (
                f"[{one.number}] 和 [{other.number}] 见报日期不同，数字也不同",
                f"[{one.number}] and [{other.number}] are of different days and give different figures",
            )
            return (Note(*said, question.language),)
    return ()


def course(
    question: Question, evidence: Evidence, citer: Citer, coverage: Callable[[], Coverage], *, limit: int | None
) -> Told | None:
    """Tell how a matter went on: one quote a day, in order. None where the archive tells of it on one day only."""
    if not story.asked(question):
        return None
    query, judgement = evidence.ranking.query, evidence.judgement
    held_days = coverage()
    found = reports(question, evidence.ranking, citer.view, held_days)
    sure = judgement.found or (not judgement.missing and bool(found) and found[0].share >= _TOLD)
    line = timeline(question, query, found, held_days, citer, limit=DATES if limit is None else limit) if sure else None
    if line is None or len(line.moments) + line.omitted < 2:
        return None
    citations = tuple(moment.citation for moment in line.moments)
    confidence = max(judgement.confidence, found[0].share if sure else 0.0)
    notes = in_both(question.language, lambda each: (_length(line, each),))
    return Told(by_date(citations, question.language), citations, min(1.0, confidence), notes, dated=True, timeline=line)


def _length(line: Timeline, language: Language) -> str:
    days, articles = len(line.moments) + line.omitted, sum(period.articles for period in line.counts)
    if language == "zh":
        more = f"，列出其中 {len(line.moments)} 天" if line.omitted else ""
        undated = f"；另有 {line.undated} 篇日期不详" if line.undated else ""
        return f"档案里有 {days} 天、{articles} 篇报道谈到此事{more}，按见报日期先后排列{undated}"
    more = f", {len(line.moments)} of which are shown" if line.omitted else ""
    undated = f"; {line.undated} more undated" if line.undated else ""
    return f"{articles} articles of {days} days tell of this{more}, in the order in which they were printed{undated}"


def listing(question: Question, wanted: Asked, citer: Citer, *, limit: int | None) -> Told:
    """Tell what an issue prints: the headlines by page; where it is not held, which days are."""
    listed = contents(
        citer, dates=wanted.dates, newspapers=wanted.newspapers, page=wanted.page, limit=MOST if limit is None else limit
    )
    citations = tuple(citation for page in listed.pages for citation in page.articles)
    if not citations:
        coverage = coverage_of(citer.view.issues())
        lack = _not_held(wanted, listed, coverage, question.language)
        said = [lack, held(coverage, question.language)]
        text = ("" if question.language == "zh" else " ").join(part for part in said if part)
        notes = in_both(question.language, lambda each: [_not_held(wanted, listed, coverage, each).rstrip("。.")])
        return Told(text, (), 0.0, notes if lack else (), contents=listed)
    lines = [line for page in listed.pages for line in _page_lines(page, question.language)]
    if listed.omitted:
        lines.append(f"另有 {listed.omitted} 篇。" if question.language == "zh" else f"{listed.omitted} more.")
    newest = Note("问题没有指明日期，列出的是最新一期", "no date was asked for: this is the newest issue", question.language)
    return Told("\n".join(lines), citations, 1.0, () if wanted.dates else (newest,), contents=listed)


def _page_lines(page: PageContents, language: Language) -> list[str]:
    named = {"zh": "无标题", "en": "no headline"}[language]
    lines = [_page_head(page, language)]
    return lines + [f"{each.headline or f'（{named}）{each.quote}'} [{each.number}]" for each in page.articles]


def _page_head(page: PageContents, language: Language) -> str:
    if language == "zh":
        paper = f"《{page.newspaper}》" if page.newspaper else "［报名不详］"
        return (
            f"{paper}{say_day(page.date, language) if page.date else '［日期不详］'}{f'第{page.page}版' if page.page else ''}："
        )
    day = say_day(page.date, language) if page.date else "undated"
    return f"{page.newspaper or '[newspaper unknown]'}, {day}{f', page {page.page}' if page.page else ''}:"


def _not_held(wanted: Asked, listed: Contents, coverage: Coverage, language: Language) -> str:
    """Say which days of all papers, or else of that paper or page, the archive lacks; empty when it holds nothing at all."""
    whole = lacking(wanted.dates, coverage, language)
    if whole or not listed.nearest:
        return whole
    days = [say_day(day, language) for day in listed.nearest]
    if language == "zh":
        return f"档案里没有这一天的这份报纸或这一版；有该报该版的日期中，离得最近的是{'和'.join(days)}。"
    return f"The archive does not hold that paper or page of these days; it does hold it of {' and '.join(days)}."
