"""Dates as English writes them: days, months, years, quarters, decades, reigns, and words counted from today.

Reads one expression at one place of text of any case. ``may`` and ``march`` are months only beside a day, a year or a
preposition of time. Joining expressions (between … and …) stands in another module.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from qa.dates import eras, lately
from qa.dates.lately import MONTH as _M
from qa.dates.lately import WORD_NUMBERS as _WORD_NUMBERS
from qa.dates.lately import compiled as _compiled
from qa.dates.lately import month_of
from qa.dates.spans import (
    Atom,
    Days,
    calendar_days,
    months,
    part_of_century,
    part_of_decade,
    part_of_month,
    shifted,
    week_of,
    years,
)

_Y = r"(?:1[5-9]|20)\d\d(?![\da-z%]|[.,]\d|\s*[\u4e00-\u9fff])"
_D = r"\d{1,2}(?:st|nd|rd|th)?(?!\d|[a-z])"
_THE = r"(?:the\s+)?"
_PART = (
    r"(?:(?P<early>early|(?:beginning|start)\s+of|in\s+the\s+first\s+days\s+of)|(?P<mid>mid|middle\s+of)|(?P<late>late|end\s+of))"
    r"(?:\s+|\s*-\s*)(?:in\s+)?(?:the\s+)?"
)
_TENS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_ORDINALS = {
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_REIGN = "|".join(eras.ROMANISED)


_WEEK = _compiled(rf"{_THE}week\s+(?P<how>of|beginning|starting|ending)\s+(?:on\s+)?{_THE}")
_DAYS = _compiled(
    rf"(?:(?P<a>{_D})\s*(?:-|–|—|to|and)\s*(?P<b>{_D})\s+(?:of\s+)?(?P<m>{_M})(?:,?\s+(?P<y>{_Y}))?|"
    rf"(?P<m2>{_M})\s+(?P<a2>{_D})\s*(?:-|–|—|to)\s*(?P<b2>{_D})(?:,?\s+(?P<y2>{_Y}))?)"
)
_DAY = _compiled(rf"(?:(?P<d>{_D})\s+(?:of\s+)?(?P<m>{_M}),?\s+(?P<y>{_Y})|(?P<m2>{_M})\s+(?P<d2>{_D}),?\s+(?P<y2>{_Y}))")
_MONTH = _compiled(rf"(?:(?P<part>{_PART}))?(?P<m>{_M}),?\s+(?:of\s+)?(?P<y>{_Y})")
_NO_YEAR = _compiled(
    rf"(?:(?P<d>{_D})\s+(?:of\s+)?(?P<m>{_M})|(?P<m2>{_M})\s+(?P<d2>{_D})(?!\s+(?:people|persons|percent|per\s|km|kilomet|miles|hours|times)))(?![\da-z])"
)
_QUARTER = _compiled(
    rf"(?:q(?P<q>[1-4])(?:\s+of)?[ ,/-]*|{_THE}(?P<w>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+quarter\s+"
    rf"(?:of\s+)?)(?P<y>{_Y})|"
    rf"(?P<y2>{_Y})[ -]?q(?P<q2>[1-4])(?!\w)"
)
_HALF = _compiled(rf"{_THE}(?P<h>first|second|latter|last)\s+half\s+of\s+{_THE}(?P<y>{_Y})(?!s)")
_SEASON = _compiled(rf"{_THE}(?P<s>spring|summer|autumn|fall|winter)(?:\s+of|,)?\s+{_THE}(?P<y>{_Y})")
_DECADE = _compiled(
    rf"{_THE}(?P<part>{_PART})?(?:{_THE}(?P<y>(?:1[5-9]|20)\d0)['’]?s|(?<=the )['’]?(?P<d>[2-9]0)['’]?s|"
    rf"(?P<w>{'|'.join(_TENS)}))(?![a-z])"
)
_CENTURY = _compiled(
    rf"{_THE}(?P<part>{_PART}|(?P<h>first|second)\s+half\s+of\s+(?:the\s+)?)?(?:(?P<c>\d{{1,2}})(?:st|nd|rd|th)|(?P<w>{'|'.join(_ORDINALS)}))[\s-]+century"
)
_YEARS = _compiled(
    r"(?<![\d-])(?P<y>(?:1[5-9]|20)\d\d)\s*[-–—~/]\s*(?P<n>(?:1[5-9]|20)\d\d|\d\d)(?![\d/-]|[.,]\d|\s*[\u4e00-\u9fff])"
)
_YEAR = _compiled(
    rf"(?:(?P<part>{_PART})|{_THE}year\s+(?:of\s+)?)?(?P<y>(?<![\d.,#$£€¥])(?<![^Dd]-){_Y})(?!\s*[-–/]\s*\d)(?!['’]?s\b|\s+(?:people|persons|yuan|households|"
    r"workers|students|families|km|metres|meters|square|tons|tonnes|million|thousand|hundred|copies|miles|acres|mu\b|dollars|jobs|pages))"
)
_REIGN_YEAR = _compiled(
    rf"(?:{_THE}(?P<n>\d{{1,3}})(?:st|nd|rd|th)\s+year\s+of\s+(?:the\s+)?(?:reign\s+of\s+)?(?P<r>{_REIGN})|(?P<r2>{_REIGN})\s+(?:year\s+)?(?P<n2>\d{{1,3}})"
    rf"(?!\w))(?:\s+(?:reign|era|emperor))?"
)
_REIGN_ERA = _compiled(
    rf"{_THE}(?:reign\s+of\s+(?:the\s+)?)?(?P<r>{_REIGN})(?:\s+emperor)?(?:['’]s)?\s+(?:reign|era|period|years)"
)
_SLASHED = _compiled(r"(?<![\d/.])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?![\d/.])")
_TIMED = _compiled(
    r"(?:\b(?:in|of|since|during|until|till|by|before|after|between|and|to|through|from|early|late|mid|month)[\s-]+)$"
)
_MONTH_ALONE = _compiled(rf"(?P<m>{_M})(?!\s*\d)(?!\w)")
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "sep", "dec"})

TRIGGER = re.compile(
    rf"(?<![A-Za-z0-9])(?:\d|['’]\d0|(?:{_M}|a|an|about|couple|the|this|that|last|past|previous|next|current|recent\w*|in|q[1-4]|"
    rf"first|second|third|fourth|early|mid|late|beginning|start|middle|end|spring|summer|autumn|fall|winter|week|year|yesterday|"
    rf"today|tonight|tomorrow|{'|'.join((*_WORD_NUMBERS, *_TENS, *_ORDINALS))}|{_REIGN}|reign)(?![a-z]))",
    re.IGNORECASE,
)


def read(text: str, place: int, today: datetime.date) -> Atom | None:
    """Return the date expression that begins at ``place``, None when none does."""
    for atom in _readings(text, place, today):
        if atom is not None:
            return atom
    return None


def _readings(text: str, place: int, today: datetime.date) -> Iterator[Atom | None]:
    yield from (_week(text, place, today), _days(text, place), _day(text, place), _month(text, place))
    yield from (_quarter(text, place), _half(text, place), _season(text, place), _decade(text, place, today))
    yield from (_century(text, place), _years(text, place), _reign(text, place), _slashed(text, place))
    yield from (lately.read(text, place, today), _no_year(text, place), _year(text, place))


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _part(match: re.Match[str]) -> str:
    return next((name for name in ("early", "mid", "late") if match[name]), "")


def _dated(place: int, end: int, year: int, month: int, day: int | None) -> Atom | None:
    days = calendar_days(year, month, day)
    return Atom(place, end, days, year, month, day, forms=eras.forms_of(year)) if days else None


def _week(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _WEEK.match(text, place)
    day = _day(text, match.end()) if match else None
    if not match or day is None or day.days is None:
        return None
    first, how = day.days[0], match["how"].lower()
    week: Days | None = week_of(first)
    if how in ("beginning", "starting"):
        week = (first, shifted(first, days=6) or first)
    elif how == "ending":
        week = (shifted(first, days=-6) or first, first)
    return Atom(place, day.end, week, day.year, day.month, forms=day.forms)


def _days(text: str, place: int) -> Atom | None:
    match = _DAYS.match(text, place)
    if not match:
        return None
    month = month_of(match["m"] or match["m2"])
    first, last = _number(match["a"] or match["a2"]), _number(match["b"] or match["b2"])
    written = match["y"] or match["y2"]
    year = int(written) if written else None
    start, end = calendar_days(year, month, first), calendar_days(year, month, last)
    if start and end and first <= last:
        return Atom(place, match.end(), (start[0], end[1]), year, month, forms=eras.forms_of(start[0].year))
    return Atom(place, match.end(), None, None, month) if year is None and 1 <= first <= last <= 31 else None


def _day(text: str, place: int) -> Atom | None:
    match = _DAY.match(text, place)
    if not match:
        return None
    month, day = month_of(match["m"] or match["m2"]), _number(match["d"] or match["d2"])
    return _dated(place, match.end(), int(match["y"] or match["y2"]), month, day)


def _month(text: str, place: int) -> Atom | None:
    match = _MONTH.match(text, place)
    if not match:
        return None
    year, month = int(match["y"]), month_of(match["m"])
    days, part = calendar_days(year, month), _part(match)
    days = part_of_month(days, part) if days and part else days
    return Atom(place, match.end(), days, year, month, forms=eras.forms_of(year))


def _quarter(text: str, place: int) -> Atom | None:
    match = _QUARTER.match(text, place)
    if not match:
        return None
    word = (match["w"] or "").lower()
    number = int(match["q"] or match["q2"] or 0) or (4 if word == "last" else _ORDINALS.get(word) or int(word[0]))
    year = int(match["y"] or match["y2"])
    return Atom(place, match.end(), months(year, number * 3 - 2, number * 3), year, forms=eras.forms_of(year))


def _half(text: str, place: int) -> Atom | None:
    match = _HALF.match(text, place)
    if not match:
        return None
    year, first = int(match["y"]), match["h"].lower() == "first"
    return Atom(place, match.end(), months(year, 1, 6) if first else months(year, 7, 12), year, forms=eras.forms_of(year))


def _season(text: str, place: int) -> Atom | None:
    match = _SEASON.match(text, place)
    if not match:
        return None
    first = {"spring": 3, "summer": 6, "winter": 12}.get(match["s"].lower(), 9)
    year = int(match["y"])
    return Atom(place, match.end(), months(year, first, first + 2), year, forms=eras.forms_of(year))


def _decade(text: str, place: int, today: datetime.date) -> Atom | None:
    match = _DECADE.match(text, place)
    if not match:
        return None
    part = _part(match)
    if match["y"]:
        return Atom(place, match.end(), part_of_decade(int(match["y"]), part))
    decade = int(match["d"]) if match["d"] else _TENS[match["w"].lower()]
    before = text[place : match.start("w")].strip().lower() if match["w"] else "the"
    if before not in ("the", "the early", "the mid", "the late") and not part:
        return None
    now = today.year // 100 * 100
    both = (part_of_decade(now - 100 + decade, part), part_of_decade(now + decade, part))
    spans = tuple(days for days in both if days and days[0] <= today)
    return Atom(place, match.end(), spans[0] if len(spans) == 1 else None, candidates=spans if len(spans) > 1 else ())


def _century(text: str, place: int) -> Atom | None:
    match = _CENTURY.match(text, place)
    if not match:
        return None
    number = int(match["c"]) if match["c"] else _ORDINALS[match["w"].lower()]
    part = (match["h"] or "").lower() or _part(match)
    return Atom(place, match.end(), part_of_century(number, part)) if 15 <= number <= 21 else None


def _years(text: str, place: int) -> Atom | None:
    match = _YEARS.match(text, place)
    if not match:
        return None
    first, last = int(match["y"]), int(match["n"])
    if last <= 12 and len(match["n"]) == 2:  # 2021-06 is a month
        return None
    days = years(first, last if last > 99 else first // 100 * 100 + last)
    return Atom(place, match.end(), days) if days else None


def _reign(text: str, place: int) -> Atom | None:
    match = _REIGN_YEAR.match(text, place)
    if match:
        reign = eras.ROMANISED[(match["r"] or match["r2"]).lower()]
        year = eras.reign_year(reign, int(match["n"] or match["n2"]))
        return Atom(place, match.end(), calendar_days(year), year, forms=eras.forms_of(year, reign)) if year else None
    match = _REIGN_ERA.match(text, place)
    return Atom(place, match.end(), years(*eras.reign_years(eras.ROMANISED[match["r"].lower()]))) if match else None


def _slashed(text: str, place: int) -> Atom | None:
    """08/06/2021: a date only when one of the two can be no month, otherwise both are candidates."""
    match = _SLASHED.match(text, place)
    if not match:
        return None
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    spans = tuple(dict.fromkeys(d for d in (calendar_days(year, b, a), calendar_days(year, a, b)) if d))
    if not spans:
        return None
    if len(spans) == 1:
        day = spans[0][0]
        return Atom(place, match.end(), spans[0], year, day.month, day.day, forms=eras.forms_of(year))
    return Atom(place, match.end(), None, year, forms=eras.forms_of(year), candidates=spans)


def _no_year(text: str, place: int) -> Atom | None:
    """A day or month without a year; which year is meant only the archive can say."""
    match = _NO_YEAR.match(text, place)
    if match:
        month, day = month_of(match["m"] or match["m2"]), _number(match["d"] or match["d2"])
        return Atom(place, match.end(), None, None, month, day) if calendar_days(2000, month, day) else None
    match = _MONTH_ALONE.match(text, place)
    if not match:
        return None
    word = match["m"].rstrip(".").lower()
    timed = _TIMED.search(text, max(0, place - 12), place)
    if word in _AMBIGUOUS and not timed:
        return None
    named = re.match(r"\s+[A-Z]", text[match.end() :])
    return None if named and not timed else Atom(place, match.end(), None, None, month_of(word))


def _year(text: str, place: int) -> Atom | None:
    match = _YEAR.match(text, place)
    if not match:
        return None
    year, part = int(match["y"]), _part(match)
    days = calendar_days(year)
    if part and re.match(r"(?:beginning|start|end|middle)", match["part"], re.IGNORECASE):
        days = months(year, *{"early": (1, 3), "mid": (5, 8), "late": (10, 12)}[part])
    elif part:
        days = months(year, *{"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part])
    return Atom(place, match.end(), days, year, forms=eras.forms_of(year)) if days else None
