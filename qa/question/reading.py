"""From what was typed to a Question: operators taken off, a follow-up completed, the rest taken apart.

The steps stand in the neighbouring modules; here they meet. ``filter`` given by the caller is exactly the filter used.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.errors import QuestionError
from index.schema import Filter
from index.text import fold, is_chinese
from qa import followup, operators
from qa.dates import mentions
from qa.gazetteer import level
from qa.named import names_in
from qa.notes import in_both
from qa.operators import Typed
from qa.question.content import content_of
from qa.question.kinds import contrasts, count_of, kinds_of, measures
from qa.question.schema import Held, Question
from qa.question.scope import Scope, scope_of
from qa.question.wording import kind_notes, notes_of, typed_notes
from qa.schema import Inferred, Language, Turn

LONGEST = 1000

_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,40})[”\"」』]|《([^《》]{2,40})》|‘([^‘’]{2,40})’")
_THIS_PAPER = re.compile(r"(?:[这那][张份期]?|该|本)(?:报纸|报)(?:的|上|里|中)?")
_PAPER = re.compile(
    r"(?:的|这|那)?[两几各]?[份期张]?(?:报纸|报刊)(?:里|中|上)?|\b(?:the )?(?:news)?papers?\b|\b(?:the )?issues?\b", re.IGNORECASE
)
_EN_OPENING = re.compile(
    r"^\W*(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|did|does|do|has|have|can|tell|list|"
    r"in|on|at)\s",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return the question on one line without control characters. Raises QuestionError when empty or too long."""
    if len(text) > LONGEST:
        raise QuestionError(f"the question has {len(text)} characters, {LONGEST} at most: ask a shorter one")
    text = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text if _printable(char))
    text = " ".join(text.split())
    if not any(char.isalnum() for char in text):
        raise QuestionError("the question is empty: ask something, for example who, when or how many")
    return text


def _printable(char: str) -> bool:
    return unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"}


def understand(
    asked: str,
    history: Sequence[Turn] = (),
    *,
    filter: Filter | None = None,
    today: datetime.date | None = None,
    held: Callable[[], Held] | None = None,
) -> Question:
    """Take a question apart; a follow-up is completed from the turns before it.

    ``filter`` is taken as it stands and nothing is inferred beside it (``Filter()``: no filter at all). ``today`` is the day
    that 上个月 counts from, that of the clock when None; ``held`` is asked only when the question names paper, page or date.
    Raises QuestionError when the question is empty or too long.
    """
    asked = clean(asked)
    typed = operators.split(asked, today=today)
    rest = typed.rest if any(char.isalnum() for char in typed.rest) else asked
    completed = followup.complete(rest, history)
    question = _apart(asked, completed.text, completed.topic, typed, filter, today, held)
    carried = Inferred("topic", completed.topic, rest) if completed.topic else None
    return replace(
        question,
        notes=(*completed.notes, *question.notes),
        inferred=(*((carried,) if carried else ()), *question.inferred),
    )


def _apart(
    asked: str,
    text: str,
    carried: str,
    typed: Typed,
    filter: Filter | None,
    today: datetime.date | None,
    held: Callable[[], Held] | None,
) -> Question:
    language: Language = "en" if _EN_OPENING.match(text) or not is_chinese(text) else "zh"
    folded, levelled = fold(text), level(text)
    dates = tuple(mentions(levelled, today=today))
    scope = Scope(Filter()) if filter is not None or typed.filter else scope_of(levelled, dates, held)
    kinds = kinds_of(folded, language)
    quoted = _quoted(text, scope)
    bare = _without(text, scope.cut)
    content = content_of(bare, language, otherwise=text)
    inferred = tuple(Inferred("kind", kind, text) for kind in kinds if kind != "what")
    return Question(
        asked=asked,
        text=text,
        language=language,
        kinds=kinds,
        content=content,
        carried=carried,
        names=_names(text, scope, quoted, language),
        quoted=quoted,
        measures=measures(folded) if "number" in kinds else (),
        count=count_of(folded, kinds),
        contrast=contrasts(folded, dates, kinds),
        dates=dates,
        filter=filter if filter is not None else typed.filter or scope.filter,
        widens=filter is None and not typed.filter,
        notes=in_both(
            language,
            lambda each: (
                *kind_notes(kinds, each),
                *typed_notes(replace(typed, filter=Filter()) if filter is not None else typed, each),
                *notes_of(scope, each),
            ),
        ),
        bare=bare if any(char.isalnum() for char in bare) else text,
        phrases=typed.phrases,
        excluded=typed.excluded,
        inferred=(*inferred, *scope.inferred),
    )


def _quoted(text: str, scope: Scope) -> tuple[str, ...]:
    """Quoted terms and titles, without the names of papers that the filter already holds."""
    found = (
        next(group for group in match.groups() if group)
        for match in _QUOTED.finditer(text)
        if not any(start <= match.start() < end for start, end in scope.cut)
    )
    return tuple(dict.fromkeys(found))


def _names(text: str, scope: Scope, quoted: Sequence[str], language: Language) -> tuple[str, ...]:
    """What the evidence must mention; paper, page and author are no part of it once they filter."""
    rest = _without(text, (*scope.cut, *scope.authors))
    return names_in(rest, quoted, content_of(rest, language), language)


def _without(text: str, cut: Sequence[tuple[int, int]]) -> str:
    """The question without the words that only say which papers: they are the filter now (offsets change)."""
    if not cut:
        return _THIS_PAPER.sub("，", text)
    for start, end in sorted(set(cut), reverse=True):
        text = text[:start] + "，" + text[end:]
    return _PAPER.sub("，", text)
