"""Date expressions put together: from … to …, 至, since, 以前, between … and …, 4日至8日.

Takes the single expressions of both languages in order of place. A side that lacks its year borrows the other's.
以后 and 以来 begin with the day, month or year named; ``after`` and ``before`` and 以前 leave it out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from qa.dates import eras
from qa.dates.spans import FIRST_DAY, Atom, Days, after, before, calendar_days, years

_TO = re.compile(r"\s*(?:一直到|直到|至|到|[-—–~～]+|(?:up\s+)?to|until|till|through|thru)\s*(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:和|与|及|and)\s*(?:the\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_ZH_BETWEEN = re.compile(r"\s*(?:之间|期间)")
_FROM = re.compile(r"(?:\b(?:from|between)\s+(?:the\s+)?|[从自由在])$", re.IGNORECASE)
_DAY_TO = re.compile(rf"\s*(?:至|到|[-—–~～]+)\s*(?P<d>\d{{1,2}}|{eras.NUMERAL}{{1,3}})\s*[日号]")
_SINCE = re.compile(
    r"\s*的?(?:以来|至今|到现在|到今天|迄今|以后|之后|开始(?=[，,。？?\s]|$)|起(?=[，,。？?\s的]|$)|后(?=[，,。？?\s]|$)|onwards?\b|and\s+(?:after|later)\b)"
)
_SINCE_BEFORE = re.compile(r"\b(?:ever\s+)?since\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER_BEFORE = re.compile(r"\b(?:after|later\s+than)\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:以前|之前|前(?=[，,。？?\s的]|$)|and\s+(?:before|earlier)\b)")
_BEFORE_BEFORE = re.compile(r"\b(?:before|prior\s+to|earlier\s+than)\s+(?:the\s+)?$", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:until|till|up\s+(?:to|until))\s+(?:the\s+)?$", re.IGNORECASE)
_AROUND = re.compile(r"\s*(?:前后|左右)")
_AROUND_BEFORE = re.compile(r"\b(?:around|circa|about)\s+(?:the\s+year\s+)?$", re.IGNORECASE)
_LEAD = 24  # characters looked back for the word before an expression


def join(text: str, atoms: Sequence[Atom], today: datetime.date) -> list[Atom]:
    """Return the expressions with their neighbours and the words around them taken in."""
    joined: list[Atom] = []
    place = 0
    while place < len(atoms):
        atom = _through_day(text, atoms[place])
        if place + 1 < len(atoms) and (pair := _pair(text, atom, atoms[place + 1])):
            joined.append(pair)
            place += 2
        else:
            joined.append(_open(text, atom, today))
            place += 1
    return joined


def _through_day(text: str, atom: Atom) -> Atom:
    """6月4日 followed by 至8日."""
    match = _DAY_TO.match(text, atom.end) if atom.day and atom.month else None
    if not match or not atom.month or not atom.day:
        return atom
    last = eras.number(match["d"])
    end = calendar_days(atom.year or 2000, atom.month, last)
    if end is None or last < atom.day:
        return atom
    days = (atom.days[0], calendar_days(atom.days[0].year, atom.month, last)) if atom.days else None
    span: Days | None = (days[0], days[1][1]) if days and days[1] else None
    return replace(atom, end=match.end(), days=span, day=None, first=(atom.month, atom.day), last=(atom.month, last))


def _pair(text: str, left: Atom, right: Atom) -> Atom | None:
    lead = _FROM.search(text, max(0, left.start - _LEAD), left.start)
    start, end = lead.start() if lead else left.start, right.end
    both = _AND.fullmatch(text, left.end, right.start)
    if both:
        behind = _ZH_BETWEEN.match(text, right.end)
        if not behind and not _BETWEEN.search(text, max(0, left.start - _LEAD), left.start):
            return None
        end = behind.end() if behind else end
    elif not _TO.fullmatch(text, left.end, right.start):
        return None
    if left.vague or right.vague or left.candidates or right.candidates:
        return None
    days = _span(left, right)
    relative = left.relative or right.relative
    if days is None and left.days is None and right.days is None and left.month and right.month:
        return Atom(start, end, None, month=left.month, first=(left.month, left.day), last=(right.month, right.day))
    return Atom(start, end, days, relative=relative) if days else None


def _span(left: Atom, right: Atom) -> Days | None:
    first, last = left.days, right.days
    if first is None and last is not None:
        first = _borrowed(left, last[0].year, last[0], later=False)
    elif last is None and first is not None:
        last = _borrowed(right, first[1].year, first[1], later=True)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _borrowed(atom: Atom, year: int, other: datetime.date, *, later: bool) -> Days | None:
    """The days of an expression without a year, in the year of its neighbour or the one beside it."""
    if atom.month is None:
        return None
    days = calendar_days(year, atom.month, atom.day)
    if days and later and days[1] < other:
        return calendar_days(year + 1, atom.month, atom.day)
    if days and not later and days[0] > other:
        return calendar_days(year - 1, atom.month, atom.day)
    return days


def _open(text: str, atom: Atom, today: datetime.date) -> Atom:
    """Since, after, before, until, around: words right behind or right before an expression."""
    if atom.days is None:
        return atom
    from_here = max(0, atom.start - _LEAD)
    for pattern, span in ((_SINCE, _since), (_UNTIL, _before), (_AROUND, _around)):
        behind = pattern.match(text, atom.end)
        if behind:
            lead = _FROM.search(text, from_here, atom.start)
            return Atom(lead.start() if lead else atom.start, behind.end(), span(atom.days, today), relative=atom.relative)
    for pattern, span in (
        (_SINCE_BEFORE, _since),
        (_AFTER_BEFORE, _after),
        (_BEFORE_BEFORE, _before),
        (_UP_TO, _up_to),
        (_AROUND_BEFORE, _around),
    ):
        lead = pattern.search(text, from_here, atom.start)
        if lead:
            return Atom(lead.start(), atom.end, span(atom.days, today), relative=atom.relative)
    return atom


def _since(days: Days, today: datetime.date) -> Days:
    return days[0], max(today, days[1])


def _after(days: Days, today: datetime.date) -> Days:
    return after(days), max(today, after(days))


def _before(days: Days, today: datetime.date) -> Days:
    return FIRST_DAY, before(days)


def _up_to(days: Days, today: datetime.date) -> Days:
    return FIRST_DAY, days[1]


def _around(days: Days, today: datetime.date) -> Days | None:
    """A year more on either side of a year or longer; anything shorter stays as it is."""
    if (days[1] - days[0]).days < 360:
        return days
    return years(max(1, days[0].year - 1), days[1].year + 1)
