"""Texts of up to 1 MB that are as hard to read as we could make them: every line another, none too many for a page.

``python -m tests.index.parsing.hostile`` prints the processor time of each; the dictionary is loaded before (about 1 s, once).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from index.parsing import parse_pages
from index.parsing.endless import MOST_LINES
from index.schema import Page
from index.text import dictionary_words
from tests.index.parsing.generator.content import Writer

SIZE = 1_000_000
_HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰"


class Source:
    """Random words that seldom repeat."""

    def __init__(self) -> None:
        self.random = random.Random(3)

    def han(self, length: int) -> str:
        return "".join(self.random.choices(_HAN, k=length))

    def english(self, words: int) -> str:
        return " ".join("".join(self.random.choices("etaoinshrdlucm", k=self.random.randint(2, 9))) for _ in range(words))

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def lines(self, make: Callable[[], str], count: int) -> str:
        """So many lines, or as many as fit into SIZE."""
        made: list[str] = []
        left = SIZE
        while len(made) < count and left > 0:
            made.append(make())
            left -= len(made[-1].encode()) + 1
        return "\n".join(made).encode()[:SIZE].decode("utf-8", "ignore")

    def stories(self, script: str) -> str:
        told = Writer(script).stories(self.random, 3)
        return "\n".join("\n".join((story.headline, *story.paragraphs)) for story in told)


s = Source()
_FULL = MOST_LINES - 1
_PAIRS = MOST_LINES // 2 - 5
TEXTS: dict[str, Callable[[], str]] = {
    "lines over the cap": lambda: s.lines(lambda: s.han(20) + "，", 14_000),
    "short lines": lambda: s.lines(lambda: s.han(s.number(4, 39)) + s.random.choice("，。、"), _FULL),
    "headings": lambda: s.lines(lambda: s.han(s.number(5, 16)), _FULL),
    "headings and text": lambda: s.lines(lambda: s.han(8) if s.random.random() < 0.3 else s.han(50) + "。", _FULL),
    "brackets": lambda: s.lines(lambda: f"（{s.han(6)}）【{s.han(5)}】《{s.han(4)}》{s.han(8)}", _FULL),
    "numbers": lambda: s.lines(
        lambda: f"{s.number(1900, 2030)}年{s.number(1, 12)}月{s.number(1, 31)}日，{s.number(1, 99999)}人", _FULL
    ),
    "names": lambda: s.lines(lambda: f"本报记者 {s.han(3)} 县长{s.han(2)}主任{s.han(3)}表示，{s.han(8)}", _FULL),
    "papers": lambda: s.lines(lambda: f"{s.han(2)}日报 2021年6月{s.number(1, 30)}日 星期二 第{s.number(1, 8)}版", _FULL),
    "jumps": lambda: s.lines(lambda: f"{s.han(8)}\n{s.han(30)}。（下转第{s.number(1, 9)}版）", _PAIRS),
    "pages": lambda: s.lines(lambda: f"\x0c{s.han(12)}\n{s.han(50)}。", _PAIRS),
    "marked headings": lambda: s.lines(lambda: f"# {s.han(9)}\n{s.han(30)}。", _PAIRS),
    "rows": lambda: s.lines(lambda: f"{s.han(3)} {s.number(1, 99)} {s.number(1, 99)} {s.number(1, 99)}", _FULL),
    "one line": lambda: s.lines(lambda: s.han(30) + "，" + s.han(12) + "。", SIZE).replace("\n", ""),
    "one line without stops": lambda: s.lines(lambda: s.han(50), SIZE).replace("\n", ""),
    "one character": lambda: "一" * (SIZE // 3),
    "one letter": lambda: "a" * SIZE,
    "one digit": lambda: "1" * SIZE,
    "one stop": lambda: "." * SIZE,
    "English lines": lambda: s.lines(lambda: s.english(20), _FULL),
    "English in one line": lambda: s.lines(lambda: s.english(12) + ".", SIZE).replace("\n", " "),
    "English news": lambda: s.lines(lambda: s.stories("en"), SIZE),
    "Chinese news": lambda: s.lines(lambda: s.stories("zh"), SIZE),
}


def seconds(text: str) -> float:
    """Return the processor time that reading a text takes, the dictionary loaded before."""
    dictionary_words("词典")
    parse_pages([Page("warm", "热身。")])
    start = time.process_time()
    parse_pages([Page("x", text)])
    return time.process_time() - start


if __name__ == "__main__":
    for name, make in TEXTS.items():
        text = make()
        print(
            f"{seconds(text):5.2f} s  {len(text.encode()) / 1e6:4.2f} MB  {text.count(chr(10)) + 1:>7,} lines  {name}", flush=True
        )
