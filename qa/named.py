"""What a question names: quoted terms, ordinals, persons, places, Latin names.

The evidence must mention them to be about the question. Knows neither archive nor the rest of the question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.text import fold, segment
from qa.crosslingual import ordinal_zh
from qa.gazetteer import level, persons, places
from qa.schema import Language

# Ordinals that tell one event or number from another; 第一个, 第一位 are praise as often as count and may be said otherwise.
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十百零〇]+(?:方面|季度|阶段|[届期次批版轮章条集卷号])")
_EN_ORDINAL = re.compile(
    r"\b(?:([a-z]+th|third|\d+(?:st|nd|rd|th))|(first|second)(?=\s+(?:[A-Z]|session|edition|congress|conference|plenary)))\b"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:省|市|县|区|镇|乡|村|街道|自治州|社区|半岛|群岛)$")
_GENERAL = re.compile(
    r"^(?:各|全|我|本|该|这|那|两|几|某|每|老|新|城|市|山|园|多少个?|几个?|社|灾|小|郊|县|省|区|镇|乡|农|多|"
    r"外|大|分|地|景|战|牧|林|库|时|片|专|特|辖|校|厂)?(?:省|市|县|区|镇|乡|村|街道|社区)+$"
)
_NO_NAME = re.compile(r"[有何因上下哪几两各某多少的是他她它我你您咱]")


def names_in(text: str, quoted: Sequence[str], content: Sequence[str], language: Language) -> tuple[str, ...]:
    """Return the names of a question, folded; persons and places are looked for in ``content``, its runs without frames."""
    folded = fold(text)
    names = [fold(term) for term in quoted]
    if language == "zh":
        names += [match.group() for match in _ORDINAL.finditer(folded)]
        names += (name for run in content for name in _proper(run))
        names += re.findall(r"[a-z][a-z0-9.+-]*[a-z0-9+]", folded)
    else:
        names += [ordinal_zh(match.group().lower()) for match in _EN_ORDINAL.finditer(text)]
    return tuple(name for name in dict.fromkeys(names) if name and not any(name != other and name in other for other in names))


def _proper(run: str) -> list[str]:
    """Names of persons and places in a run of content, folded."""
    leveled = level(run)
    known = dict.fromkeys(leveled[start:end] for start, end in (*persons(leveled), *places(leveled)))
    found = list(known)
    words = segment(leveled)
    for i, word in enumerate(words):
        if i and len(word) == 1 and len(words[i - 1]) in (2, 3):  # a place that no dictionary knows: 贾寨 + 镇
            found.append(words[i - 1] + word)
        elif len(word) > 2 or word[-1] == "县":
            found.append(word)
    return [fold(name) for name in dict.fromkeys(found) if _is_proper(name, leveled, known)]


def _is_proper(name: str, run: str, known: Collection[str]) -> bool:
    if len(name) < 2 or name not in run or _GENERAL.fullmatch(name) or _NO_NAME.search(name):
        return False
    return bool(_PLACE.fullmatch(name)) or name in known
