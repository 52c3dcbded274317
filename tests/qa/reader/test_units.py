"""Units: what a text is cut into, with offsets of the text as given."""

from __future__ import annotations

import pytest

from index.encoder import EMBEDDED, EmbeddedEncoder
from qa.reader.units import HAN_NUMBER, LATIN, MARK, NUMBER, QUOTED, YEAR, Cutter, Units


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder(EMBEDDED)


def _cut(encoder: EmbeddedEncoder, text: str) -> Units:
    return Cutter(encoder.tokenizer).cut([text])[0]


def _texts(text: str, units: Units) -> list[str]:
    return [text[start:end] for start, end in zip(units.starts.tolist(), units.ends.tolist(), strict=True)]


def test_han_singly_latin_words_and_numbers_whole_no_white_space(encoder: EmbeddedEncoder) -> None:
    text = "在 1998 年，IBM's\n投入12,345.6元。"
    assert _texts(text, _cut(encoder, text)) == [
        "在", "1998", "年", "，", "IBM's", "投", "入", "12,345.6", "元", "。",
    ]  # fmt: skip


def test_kinds(encoder: EmbeddedEncoder) -> None:
    text = "1998年《三国abc》，十 12"
    units = _cut(encoder, text)
    kinds = {word: set(row.nonzero()[0].tolist()) for word, row in zip(_texts(text, units), units.kinds, strict=True)}
    assert kinds["1998"] == {NUMBER, YEAR}
    assert kinds["12"] == {NUMBER}
    assert kinds["年"] == set()
    assert kinds["《"] == kinds["》"] == kinds["，"] == {MARK}
    assert kinds["三"] == {HAN_NUMBER, QUOTED}
    assert kinds["国"] == {QUOTED}
    assert kinds["abc"] == {LATIN, QUOTED}
    assert kinds["十"] == {HAN_NUMBER}


def test_traditional_and_full_width_read_as_simplified_and_half_width(encoder: EmbeddedEncoder) -> None:
    left, right = _cut(encoder, "臺灣廣播電視，１９９８年ＡＢＣ"), _cut(encoder, "台湾广播电视，1998年abc")
    for name in ("starts", "ends", "keys", "words", "owns"):
        assert getattr(left, name).tolist() == getattr(right, name).tolist(), name


def test_blanks_between_characters_change_no_piece(encoder: EmbeddedEncoder) -> None:
    plain, spaced = _cut(encoder, "环境卫生管理"), _cut(encoder, "环 境\n卫生　管理")
    assert spaced.words.tolist() == plain.words.tolist()
    assert spaced.starts.tolist() == [0, 2, 4, 5, 7, 8]
    assert len(set(plain.words.tolist())) < len(plain), "units of a word share its piece"


def test_texts_cut_together_are_cut_as_alone(encoder: EmbeddedEncoder) -> None:
    texts = ["市环卫处", "", "管理 ", "Beijing Daily", "2021年"]
    together = Cutter(encoder.tokenizer).cut(texts)
    for text, units in zip(texts, together, strict=True):
        alone = _cut(encoder, text)
        assert [getattr(units, name).tolist() for name in Units.__slots__] == [
            getattr(alone, name).tolist() for name in Units.__slots__
        ]


def test_lone_surrogates_are_read_as_unknown(encoder: EmbeddedEncoder) -> None:
    text = "中\ud800国"
    assert _texts(text, _cut(encoder, text)) == ["中", "\ud800", "国"]


def test_sentences_and_clauses_rise(encoder: EmbeddedEncoder) -> None:
    units = _cut(encoder, "一年，两地。三人；四事。")
    assert units.sentences.tolist() == [0] * 6 + [1] * 6
    assert units.clauses.tolist() == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3


def test_a_long_sentence_is_read_in_parts_that_end_at_semicolons(encoder: EmbeddedEncoder) -> None:
    text = "甲" * 100 + "；" + "乙" * 100 + "。"
    units = _cut(encoder, text)
    assert units.sentences.tolist() == [0] * 101 + [1] * 101
