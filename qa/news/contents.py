"""What an issue prints: the headlines of a day, page by page, each cited by the first sentence of its text.

Also tells whether a question asks for that and for nothing else. Does not judge what matters most on a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.schema import ArticleRecord, DateRange, IssueRecord, Passage
from index.text import fold, sentences
from qa.news.citer import Citer
from qa.news.coverage import coverage_of
from qa.question import Question
from qa.retrieval import View
from qa.schema import Citation, Contents, PageContents, Quote

MOST = 60

_FRONT = re.compile(r"头版|头条|一版|\bfront[- ]page|\bpage one\b", re.IGNORECASE)
_PAGE_ZH = re.compile(r"第?\s*(?P<page>[a-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版(?!面|次|本|权|画)", re.IGNORECASE)
_PAGE_EN = re.compile(r"\b(?:on |of )?(?:the )?page (?P<page>[a-z]?\d{1,3})\b", re.IGNORECASE)
_PAPER = re.compile(
    r"报纸|日报|晚报|早报|时报|晨报|商报|(?:的|份|张|那天|当天|天|期)报(?!告|道|名|价)|这一?期|那一?期|本期|该期|各期|版面|头版|"
    r"\bnewspapers?\b|\bpapers?\b|\bissues?\b|\bfront[- ]page|\bpage [a-z]?\d",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"(?:都|主要|一共|共)?(?:有|登|刊|讲|说|写|报|印|发|包括|包含)了?(?:载|登|发|道|出)?了?(?:些)?(?:什么|哪些|啥|多少|几)|"
    r"(?:什么|哪些)(?:内容|新闻|文章|报道|消息|标题|要闻)|目录|要闻|提要|概要|摘要|梗概|标题|"
    r"\bwhat(?:'s| is| was| were| did| does| do| are)?\b|\bwhich (?:articles|stories|headlines|news)\b|\bheadlines?\b|"
    r"\bcontents\b|\blist\b|\bsummar",
    re.IGNORECASE,
)
# All that a question for the contents of an issue may consist of, beside dates, papers and pages.
_FILLING = re.compile(
    r"请问|请|告诉我|帮我|给我|列出|列一下|列|看看|总结|概括|介绍|一下|我想知道|我想看|都|主要|一共|共|有|登|刊|载|发|讲|说|写|报道|报纸|报刊|报|印|出版|"
    r"发行|包括|包含|了|些|什么|哪些|哪几|啥|多少|几|篇|条|个|则|内容|新闻|文章|消息|标题|要闻|头条|目录|提要|概要|摘要|梗概|的|在|上|里|中|面|于|是|这|那|"
    r"一|期|份|张|天|日|当|本|该|各|全部|所有|整|头版|版面|版|最新|最近|今|今天|呢|吗|啊|和|及|与|主题|大事|事情|事|重要|"
    r"\b(?:what|which|were|was|is|are|in|on|of|the|a|an|all|any|did|does|do|print(?:ed)?|publish(?:ed)?|report(?:ed)?|carry|carried|"
    r"contain(?:ed)?|say|said|appear(?:ed)?|run|ran|newspapers?|papers?|issues?|editions?|articles?|stories|story|news|headlines?|"
    r"contents?|list|show|me|give|tell|us|please|summar\w+|front|page|one|that|this|day|there|main|top|for|from|dated|and|s|latest|"
    r"newest|last|table|it|have|has|had|cover(?:ed)?)\b|[\W_]",
    re.IGNORECASE,
)
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which issue and page a question wants the contents of; None: not said."""

    dates: tuple[DateRange, ...]
    newspapers: tuple[str, ...]
    page: str | None


def asked(question: Question, view: View) -> Asked | None:
    """Return what a question for the contents of an issue names; None when it asks for anything else."""
    text = fold(question.text)
    if not _PAPER.search(text) and not question.filter.pages and not question.filter.newspapers:
        return None
    if not _WANTS.search(text) and not question.filter.dates and not question.filter.pages:
        return None
    papers = [*question.filter.newspapers, *_named(text, view.issues())]
    rest = fold(question.bare or question.text)
    for mention in sorted(question.dates, key=lambda mention: -mention.start):
        rest = rest.replace(fold(mention.text), " ", 1)
    for paper in sorted(papers, key=len, reverse=True):
        rest = rest.replace(fold(paper), " ")
    page, rest = _page(rest)
    if _FILLING.sub("", rest):
        return None
    return Asked(_days(question, view), tuple(dict.fromkeys(papers)), page or next(iter(question.filter.pages), None))


