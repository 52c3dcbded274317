"""Citations of a passage: label for the screen, GB/T 7714 for print, BibTeX and RIS for programs.

Order and marks follow GB/T 7714-2025 (full-width marks except "." and "[ ]") or 7714-2015 (half-width marks);
items in a Latin script keep half-width marks in both. What the page does not say is shown as unknown in square
brackets and never guessed. Knows nothing of questions.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from index.schema import PAGE_INFERRED, ArticleRecord, IssueRecord, Passage
from index.text import is_chinese
from qa.schema import Citation, Language, Quote

Edition = Literal["2025", "2015"]

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+·[\u3400-\u9fff·]+|[^\u3400-\u9fff]+")
# A signature that is neither a person nor a body is a column label (专栏署名); it is no author.
_BODY = re.compile(r"(?:员|组|部|室|社|会|局|办|院|厅|台|站|队|团|处|报|中心|公司|集团|团队)$")
_MASTHEAD = "报头"
_CLAUSE_END = re.compile(r"[。！？!?；;…]")


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


def gbt7714(source: Source, *, edition: Edition = "2025") -> str:
    """Return the reference of a newspaper article after GB/T 7714-2025 or -2015."""
    chinese = is_chinese(source.headline or source.first_words or source.newspaper or "报")
    wide = edition == "2025" and chinese
    comma, colon, opening, closing = ("，", "：", "（", "）") if wide else (", ", ": ", "(", ")")
    names = list(authors(source))
    if len(names) > 3:
        names = [*names[:3], "等" if chinese else "et al."]
    head = comma.join(names)
    if head:
        head += " " if head.endswith(".") else ". "
    heading = title(source) or f"[{'题名不详' if chinese else 'no title'}]"
    if source.headline and source.subtitle:
        heading += colon + source.subtitle.lstrip("—–-― ")
    place = source.newspaper or ("[报名不详]" if chinese else "[newspaper unknown]")
    day = source.date or (f"[{source.year_estimate}]" if source.year_estimate else "[日期不详]" if chinese else "[n.d.]")
    page = f"{opening}{_page_number(source.page)}{closing}" if source.page else ""
    return f"{head}{heading}[N]. {place}{comma}{day}{page}."


def _page_number(page: str) -> str:
    return page.lstrip("0") or page if page.isdigit() else page


def label(source: Source, passage: Passage, *, language: Language = "zh") -> str:
    """Return the line shown under a quote: paper, date, weekday, issue, page, headline, authors, paragraph."""
    parts = [_place(source, language), title(source), " ".join(authors(source)), _where(passage, language)]
    return ("｜" if language == "zh" else " | ").join(part for part in parts if part)


def _place(source: Source, language: Language) -> str:
    if language == "zh":
        pieces = [
            (f"《{source.newspaper}》" if source.newspaper else "［报名不详］") + _day_zh(source),
            _weekday_zh(source),
            f"总第{source.issue_number}期" if source.issue_number is not None else "",
            f"第{_page_number(source.page)}版{'（推断）' if source.page_inferred else ''}" if source.page else "",
        ]
        return " ".join(piece for piece in pieces if piece)
    pieces = [
        source.newspaper or "[newspaper unknown]",
        _day_en(source),
        f"no. {source.issue_number}" if source.issue_number is not None else "",
        f"p. {_page_number(source.page)}{' (inferred)' if source.page_inferred else ''}" if source.page else "",
    ]
    return ", ".join(piece for piece in pieces if piece)


def _day(source: Source) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(source.date) if source.date else None
    except ValueError:
        return None


def _day_zh(source: Source) -> str:
    day = _day(source)
    if day:
        return f"{day.year}年{day.month}月{day.day}日"
    if source.date:
        return source.date
    return f"［约{source.year_estimate}年］" if source.year_estimate else "［日期不详］"


def _day_en(source: Source) -> str:
    day = _day(source)
    if day:
        return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {calendar.month_name[day.month]} {day.year}"
    return source.date or (f"[c. {source.year_estimate}]" if source.year_estimate else "[undated]")


def _weekday_zh(source: Source) -> str:
    day = _day(source)
    return source.weekday or (_WEEKDAYS[day.weekday()] if day else "")


def _where(passage: Passage, language: Language) -> str:
    if passage.kind == "paragraph" and passage.paragraph is not None:
        return f"第{passage.paragraph}段" if language == "zh" else f"paragraph {passage.paragraph}"
    if passage.kind == "caption":
        return "图片说明" if language == "zh" else "caption"
    return ""


def cite(
    number: int,
    quote: Quote,
    passage: Passage,
    source: Source,
    *,
    language: Language = "zh",
    edition: Edition = "2025",
) -> Citation:
    """Build the numbered citation of a quote; flags of article and passage travel with it."""
    flags = tuple(dict.fromkeys((*passage.flags, *source.flags)))
    return Citation(
        number=number,
        passage_id=passage.id,
        article_id=passage.article_id,
        issue_id=passage.issue_id,
        newspaper=source.newspaper,
        date=source.date,
        issue_number=source.issue_number,
        page=source.page,
        headline=source.headline,
        authors=source.authors,
        paragraph=passage.paragraph,
        quote=passage.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        passage_text=passage.text,
        flags=flags,
        label=label(source, passage, language=language),
        gbt7714=gbt7714(source, edition=edition),
        marks=quote.marks,
    )


def bibtex(source: Source, *, key: str) -> str:
    """Return a BibTeX entry (``@article`` with ``entrysubtype = {newspaper}``); unknown fields are left out."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in authors(source)),
        "title": f"{{{_tex(_full_title(source))}}}",
        "journal": _tex(source.newspaper or ""),
        "date": source.date or "",
        "year": (source.date or "")[:4],
        "number": str(source.issue_number or ""),
        "pages": source.page or "",
        "entrysubtype": "newspaper",
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{re.sub(r'[^0-9A-Za-z_:.-]+', '-', key)},\n{body}\n}}"


def _tex(text: str) -> str:
    escapes = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(escapes.get(char, "\\" + char if char in "&%$#_{}" else char) for char in _line(text))


def _full_title(source: Source) -> str:
    return "：".join(part for part in (title(source), (source.subtitle or "").lstrip("—–-― ")) if part)


def ris(source: Source) -> str:
    """Return a RIS record of type NEWS; unknown fields are left out, line ends are CRLF as the format demands."""
    pairs: list[tuple[str, str]] = [("TY", "NEWS")]
    pairs += [("AU", name) for name in authors(source)]
    pairs += [("TI", _full_title(source)), ("T2", source.newspaper or ""), ("PY", (source.date or "")[:4])]
    pairs += [("DA", (source.date or "").replace("-", "/")), ("IS", str(source.issue_number or "")), ("SP", source.page or "")]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in pairs if value) + "ER  - \r\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def is_complete(source: Source) -> bool:
    """Tell whether newspaper and date are known, so that the reference can stand in print as it is."""
    return source.newspaper is not None and source.date is not None
