"""What each route gives back, for the OpenAPI: made from the records themselves, so that it cannot say anything else.

Nothing is checked against these when a reply is sent; the tests check that replies are of these shapes.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from index.schema import ArticleRecord, IssueRecord, Stats
from qa.schema import Answer, Contents, Timeline
from qa.verbatim import Facets

Shape = dict[str, Any]


class HitShape(BaseModel):
    """A passage that was found, its nearest sentence as quote, and where it was printed."""

    passage_id: str
    score: float
    rank: int
    text: str
    article_id: str
    issue_id: str
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    headline: str | None
    authors: list[str]
    paragraph: int | None
    quote: str
    start: int
    end: int
    passage_text: str
    flags: list[str]
    label: str
    gbt7714: str


class HitsShape(BaseModel):
    """Passages, best first."""

    hits: list[HitShape]


class LineShape(BaseModel):
    """One place where the words stand, what is around them, and where that was printed."""

    left: str
    words: str
    right: str
    passage_id: str
    article_id: str
    issue_id: str
    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    headline: str | None
    paragraph: int | None
    start: int
    end: int
    label: str


class SnippetsShape(BaseModel):
    """Lines, oldest first, and how many places there are in all."""

    phrases: list[str]
    total: int
    passages: int
    complete: bool
    lines: list[LineShape]
    sequence: int


class TimelineShape(BaseModel):
    """How a matter went on; null when no dated page tells of it."""

    timeline: Timeline | None


class IssuesShape(BaseModel):
    """One record a page of an issue."""

    issues: list[IssueRecord]


_PLACE: Shape = {
    "passage_id": "dongchangfuxun-2021-06-08-p1-a02-s03",
    "article_id": "dongchangfuxun-2021-06-08-p1-a02",
    "issue_id": "dongchangfuxun-2021-06-08-p1",
    "newspaper": "东昌府讯",
    "date": "2021-06-08",
    "issue_number": 1345,
    "page": "1",
    "headline": "积极有为 高质高效",
    "paragraph": 3,
}
_CITED: Shape = {
    **_PLACE,
    "authors": ["全兴社"],
    "quote": "巴海峰要求，要把握“四个环节”。",
    "start": 0,
    "end": 15,
    "passage_text": "巴海峰要求，要把握“四个环节”。",
    "flags": ["已拼接"],
    "label": "《东昌府讯》2021年6月8日 第1版",
    "gbt7714": "全兴社. 积极有为 高质高效[N]. 东昌府讯, 2021-06-08(1).",
}
_FILTER: Shape = {"dates": [], "newspapers": [], "pages": [], "authors": [], "undated": True}
_ANSWER: Shape = {
    "question": "要把握哪“四个环节”？",
    "language": "zh",
    "found": True,
    "confidence": 0.91,
    "text": "巴海峰要求，要把握“四个环节”。 [1]",
    "citations": [{"number": 1, **_CITED}],
    "nearest": [],
    "interpretation": {"question": "要把握哪“四个环节”？", "filter": _FILTER, "notes": [], "inferred": []},
    "timings_ms": {"total": 12.5},
}
_FACETS: Shape = {
    "phrases": ["网格"],
    "total": 3,
    "complete": True,
    "newspapers": [{"value": "东昌府讯", "count": 3}],
    "years": [{"value": "2021", "count": 3}],
    "pages": [{"value": "1", "count": 3}],
    "sequence": 2,
}
_LINE: Shape = {
    "left": "我区举办",
    "words": "网格",
    "right": "员入职培训班",
    **_PLACE,
    "start": 4,
    "end": 6,
    "label": "《东昌府讯》",
}
_SNIPPETS: Shape = {"phrases": ["网格"], "total": 18, "passages": 3, "complete": True, "lines": [_LINE], "sequence": 2}


def shape(model: type, description: str, example: Shape | None = None) -> Shape:
    """Return the entry of the OpenAPI for a reply."""
    content: Shape = {"application/json": {"example": example} if example else {}}
    return {"model": model, "description": description, "content": content}


ANSWER = shape(Answer, "The answer", _ANSWER)
HITS = shape(HitsShape, "The passages", {"hits": [{"score": 0.98, "rank": 1, "text": _CITED["passage_text"], **_CITED}]})
SNIPPETS = shape(SnippetsShape, "The lines, and how many there are in all", _SNIPPETS)
FACETS = shape(Facets, "The counts", _FACETS)
TIMELINE = shape(TimelineShape, "Counts, and a quote a date")
CONTENTS = shape(Contents, "Pages with their headlines")
ARTICLE = shape(ArticleRecord, "The article; ``source`` is the name of the file it was read from")
ISSUES = shape(IssuesShape, "The pages; ``source`` is the name of the file each was read from")
STATS = shape(Stats, "The counts")
