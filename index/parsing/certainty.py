"""How sure an inference is, as the share of right ones among inferences of the same kind (0..1).

The shares were counted on made pages, rounded down: ``python -m tests.index.parsing.generator.calibrate`` prints them. Kinds that
hardly occur there are set by hand. Decides nothing.
"""

from __future__ import annotations

from typing import Literal

from index.parsing.halves import is_half, open_ended, starts_inside
from index.parsing.joins import Unit
from index.parsing.lines import TypedLine, is_han

Opening = Literal["first", "closed", "apart", "sign", "decks", "level", "credits", "unlike", "contact", "unheaded", "given"]
JoinEvidence = Literal["given", "wrap", "verse", "mark", "word", "comma", "sentence"]

BOUNDARY: dict[Opening, float] = {
    "given": 1.0,  # the input itself marks the article
    "first": 0.99,  # the first text of the page
    "closed": 0.98,  # the article before ended with names or a jump line
    "apart": 0.95,  # masthead or a rule stands between
    "sign": 0.98,  # a dateline, a byline or a jump line stands below the headline
    "decks": 0.95,  # a headline and its subtitle
    "level": 0.97,  # the highest mark of the page
    "credits": 0.95,  # articles of the page end in names, and so does this one
    "contact": 0.8,  # the text before ended like a notice
    "unlike": 0.75,  # nothing but another subject
    "unheaded": 0.9,  # text without a headline after the end of an article
}
JOIN: dict[JoinEvidence, float] = {
    "given": 1.0,
    "wrap": 0.99,  # lines of one width
    "verse": 0.9,
    "mark": 0.98,  # the second half opens with what cannot open a sentence
    "word": 0.98,  # a word, a pair of brackets or a phrase runs across
    "comma": 0.95,  # the first half ends in a comma
    "sentence": 0.9,  # the first half lacks a stop
}
MOVE = ((6.0, 0.93), (3.0, 0.88), (0.0, 0.7))  # least ratio of the fits, share of right moves


def join_scores(unit: Unit) -> tuple[float, ...]:
    """Score the joins of a unit, one each."""
    return tuple(JOIN[evidence] for evidence in join_evidence(unit))


def join_evidence(unit: Unit) -> list[JoinEvidence]:
    """Name what speaks for each join of a unit."""
    pairs = zip(unit.lines, unit.lines[1:], unit.seams, strict=False)
    return [seam if seam != "break" else _evidence(left, right) for left, right, seam in pairs]


def move_score(ratio: float) -> float:
    """Score a move by how much better the other article fits than the one the paragraph was printed in."""
    return next(score for least, score in MOVE if ratio >= least)


def _evidence(left: TypedLine, right: TypedLine) -> JoinEvidence:
    if starts_inside(right.text):
        return "mark"
    if left.text[-1:] in "，、,":
        return "comma"
    if is_half(left.text, right.text) or (not is_han(left.text) and open_ended(left.text)):
        return "word"
    return "sentence"
