"""Probes of an archive of one's own: its headlines and dates as questions, so that a badly read batch shows at once.

A headline must find its own article, and with the date of its issue too; its words should stand in its own text. None of this
needs an answer known beforehand, and none of it says whether answers are right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.schema import ArticleRecord, DateRange, Encoder, Filter, IssueRecord
from index.text import bigrams, fold, is_chinese, words
from qa.evaluation.running import DEPTH, Progress
from qa.question import understand
from qa.retrieval import View, retrieve

_AN_ISSUE = 5  # articles asked for of each issue
_LONGEST = 200  # characters of a headline that are asked for


@dataclass(frozen=True, slots=True)
class IssueProbe:
    """How the probes of one page went; rates from 0 to 1, None where nothing could be asked.

    ``own_words``: share of the headlines' words that stand in the articles' own text; ``odd``: share of characters that no
    page prints (replacement, private use, control). ``unknown``: facts that the page does not give.
    """

    issue_id: str
    source: str
    newspaper: str | None
    date: str | None
    page: str | None
    articles: int
    asked: int
    headline_hit1: float | None
    headline_hit5: float | None
    dated_hit5: float | None
    own_words: float | None
    odd: float
    unknown: tuple[str, ...]

    @property
    def goodness(self) -> float:
        """A number to sort by, 0 (worst) to 1; what could not be asked counts as half."""
        rates = [0.5 if rate is None else rate for rate in (self.headline_hit5, self.dated_hit5, self.own_words)]
        return (sum(rates) / len(rates)) * (1 - min(1.0, 10 * self.odd)) * (0.5 if not self.articles else 1.0)

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "unknown": list(self.unknown), "goodness": round(self.goodness, 4)}


@dataclass(frozen=True, slots=True)
class Probing:
    """The probes of all pages asked, the worst first."""

    issues: tuple[IssueProbe, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return means over all headlines asked, and every page, the worst first."""
        return {
            "issues": len(self.issues),
            "asked": sum(issue.asked for issue in self.issues),
            **{name: self._mean(name) for name in ("headline_hit1", "headline_hit5", "dated_hit5", "own_words")},
            "without_date": sum(issue.date is None for issue in self.issues),
            "without_newspaper": sum(issue.newspaper is None for issue in self.issues),
            "without_headlines": sum(issue.asked == 0 for issue in self.issues),
            "worst": [issue.to_dict() for issue in self.issues],
        }

    def _mean(self, name: str) -> float | None:
        pairs = [(getattr(issue, name), issue.asked) for issue in self.issues]
        asked = sum(count for rate, count in pairs if rate is not None)
        return round(sum(rate * count for rate, count in pairs if rate is not None) / asked, 4) if asked else None


def probe(view: View, encoder: Encoder, *, most: int = 500, progress: Progress | None = None) -> Probing:
    """Ask for up to ``most`` headlines, of as many pages as that allows, spread evenly over the archive by date."""
    issues = list(view.issues())
    pages = max(1, most // _AN_ISSUE)
    chosen = [issues[i * len(issues) // pages] for i in range(pages)] if len(issues) > pages else issues
    found: list[IssueProbe] = []
    for issue in chosen:
        found.append(_probed(issue, list(view.articles(issue.id)), view, encoder))
        if progress is not None:
            progress(len(found), len(chosen))
    return Probing(tuple(sorted(found, key=lambda one: (one.goodness, one.issue_id))))


def _probed(issue: IssueRecord, articles: Sequence[ArticleRecord], view: View, encoder: Encoder) -> IssueProbe:
    headed = [article for article in articles if article.headline and article.paragraphs]
    step = max(1, len(headed) // _AN_ISSUE)
    asked = headed[::step][:_AN_ISSUE]
    ranks = [_rank(article, Filter(), view, encoder) for article in asked]
    day = Filter(dates=(DateRange(issue.date, issue.date),), undated=False) if issue.date else None
    dated = [_rank(article, day, view, encoder) for article in asked] if day else []
    text = "".join(paragraph.text for article in articles for paragraph in article.paragraphs)
    return IssueProbe(
        issue_id=issue.id,
        source=issue.source,
        newspaper=issue.newspaper,
        date=issue.date,
        page=issue.page,
        articles=len(articles),
        asked=len(asked),
        headline_hit1=_share([rank == 1 for rank in ranks]),
        headline_hit5=_share([rank > 0 for rank in ranks]),
        dated_hit5=_share([rank > 0 for rank in dated]),
        own_words=_mean([_own_words(article) for article in asked]),
        odd=round(sum(map(_is_odd, text)) / max(1, len(text)), 4),
        unknown=tuple(name for name in ("newspaper", "date", "page") if getattr(issue, name) is None),
    )


def _rank(article: ArticleRecord, filter: Filter, view: View, encoder: Encoder) -> int:
    """The rank of the article or of another printing under the same headline, 0 when neither is among the first five."""
    headline = article.headline or ""
    found = retrieve(understand(headline[:_LONGEST], filter=filter), view, encoder, limit=DEPTH).ranked
    for rank, item in enumerate(found, start=1):
        held = None if item.passage.article_id == article.id else view.article(item.passage.article_id)
        if held is None or fold(held.headline or "") == fold(headline):
            return rank
    return 0


def _own_words(article: ArticleRecord) -> float:
    cut = bigrams if is_chinese(article.headline or "") else words
    told = set(cut("\n".join(paragraph.text for paragraph in article.paragraphs)))
    asked = set(cut(article.headline or ""))
    return len(asked & told) / len(asked) if asked else 0.0


def _is_odd(char: str) -> bool:
    return char == "\ufffd" or (unicodedata.category(char) in ("Co", "Cc", "Cn") and char not in "\n\t")


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 4) if flags else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
