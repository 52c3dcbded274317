"""Web pages of digital newspapers: headline, kicker, subtitle, authors and paragraphs as the site marks them.

Pages of an unknown make are read by their headings and paragraphs. Nothing is fetched, no script is run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from index.errors import ReadError
from index.readers import hocr
from index.readers.blocks import Block, blocks_of, link_share
from index.readers.composing import PageText, Story
from index.readers.decoding import clean, decode
from index.readers.reading import File, Reading
from index.readers.selectors import Layout, table_for
from index.readers.soup import parse
from index.schema import Page, Skipped

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_LARGEST = 8 * 1024 * 1024
_MOST_TAGS = 50_000
_LONGEST_TAG = 8_000
_ENP = re.compile(r"<!--\s{0,9}(/?)enpcontent\s{0,9}-->", re.IGNORECASE)
_PROPERTY = re.compile(r"<(title|introtitle|subtitle|author)>([^<>]{1,400})</\1>", re.IGNORECASE)
_AUTHOR_WORD = re.compile(r"^(?:作者|记者署名|责任作者)\s*[:：]\s*")
_OUTSIDE = "nav, header, footer, aside, form, [role=navigation], [role=banner], [role=contentinfo]"
_LINKS = 0.6
_PAGE = re.compile(r"[0-9A-Z一二三四五六七八九十]\s*版")


def read(file: File) -> Reading:
    """Read one page. Raises ReadError for a page without articles (a table of contents, a frame) and for what is no HTML."""
    if hocr.is_hocr(file.data):
        return hocr.read(file)
    text = decode(file.data, file.source)
    if len(text) > _LARGEST or text.count("<") > 2 * _MOST_TAGS:
        raise ReadError(file.source, "is too large for a web page of a newspaper; save its articles one by one")
    soup = parse(_closed(_ENP.sub(r"<\1enp-content>", text)), file.source)
    table = table_for(file)
    facts = _facts(soup)
    for layout in table.layouts:
        page = PageText()
        for body in _innermost(soup, layout.body):
            _add_article(page, body, layout, text)
        if page.articles:
            own = {"newspaper": layout.newspaper} if layout.newspaper else {}
            return Reading((Page(file.source, page.text, {**facts, **own, "articles": page.articles}),), table.skipped)
    unused = (
        f"none of its layouts has its body on this page, which is read by its headings and paragraphs instead: {file.path.name}"
    )
    missed = (Skipped(table.source, unused),) if table.source else ()
    return Reading((Page(file.source, _generic(soup, file.source), facts),), (*table.skipped, *missed))


def _closed(text: str) -> str:
    """Make text of every < that opens no tag: on those the parser of the standard library takes quadratic time."""
    pieces: list[str] = []
    done = 0
    last_comment = text.rfind("-->")
    at = text.find("<")
    while at >= 0:
        if not (at < last_comment if text.startswith("<!--", at) else _opens_tag(text, at)):
            pieces.extend((text[done:at], "&lt;"))
            done = at + 1
        at = text.find("<", at + 1)
    return "".join((*pieces, text[done:]))


def _opens_tag(text: str, at: int) -> bool:
    end = text.find(">", at, at + _LONGEST_TAG)
    if end < 0:
        return False
    inner = text.find("<", at + 1, end)
    quotes = text.count('"', at, inner) + text.count("'", at, inner) if inner >= 0 else 0
    return inner < 0 or quotes % 2 == 1


def _facts(soup: BeautifulSoup) -> dict[str, Any]:
    link = soup.select_one("link[rel=canonical][href]") or soup.select_one("meta[property='og:url'][content]")
    address = str(link.get("href") or link.get("content")) if link else ""
    return {"source_url": address} if re.fullmatch(r"https?://[^\s<>\"]{4,500}", address) else {}


def _innermost(soup: BeautifulSoup, selector: str) -> list[Tag]:
    """The elements that match and hold text, those around others of them left out."""
    found = [tag for tag in soup.select(selector, limit=500) if tag.get_text(strip=True)]
    holders = {id(parent) for tag in found for parent in tag.parents}
    return [tag for tag in found if id(tag) not in holders]


def _add_article(page: PageText, body: Tag, layout: Layout, text: str) -> None:
    around = _around(body, layout)
    issue = _issue(around, body, layout)
    parts = {role: _part(around, getattr(layout, role), body) for role in ("headline", "kicker", "subtitle", "author")}
    if not parts["headline"]:
        named = {match[1].lower(): clean(match[2]).strip() for match in _PROPERTY.finditer(text)}
        given = ("title", "introtitle", "subtitle", "author")
        parts = {role: parts[role] or named.get(name, "") for role, name in zip(parts, given, strict=True)}
    if issue:
        page.add_line(issue)
    page.add(
        Story(
            headline=parts["headline"],
            kicker=parts["kicker"],
            subtitle=parts["subtitle"],
            byline=_AUTHOR_WORD.sub("", parts["author"]),
            body=[(block.role, block.text) for block in blocks_of(body)],
        )
    )


def _issue(around: Tag, body: Tag, layout: Layout) -> str:
    """The line that prints paper, day and page, taken out: near the article, else anywhere if it names a page.

    A date alone, far from the article, may be that of today.
    """
    if not layout.issue:
        return ""
    taken = [tag for tag in around.select(layout.issue, limit=3) if body not in tag.parents]
    if not taken:
        top = next(reversed(list(around.parents)), around)
        taken = [
            tag
            for tag in top.select(layout.issue, limit=20)
            if _PAGE.search(tag.get_text()[:200]) and not tag.select(layout.body)
        ][:1]
    issue = next((block.text for tag in taken for block in blocks_of(tag)), "")
    for tag in taken:
        tag.extract()
    return issue


def _around(body: Tag, layout: Layout) -> Tag:
    """The smallest element around a body that holds its headline, but no other body."""
    around = body
    for parent in body.parents:
        if len(parent.select(layout.body, limit=2)) > 1:
            break
        around = parent
        if _part(parent, layout.headline, body):
            break
    return around


def _part(around: Tag, selector: str, body: Tag) -> str:
    """The text of the first element that matches outside of the body, in one line."""
    if not selector:
        return ""
    for tag in around.select(selector, limit=20):
        inside = tag is body or body in tag.parents or any(tag is parent for parent in body.parents)
        if not inside and (shown := " ".join(block.text for block in blocks_of(tag))):
            return shown[:400]
    return ""


def _generic(soup: BeautifulSoup, source: str) -> str:
    """The text of a page of unknown make; headings are marked as in Markdown."""
    for tag in soup.select(_OUTSIDE):
        if not tag.find(["article", "h1"]):
            tag.extract()
    articles = [tag for tag in soup.find_all("article", limit=50) if not tag.find_parent("article")]
    roots = articles or soup.find_all("main", limit=1) or soup.find_all("body", limit=1) or [soup]
    blocks: list[Block] = [block for root in roots for block in blocks_of(root)]
    if not blocks:
        raise ReadError(source, "holds no text; save the page with its text from a browser")
    if sum(link_share(root) * len(root.get_text()) for root in roots) > _LINKS * sum(len(root.get_text()) for root in roots):
        raise ReadError(source, "is a page of links, not an article; give the pages it leads to")
    return clean("\n\n".join("#" * block.level + " " * (block.level > 0) + block.text for block in blocks))
