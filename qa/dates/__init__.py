"""Dates named in a question, in Chinese and English, as ranges of days.

Calendar dates, parts of months and years, decades, centuries, reigns (民国十三年), and words counted from today. A day
without a year has no range (``in_year`` gives it one), and what may mean several spans has none but ``candidates``.
Knows nothing of archives, nor whether a date is that of the paper or of what it tells.
"""

from __future__ import annotations

import datetime
import re

from index.schema import DateRange
from qa.dates import chinese, english, joining, recent
from qa.dates.spans import Atom, DateMention, calendar_days, range_of

__all__ = ["DateMention", "in_year", "mentions"]

_ENGLISH = re.compile("[a-z/]|^[^\u3400-\u9fff]*$", re.IGNORECASE)


def mentions(text: str, *, today: datetime.date | None = None) -> list[DateMention]:
    """Return the dates named in folded ``text`` in order of place, without overlaps; ``today`` is that of the clock."""
    today = today or datetime.date.today()
    return [_mention(text, atom) for atom in joining.join(text, _atoms(text, today), today)]


def in_year(mention: DateMention, year: int) -> DateRange | None:
    """Return the days of a mention without a year in that year; None when the year has no such day."""
    first = calendar_days(year, mention.month, mention.day) if mention.month else None
    if first is None:
        return None
    if mention.until is None:
        return range_of(first)
    last = calendar_days(year + (mention.until < (mention.month or 0, mention.day)), *mention.until)
    return range_of((first[0], last[1])) if last else None


def _atoms(text: str, today: datetime.date) -> list[Atom]:
    """Read from left to right; where an expression is read, the next begins behind it."""
    readers = [(recent.TRIGGER, recent.read), (chinese.TRIGGER, chinese.read)]
    if _ENGLISH.search(text):
        readers.insert(0, (english.TRIGGER, english.read))
    starts = sorted({(match.start(), order) for order, (trigger, _) in enumerate(readers) for match in trigger.finditer(text)})
    found: list[Atom] = []
    for start, order in starts:
        if found and start < found[-1].end:
            continue
        atom = readers[order][1](text, start, today)
        if atom is not None:
            found.append(atom)
    return found


def _mention(text: str, atom: Atom) -> DateMention:
    return DateMention(
        text=text[atom.start : atom.end].strip(),
        start=atom.start,
        end=atom.end,
        year=atom.year,
        month=atom.first[0] if atom.first else atom.month,
        day=atom.first[1] if atom.first else atom.day,
        range=range_of(atom.days) if atom.days else None,
        relative=atom.relative,
        forms=atom.forms,
        candidates=tuple(range_of(days) for days in atom.candidates),
        vague=atom.vague,
        until=atom.last,
    )
