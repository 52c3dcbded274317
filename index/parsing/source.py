"""All pages of a source -> their issues: part texts into pages, parse each, let later pages have what the masthead of an
earlier one says, and link the articles that go on on another page. Knows nothing of files or archives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from index.parsing.continuations import Continuation, Part, link_parts
from index.parsing.page import parse_page
from index.parsing.paging import split_pages
from index.schema import CONTINUATION_MISSING, START_MISSING, Article, ArticleRef, Issue, Page, Skipped

_INHERITED = ("newspaper", "date", "issue_number", "weekday")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page of text, the issue that it is a page of, and what could not be corrected as a person wanted."""

    page: Page
    issue: Issue
    problems: tuple[Skipped, ...] = ()


def parse_pages(pages: Sequence[Page], *, move_displaced: bool = True) -> list[Parsed]:
    """Parse the pages of one source, in printed order. Raises ParseError when one holds no text."""
    parsed: list[Parsed] = []
    for page in pages:
        parts = split_pages(page)
        issues = _inherit([parse_page(part, move_displaced=move_displaced) for part in parts])
        parsed.extend(Parsed(part, issue) for part, issue in zip(parts, issues, strict=True))
    problems = _problems(parsed)
    issues = _linked([_counted(each.issue) for each in parsed])
    return [
        Parsed(each.page, issue, problems if at == 0 else ()) for at, (each, issue) in enumerate(zip(parsed, issues, strict=True))
    ]


def _problems(parsed: Sequence[Parsed]) -> tuple[Skipped, ...]:
    """The corrections that no page could take: each is told once, with its file and number."""
    found: dict[tuple[str, int], Skipped] = {}
    done: set[tuple[str, int]] = set()
    for each in parsed:
        outcomes = each.issue.metadata.get("corrections", {})
        for at, raw in enumerate(each.page.metadata.get("corrections", ())):
            entry = (str(raw["file"]), int(raw["entry"]))
            problem = outcomes.get(at, "speaks of a line that the file does not have, or that is empty")
            if problem is None:
                done.add(entry)
            if at in outcomes or entry not in found:
                source = str(PurePath(each.page.source).parent / entry[0])
                found[entry] = Skipped(source, f"correction {entry[1]}: {problem}")
    return tuple(skipped for entry, skipped in found.items() if entry not in done)


def _counted(issue: Issue) -> Issue:
    """The issue with the number of its corrections instead of what became of each."""
    outcomes = issue.metadata.get("corrections")
    if outcomes is None:
        return issue
    metadata = {name: value for name, value in issue.metadata.items() if name != "corrections"}
    applied = sum(problem is None for problem in outcomes.values())
    return replace(issue, metadata={**metadata, **({"corrected": applied} if applied else {})})


def _inherit(issues: Sequence[Issue]) -> list[Issue]:
    """Give the pages of one text the facts of the masthead before them, where they print none that speak against it."""
    result: list[Issue] = []
    head: Issue | None = None
    for issue in issues:
        if head is not None and _same_issue(issue, head):
            names = [name for name in _INHERITED if getattr(issue, name) is None and getattr(head, name) is not None]
            if names:
                facts = {name: getattr(head, name) for name in names}
                issue = replace(issue, **facts, metadata={**_settled(issue), "inherited": names})
        if issue.date is not None or issue.newspaper is not None:
            head = issue
        result.append(issue)
    return result


def _settled(issue: Issue) -> dict[str, object]:
    return {name: value for name, value in issue.metadata.items() if name != "year_estimate"}


def _same_issue(issue: Issue, head: Issue) -> bool:
    return issue.newspaper in (None, head.newspaper) and issue.date in (None, head.date)


def _linked(issues: Sequence[Issue]) -> list[Issue]:
    parts = [
        Part(
            key=(at, number),
            issue=(issue.newspaper, issue.date),
            page=issue.page,
            headline=article.headline_full,
            text="".join(paragraph.text for paragraph in article.paragraphs),
            jumps_to=article.continues_on,
            comes_from=article.continued_from,
        )
        for at, issue in enumerate(issues)
        for number, article in enumerate(issue.articles)
        if article.continues_on or article.continued_from
    ]
    links = link_parts(parts)
    if not links:
        return list(issues)
    return [
        replace(
            issue,
            articles=tuple(_with_links(article, (at, number), links, issues) for number, article in enumerate(issue.articles)),
        )
        for at, issue in enumerate(issues)
    ]


def _with_links(article: Article, place: Place, links: Sequence[Continuation[Place]], issues: Sequence[Issue]) -> Article:
    for link in links:
        if link.first == place:
            flags = tuple(flag for flag in article.flags if flag != CONTINUATION_MISSING)
            article = replace(article, continuation=_ref(link.second, issues), flags=flags)
        if link.second == place:
            article = replace(_begun(article), beginning=_ref(link.first, issues))
    return article


def _begun(article: Article) -> Article:
    """The rest of an article whose beginning is known: its first paragraph misses nothing that could not be read."""
    if not article.paragraphs or START_MISSING not in article.paragraphs[0].flags:
        return article
    first = article.paragraphs[0]
    whole = replace(first, flags=tuple(flag for flag in first.flags if flag != START_MISSING))
    return replace(article, paragraphs=(whole, *article.paragraphs[1:]))


def _ref(place: Place, issues: Sequence[Issue]) -> ArticleRef:
    at, number = place
    return ArticleRef(at + 1, number + 1, issues[at].articles[number].headline)
