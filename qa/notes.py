"""What a reader is told beside an answer, in the language of the question and in the other one.

A note is an ordinary string in the language of the question, so that programs and command lines need not know more; the page,
whose language the reader chooses, asks for both. Makes no words of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

Language = Literal["zh", "en"]


class Note(str):
    """Words for the reader: as a string those in the language of the question; ``chinese`` and ``english`` are both."""

    __slots__ = ("chinese", "english")

    chinese: str
    english: str

    def __new__(cls, chinese: str, english: str, language: Language = "zh") -> Note:
        note = super().__new__(cls, chinese if language == "zh" else english)
        note.chinese, note.english = chinese, english
        return note

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Tell pydantic, and so the description of the API, that a note is a string."""
        return handler(str)

    def __getnewargs__(self) -> tuple[str, str, Language]:  # type: ignore[override] # what copies and pickles are made of
        return self.chinese, self.english, "zh" if str(self) == self.chinese else "en"


def in_both(language: Language, written: Callable[[Language], Iterable[str]]) -> tuple[Note, ...]:
    """Return the notes that ``written`` writes in either language, one for one; ``language`` is that of the question."""
    return tuple(Note(chinese, english, language) for chinese, english in zip(written("zh"), written("en"), strict=True))
