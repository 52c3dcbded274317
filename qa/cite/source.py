"""What a citation says of the place of a passage: paper, day, number, page, headline, authors, and what is unknown.

What the page does not say stays unknown and is never guessed. Knows nothing of styles and nothing of questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.schema import PAGE_INFERRED, ArticleRecord, IssueRecord

_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+·[\u3400-\u9fff·]+|[^\u3400-\u9fff]+")
# A signature that is neither a person nor a body is a column label (专栏署名); it is no author.
_BODY = re.compile(r"(?:员|组|部|室|社|会|局|办|院|厅|台|站|队|团|处|报|中心|公司|集团|团队)$")
_MASTHEAD = "报头"
_CLAUSE_END = re.compile(r"[。！？!?；;…]")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
# What a reader needs to find the article in print.
_NEEDED = ("newspaper", "date", "page", "headline")


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation says of the place of a passage, whether it stands in an article or in the masthead."""

    newspaper: str | None
    date: str | None
    issue_number: int | None
    page: str | None
    page_inferred: bool
    weekday: str | None
    year_estimate: int | None
    headline: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    first_words: str
    flags: tuple[str, ...] = ()
    url: str | None = None


def source_of(article: ArticleRecord | None, issue: IssueRecord | None) -> Source:
    """Collect the facts of an article; of its issue alone where the passage is the masthead."""
    place = article or issue
    if place is None:
        return Source(None, None, None, None, False, None, None, None, None, (), "")
    metadata = {**(issue.metadata if issue else {}), **(article.metadata if article else {})}
    flags = article.flags if article else ()
    inferred = PAGE_INFERRED in flags or bool(metadata.get("page_inferred"))
    if inferred and PAGE_INFERRED not in flags:
        flags = (*flags, PAGE_INFERRED)
    estimate = metadata.get("year_estimate")
    return Source(
        newspaper=place.newspaper,
        date=place.date,
        issue_number=place.issue_number,
        page=place.page,
        page_inferred=inferred and place.page is not None,
        weekday=place.weekday,
        year_estimate=estimate if isinstance(estimate, int) else None,
        headline=article.headline if article else None,
        subtitle=article.subtitle if article else None,
        authors=article.authors if article else (),
        first_words=_MASTHEAD if article is None else article.paragraphs[0].text if article.paragraphs else "",
        flags=flags,
        url=_address(metadata.get("source_url")),
    )


def title(source: Source) -> str:
    """Return the headline, or the first clause of the text in square brackets where none is printed."""
    if source.headline:
        return source.headline
    clause = _first_clause(source.first_words)
    return f"[{clause}]" if clause else ""


def _first_clause(text: str) -> str:
    # Up to the sentence end: a leading date ("6月7日，") alone would say nothing.
    end = _CLAUSE_END.search(text)
    return text[: end.start()] if end else text[:30]


def authors(source: Source) -> tuple[str, ...]:
    """Return the signatures that are persons or bodies; a column label is none."""
    names = (re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", name) for name in source.authors)
    return tuple(name for name in names if _PERSON.fullmatch(name) or _BODY.search(name))


def full_title(source: Source) -> str:
    """Return the title with the subtitle after a colon, without the dashes that print puts before it."""
    return "：".join(part for part in (title(source), subtitle(source)) if part)


def subtitle(source: Source) -> str:
    """Return the subtitle without leading dashes, empty where there is none."""
    return (source.subtitle or "").lstrip("—–-― ")


def page_number(page: str) -> str:
    """Return a page as references print it: without leading zeros."""
    return page.lstrip("0") or page if page.isdigit() else page


def missing(source: Source) -> tuple[str, ...]:
    """Name what the archive does not know of newspaper, date, page and headline."""
    return tuple(name for name in _NEEDED if not getattr(source, name))


def is_complete(source: Source) -> bool:
    """Tell whether newspaper and date are known, so that the reference can stand in print as it is."""
    return source.newspaper is not None and source.date is not None


def _address(value: object) -> str | None:
    return value if isinstance(value, str) and _WEB.fullmatch(value) else None
