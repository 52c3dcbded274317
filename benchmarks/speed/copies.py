"""Newspaper files in any number, from a corpus of daily transcripts: further copies of it on earlier days, with other
places and other numbers, so that no two passages are the same. Knows nothing of archives.
"""

from __future__ import annotations

import random
import re
import tarfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from training import corpora

_DAY = re.compile(r"(\d{4})[-_/]?(\d{2})[-_/]?(\d{2})")
_NUMBER = re.compile(r"(?<![\d<>h&#])\d{2,}(?![\d>;])")
_PLACES = re.findall(
    "..",
    "北京上海天津重庆河北山西辽宁吉林江苏浙江安徽福建江西山东河南湖北湖南广东海南四川"
    "贵州云南陕西甘肃青海广西西藏宁夏新疆美国日本法国德国英国印度巴西埃及泰国越南韩国",
)
_PLACE = re.compile("|".join(_PLACES))


def originals(data: Path) -> list[tuple[date, str]]:
    """Return day and Markdown text of every file of the corpus, oldest first."""
    found: list[tuple[date, str]] = []
    with tarfile.open(data / corpora.NEWS, "r:xz") as archive:
        for member in archive:
            day = _DAY.search(member.name.replace("/", ""))
            stream = archive.extractfile(member) if member.name.endswith(".md") and day else None
            if stream is not None and day is not None:
                found.append((date(*map(int, day.groups())), stream.read().decode("utf-8")))
    return sorted(found)


def editions(data: Path) -> Iterator[tuple[date, str]]:
    """Yield files without end: the corpus, then copies of it, each copy on earlier days and altered in its own way."""
    first = originals(data)
    span = (first[-1][0] - first[0][0]).days + 1
    for turn in count():
        for day, text in first:
            yield day - timedelta(days=turn * span), altered(text, turn) if turn else text


def altered(text: str, turn: int) -> str:
    """Return a text with other places and numbers; the same ``turn`` alters the same place in the same way."""
    generator = random.Random(turn * 1_000_003 + len(text))
    places = _PLACES.copy()
    random.Random(turn).shuffle(places)
    others = dict(zip(_PLACES, places, strict=True))
    text = _PLACE.sub(lambda match: others[match.group()], text)
    return _NUMBER.sub(lambda match: _like(match.group(), generator), text)


def _like(number: str, generator: random.Random) -> str:
    return str(generator.randint(1, 9)) + "".join(str(generator.randint(0, 9)) for _ in number[1:])
