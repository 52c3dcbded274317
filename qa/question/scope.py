"""Which papers a question is about: the dates, newspaper, page and author that it names, as a filter.

A date filters when the question speaks of the paper (的报纸, 头版, published in) or of nothing but the date (what happened in
June 2021); otherwise it belongs to what is told and stays among the words. A day, week or month counted from today
(上周, last month) filters also in a question about an event when the archive has papers of those days, for news is printed
when it happens. What may mean several spans filters only when the archive decides between them.
"""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.schema import DateRange, Filter
from index.text import fold
from qa.dates import DateMention, in_year
from qa.gazetteer import SURNAMES
from qa.operators import page_of
from qa.question.schema import Held
from qa.schema import Inferred

_ISSUE_WORDS = re.compile(
    r"报纸|报刊|当天的报|那天的报|的报(?!告|道|名|价|到|送|社|酬|警|销|考|废|复|仇|关|修|应|恩|捷)|出版|登了|登过|刊登|刊发|登载|见报|这一?期|那一?期|"
    r"各期|头版|\bnewspapers?\b|\bpapers?\b|\bissues? of\b|\bpublished\b|\bprinted\b|\breported\b|\bfront page\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*(?:的|这|那|当天|当日|两|各|[一二三]?[份期张])*(?:报(?!告|道|名|社)|《|头版|第?[\da-z一二三四五六七八九十]{1,3}版|刊)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:issues?|papers?|newspapers?|published|printed|edition)\s+(?:of|in|on|from|for|dated)?\s*(?:the\s+)?$", re.IGNORECASE
)
_NEWS_BEHIND = re.compile(
    r"\s*的?[\u4e00-\u9fff]{0,8}?(?:新闻(?!发布|办|中心|出版|工作|学院|奖|发言)|要闻|头条(?!版)|报道|消息)|\s+(?:news|headlines|stories)\b",
    re.IGNORECASE,
)
_NEWS_BEFORE = re.compile(r"\b(?:news|headlines|stories|articles)\s+(?:of|in|on|from|for)\s+(?:the\s+)?$", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:和|与|、|及|,|and)\s*(?:the\s+)?", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    r"的|在|了|有|里|中|上|那天|当天|什么|啥|登|哪些|大事|要闻|新闻|消息|报道|事情|事|发生|过|都|情况|怎么样|怎样|如何|请问|呢|啊|[？?。！!，,、]|"
    r"\b(?:what|happened|happens|happening|was|were|is|there|the|in|on|of|at|during|news|events?|any|main|that|day|big|going|went|happen|did|about|s)\b|\s|'",
    re.IGNORECASE,
)
_ZH_PAGE = re.compile(
    r"(?P<front>头版|头条版)|第?(?P<page>(?<![A-Za-z\d])[A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})版(?!本|权|块|图|画|税|式|面积|主|次|印|的?《)"
)
_EN_PAGE = re.compile(
    r"(?P<front>\bfront page\b)|\bpage (?P<page>[A-Za-z]?\d{1,3})\b(?! of the (?:book|report|plan|law|document))", re.IGNORECASE
)
_PAGE_TOLD = re.compile(r"的?(?:上|里|中)?的?(?:都|还)?(?:登|刊|有什么|有哪些|新闻|讲|说|报道|标题|头条|文章|内容|是什么$|写)")
_PAPER_NAME = re.compile(r"《(?P<name>[^《》]{2,20})》")
_PAPER_END = re.compile(r"(?:报|讯|新闻|post|times|daily|news|gazette|herald|tribune|journal)$", re.IGNORECASE)
_PAPER_TOLD = re.compile(
    r"\s*(?:头版|第?[\da-z一二三四五六七八九十]{1,3}版|上|里|中|的?(?:报道|刊登|登|刊发|\d{4}年)|刊登|刊发|报道|登)",
    re.IGNORECASE,
)
_N = rf"[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}"
_ARTICLE = "(?:文章|报道|稿件|稿子|新闻|通讯|作品|照片)"
_AUTHOR = re.compile(
    rf"(?:记者|通讯员|作者|署名(?:为|是)?)\s*(?P<a>{_N}?)(?:所?(?:写|采写|撰写|发表|报道|拍摄|署名)|的{_ARTICLE})|"
    rf"作者(?:是|为|叫)(?P<d>{_N}?)(?=的|$|[，,？?])|{_ARTICLE}.{{0,4}}是(?P<e>{_N}?)(?:写|采写|撰写|拍)的|"
    rf"(?:^|[，,\s]|由)(?P<b>{_N}?)(?:写|采写|撰写|署名|拍摄)的?(?:了?(?:哪些|什么|几篇|多少篇?)|那篇)?{_ARTICLE}|"
    r"\b(?:written|reported|articles?|stories|story|reports?|pieces?) by "
    r"(?P<c>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}|[\u4e00-\u9fff]{2,4})"
)
_MOST_DATES = 200
_SHORT = 40  # days: a longer span counted from today is no date of news


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter and where it was read.

    ``cut`` are (start, end) in the question of words that only say which papers, ``authors`` those of the words that name an
    author, ``open_dates`` expressions that gave no filter though the paper was meant; ``absent`` are ranges of which the
    archive has no page.
    """

    filter: Filter
    inferred: tuple[Inferred, ...] = ()
    cut: tuple[tuple[int, int], ...] = ()
    authors: tuple[tuple[int, int], ...] = ()
    open_dates: tuple[DateMention, ...] = ()
    absent: tuple[DateRange, ...] = ()


def scope_of(text: str, dates: Sequence[DateMention], held: Callable[[], Held] | None) -> Scope:
    """Read the scope of a question; ``text`` is levelled (width and traditional characters folded, case kept).

    Without ``held`` only what the words themselves say can filter.
    """
    known = _once(held)
    pages, papers = list(_pages(text, dates)), list(_papers(text, known))
    meant = bool(_ISSUE_WORDS.search(text) or pages or papers)
    authors = [(next(filter(None, match.groups())), match.span()) for match in _AUTHOR.finditer(text)]
    ranges, open_dates = _ranges(text, dates, known, meant=meant or bool(authors))
    inferred = [Inferred("dates", f"{span.first}/{span.last}", mention.text) for mention, span in ranges]
    inferred += [Inferred("newspapers", name, text[start:end]) for name, (start, end) in papers]
    inferred += [Inferred("pages", page, text[start:end]) for page, (start, end) in pages]
    inferred += [Inferred("authors", name, text[start:end]) for name, (start, end) in authors]
    spans = tuple(dict.fromkeys(span for _, span in ranges))[:_MOST_DATES]
    days = known().days if held and spans else ()
    return Scope(
        filter=Filter(
            dates=spans,
            newspapers=tuple(dict.fromkeys(name for name, _ in papers)),
            pages=tuple(
                dict.fromkeys(spelled for page, _ in pages for spelled in _spellings(page, known().pages if held else ()))
            ),
            authors=tuple(dict.fromkeys(name for name, _ in authors)),
        ),
        inferred=tuple(inferred),
        cut=tuple([(mention.start, mention.end) for mention, _ in ranges] + [span for _, span in (*papers, *pages)]),
        authors=tuple(span for _, span in authors),
        open_dates=tuple(open_dates),
        absent=tuple(span for span in spans if held and not _holds(days, span)),
    )


def _once(held: Callable[[], Held] | None) -> Callable[[], Held]:
    """Ask the archive at most once, and only when a question needs it."""
    found: list[Held] = []

    def known() -> Held:
        if not found:
            found.append(held() if held else Held())
        return found[0]

    return known


def _holds(days: Sequence[str], span: DateRange) -> bool:
    place = bisect.bisect_left(days, span.first)
    return place < len(days) and days[place] <= span.last


def _ranges(
    text: str, dates: Sequence[DateMention], known: Callable[[], Held], *, meant: bool
) -> tuple[list[tuple[DateMention, DateRange]], list[DateMention]]:
    """The dates that filter with their ranges, and those that could not though the paper is meant."""
    attached = [*(_attached(text, dates) if meant else []), *(mention for mention in dates if _of_news(text, mention))]
    chosen = attached or (list(dates) if meant or _only(text, dates) else [])
    found: list[tuple[DateMention, DateRange]] = []
    left: list[DateMention] = []
    for mention in dates:
        if mention in chosen:
            spans = [mention.range] if mention.range else _decided(mention, known().days)
            found += [(mention, span) for span in spans]
            left += [] if spans else [mention]
        elif _recent(mention) and mention.range and _holds(known().days, mention.range):
            found.append((mention, mention.range))
    return found, left


def _of_news(text: str, mention: DateMention) -> bool:
    """News of a day or month is asked for (2021年6月8日的新闻)."""
    before = _NEWS_BEFORE.search(text, max(0, mention.start - 30), mention.start)
    return mention.range is not None and bool(before or _NEWS_BEHIND.match(text, mention.end))


def _attached(text: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """The dates that stand right beside the words for a paper (2021年6月8日的报纸), and those joined to them."""
    found: list[DateMention] = []
    for place in range(len(dates) - 1, -1, -1):
        mention = dates[place]
        joined = bool(found) and place + 1 < len(dates) and found[-1] is dates[place + 1]
        beside = _BEHIND.match(text, mention.end) or _BEFORE.search(text, max(0, mention.start - 30), mention.start)
        if beside or (joined and _JOIN.fullmatch(text, mention.end, dates[place + 1].start)):
            found.append(mention)
    return found[::-1]


def _only(text: str, dates: Sequence[DateMention]) -> bool:
    """Nothing but dates is asked about: what happened on that day."""
    if not dates:
        return False
    rest = list(text)
    for mention in dates:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return not _NOTHING_ELSE.sub("", "".join(rest))


def _recent(mention: DateMention) -> bool:
    if not mention.relative or mention.range is None:
        return False
    first, last = mention.range.first, mention.range.last
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days <= _SHORT


def _decided(mention: DateMention, days: Sequence[str]) -> list[DateRange]:
    """The ranges that the days of the archive leave: each year with papers of a day without year, one of several candidates."""
    if mention.candidates:
        held = [span for span in mention.candidates if _holds(days, span)]
        return held if len(held) == 1 else []
    if mention.vague or mention.month is None:
        return []
    years = dict.fromkeys(int(day[:4]) for day in days)
    spans = (in_year(mention, year) for year in years)
    return [span for span in spans if span and _holds(days, span)]


def _pages(text: str, dates: Sequence[DateMention]) -> Iterable[tuple[str, tuple[int, int]]]:
    beside = bool(dates) or bool(_ISSUE_WORDS.search(text)) or "《" in text
    for match in _ZH_PAGE.finditer(text):
        if match["front"] or beside or _PAGE_TOLD.match(text, match.end()):
            page = "1" if match["front"] else page_of(match["page"])
            if page:
                yield page, match.span()
    for match in _EN_PAGE.finditer(text):
        page = "1" if match["front"] else page_of(match["page"])
        if page:
            yield page, match.span()


def _spellings(page: str, held: Sequence[str]) -> tuple[str, ...]:
    """How the archive prints a page: 3 as 03; the first page also as A1. As named when it prints none such."""
    wanted = {page, f"A{page}"} if page == "1" else {page}
    return tuple(other for other in held if page_of(other) in wanted) or (page,)


def _papers(text: str, known: Callable[[], Held]) -> Iterable[tuple[str, tuple[int, int]]]:
    """Newspapers named: titles that the archive holds or that are named as papers, and bare names where a paper is meant."""
    for match in _PAPER_NAME.finditer(text):
        name = _newspaper(match["name"], known().newspapers)
        if name or (_PAPER_END.search(match["name"]) and _PAPER_TOLD.match(text, match.end())):
            yield name or match["name"], match.span()
    if _ISSUE_WORDS.search(text) or _ZH_PAGE.search(text) or _EN_PAGE.search(text):
        yield from _bare(text, known().newspapers)


def _newspaper(name: str, held: Sequence[str]) -> str | None:
    key = "".join(fold(name).split())
    return next((paper for paper in held if "".join(fold(paper).split()) == key), None)


def _bare(text: str, held: Sequence[str]) -> Iterable[tuple[str, tuple[int, int]]]:
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    for paper in sorted(held, key=len, reverse=True)[:2000]:
        place = folded.find(fold(paper)) if len(paper) > 1 else -1
        end = place + len(paper)
        inside = place > 0 and folded[place - 1] == "《"
        if place >= 0 and not inside and all(end <= a or place >= b for a, b in taken):
            taken.append((place, end))
            yield paper, (place, end)
    for match in re.finditer(r"[A-Z][a-z]+(?: ?[A-Z][a-z]+)*", text) if held else ():
        sounding = _romanised(match.group(), held)
        if sounding:
            yield sounding, match.span()


def _romanised(words: str, held: Sequence[str]) -> str | None:
    """The held newspaper whose name sounds so (Dongchangfu Xun), None when none does."""
    from pypinyin import lazy_pinyin

    sound = words.replace(" ", "").lower()
    return next((paper for paper in held[:200] if not paper.isascii() and "".join(lazy_pinyin(paper)) == sound), None)
