"""The reader as others use it: readings of texts, offsets, comparability, damaged weights."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.text import sentences
from qa.reader import NOTHING, Reader, Reading
from qa.reader import reader as module

QUESTION = "市环卫处管护多少座公厕？"
TEXT = "本报讯 记者从卫生工作会议上获悉，今年绿化投入八百万元。目前，市环卫处共管护一百二十座公厕。明年还将招聘三十名职工。"
TRADITIONAL = (
    "本報訊 記者從衛生工作會議上獲悉，今年綠化投入八百萬元。目前，市環衛處共管護一百二十座公廁。明年還將招聘三十名職工。"
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def _best(reading: Reading, text: str) -> str:
    start, end = max(sentences(text), key=lambda span: reading.score(*span))
    return text[start:end]


def test_the_sentence_that_answers_scores_highest_and_its_words_are_marked(reader: Reader) -> None:
    reading = reader.read(QUESTION, [TEXT])[0]
    assert _best(reading, TEXT) == "目前，市环卫处共管护一百二十座公厕。"
    start, end, _ = reading.span(0, len(TEXT))
    assert "一百二十" in TEXT[start:end]
    assert end - start <= 8


def test_a_score_sums_the_spans_inside(reader: Reader) -> None:
    reading = reader.read(QUESTION, [TEXT])[0]
    spans = list(sentences(TEXT))
    scores = [reading.score(*span) for span in spans]
    assert reading.score(0, len(TEXT)) == pytest.approx(np.logaddexp.reduce(scores), abs=1e-4)
    start, end, best = reading.span(0, len(TEXT))
    assert any(a <= start < end <= b for a, b in spans), "no answer leaves its sentence"
    assert reading.score(start, end) >= best
    assert max(scores) >= best >= reading.score(0, len(TEXT)) - 5.0


def test_the_span_is_the_one_that_shares_most_with_the_likely_ones() -> None:
    # Units a b c: "ab" and "bc" are likeliest, each a little more than "abc", which shares most with both.
    lengths = np.array([0.0, -9.0, 0.4, 1.0], dtype=np.float32)
    starts, ends = np.array([1.0, 1.0, -9.0], dtype=np.float32), np.array([-9.0, 1.0, 0.2], dtype=np.float32)
    ids = np.arange(3)
    reading = Reading(ids, ids + 1, np.zeros(3, dtype=np.int64), starts, ends, lengths, ids)
    assert reading.span(0, 3)[:2] == (0, 3)
    assert reading.span(0, 2)[:2] == (0, 2)


def test_parts_without_units(reader: Reader) -> None:
    reading = reader.read(QUESTION, ["公厕  三座"])[0]
    assert reading.score(2, 4) == NOTHING
    assert reading.span(2, 4) == (2, 2, NOTHING)
    assert reading.score(5, 5) == NOTHING


@pytest.mark.parametrize(
    "question, texts",
    [("", ["甲乙。"]), ("谁？", []), ("谁？", ["", " \n"]), ("？！", ["甲乙。"]), ("\ud800", ["\ud800甲\udfff"]), ("谁", ["谁"])],
)
def test_odd_input_gets_readings_with_finite_scores(reader: Reader, question: str, texts: list[str]) -> None:
    readings = reader.read(question, texts)
    assert len(readings) == len(texts)
    for reading, text in zip(readings, texts, strict=True):
        assert np.isfinite(reading.score(0, len(text)))
        start, end, score = reading.span(0, len(text))
        assert 0 <= start <= end <= len(text) and np.isfinite(score)


def test_traditional_characters_read_like_simplified_ones(reader: Reader) -> None:
    simplified, traditional = reader.read(QUESTION, [TEXT])[0], reader.read("市環衛處管護多少座公廁？", [TRADITIONAL])[0]
    assert traditional.span(0, len(TRADITIONAL))[:2] == simplified.span(0, len(TEXT))[:2]
    assert traditional.score(0, 40) == pytest.approx(simplified.score(0, 40), abs=1e-4)


def test_blanks_and_line_breaks_change_the_offsets_alone(reader: Reader) -> None:
    spaced = TEXT.replace("一百二十", "一 百\u3000二\t十")
    (start, end, _), (left, right, _) = (reader.read(QUESTION, [text])[0].span(28, 60) for text in (TEXT, spaced))
    assert "".join(spaced[left:right].split()) == TEXT[start:end]
    assert right - left > end - start


def test_company_and_order_of_texts_change_little(reader: Reader) -> None:
    other = "县图书馆上月购入新书三千册。"
    alone = reader.read(QUESTION, [TEXT])[0].score(0, len(TEXT))
    first, second = reader.read(QUESTION, [TEXT, other]), reader.read(QUESTION, [other, "", TEXT])
    assert first[0].score(0, len(TEXT)) == pytest.approx(alone, abs=0.1)
    assert second[2].score(0, len(TEXT)) == pytest.approx(alone, abs=0.1)
    assert alone > first[1].score(0, len(other)) + 1.0


def test_english_questions_and_texts(reader: Reader) -> None:
    text = "The committee met on Monday. The mayor promised 120 new public toilets by 2024. Nobody objected."
    reading = reader.read("How many public toilets did the mayor promise?", [text])[0]
    assert _best(reading, text).startswith("The mayor promised")
    crossing = reader.read("How many public toilets does the city have?", [TEXT])[0]
    assert _best(crossing, TEXT).startswith("目前，市环卫处")


def test_a_long_text_is_read_to_its_end(reader: Reader) -> None:
    text = "县里召开了会议，研究了工作。" * 400 + TEXT
    assert _best(reader.read(QUESTION, [text])[0], text) == "目前，市环卫处共管护一百二十座公厕。"


def test_loading_again_gives_the_same_reader(reader: Reader) -> None:
    assert Reader.load() is reader


def test_threads_get_what_one_gets(reader: Reader) -> None:
    texts = [f"{TEXT}第{number}届会议在县里召开。" for number in range(12)]
    alone = [reader.read(QUESTION, [text])[0].score(0, len(text)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: reader.read(QUESTION, [text])[0].score(0, len(text)), texts))
    assert together == pytest.approx(alone, abs=1e-4)


@pytest.mark.parametrize("content", [None, b"", b"no weights"])
def test_missing_or_damaged_weights_are_one_clear_line(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reader.safetensors"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(module, "WEIGHTS", path)
    module._load.cache_clear()
    try:
        with pytest.raises(ModelError, match="reinstall wenbao") as raised:
            Reader.load()
    finally:
        module._load.cache_clear()
    assert str(path) in str(raised.value) and "\n" not in str(raised.value)


def test_reading_needs_no_torch() -> None:
    code = "import sys; from qa.reader import Reader; Reader.load().read('谁？', ['甲。']); print('torch' in sys.modules)"
    root = Path(__file__).resolve().parents[3]
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