def _days(question: Question, view: View) -> tuple[DateRange, ...]:
    """The days asked for; a date without a year is that day of every year of which the archive holds it."""
    spans = list(question.filter.dates) or [mention.range for mention in question.dates if mention.range]
    for mention in question.dates:
        if mention.range is None and mention.month:
            pattern = f"-{mention.month:02d}-" + (f"{mention.day:02d}" if mention.day else "")
            held = sorted({issue.date for issue in view.issues() if issue.date and pattern in issue.date})
            spans += [DateRange(day, day) for day in held]
    return tuple(dict.fromkeys(spans))


def _named(text: str, issues: Sequence[IssueRecord]) -> list[str]:
    papers = {issue.newspaper for issue in issues if issue.newspaper}
    return sorted(paper for paper in papers if len(paper) > 1 and fold(paper) in text)


def _page(text: str) -> tuple[str | None, str]:
    if front := _FRONT.search(text):
        return "1", text[: front.start()] + " " + text[front.end() :]
    for pattern in (_PAGE_ZH, _PAGE_EN):
        match = pattern.search(text)
        if match and match.group("page"):
            return _number(match.group("page")), text[: match.start()] + " " + text[match.end() :]
    return None, text


def _number(word: str) -> str:
    if not re.fullmatch(r"[一二三四五六七八九十]+", word):
        return word.upper()
    tens, mark, ones = word.partition("十")
    return str(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)) if mark else str(_DIGITS.get(word[0], 0))


def contents(
    citer: Citer,
    *,
    dates: Sequence[DateRange] = (),
    newspapers: Sequence[str] = (),
    page: str | None = None,
    limit: int = MOST,
) -> Contents:
    """List what the issues of some days print, of all papers or some, whole or one page; without days, of the newest day."""
    fitting = [issue for issue in citer.view.issues() if _fits(issue, newspapers, page)]
    spans = list(dates) or _newest(fitting)
    wanted = [issue for issue in fitting if issue.date and any(span.first <= issue.date <= span.last for span in spans)]
    if not dates and not spans:  # nothing is dated: all there is
        wanted = fitting
    span = DateRange(min(s.first for s in dates), max(s.last for s in dates)) if dates else None
    pages, total = _pages(sorted(wanted, key=printed_order), citer, limit)
    if pages or not dates:
        return Contents(span, tuple(pages), (), total - sum(len(each.articles) for each in pages))
    held = coverage_of(fitting)
    return Contents(span, (), tuple(sorted({day for each in dates for day in held.nearest(each)})))


def _fits(issue: IssueRecord, newspapers: Sequence[str], page: str | None) -> bool:
    if newspapers and fold(issue.newspaper or "") not in {fold(name) for name in newspapers}:
        return False
    return page is None or plain_page(issue.page) in (plain_page(page), plain_page(f"A{page}") if page == "1" else "")


def plain_page(page: str | None) -> str:
    """Return a page as it is compared: folded, without leading zeros; ? for none."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", fold(page)) if page else "?"


def _newest(issues: Sequence[IssueRecord]) -> list[DateRange]:
    days = [issue.date for issue in issues if issue.date]
    return [DateRange(max(days), max(days))] if days else []


def printed_order(issue: IssueRecord) -> tuple[str, str, tuple[str, int], str]:
    """Return by what pages are put in the order of print: day, newspaper, page."""
    letters, digits = re.match(r"(\D*)(\d*)", plain_page(issue.page)).groups()  # type: ignore[union-attr] # matches anything
    return (issue.date or "9999", issue.newspaper or "", (letters, int(digits or 0)), issue.id)


def _pages(issues: Sequence[IssueRecord], citer: Citer, limit: int) -> tuple[list[PageContents], int]:
    pages: list[PageContents] = []
    number = total = 0
    for issue in issues:
        listed: list[Citation] = []
        for article in citer.view.articles(issue.id):
            passage = _opening(article, citer.view)
            if passage is None:
                continue
            total += 1
            if number < limit:
                number += 1
                listed.append(citer.cite(number, _first_sentence(passage), passage))
        if listed:
            pages.append(PageContents(issue.id, issue.newspaper, issue.date, issue.issue_number, issue.page, tuple(listed)))
    return pages, total


def _opening(article: ArticleRecord, view: View) -> Passage | None:
    passages = [passage for passage in view.article_passages(article.id) if passage.text.strip()]
    paragraphs = [passage for passage in passages if passage.kind == "paragraph"]
    return next(iter(paragraphs or passages), None)


def _first_sentence(passage: Passage) -> Quote:
    start, end = next(iter(sentences(passage.text)), (0, len(passage.text)))
    return Quote(passage.id, start, end, 1.0)
