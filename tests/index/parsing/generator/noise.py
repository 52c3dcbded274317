"""Faults of text recognition: characters taken for similar ones, stops lost or made small. Knows nothing of pages."""

from __future__ import annotations

import random

_SIMILAR = {
    "未": "末", "人": "入", "日": "曰", "己": "已", "土": "士", "大": "太", "天": "夭", "干": "千", "力": "刀", "田": "由",
    "子": "于", "问": "间", "木": "本", "西": "酉", "今": "令", "贝": "见", "市": "巾", "水": "氷", "了": "丁", "处": "外",
    "，": ",", "。": ".", "、": ",", "：": ":", "“": "\"", "”": "\"", "；": ";",
    "l": "1", "o": "0", "e": "c", "rn": "m", "i": "l", "h": "b", "s": "5", ",": ".", "t": "f",
}  # fmt: skip
_DROPPED = "，、,·"


def noisy(text: str, rng: random.Random, share: float) -> str:
    """Damage about ``share`` of the characters of a text; a stop at its very end is kept."""
    out: list[str] = []
    for at, char in enumerate(text):
        if at < len(text) - 2 and rng.random() < share:
            char = "" if char in _DROPPED and rng.random() < 0.3 else _SIMILAR.get(char, char)
        out.append(char)
    return "".join(out)
