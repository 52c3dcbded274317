"""Dates as Chinese writes them: calendar dates, reigns, the cycle of sixty, decades, parts of a year or month.

Reads one expression at one place of folded text; joining expressions (至, 以来) and words counted from today stand in
other modules. Parts are generous (年底 is October to December): a page kept too many is seen, a page lost is not.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from qa.dates import eras
from qa.dates.spans import Atom, Days, calendar_days, months, part_of_century, part_of_decade, part_of_month, years

_N = rf"(?:\d{{1,2}}|{eras.NUMERAL}{{1,3}})"
_Y4 = r"(?:1[5-9]|20)\d\d"
_Z4 = r"[一二][〇○零一二三四五六七八九]{3}"
_NOT_YEAR = r"(?!代|级|轮|[会薪糕礼轻龄迈幼纪资满] ?)"
_YEAR = re.compile(
    rf"(?:公元|西元)?(?P<y>(?<!\d){_Y4}|{_Z4})\s*年度?{_NOT_YEAR}|"
    rf"(?<!\d)(?P<yy>\d\d|[〇零一二三四五六七八九]{{2}})\s*年(?=\s*{_N}\s*月)|"
    rf"(?:中华)?(?P<reign>{eras.REIGN})\s*(?P<ry>元|\d{{1,3}}|{eras.NUMERAL}{{1,4}}|一百[零一二三四五六七八九十]*)\s*年{_NOT_YEAR}|"
    rf"(?P<cycled>{eras.REIGN})?(?P<cycle>[{eras.STEMS}][{eras.BRANCHES}])年{_NOT_YEAR}"
)
_REIGN = re.compile(rf"(?:中华)?(?P<reign>{eras.REIGN})(?:年间|时期|时代|朝|(?P<early>初年|初期))")
_MONTH = re.compile(rf"\s*的?\s*(?P<m>{_N})\s*月(?:份|间)?(?!\s*[刊报球季饼])")
_MONTHS = re.compile(rf"\s*(?P<m>{_N})\s*月?\s*(?:[-—–~]|至|到)+\s*(?P<n>{_N})\s*月(?:份)?(?!\s*{_N}\s*[日号])")
_DAY = re.compile(rf"\s*(?P<d>{_N})\s*[日号](?![线楼馆院店厅])")
_MONTH_PART = re.compile(r"(?P<early>上旬|初(?![一二三四五六七八九十]))|(?P<mid>中旬|中(?=[，,。？?]|$))|(?P<late>下旬|月?底|末)")
_QUARTER = re.compile(r"\s*的?(?:第?(?P<q>[一二三四1-4])季度|(?P<first>首季度?)|(?P<late>末季))")
_FIRST = re.compile(r"\s*的?前(?P<n>[\d一二两三四五六七八九十]{1,2})个?(?P<unit>季度|月)")
_HALF = re.compile(r"\s*的?(?P<h>上|下)半年")
_EDGE = re.compile(
    r"的?(?:年?(?P<early>初)(?![一二三四五六七八九十中级步次期心])|年?(?P<late>底|末|终(?=[，,。？?]|$)|岁末)|年?(?P<mid>中(?:期|旬)|年中)(?!\w))"
)
_SEASON = re.compile(r"的?(?P<s>[春夏秋冬])(?:[天季](?!奥)|(?=[，,。？?]|$))")
_HOLIDAY = re.compile(
    r"的?(?P<h>国庆|五一|元旦|十一(?=期间|长假|假期|黄金周|国庆))(?:劳动|国际劳动)?节?(?:期间|长假|假期|黄金周|假日|小长假|前后|当天)?"
)
_DECADE = re.compile(
    rf"(?:(?P<c>(?<!\d)\d\d|{eras.NUMERAL}{{1,3}}|上个?|本)世纪(?:的)?)?(?:(?P<d>(?<!\d)[1-9]0|[二三四五六七八九]?十|零零)年代|"
    r"(?P<y>(?<!\d)(?:1[5-9]|20)\d0)\s*年代)的?(?P<part>初期?|早期|前期|中期|末期?|后期|晚期)?"
)
_CENTURY = re.compile(
    rf"(?P<c>(?<!\d)\d\d|{eras.NUMERAL}{{1,3}}|上个?|本)世纪的?(?P<part>初期?|早期|前期|中叶|中期|末期?|末叶|后期|晚期|上半叶|下半叶|前半叶|后半叶)?"
)
_NUMERIC = re.compile(
    r"(?P<y>(?<![\d.])(?:1[5-9]|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?:(?P=s)(?P<d>\d{1,2}))?(?![\d%‰万亿]|[-/.]\d|[年月])"
)
_COMPACT = re.compile(r"(?P<y>(?<![\d.A-Za-z])(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?![\dA-Za-z])")
_YEARS = re.compile(
    rf"(?P<y>(?<![\d.-]){_Y4}|{_Z4})\s*年?\s*(?:至|到|[-—–~～])+\s*(?P<n>{_Y4}|{_Z4}|(?<=[-–—])\d\d(?=年))\s*(?:年(?:间|之间|期间)?(?!\s*\d|代)|"
    r"(?![\d%.,万亿余多-]|[^\W\d_]))"
)
_BARE = re.compile(rf"(?P<y>(?<![\d\w.,-]){_Y4})(?![\d\w%‰,]|\.\d|[-–—/~～]\s*\d|\s+[A-Za-z])")
_LUNAR = re.compile(
    r"(?:农历|阴历|旧历|夏历)[^，,。？?！!；;、的在]{0,14}|"
    r"(?<![\d〇零一二三四五六七八九十])(?:正|腊|冬|[二三四五六七八九十]{1,2})月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?|十五|三十)(?![日号\d])"
)
_PARTS = {"初": "early", "早": "early", "前": "early", "中": "mid", "末": "late", "后": "late", "晚": "late", "底": "late"}
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_HOLIDAYS = {"国庆": (10, 1, 7), "十一": (10, 1, 7), "五一": (5, 1, 5), "元旦": (1, 1, 3)}

TRIGGER = re.compile(rf"[\d{eras.NUMERAL[1:-1]}{eras.STEMS}上本公西中农阴旧夏正腊冬国元]|{eras.REIGN}")

Reader = Callable[[str, int, datetime.date], Atom | None]


def read(text: str, place: int, today: datetime.date) -> Atom | None:
    """Return the date expression that begins at ``place`` of folded text, None when none does."""
    for reader in _READERS:
        atom = reader(text, place, today)
        if atom is not None:
            return atom
    return None


def tail(text: str, year: int, start: int, end: int, *, relative: bool = False, forms: tuple[str, ...] = ()) -> Atom:
    """Return the year with the month, quarter, season … that follows it at ``end``."""
    fixed = None if relative else year
    for pattern, span in ((_MONTHS, _span_of_months), (_FIRST, _first_months), (_QUARTER, _quarter), (_HALF, _half)):
        match = pattern.match(text, end)
        days = span(match, year) if match else None
        if match and days:
            return Atom(start, match.end(), days, fixed, relative=relative, forms=forms)
    month = _MONTH.match(text, end)
    if month and calendar_days(year, eras.number(month["m"])):
        return _in_month(text, month, year, start, relative=relative, forms=forms)
    for pattern, span in ((_EDGE, _edge), (_SEASON, _season), (_HOLIDAY, _holiday)):
        match = pattern.match(text, end)
        days = span(match, year) if match else None
        if match and days:
            return Atom(start, match.end(), days, fixed, relative=relative, forms=forms)
    return Atom(start, end, calendar_days(year), fixed, relative=relative, forms=forms)


def in_month(text: str, days: Days, start: int, end: int) -> Atom:
    """Return a month counted from today (上月) with the day or part that follows it at ``end``."""
    year, month = days[0].year, days[0].month
    day = _DAY.match(text, end)
    if day and (exact := calendar_days(year, month, eras.number(day["d"]))):
        return Atom(start, day.end(), exact, relative=True)
    part = _MONTH_PART.match(text, end)
    if part:
        return Atom(start, part.end(), part_of_month(days, str(part.lastgroup)), relative=True)
    return Atom(start, end, days, relative=True)


def _in_month(
    text: str, match: re.Match[str], year: int | None, start: int, *, relative: bool = False, forms: tuple[str, ...] = ()
) -> Atom:
    month = eras.number(match["m"])
    fixed = None if relative else year
    day = _DAY.match(text, match.end())
    if day:
        number = eras.number(day["d"])
        if calendar_days(year or 2000, month, number):
            return Atom(start, day.end(), calendar_days(year, month, number), fixed, month, number, relative, forms)
    whole = calendar_days(year, month)
    part = _MONTH_PART.match(text, match.end())
    if part and whole:
        return Atom(start, part.end(), part_of_month(whole, str(part.lastgroup)), fixed, month, None, relative, forms)
    return Atom(start, match.end(), whole, fixed, month, None, relative, forms)


def _year(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _YEAR.match(text, place)
    if not match:
        return None
    if match["y"]:
        year = eras.number(match["y"])
        return tail(text, year, place, match.end(), forms=eras.forms_of(year))
    if match["yy"]:
        short = eras.number(match["yy"])
        year = short + (today.year // 100 * 100 if short <= today.year % 100 else today.year // 100 * 100 - 100)
        return tail(text, year, place, match.end(), forms=(*eras.forms_of(year), match["yy"] + "年"))
    return _of_reign(text, match) if match["reign"] else _of_cycle(match, today)


def _of_reign(text: str, match: re.Match[str]) -> Atom | None:
    reign = match["reign"]
    year = eras.reign_year(reign, eras.number(match["ry"]))
    if year is None:
        return None
    forms = eras.forms_of(year, reign)
    if eras.solar_months(reign):
        return tail(text, year, match.start(), match.end(), forms=forms)
    month = _MONTH.match(text, match.end())  # a month of the lunar calendar: its name stays, the filter is the year
    day = _DAY.match(text, month.end()) if month else None
    end = (day or month or match).end()
    return Atom(match.start(), end, calendar_days(year), year, forms=forms)


def _of_cycle(match: re.Match[str], today: datetime.date) -> Atom | None:
    first, last = (today.year - 300, today.year)
    if match["cycled"]:
        first, last = eras.reign_years(match["cycled"])
    found = eras.cycle_years(match["cycle"], first, last)
    if not found:
        return None
    if len(found) == 1:
        return Atom(
            match.start(), match.end(), calendar_days(found[0]), found[0], forms=(*eras.forms_of(found[0]), match.group())
        )
    spans = tuple(days for days in map(calendar_days, found) if days)
    return Atom(match.start(), match.end(), None, forms=(match.group(),), candidates=spans)


def _reign(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _REIGN.match(text, place)
    if not match:
        return None
    first, last = eras.reign_years(match["reign"])
    days = years(first, first + 4) if match["early"] else years(first, min(last, today.year))
    return Atom(place, match.end(), days)


def _decade(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _DECADE.match(text, place)
    if not match:
        return None
    part = _PARTS.get((match["part"] or "")[:1], "")
    if match["y"]:
        return Atom(place, match.end(), part_of_decade(int(match["y"]), part))
    decade = 0 if match["d"] == "零零" else eras.number(match["d"])
    if match["c"]:
        century = _century_number(match["c"], today)
        days = part_of_decade((century - 1) * 100 + decade, part) if 0 < century <= 21 else None
        return Atom(place, match.end(), days)
    now = today.year // 100 * 100
    spans = tuple(
        d for d in (part_of_decade(now - 100 + decade, part), part_of_decade(now + decade, part)) if d and d[0] <= today
    )
    return Atom(place, match.end(), spans[0] if len(spans) == 1 else None, candidates=spans if len(spans) > 1 else ())


def _century(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _CENTURY.match(text, place)
    if not match:
        return None
    number, word = _century_number(match["c"], today), match["part"] or ""
    part = {"上半叶": "first", "前半叶": "first", "下半叶": "second", "后半叶": "second"}.get(word) or _PARTS.get(word[:1], "")
    return Atom(place, match.end(), part_of_century(number, part)) if 0 < number <= 21 else None


def _century_number(word: str, today: datetime.date) -> int:
    now = (today.year - 1) // 100 + 1
    if word[0] in "上本":
        return now - (word[0] == "上")
    return eras.number(word)


def _numeric(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _NUMERIC.match(text, place) or _COMPACT.match(text, place)
    if not match:
        return None
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None
    days = calendar_days(year, month, day)
    return Atom(place, match.end(), days, year, month, day, forms=eras.forms_of(year)) if days else None


def _years(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _YEARS.match(text, place)
    if not match:
        return None
    first, last = eras.number(match["y"]), eras.number(match["n"])
    days = years(first, last if last > 99 else first // 100 * 100 + last)
    return Atom(place, match.end(), days) if days else None


def _bare(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _BARE.match(text, place)
    if not match:
        return None
    year = int(match["y"])
    return Atom(place, match.end(), calendar_days(year), year, forms=eras.forms_of(year))


def _month(text: str, place: int, today: datetime.date) -> Atom | None:
    """A month or day without a year; which year is meant only the archive can say."""
    if place and (text[place - 1].isdigit() or text[place - 1] in "〇零一二三四五六七八九十第.每个"):
        return None
    match = _MONTH.match(text, place)
    return _in_month(text, match, None, place) if match and 1 <= eras.number(match["m"]) <= 12 else None


def _lunar(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _LUNAR.match(text, place)
    return Atom(place, match.end(), None, vague=True) if match else None


def _span_of_months(match: re.Match[str], year: int) -> Days | None:
    return months(year, eras.number(match["m"]), eras.number(match["n"]))


def _first_months(match: re.Match[str], year: int) -> Days | None:
    count = eras.number(match["n"]) * (3 if match["unit"] == "季度" else 1)
    return months(year, 1, count) if 1 <= count <= 12 else None


def _quarter(match: re.Match[str], year: int) -> Days | None:
    number = 1 if match["first"] else 4 if match["late"] else eras.number(match["q"])
    return months(year, number * 3 - 2, number * 3)


def _half(match: re.Match[str], year: int) -> Days | None:
    return months(year, 1, 6) if match["h"] == "上" else months(year, 7, 12)


def _edge(match: re.Match[str], year: int) -> Days | None:
    first, last = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}[str(match.lastgroup)]
    return months(year, first, last)


def _season(match: re.Match[str], year: int) -> Days | None:
    first = _SEASONS[match["s"]]
    return months(year, first, first + 2)


def _holiday(match: re.Match[str], year: int) -> Days | None:
    month, first, last = _HOLIDAYS[match["h"]]
    start, end = calendar_days(year, month, first), calendar_days(year, month, last)
    return (start[0], end[1]) if start and end else None


_READERS: tuple[Reader, ...] = (_lunar, _decade, _century, _years, _numeric, _year, _reign, _month, _bare)
