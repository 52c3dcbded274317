"""The words that an exported file has besides those of reader and newspaper. (Chinese, English)."""

from __future__ import annotations

from qa.chat.exporting.talk import Cited
from qa.cite import gbt7714
from qa.schema import Language

_WORDS = {
    "made": (
        "由“问报”于 {day} 导出。引文均为报纸原文，逐字照录。",
        "Exported from Wenbao on {day}. All quotations are the newspapers’ own words, verbatim.",
    ),
    "nothing": ("档案里没有找到答案。", "No answer was found in the archive."),
    "gone": ("这段原文已不在档案中。", "This passage is not in the archive any more."),
    "sources": ("出处", "Sources"),
    "paragraph": ("第{n}段", "paragraph {n}"),
}


def word(key: str, language: Language, **values: object) -> str:
    """Return words in the language of the export."""
    return _WORDS[key][0 if language == "zh" else 1].format(**values)


def source_line(cited: Cited, language: Language) -> str:
    """Return the reference of a quote, with its paragraph; or that it is gone."""
    if cited.reference is None:
        return word("gone", language)
    line = gbt7714(cited.reference.source)
    if cited.reference.paragraph is None:
        return line
    where = word("paragraph", language, n=cited.reference.paragraph)
    return f"{line}（{where}）" if language == "zh" else f"{line} ({where})"
