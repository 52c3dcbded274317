"""Issue -> the JSON shape of ``index parse --json``. Unknown is null."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from index.schema import Article, ArticleRef, Issue


def issue_to_dict(issue: Issue) -> dict[str, Any]:
    """Write one element of ``issues``: plain lists, strings and numbers only."""
    return {
        "newspaper": issue.newspaper,
        "date": issue.date,
        "issue_number": issue.issue_number,
        "page": issue.page,
        "weekday": issue.weekday,
        "metadata": dict(issue.metadata),
        "articles": [_article(article) for article in issue.articles],
        "furniture": [{"kind": each.kind, "line": each.line, "text": each.text} for each in issue.furniture],
        "unassigned": [{"line": each.line, "text": each.text} for each in issue.unassigned],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "headline": article.headline,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "subheads": list(article.subheads),
        "authors": list(article.authors),
        "author_roles": dict(article.author_roles),
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "paragraph_meta": [
            {
                "number": paragraph.number,
                "lines": list(paragraph.lines),
                "subhead": paragraph.subhead,
                "joins": list(paragraph.joins),
                "flags": list(paragraph.flags),
                "quality": paragraph.quality,
            }
            for paragraph in article.paragraphs
        ],
        "boundary": article.boundary,
        "joins": [
            {"paragraph": paragraph.number, "lines": [left, right], "offset": offset, "score": score}
            for paragraph in article.paragraphs
            for (left, right), offset, score in zip(
                pairwise(paragraph.lines), paragraph.joins, paragraph.join_scores, strict=False
            )
        ],
        "moves": [
            {"paragraph": paragraph.number, "lines": list(paragraph.lines), "score": paragraph.move_score}
            for paragraph in article.paragraphs
            if paragraph.move_score is not None
        ],
        "captions": [caption.text for caption in article.captions],
        "jump": article.jump,
        "continues_on": article.continues_on,
        "continued_from": article.continued_from,
        "continuation": _ref(article.continuation),
        "beginning": _ref(article.beginning),
        "flags": list(article.flags),
        "lines": list(article.lines),
    }


def _ref(ref: ArticleRef | None) -> dict[str, Any] | None:
    return None if ref is None else {"issue": ref.issue, "article": ref.article, "headline": ref.headline}
