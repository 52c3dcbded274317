"""Reading order and paragraphs from places alone, on pages drawn at random."""

from __future__ import annotations

import random

import pytest

from index.readers.columns import columns
from index.readers.geometry import SetLine, paragraphs, run_on, usual_size

SIZE, PITCH, WIDTH, GAP = 10.0, 15.0, 200.0, 18.0


def draw(column: int, top: float, texts: list[str], *, lines: int, indent: bool = True) -> tuple[list[SetLine], float]:
    """Set paragraphs of ``lines`` lines each into a column; the last line of each is short."""
    left = column * (WIDTH + GAP)
    found: list[SetLine] = []
    for text in texts:
        for number in range(lines):
            start = left + (2 * SIZE if indent and number == 0 else 0)
            last = number == lines - 1
            words = f"{text}{number}" + ("。" if last else "")
            found.append(SetLine(words, start, left + (WIDTH / 2 if last else WIDTH), top, top + SIZE, SIZE))
            top += PITCH
    return found, top


@pytest.mark.parametrize("seed", range(40))
def test_columns_under_headlines(seed: int) -> None:
    chance = random.Random(seed)
    lines: list[SetLine] = []
    wanted: list[str] = []
    top = 0.0
    for band in range(chance.randint(1, 4)):
        count = chance.randint(1, 4)
        headline = f"题{band}"
        lines.append(SetLine(headline, 0, count * WIDTH, top, top + 24, 24))
        wanted.append(headline)
        bottoms = []
        for column in range(count):
            texts = [f"文{band}{column}{number}甲" for number in range(chance.randint(1, 3))]
            own, bottom = draw(column, top + 40 + chance.uniform(0, 3), texts, lines=chance.randint(3, 5))
            wanted.extend(texts)
            lines.extend(own)
            bottoms.append(bottom)
        top = max(bottoms) + 20
    chance.shuffle(lines)
    usual = usual_size(lines)
    found = [paragraph.text for column in columns(lines) for paragraph in paragraphs(column, usual)]
    assert [text.split("甲")[0] + "甲" * text.startswith("文") for text in found] == wanted
    assert all(text.endswith("。") for text in found if text.startswith("文"))


def test_nothing_is_lost_or_doubled() -> None:
    chance = random.Random(5)
    for _ in range(60):
        lines = [
            SetLine(
                f"字{number}", x := chance.uniform(0, 800), x + chance.uniform(5, 300), y := chance.uniform(0, 900), y + 10, 10
            )
            for number in range(chance.randint(1, 80))
        ]
        assert sorted(line.text for column in columns(lines) for line in column) == sorted(line.text for line in lines)


def test_lines_run_on_by_script() -> None:
    assert run_on(["渠水流进沿线", "村庄。"]) == "渠水流进沿线村庄。"
    assert run_on(["the wooden", "bridge be-", "fore dawn"]) == "the wooden bridge before dawn"
    assert run_on(["the well-", "Known case", "", "of 1926"]) == "the well- Known case of 1926"
    assert run_on([]) == ""


@pytest.mark.parametrize(
    ("texts", "quality", "wanted"),
    [
        (("市场用上“智", "“智慧电子秤”"), 0.9, "市场用上“智慧电子秤”"),  # read twice where the two boxes overlap
        (("市场用上智慧", "电子秤"), 0.9, "市场用上智慧 电子秤"),
        (("市场用上“智", "“智慧电子秤”"), None, "市场用上“智 “智慧电子秤”"),  # given so, not recognised
    ],
)
def test_what_was_recognised_twice_stands_once(texts: tuple[str, str], quality: float | None, wanted: str) -> None:
    left, right = texts
    row = [SetLine(left, 0, 120, 0, 20, 20, quality=quality), SetLine(right, 85, 230, 1, 20, 20, quality=quality)]
    [paragraph] = paragraphs(row, 20)
    assert paragraph.text == wanted
