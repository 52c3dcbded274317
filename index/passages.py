"""Issue -> passages: what is indexed and quoted. A paragraph each, long ones in parts cut between sentences, captions,
and the masthead of the page as one. Nothing is dropped. Knows nothing of archives or encoders.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import count

from index.schema import PAGE_INFERRED, Article, Issue, Passage
from index.text import sentences

LONGEST = 480
_MINOR_STOP = re.compile(r"[；;，,、：: \n]")
_NOT_MASTHEAD = frozenset({"rule", "link", "apart"})


def content_hash(text: str) -> str:
    """Hash the decoded text of a page (SHA-256, hex): another encoding of the same text gives the same hash."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def issue_id(issue: Issue, content_hash: str) -> str:
    """Name a page for ids and addresses, ASCII: ``dongchangfuxun-2021-06-08-p1``.

    Without newspaper or date the name is ``page-`` and the first 8 digits of the content hash; without a page number
    those digits stand for it, so two pages of one issue never share a name.
    """
    slug = _slug(issue.newspaper) if issue.newspaper else ""
    if not slug or issue.date is None:
        return f"page-{content_hash[:8]}"
    page = re.sub(r"[^a-z0-9]", "", (issue.page or "").lower())
    return f"{slug}-{issue.date}-p{page}" if page else f"{slug}-{issue.date}-{content_hash[:8]}"


def split(issue: Issue, issue_id: str) -> list[tuple[str, list[Passage]]]:
    """Split a page into (article id, passages of the article), in printed order.

    Articles are ``{issue_id}-a01`` and on, passages ``{article_id}-s01`` and on; the masthead, where one is printed, comes
    first as the passage of ``{issue_id}-a00``.
    """
    articles = [(f"{issue_id}-a{number:02d}", article) for number, article in enumerate(issue.articles, start=1)]
    passages = [(article_id, list(_of_article(article, article_id, issue_id))) for article_id, article in articles]
    masthead = list(_of_masthead(issue, issue_id))
    return [(f"{issue_id}-a00", masthead), *passages] if masthead else passages


def _of_article(article: Article, article_id: str, issue_id: str) -> Iterator[Passage]:
    numbers = count(1)
    for paragraph in article.paragraphs:
        context = " ".join(part for part in (article.headline_full, paragraph.subhead) if part)
        for start, end in parts(paragraph.text):
            yield Passage(
                id=f"{article_id}-s{next(numbers):02d}",
                article_id=article_id,
                issue_id=issue_id,
                kind="paragraph",
                text=paragraph.text[start:end],
                context=context,
                paragraph=paragraph.number,
                flags=(*paragraph.flags, *article.flags),
            )
    for caption in article.captions:
        yield Passage(
            id=f"{article_id}-s{next(numbers):02d}",
            article_id=article_id,
            issue_id=issue_id,
            kind="caption",
            text=caption.text,
            context=article.headline_full,
            flags=article.flags,
        )


def _of_masthead(issue: Issue, issue_id: str) -> Iterator[Passage]:
    """The furniture lines as one passage; more than one only where a page has more furniture than a passage holds."""
    text = "\n".join(each.text for each in issue.furniture if each.kind not in _NOT_MASTHEAD)
    article_id = f"{issue_id}-a00"
    flags = (PAGE_INFERRED,) if issue.metadata.get("page_inferred") else ()
    for number, (start, end) in enumerate(parts(text) if text else (), start=1):
        yield Passage(
            id=f"{article_id}-s{number:02d}",
            article_id=article_id,
            issue_id=issue_id,
            kind="masthead",
            text=text[start:end],
            context=issue.newspaper or "",
            flags=flags,
        )


def parts(text: str) -> list[tuple[int, int]]:
    """Cut a text into spans of at most ``LONGEST`` code points, of about one length, between sentences where there are any.

    The spans are in order, touch no character twice and leave out nothing but white space between them.
    """
    if len(text) <= LONGEST:
        return [(0, len(text))]
    pieces = [piece for start, end in sentences(text) for piece in _short(text, start, end)]
    spans: list[tuple[int, int]] = []
    for start, end in pieces:
        if spans and end - spans[-1][0] <= LONGEST and _nearer(spans[-1], end, len(text)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _nearer(span: tuple[int, int], end: int, length: int) -> bool:
    """Whether taking the next sentence too brings a part nearer to its even share of what is left."""
    left = length - span[0]
    share = left / -(-left // LONGEST)
    return abs(end - span[0] - share) <= abs(span[1] - span[0] - share)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that is too long by itself, after the last comma that fits, or in the middle of a word."""
    while end - start > LONGEST:
        stops: Sequence[int] = [match.end() for match in _MINOR_STOP.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cut = stops[-1] if stops else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _slug(newspaper: str) -> str:
    # pypinyin reads its dictionary on import; only pages with a name need it.
    from pypinyin import lazy_pinyin

    return re.sub(r"[^a-z0-9]+", "", "".join(lazy_pinyin(newspaper)).lower())[:60]
