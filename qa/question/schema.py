"""The nouns of a question: Kind, Held, Question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.schema import Filter
from qa.dates import DateMention
from qa.notes import Note
from qa.schema import Inferred, Language

Kind = Literal["who", "when", "where", "number", "why", "how", "list", "compare", "definition", "contact", "yesno", "what"]


@dataclass(frozen=True, slots=True)
class Held:
    """What the archive holds, as far as a question may name it: newspapers and pages as printed, ISO days in order."""

    newspapers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. ``asked`` is what was typed, ``text`` the full question without operators, ``bare`` the same
    without the words that only say which papers are meant.

    ``content`` are the runs of ``text`` without question frames, ``carried`` is the topic that an earlier turn lent;
    ``names`` are what the evidence must mention (quoted terms, ordinals, places, Latin names); ``measures`` the words
    that a number must count; ``count`` how many parts are expected; ``contrast`` asks for one quote of each source.
    ``widens``: the filter is only inferred, so the whole archive is searched when nothing passes it. ``phrases`` must stand
    in a passage and ``excluded`` must not, both folded; ``inferred`` lists what ``notes`` say in words.
    """

    asked: str
    text: str
    language: Language
    kinds: tuple[Kind, ...]
    content: tuple[str, ...]
    carried: str
    names: tuple[str, ...]
    quoted: tuple[str, ...]
    measures: tuple[str, ...]
    count: int | None
    contrast: bool
    dates: tuple[DateMention, ...]
    filter: Filter
    widens: bool
    notes: tuple[Note, ...]
    bare: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    inferred: tuple[Inferred, ...] = ()

    @property
    def sifts(self) -> bool:
        """Whether some words must stand in a passage, or must not."""
        return bool(self.phrases or self.excluded)
