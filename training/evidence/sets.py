"""Questions with known answers as an archive holds them: the passages of every paragraph, and where in them the answers lie.

Knows the layout of the question sets and how paragraphs become passages; asks nothing.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.passages import parts, split
from index.schema import Article, Issue, Paragraph, Passage
from index.text import fold
from training.corpora import is_held_out, read_news

SETS: Mapping[str, str] = {"cmrc_trial": "cmrc_trial.json.xz", "CMRC": "cmrc_dev.json.xz", "DRCD": "drcd_dev.json.xz"}
_A_PAGE = 20  # articles on a made-up page

Span = tuple[int, int]
Part = Literal["trained", "tuning", "measured"]


@dataclass(frozen=True, slots=True)
class Known:
    """A question, the article that answers it, the spans of its answers by passage, and the answers' texts.

    An answer that goes over the end of a passage has a span in both.
    """

    set: str
    part: Part
    question: str
    article_id: str
    spans: Mapping[str, tuple[Span, ...]]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A made-up page of articles with its id, and each article's id and passages."""

    id: str
    issue: Issue
    articles: tuple[tuple[str, tuple[Passage, ...]], ...]


def part_of(title: str) -> Part:
    """Tell what the questions on an article are for; the same title is for the same in every set.

    ``trained``: encoder and reader have learned from it, so that they look better there than they are. What is not, the half
    held out, is for ``tuning`` (a third: how to combine what they say) or only ``measured``.
    """
    if not is_held_out(title):
        return "trained"
    return "tuning" if hashlib.sha256(fold(title).encode()).digest()[1] % 3 == 0 else "measured"


def read_set(data: Path, name: str) -> tuple[list[Page], list[Known]]:
    """Return the pages of a question set, every paragraph an article without headline, and its questions."""
    with lzma.open(data / SETS[name], "rt", encoding="utf-8") as stream:
        articles: list[dict[str, Any]] = json.load(stream)["data"]
    paragraphs = [(article["title"], paragraph) for article in articles for paragraph in article["paragraphs"]]
    pages = list(_pages(name, [(None, (paragraph["context"],)) for _, paragraph in paragraphs]))
    placed = [article for page in pages for article in page.articles]
    known = [
        question
        for (title, paragraph), (article_id, passages) in zip(paragraphs, placed, strict=True)
        for question in _questions(name, part_of(title), paragraph, article_id, passages)
    ]
    return pages, known


def read_corpus(data: Path) -> list[Page]:
    """Return the pages of the news corpus, an article an item."""
    return list(_pages("news", [(item.headline, item.paragraphs) for item in read_news(data)]))


def _pages(name: str, items: Sequence[tuple[str | None, tuple[str, ...]]]) -> Iterator[Page]:
    for number, place in enumerate(range(0, len(items), _A_PAGE), start=1):
        articles = tuple(
            Article(headline, tuple(Paragraph(i, text, (i,)) for i, text in enumerate(texts, start=1)))
            for headline, texts in items[place : place + _A_PAGE]
        )
        id = f"{name.lower().replace('_', '-')}-{number:05d}"
        issue = Issue(newspaper=None, date=None, issue_number=None, page=None, weekday=None, articles=articles)
        yield Page(id, issue, tuple((article_id, tuple(passages)) for article_id, passages in split(issue, id)))


def _questions(
    name: str, part: Part, paragraph: Mapping[str, Any], article_id: str, passages: Sequence[Passage]
) -> Iterator[Known]:
    text: str = paragraph["context"]
    for asked in paragraph["qas"]:
        found = {(a["answer_start"], a["answer_start"] + len(a["text"])) for a in asked["answers"] if a["text"].strip()}
        found = {(start, end) for start, end in found if 0 <= start < end <= len(text) and text[start:end].strip()}
        spans = {
            passage.id: tuple(sorted((max(a, start) - start, min(b, end) - start) for a, b in found if a < end and b > start))
            for passage, (start, end) in zip(passages, parts(text), strict=True)
        }
        spans = {id: inside for id, inside in spans.items() if inside}
        if spans and asked["question"].strip():
            texts = tuple(dict.fromkeys(text[start:end] for start, end in sorted(found)))
            yield Known(name, part, asked["question"], article_id, spans, texts)
