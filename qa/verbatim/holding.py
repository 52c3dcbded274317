"""Which passages hold all of some phrases, and where in their text. Knows nothing of papers or citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.errors import QuestionError
from index.schema import ArticleRecord, Filter, Hit, IssueRecord, Passage, Term
from index.text import fold, grams

MOST_PASSAGES = 10_000  # looked at for one request; what lies beyond is told, not hidden
MOST_PHRASES = 8
MOST_CHARACTERS = 200
_PHRASES = re.compile(r"[“\"「『]([^”\"」』]*)[”\"」』]|(\S+)")
_STRAY = '“”"「」『』'
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
Span = tuple[int, int]


class View(Protocol):
    """What is needed of one pinned state of an archive."""

    @property
    def sequence(self) -> int: ...
    def search_lexical(self, terms: Sequence[Term], *, limit: int, filter: Filter) -> list[Hit]: ...
    def document_frequency(self, terms: Sequence[Term]) -> list[int]: ...
    def passages(self, ids: Iterable[str]) -> Mapping[str, Passage]: ...
    def article(self, id: str) -> ArticleRecord | None: ...
    def issue(self, id: str) -> IssueRecord | None: ...


@dataclass(frozen=True, slots=True)
class Holding:
    """A passage that holds all phrases, and the spans of every one of them, in order, overlaps merged."""

    passage: Passage
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """All passages that hold the phrases; ``complete`` is false when more than ``MOST_PASSAGES`` would have to be looked at."""

    phrases: tuple[str, ...]
    holdings: tuple[Holding, ...]
    complete: bool


def phrases_of(words: str) -> tuple[str, ...]:
    """Split what a person typed at white space; what stands in quotation marks stays whole. Raises QuestionError."""
    if len(words) > MOST_CHARACTERS:
        raise QuestionError(f"words to look for may be {MOST_CHARACTERS} characters at most; leave some out")
    words = "".join(char if char.isprintable() else " " for char in words)
    typed = (quoted or bare.strip(_STRAY) for quoted, bare in _PHRASES.findall(words))
    phrases = tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in typed if phrase.strip()))
    if not phrases:
        raise QuestionError("there are no words to look for; give one or more, a phrase in quotation marks")
    if len(phrases) > MOST_PHRASES:
        raise QuestionError(f"these are {len(phrases)} words or phrases, {MOST_PHRASES} at most can be looked for at once")
    unfit = next((phrase for phrase in phrases if not grams(phrase)), None)
    if unfit is not None:
        raise QuestionError(f"{unfit}: is only marks; give a word, a number or a Chinese character")
    return phrases


def holding(words: str, view: View, *, filter: Filter) -> Held:
    """Return the passages whose text holds every phrase in ``words``, in the order of their ids."""
    phrases = phrases_of(words)
    patterns = [_pattern(phrase) for phrase in phrases]
    term = _rarest(phrases, view)
    hits = view.search_lexical([term], limit=MOST_PASSAGES, filter=filter)
    found = (_holding(passage, patterns) for passage in view.passages([hit.passage_id for hit in hits]).values())
    holdings = sorted((each for each in found if each is not None), key=lambda each: each.passage.id)
    return Held(phrases, tuple(holdings), complete=len(hits) < MOST_PASSAGES)


def _rarest(phrases: Sequence[str], view: View) -> Term:
    """Whoever holds all phrases holds their rarest token, so its passages are the only ones to look at."""
    terms = [Term(token, "grams") for token in dict.fromkeys(token for phrase in phrases for token in grams(phrase))]
    counts = view.document_frequency(terms)
    return min(zip(counts, range(len(terms)), terms, strict=True))[2]


def _pattern(phrase: str) -> re.Pattern[str]:
    """Return what a phrase looks like in folded text: Latin words whole, blanks between Chinese characters of no account."""
    folded = r"\s+".join(_BETWEEN_HAN.sub(r"[ \\t\\u3000]*", re.escape(part)) for part in fold(phrase).split())
    before = r"(?<![a-z0-9])" if re.match("[a-z0-9]", fold(phrase)) else ""
    after = r"(?![a-z0-9])" if re.search("[a-z0-9]$", fold(phrase)) else ""
    return re.compile(before + folded + after)


def _holding(passage: Passage, patterns: Sequence[re.Pattern[str]]) -> Holding | None:
    folded = fold(passage.text)
    spans: list[Span] = []
    for pattern in patterns:
        found = [match.span() for match in pattern.finditer(folded)]
        if not found:
            return None
        spans.extend(found)
    return Holding(passage, tuple(_merged(spans)))


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
