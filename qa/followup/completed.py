"""What a follow-up stands for: the full question and what it took over."""

from __future__ import annotations

from dataclasses import dataclass

from qa.notes import Note


@dataclass(frozen=True, slots=True)
class Completed:
    """The full question, the topic that it took over (empty when none) and notes for the reader."""

    text: str
    topic: str = ""
    notes: tuple[Note, ...] = ()


def noted(asked: str, text: str, topic: str, *, chinese: bool) -> Completed:
    """Return the full question with a note in the language of the one asked; as asked when nothing was taken over."""
    if text == asked:
        return Completed(asked)
    note = Note(f"承接上文，理解为：{text}", f"follow-up, read as: {text}", "zh" if chinese else "en")
    return Completed(text, topic, (note,))
