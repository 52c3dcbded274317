"""Bytes become the right text or a ReadError of one line; never mojibake."""

from __future__ import annotations

import random

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.decoding import clean, decode
from tests.index.parsing.generator.content import Writer

CHINESE = (
    "东昌府讯 6月4日，全市新旧动能转换推进会议在东昌宾馆召开。会议要求，各级各部门要解放思想、真抓实干，把各项工作落到实处。\n"
    * 3
)
TRADITIONAL = opencc.OpenCC("s2t").convert(CHINESE)
JAPANESE = "昨日の会議では、市長が新しい計画を発表した。東京都の人口は増加している。\n" * 5
KOREAN = "오늘 서울에서 열린 회의에서 대통령은 새로운 정책을 발표했다.\n" * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_encodings_of_chinese_text(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding), "x") == CHINESE


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_traditional_text_is_right(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), "x") == TRADITIONAL


@pytest.mark.parametrize(
    "data",
    [
        JAPANESE.encode("euc-jp"),
        JAPANESE.encode("shift-jis"),
        KOREAN.encode("euc-kr"),
        "Привет, это русский текст о газете.".encode("cp1251"),
    ],
)
def test_other_encodings_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="unknown encoding"):
        decode(data, "x")


def test_western_text_of_windows() -> None:
    text = "“We won’t wait,” the mayor said. The café opened on Monday and everybody came to see it."
    assert decode(text.encode("cp1252"), "x") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_cut_inside_a_character_is_incomplete(encoding: str) -> None:
    data = CHINESE.encode(encoding).rstrip()
    data = data[: len(data) - 2 if encoding != "utf-16" else len(data) - 3]
    cut = data if encoding != "gb18030" else CHINESE.encode("gb18030")[:22]
    with pytest.raises(ReadError, match="incomplete"):
        decode(cut, "x")


def test_every_cut_of_utf8_is_right_or_refused() -> None:
    data = CHINESE.encode()
    for end in range(30, 120):
        whole = len(data[:end].decode("utf-8", errors="ignore").encode()) == end
        if whole:
            assert CHINESE.startswith(decode(data[:end], "x"))
        else:
            with pytest.raises(ReadError, match="incomplete"):
                decode(data[:end], "x")


def test_damaged_utf8_is_not_read_as_something_else() -> None:
    data = bytearray(CHINESE.encode())
    data[100] = 0xFF
    with pytest.raises(ReadError, match="damaged UTF-8 at byte 99"):
        decode(bytes(data), "x")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 text", b"PK\x03\x04rest", b"\x89PNG\r\n", b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 4, b"abc\x07\x08" * 9],
)
def test_binary_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, "page.txt")
    assert "not text" in str(caught.value) or "unknown encoding" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"  \n\r\n \t", "\ufeff\n".encode()])
def test_empty_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="empty"):
        decode(data, "x")


def test_line_ends_and_marks_nobody_sees() -> None:
    assert clean("一\r\n二\r三\x0c四\u2028五") == "一\n二\n三\n四\n五"
    assert clean("a\u202eb\u200bc\x00d\ud800e\x07") == "abcde"


@given(st.binary(max_size=300))
def test_any_bytes_give_clean_text_or_read_error(data: bytes) -> None:
    try:
        text = decode(data, "x")
    except ReadError:
        return
    assert text.strip()
    assert not any(ord(char) < 32 and char not in "\n\t" for char in text)
    text.encode("utf-8")


def made_texts(count: int) -> list[tuple[str, str]]:
    """Return articles in simplified characters, and in those of Taiwan as far as Big5 has them; no two alike."""
    told: list[tuple[str, str]] = []
    to_taiwan = opencc.OpenCC("s2tw")
    for seed in range(count):
        [story] = Writer("zh").stories(random.Random(seed), 1)
        text = "\n".join((story.headline, *story.paragraphs))
        told.append((text, to_taiwan.convert(text).encode("big5", "ignore").decode("big5")))
    return told


def check_encodings(count: int) -> None:
    for simplified, traditional in made_texts(count):
        for encoding in ("utf-8-sig", "utf-16", "gb18030", "gbk"):
            assert decode(simplified.encode(encoding), "x") == simplified
        assert decode(traditional.encode("big5"), "x") == traditional
        with pytest.raises(ReadError, match="unknown encoding"):
            decode(traditional.encode("euc-jp", "ignore"), "x")


def check_truncation(count: int) -> None:
    """Cut texts in UTF-8 at a hundred places each: what comes out is the beginning of the text, or nothing."""
    chance = random.Random(3)
    for text, _ in made_texts(count):
        data = text.encode()
        for end in (chance.randrange(9, len(data)) for _ in range(100)):
            whole = data[:end].decode("utf-8", "ignore")
            if len(whole.encode()) == end:
                assert decode(data[:end], "x") == whole
            else:
                with pytest.raises(ReadError, match="incomplete"):
                    decode(data[:end], "x")


def test_fifty_texts_in_six_encodings() -> None:
    check_encodings(50)
    check_truncation(5)


@pytest.mark.slow
def test_two_hundred_texts_in_six_encodings() -> None:
    check_encodings(200)
    check_truncation(200)
