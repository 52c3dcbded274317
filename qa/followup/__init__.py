"""Follow-up questions: which turn a pronoun or a short question leans on, and the full question it stands for.

Works by the shape of the questions alone (pronouns, demonstratives, ellipsis, comparisons); it reads an earlier answer only
for the person, place or day that a pronoun can mean. A change of topic needs no carrying and gets none. It does not
understand: which of two things a pronoun means is not weighed, the topic of the turn before is taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.text import is_chinese
from qa.followup import chinese, english
from qa.followup.completed import Completed
from qa.followup.topic import topic_of
from qa.schema import Turn

__all__ = ["Completed", "complete", "topic_of"]

_REACH = 6  # turns looked back
_LONGEST = 300  # characters of an earlier question that are looked at


def complete(asked: str, history: Sequence[Turn]) -> Completed:
    """Return the full question that ``asked`` stands for after the turns of ``history`` (oldest first)."""
    before: list[tuple[str, str]] = []
    for turn in history[-_REACH:]:
        question = " ".join(turn.question.split())[:_LONGEST]
        if question:
            before.append((_resolve(question, before).text, turn.answer))
    return _resolve(asked, before)


def _resolve(asked: str, before: Sequence[tuple[str, str]]) -> Completed:
    if not before or len(asked) > _LONGEST:
        return Completed(asked)
    question, answer = before[-1]
    if is_chinese(asked):
        return chinese.resolve(asked, question, answer)
    return english.resolve(asked, question, answer)
