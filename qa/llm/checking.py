"""Whether the passages that a written sentence cites bear it out.

Numbers, quoted words and names must stand in a cited passage, nothing may be denied that the passage does not deny, and most
of the rest must be covered, weighted by rarity. It does not understand: words of one passage put together wrongly pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from index.errors import QuestionError
from index.text import bigrams, fold, is_chinese, words
from qa.gazetteer import level, persons, places
from qa.llm.prompt import shown
from qa.llm.statements import Statement
from qa.schema import Citation

Support = Callable[[str, str], float]
"""Tells which share (0 to 1) of a statement's content, weighted by rarity, stands in a text."""

# Shares of the content that must stand in the cited passages: in one language, and where the passage is in another. Measured
# by ``python -m benchmarks.support`` (docs/language-model.md).
COVERED, ACROSS = 0.6, 0.45
_LONGEST = 400
# Nothing that a page or a model could use to lead a reader elsewhere.
_LINK = re.compile(
    r"[<>|\\]|\]\s*\(|!\[|https?:|www\.|\b(?:javascript|vbscript|data|file|mailto):|\w+://|@\w|\b[\w-]+\.(?:com|cn|net|org|io|top|xyz|ru|info|me|cc)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*(?:%|‰|万亿|万|亿|千|百)?")
_HAN_NUMBER = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿]{2,}|第[一二三四五六七八九十]+|[二两三四五六七八九十](?=[个名位户家座所届次项年月日岁亩吨倍成])"
)
_QUOTED = re.compile(r"[“「『《\"]([^“”「」『』《》\"]{1,60})[”」』》\"]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*[A-Za-z0-9+]")
_CAPITALISED = re.compile(r"(?<=[a-z,;:] )[A-Z][A-Za-z-]{2,}(?: [A-Z][A-Za-z-]+)*")
_CLAUSE = re.compile(r"[，。；！？：,.;!?\n]")
_DENIAL_ZH = re.compile(r"没有|没能|不是|并非|并不|未(?![来央成])|从不|不再|不会|不得|拒绝|否认|取消")
_DENIAL_EN = re.compile(r"\b(?:not|never|no|nobody|none|neither|denied|refused|cancelled|canceled)\b|n[’']t\b", re.IGNORECASE)


def bears_out(statement: Statement, citations: Mapping[int, Citation], support: Support) -> bool:
    """Tell whether a sentence cites only numbers that exist and their passages bear it out."""
    text = statement.text
    if not statement.numbers or any(number not in citations for number in statement.numbers):
        return False
    if len(text) > _LONGEST or _LINK.search(text):
        return False
    cited = [citations[number] for number in statement.numbers]
    evidence = "\n".join(shown(citation) for citation in cited)
    known = fold("\n".join((evidence, *(citation.label for citation in cited))))
    if not _exact_words_stand(text, known, evidence) or _denies(text, evidence):
        return False
    try:
        share = support(text, evidence)
    except QuestionError:  # nothing in the sentence can be compared
        return False
    return share >= (COVERED if is_chinese(text) == is_chinese(evidence) else ACROSS)


def _exact_words_stand(text: str, known: str, evidence: str) -> bool:
    """Numbers, quoted words and names stand as written; across languages names are left to ``support``."""
    folded = fold(text)
    held = set(_DIGITS.findall(known))
    if any(number not in held and not _dated(number, known) for number in _DIGITS.findall(folded)):
        return False
    if any(fold(words) not in known for words in _QUOTED.findall(text)):
        return False
    if is_chinese(text):
        leveled = level(text)
        names = [leveled[start:end] for start, end in (*persons(leveled), *places(leveled))]
        names += _HAN_NUMBER.findall(folded) + _LATIN.findall(folded)
        return all(fold(name) in known for name in names)
    if is_chinese(evidence):
        return True
    return all(fold(name) in known for name in _CAPITALISED.findall(text))


def _dated(number: str, known: str) -> bool:
    """2021年6月8日 where the label has 2021-06-08: a leading zero makes no other number."""
    return number.isdigit() and f"0{number}" in re.findall(r"(?<!\d)0\d(?!\d)", known)


def _denies(text: str, evidence: str) -> bool:
    """Tell whether the sentence denies what its evidence does not deny, or says plainly what the nearest clause denies."""
    if _denied(text):
        return not _denied(evidence)
    if is_chinese(text) != is_chinese(evidence):
        return False
    clauses = [clause for clause in _CLAUSE.split(evidence) if clause.strip()]
    said = _parts(text)
    nearest = max(clauses, key=lambda clause: len(said & _parts(clause)), default="")
    return _denied(nearest) and len(said & _parts(nearest)) >= len(_parts(nearest)) / 2


def _denied(text: str) -> bool:
    return bool(_DENIAL_ZH.search(text) or _DENIAL_EN.search(text))


def _parts(text: str) -> frozenset[str]:
    return frozenset(bigrams(text) if is_chinese(text) else words(text))
