"""Which words of a quote are marked: where the reader sees the answer, held against the kind of thing asked for.

The reader knows where, the patterns of ``qa.expected`` know how far a number with its measure, a date or a name reaches.
Knows one text at a time; does not know whether it answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text import fold
from qa.expected import FIGURES, marks, spans
from qa.gazetteer import Span, level, tokens
from qa.question import Kind, Question

_OTHERS: dict[Kind, tuple[Kind, ...]] = {"where": ("when", "who"), "who": ("when",)}
_SEVERAL = frozenset({"list", "compare"})
_EDGES = re.compile(r"^[\s,，。;；:：、!?！？]+|[\s,，。;；:：、!?！？]+$")
_PAIRS = {"“": "”", "《": "》", "「": "」", "『": "』", "(": ")", "（": "）"}
_CLAUSE_END = re.compile(r"[,，。;；!?！？\n]")
_LONGEST_ASKED = 6  # characters of what is asked of a thing (施行, 开工建设)
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
    seen = [span for span in seen if not _clashes(question, text, span)]
    if not seen:
        return shown
    best = seen[0]
    if set(question.kinds) & FIGURES:
        touched = _said_of(question, text, shown, _touching(shown, best))
        return touched or _beside(shown, best) or [_snapped(text, *best)]
    chosen = seen[:3] if set(question.kinds) & _SEVERAL else seen[:1]
    return _apart([_snapped(text, *span) for span in chosen])


def _said_of(question: Question, text: str, shown: Sequence[Span], touched: list[Span]) -> list[Span]:
    """The spans touched; where their clauses lack what is asked of (什么时候施行) and one other's says it, that one."""
    asked = question.content[-1] if question.language == "zh" and len(question.content) > 1 else ""
    if not touched or not 2 <= len(asked) <= _LONGEST_ASKED:
        return touched
    wanted = fold(asked)
    saying = [span for span in shown if wanted in _clause(text, span)]
    return saying if len(saying) == 1 and saying[0] not in touched else touched


def _clause(text: str, span: Span) -> str:
    """The folded clause around a span."""
    start = max((match.end() for match in _CLAUSE_END.finditer(text, 0, span[0])), default=0)
    stop = _CLAUSE_END.search(text, span[1])
    return fold(text[start : stop.start() if stop else len(text)])


def _clashes(question: Question, text: str, span: Span) -> bool:
    """Whether a span is a date or ends with a person where a place is asked for, or is a date where a person is."""
    if len(question.kinds) > 1 or question.kinds[0] not in _OTHERS:
        return False
    start, end = span
    others = _OTHERS[question.kinds[0]]
    return any((a <= start and end <= b) or (kind == "who" and end == b) for kind in others for a, b in spans(kind, text))


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
