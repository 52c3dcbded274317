"""The character map inside the tokenizer file."""

from __future__ import annotations

from tokenizers import normalizers

from index.text import fold
from training import charsmap


def test_every_mapped_character_and_no_other_changes() -> None:
    table = charsmap.folding()
    normalizer = normalizers.Precompiled(charsmap.build(table))
    wrong = [char for char, target in table.items() if normalizer.normalize_str(char) != target]
    assert wrong == []
    plain = [chr(code) for code in (*range(0x21, 0xD800), *range(0xE000, 0xFFF0)) if chr(code) not in table]
    assert [char for char in plain if normalizer.normalize_str(char) != char] == []


def test_folds_as_the_archive_does() -> None:
    normalizer = normalizers.Precompiled(charsmap.build(charsmap.folding()))
    text = "聯合國ＡＢＣ２０１８國務院後臺"
    assert normalizer.normalize_str(text) == fold(text)


def test_accents_and_ligatures_fall_away() -> None:
    table = charsmap.folding()
    assert (table["É"], table["ü"], table["ﬁ"], table["㈱"]) == ("e", "u", "fi", "(株)")


def test_a_map_of_two_lengths() -> None:
    normalizer = normalizers.Precompiled(charsmap.build({"a": "xyz", "國": "国", "é": "e"}))
    assert normalizer.normalize_str("a國bé中") == "xyz国be中"
