"""Figures in a text with their value and unit, and where two printings of a sentence give different ones.

Knows digits, Chinese numerals before a measure word, and the multipliers 百 千 万 亿. Ordinals are no figures. Does not know what
a figure counts beyond the word that follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.text import fold

_UNITS = (
    r"个百分点|平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|小时|分钟|人次|"
    r"[座个家条处户人名位届次年天月日元亩吨台辆所间件份篇部项场期支种类级层岁回头棵株门对套批起宗架枚张块片颗段句米克升度分倍成秒%‰时点]"
)
_NUMERALS = "零〇一二两三四五六七八九十百千"
_FIGURE = re.compile(
    rf"(?<![\d.第{_NUMERALS}])(?:(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>[百千万亿]*)|(?P<word>[{_NUMERALS}]+[万亿]*)(?=[余多来几]?(?:{_UNITS})))"
    rf"[余多来几]?(?P<more>[万亿]?)(?P<unit>(?:{_UNITS})?)"
)
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands at ``text[start:end]``, its value and its unit (empty where none is known)."""

    start: int
    end: int
    value: float
    unit: str


def figures(text: str) -> list[Figure]:
    """Return the figures of a text in order, unit included in the span."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(fold(text)):
        digits, word = match.group("digits"), match.group("word")
        value = float(digits.replace(",", "").rstrip(".")) if digits else _spoken(word)
        for char in (match.group("scale") or "") + match.group("more"):
            value *= _SCALES[char]
        if word and value < 2:  # 一个 is an article as often as a count
            continue
        found.append(Figure(match.start(), match.end(), value, match.group("unit")))
    return found


def _spoken(word: str) -> float:
    """The value of a Chinese numeral: 三百二十 and 一千五, but also 二〇二一 digit by digit."""
    if not any(char in _SCALES for char in word):
        return float("".join(str(_VALUES[char]) for char in word))
    total = part = 0.0
    digit = 0.0
    for char in word:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in "万亿":
            total, part, digit = (total + part + digit) * _SCALES[char], 0.0, 0.0
        else:
            part, digit = part + (digit or 1) * _SCALES[char], 0.0
    return total + part + digit


def conflicts(here: str, there: str) -> list[tuple[str, str]]:
    """Return pairs of figures that stand at the same place of two printings with different values, both as printed.

    Figures are compared only where the words around them agree and the unit is the same.
    """
    mine, theirs = figures(here), figures(there)
    if not mine or not theirs:
        return []
    (a, a_figures), (b, b_figures) = _masked(here, mine), _masked(there, theirs)
    pairs: list[tuple[str, str]] = []
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            first, second = a_figures[block.a + step], b_figures[block.b + step]
            if first is not None and second is not None and first.value != second.value:
                pairs.append((here[first.start : first.end], there[second.start : second.end]))
    return list(dict.fromkeys(pairs))


def _masked(text: str, found: list[Figure]) -> tuple[list[str], list[Figure | None]]:
    """The folded characters with a mark and the unit in place of each figure, and the figure at the place of its mark."""
    folded = fold(text)
    letters: list[str] = []
    at: list[Figure | None] = []
    place = 0
    for figure in (*found, None):
        between = [char for char in folded[place : figure.start if figure else None] if not char.isspace()]
        letters += between
        at += [None] * len(between)
        if figure:
            letters.append("#" + figure.unit)
            at.append(figure)
            place = figure.end
    return letters, at
