"""Our cutter against jieba itself: the same words from seeds, from shuffled text and from characters at random."""

from __future__ import annotations

import random
import re
from pathlib import Path

import jieba
import pytest

from index.cutting import Cutter
from index.text import fold

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter()


@pytest.fixture(scope="module")
def original() -> jieba.Tokenizer:
    # Loaded by hand: jieba's own way leaves a cache in the shared temporary folder.
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@pytest.fixture(scope="module")
def runs() -> list[str]:
    printed = [
        run
        for path in sorted(SEEDS.rglob("*"))
        if path.suffix in (".txt", ".md")
        for run in re.findall("[\u4e00-\u9fff]+", fold(path.read_text("utf-8", "replace")))
    ]
    assert len(printed) > 1_000
    generator = random.Random(20210608)
    characters = "".join(printed)
    shuffled = ["".join(generator.choices(characters, k=generator.randint(1, 40))) for _ in range(3_000)]
    odd = ["".join(chr(generator.randint(0x3400, 0x9FFF)) for _ in range(generator.randint(1, 12))) for _ in range(3_000)]
    return [*printed, *shuffled, *odd, "豈中国人民", "\U00020000人民代表大会", "们" * 300]


def test_words_are_those_of_jieba(cutter: Cutter, original: jieba.Tokenizer, runs: list[str]) -> None:
    for run in runs:
        assert cutter.cut(run) == list(original.cut(run)), run


def test_words_without_guessing_are_those_of_jieba(cutter: Cutter, original: jieba.Tokenizer, runs: list[str]) -> None:
    for run in runs:
        assert cutter.cut_known(run) == list(original.cut(run, HMM=False)), run


def test_words_for_search_are_those_of_jieba(cutter: Cutter, original: jieba.Tokenizer, runs: list[str]) -> None:
    for run in (*runs, *runs[:100]):  # some come a second time, out of the cache
        assert list(cutter.cut_for_search(run)) == list(original.cut_for_search(run)), run
