"""Why something cannot be read or asked, in Chinese: archive and question say it in English, for programs and command lines.

Each sentence stands here as the code says it, with ``{}`` for what it fills in. One that has no counterpart is told within a
Chinese sentence. Knows nothing of markup.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from qa.chat.reasons.archive import ARCHIVE, MODELS, QUESTIONS
from qa.chat.reasons.files import FILES, WORDS
from qa.chat.reasons.notes import NOTES

COUNTERPARTS: dict[str, str] = {**FILES, **NOTES, **ARCHIVE, **MODELS, **QUESTIONS}


_LONGEST = 4000  # characters; what is longer holds something that a newspaper printed or a file was named
_MOST_PLACES = 8


class _Said(str):
    """What was filled into a sentence. In a counterpart ``{0:zh}`` puts it into Chinese, ``{0:why}`` in brackets where known."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        if how == "why":
            known = WORDS.get(self.lower())
            return f"（{known}）" if known else ""
        return (WORDS.get(self) or in_chinese(self)) if how == "zh" else str(self)


def in_chinese(reason: str) -> str:
    """Return a reason in Chinese; a place before it (``FOLDER: reason``) stays, an unknown one is quoted as it is."""
    for place, words in _parted(reason) if len(reason) <= _LONGEST else ():
        if words.lower() in WORDS:
            return f"{place}：{WORDS[words.lower()]}" if place else WORDS[words.lower()]
        for english, chinese in _patterns():
            found = english.fullmatch(words)
            if found:
                return f"{place}：{_filled(chinese, found)}" if place else _filled(chinese, found)
    return f"出了没有料到的情况，系统的英文说明是：“{reason}”"


def _filled(chinese: str, found: re.Match[str]) -> str:
    return chinese.format(*(_Said(group) for group in found.groups()))


def _parted(reason: str) -> Iterator[tuple[str, str]]:
    """Yield the reason whole, then without what may be a place before it."""
    yield "", reason
    for mark in itertools.islice(re.finditer(": ", reason), _MOST_PLACES):
        yield reason[: mark.start()], reason[mark.end() :]


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """The sentences to look for, those that say most themselves first."""
    ordered = sorted(COUNTERPARTS.items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return [(_pattern(english), chinese) for english, chinese in ordered]


def _pattern(english: str) -> re.Pattern[str]:
    first, *rest = map(re.escape, english.split("{}"))
    # What a sentence begins with must not swallow the place before it.
    opening = "((?:(?!: ).)*?)" if not first and rest else f"{first}(.*?)" if rest else first
    return re.compile(opening + "(.*?)".join(rest), re.DOTALL)
