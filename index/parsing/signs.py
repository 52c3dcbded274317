"""Signs in print that an article begins or ends: a dateline, a salutation, names below the text. Knows nothing of drafts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parsing.credits import closing_credit_of, starts_article
from index.parsing.joins import Unit
from index.text import fold

_PHOTO = re.compile(r"(?:摄|摄影|摄影报道|供图)[)）】]?$")
_SALUTATION = re.compile(
    r"^(?:尊敬的|亲爱的|dear ).{1,36}[:,]$|^.{1,30}(?:同志|先生|女士|朋友|老师|单位|政府|部门|读者)(?:们)?:$"
)


def hangs_on(block: Sequence[Unit]) -> bool:
    """Tell whether short lines stand right under the text before them, as the close of a letter does."""
    return all(unit.lines[0].gap == 0 and len(unit.text) <= 8 and not unit.lines[0].marked for unit in block)


def opens_text(unit: Unit) -> bool:
    """Tell whether a paragraph can only be the first of its article: it has a dateline, or addresses somebody."""
    return starts_article(unit.text) or (len(unit.text) <= 40 and _SALUTATION.match(fold(unit.text)) is not None)


def has_sign(section: Sequence[Unit]) -> bool:
    """Tell whether the text below a heading begins as only an article does."""
    first = next((unit for unit in section if unit.kind not in ("caption", "rule", "furniture")), None)
    if first is None:
        return False
    return first.kind in ("byline", "credit", "jump_from") or (first.kind == "body" and opens_text(first))


def photo_credit(text: str) -> bool:
    """Tell whether a line of names says who took a photograph."""
    return _PHOTO.search(fold(text)) is not None


def ends_in_credit(section: Sequence[Unit]) -> bool:
    """Tell whether the text below a heading closes with the names of its authors."""
    for unit in reversed(section):
        if unit.kind in ("caption", "rule", "furniture"):
            continue
        return unit.kind in ("credit", "byline") or (unit.kind == "body" and closing_credit_of(unit.text) is not None)
    return False
