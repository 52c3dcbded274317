"""Signs in print that an article begins or ends: a dateline, a salutation, names below the text. Knows nothing of drafts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parsing.credits import closing_credit_of, starts_article
from index.parsing.joins import Unit
from index.text import fold

_SALUTATION = re.compile(
    r"^(?:尊敬的|亲爱的|dear ).{1,36}[:,]$|^.{1,30}(?:同志|先生|女士|朋友|老师|单位|政府|部门|读者)(?:们)?:$"
)


def hangs_on(block: Sequence[Unit]) -> bool:
    """Tell whether short lines stand right under the text before them, as the close of a letter does."""
    return all(unit.lines[0].gap == 0 and len(unit.text) <= 8 and not unit.lines[0].marked for unit in block)


def opens_text(unit: Unit) -> bool:
    """Tell whether a paragraph can only be the first of its article: it has a dateline, or addresses somebody."""
    return starts_article(unit.text) or (len(unit.text) <= 40 and _SALUTATION.match(fold(unit.text)) is not None)


def ends_in_credit(section: Sequence[Unit]) -> bool:
    """Tell whether the text below a heading closes with the names of its authors."""
    for unit in reversed(section):
        if unit.kind in ("caption", "rule", "furniture"):
            continue
        return unit.kind in ("credit", "byline") or (unit.kind == "body" and closing_credit_of(unit.text) is not None)
    return False
