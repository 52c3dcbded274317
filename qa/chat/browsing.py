"""An issue to leaf through: its pages with their headlines, each of which opens its article; the issues before and after it.

Pure functions to ``Html``; names and headlines come in as plain strings and leave escaped.
"""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote as percent

from index.schema import ArticleRecord
from qa.chat import places
from qa.chat.bars import month
from qa.chat.markup import Html, esc, tag
from qa.chat.source import dotted, language
from qa.chat.strings import count, day, say
from qa.news.issue import LeafedIssue, LeafedPage

_LEAD = 60  # characters of an article without a headline
_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def issue(leafed: LeafedIssue) -> Html:
    """Return an issue page by page; one that is not held names the nearest that are."""
    if not leafed.pages:
        return _absent(leafed)
    pages = (_page(page, number) for number, page in enumerate(leafed.pages, start=1))
    omitted = tag("p", say("more_pages", n=f"{leafed.omitted:,}"), cls="wb-note") if leafed.omitted else None
    return tag("article", _head(leafed), _contents(leafed), *pages, omitted, _neighbours(leafed), cls="wb-archive wb-issue")


def _absent(leafed: LeafedIssue) -> Html:
    words = say("no_issue" if leafed.date else "nothing_undated")
    nearest = tag("p", say("nearest_issues"), cls="wb-note") if leafed.before or leafed.after else None
    title = tag("h2", day(leafed.date) if leafed.date else say("undated_pages"))
    head = tag("header", _crumbs(leafed), title)
    verdict = tag("p", words, cls="wb-verdict")
    return tag("article", head, verdict, nearest, _neighbours(leafed), cls="wb-archive wb-issue")


def _head(leafed: LeafedIssue) -> Html:
    first = leafed.pages[0].record
    title = tag("h2", leafed.newspaper or say("no_newspaper"))
    facts = [day(leafed.date) if leafed.date else say("no_date")]
    if first.weekday:
        facts.append(_weekday(first.weekday))
    if leafed.date and first.issue_number is not None:
        facts.append(say("issue_number", n=first.issue_number))
    facts.append(count("pages", len(leafed.pages) + leafed.omitted))
    facts.append(count("articles", sum(len(page.articles) for page in leafed.pages)))
    return tag(
        "header",
        _crumbs(leafed),
        title,
        tag("p", dotted(facts), cls="wb-sum"),
        _others(leafed),
        _neighbours(leafed),
        cls="wb-issue-head",
    )


def _weekday(printed: str) -> Html:
    """Return a weekday in both languages; one that is written otherwise stays as it is printed."""
    return say(f"weekday_{_WEEKDAYS.index(printed)}") if printed in _WEEKDAYS else esc(printed)


def _crumbs(leafed: LeafedIssue) -> Html:
    parts = [places.opener(places.archive(), say("overview"), cls="wb-crumb")]
    if leafed.date:
        parts.append(places.opener(places.archive(leafed.date[:7]), month(leafed.date[:7]), cls="wb-crumb"))
    return tag("div", *parts, cls="wb-crumbs")


def _others(leafed: LeafedIssue) -> Html | None:
    """Return the newspapers of the day to choose from, where there is more than one."""
    if len(leafed.newspapers) < 2:
        return None
    buttons = (
        places.opener(
            places.issue(leafed.date, newspaper=name),
            name or say("no_newspaper"),
            cls="wb-tab",
            pressed=name == leafed.newspaper,
        )
        for name in leafed.newspapers
    )
    return tag("div", *buttons, cls="wb-tabs")


def _neighbours(leafed: LeafedIssue) -> Html | None:
    given = ((leafed.before, "issue_before"), (leafed.after, "issue_after"))
    anyone = not leafed.pages and leafed.newspaper is None
    buttons = [
        places.opener(
            places.issue(date, newspaper=leafed.newspaper, any_newspaper=anyone),
            say(key),
            tag("span", day(date), cls="wb-when"),
            cls=f"wb-link wb-{key.replace('_', '-')}",
        )
        for date, key in given
        if date
    ]
    return tag("div", *buttons, cls="wb-beside") if buttons else None


def _contents(leafed: LeafedIssue) -> Html | None:
    """Return the pages to jump to, where they do not all stand in view anyway."""
    if len(leafed.pages) < 3:
        return None
    buttons = (
        tag("button", _number(page), cls="wb-jump-to", type="button", value=f"wb-page-{number}")
        for number, page in enumerate(leafed.pages, start=1)
    )
    return tag("div", *buttons, cls="wb-tabs wb-page-tabs")


def _number(page: LeafedPage) -> Html:
    printed = page.record.page
    return say("page", page=printed.lstrip("0") or printed) if printed else say("page_unknown")


def _page(page: LeafedPage, number: int) -> Html:
    items = [_item(article) for article in page.articles]
    listed = tag("ol", *items, cls="wb-contents") if items else tag("p", say("no_articles"), cls="wb-note")
    file = None
    if page.record.date is None:
        file = tag("span", say("file", name=PurePath(page.record.source).name or page.record.source), cls="wb-file")
    return tag("section", tag("h3", _number(page), file, id=f"wb-page-{number}"), listed, cls="wb-printed-page")


def _item(article: ArticleRecord) -> Html:
    kicker = tag("span", article.kicker, cls="wb-kicker") if article.kicker else None
    authors = tag("span", "  ".join(article.authors), cls="wb-byline") if article.authors else None
    words = article.headline or _lead(article)
    title = tag("span", words or say("no_headline"), cls="wb-headline" if article.headline else "wb-lead", lang=language(words))
    address = f"/page/articles/{percent(article.id, safe='')}"
    return tag("li", tag("button", kicker, title, authors, cls="wb-open", type="button", value=address))


def _lead(article: ArticleRecord) -> str:
    """Return the first words of an article that prints no headline, such as photo news."""
    text = next((paragraph.text for paragraph in article.paragraphs if paragraph.text.strip()), "")
    text = text or next((caption for caption in article.captions if caption.strip()), "")
    return text if len(text) <= _LEAD else f"{text[:_LEAD]}……"
