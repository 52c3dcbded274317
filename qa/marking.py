"""Which words of a quote are marked: where the reader sees the answer, held against the kind of thing asked for.

The reader knows where, the patterns of ``qa.expected`` know how far a number with its measure, a date or a name reaches.
Knows one text at a time; does not know whether it answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.expected import marks
from qa.gazetteer import Span, level, tokens
from qa.question import Question

_SHARP = frozenset({"number", "when", "contact"})  # patterns of these reach as far as the thing does
_SEVERAL = frozenset({"list", "compare"})
_EDGES = re.compile(r"^[\s,，。;；:：、!?！？]+|[\s,，。;；:：、!?！？]+$")
_PAIRS = {"“": "”", "《": "》", "「": "」", "『": "』", "(": ")", "（": "）"}
_NEAR = 4  # characters between a pattern and the reader's span at which they still mean the same


def mark(question: Question, text: str, seen: Sequence[Span]) -> list[Span]:
    """Return the words of ``text`` to mark, in order; ``seen`` are the reader's spans in it, the surest first.

    Several kinds asked for at once, or one kind twice, are marked by pattern wherever they are shown.
    """
    shown = marks(question, text)
    if not seen:
        return shown
    if _many(question):
        return _apart([*shown, *(_snapped(text, *span) for span in seen[:1] if not _touching(shown, span))])
    best = seen[0]
    if set(question.kinds) & _SHARP:
        touched = _touching(shown, best)
        return touched or _beside(shown, best) or [_snapped(text, *best)]
    spans = seen[:3] if set(question.kinds) & _SEVERAL else seen[:1]
    return _apart([_snapped(text, *span) for span in spans])


def _many(question: Question) -> bool:
    """Two kinds of thing, or two counts, are asked for in one question."""
    typed = [kind for kind in question.kinds if kind in {"who", "when", "where", "number", "contact"}]
    return len(typed) > 1 or len(re.findall(r"多少|几(?!乎)", question.text)) > 1


def _touching(shown: Sequence[Span], span: Span) -> list[Span]:
    return [(start, end) for start, end in shown if start < span[1] and end > span[0]]


def _beside(shown: Sequence[Span], span: Span) -> list[Span]:
    return [(start, end) for start, end in shown if max(start - span[1], span[0] - end) <= _NEAR][:1]


def _snapped(text: str, start: int, end: int) -> Span:
    """The span without marks at its ends, widened to whole words and to the closing half of a bracket it opens."""
    inside = text[start:end]
    start += len(inside) - len(_EDGES.sub("", inside).lstrip()) if _EDGES.match(inside) else 0
    end = start + len(_EDGES.sub("", text[start:end]))
    for word, place in tokens(level(text)):
        if place < start < place + len(word):
            start = place
        if place < end < place + len(word):
            end = place + len(word)
    closing = _PAIRS.get(text[start : start + 1])
    if closing and closing not in text[start:end] and text[end : end + 1] == closing:
        end += 1
    return start, end


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans that overlap none before them, in order of place."""
    found: list[Span] = []
    for start, end in spans:
        if end > start and all(end <= other[0] or start >= other[1] for other in found):
            found.append((start, end))
    return sorted(found)
