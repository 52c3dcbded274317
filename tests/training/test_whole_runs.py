"""The two programs that learn run from corpora to weights, on corpora of a few pages made up here."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import lzma
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.numpy import load_file

from index.encoder import EMBEDDED, EmbeddedEncoder
from qa import judgement, overlap, sentences
from qa.reader import Reader
from training.corpora import CMRC, CMRC_TRIAL, DICTIONARY, DRCD, NEWS, SENTENCES
from training.evidence import __main__ as evidence
from training.evidence.sets import part_of
from training.reader import __main__ as learning

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

_PLACES = ("柳园", "东关", "西湖", "南山", "北河", "石桥", "青田", "白塔", "花园", "林场", "金山", "铁岭")
_PEOPLE = ("王志刚", "李秀兰", "张大海", "陈建国", "刘红梅", "赵文斌")


def _paragraph(number: int) -> tuple[str, list[tuple[str, str]]]:
    """A paragraph and its questions with their answers; each number gives another."""
    place, person = _PLACES[number % len(_PLACES)], _PEOPLE[number % len(_PEOPLE)]
    year, count = 1980 + number % 40, 20 + number
    text = (
        f"{place}{number}号水库位于{place}镇，建于{year}年，面积为{count}平方公里。水库由工程师{person}设计，"
        f"因为当地连年干旱，镇里决定修建。现在它为{count * 3}个村庄供水，也是居民休息的地方。"
    )
    return text, [
        (f"{place}{number}号水库建于哪一年？", f"{year}年"),
        (f"{place}{number}号水库是谁设计的？", person),
        (f"{place}{number}号水库为多少个村庄供水？", f"{count * 3}个"),
    ]


def _set(numbers: Iterator[int], articles: int) -> bytes:
    data = []
    for number in itertools.islice(numbers, articles):
        text, asked = _paragraph(number)
        questions = [
            {"question": question, "answers": [{"text": words, "answer_start": text.index(words)}]} for question, words in asked
        ]
        data.append({"title": f"水库 {number}", "paragraphs": [{"context": text, "qas": questions}]})
    return lzma.compress(json.dumps({"data": data}, ensure_ascii=False).encode(), preset=0)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of corpora in the published formats."""
    folder = tmp_path_factory.mktemp("data")
    numbers = itertools.count()
    for name, articles in ((CMRC_TRIAL, 20), (CMRC, 60), (DRCD, 60)):
        (folder / name).write_bytes(_set(numbers, articles))
    with tarfile.open(folder / NEWS, "w:xz") as tar:
        for day in range(1, 25):
            text, other = _paragraph(500 + day)[0], _paragraph(600 + day)[0]
            page = f"### {_PLACES[day % 12]}水库今年开始供水\n<p>{text}</p>\n<p>{other}</p>\n".encode()
            member = tarfile.TarInfo(f"xwlb/202301{day:02}.md")
            member.size = len(page)
            tar.addfile(member, io.BytesIO(page))
    words = "".join(
        f"{word} {word} [x] /{gloss}/\n"
        for word, gloss in (
            ("水庫", "reservoir"),
            ("水库", "reservoir"),
            ("村庄", "village"),
            ("设计", "to design"),
            ("建", "to build"),
        )
    )
    (folder / DICTIONARY).write_bytes(gzip.compress(words.encode()))
    pairs = "".join(f"The reservoir number {n} was built in {1900 + n} by a famous engineer.\t水库{n}号。\n" for n in range(80))
    (folder / SENTENCES).write_bytes(lzma.compress(pairs.encode(), preset=0))
    return folder


def test_the_made_up_titles_stand_on_all_sides() -> None:
    assert {part_of(f"水库 {number}") for number in range(140)} == {"trained", "tuning", "measured"}


def test_weights_of_the_evidence_are_learned_from_corpora(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((sentences, "SKIM"), (sentences, "WEIGHTS")):
        monkeypatch.setattr(module, name, dict(getattr(module, name)))  # the run puts its own in force
    evidence.main(["--data", str(data), "--out", str(tmp_path), "--most", "40"])
    printed = capsys.readouterr().out
    for language in ("zh", "en"):
        for name, columns in (
            ("sentences.SKIM", overlap.COLUMNS),
            ("sentences.WEIGHTS", sentences.FEATURES),
            ("judgement.WEIGHTS", judgement.SIGNALS),
        ):
            line = next(line for line in printed.splitlines() if line.startswith(f"{name} {language}"))
            assert all(f"{column} " in line for column in columns)
    assert (tmp_path / "archive").is_dir()


def test_a_reader_is_learned_from_corpora_and_reads(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, taught = tmp_path / "alone.safetensors", tmp_path / "reader.safetensors"
    threads = torch.get_num_threads()
    try:
        for out, width, teachers in ((alone, "8", []), (taught, "16", ["--teachers", str(alone)])):
            arguments = ["--data", str(data), "--out", str(out), "--width", width, "--share", "0.004", *teachers]
            monkeypatch.setattr(sys, "argv", ["training.reader", *arguments])
            learning.main()
            assert out.with_suffix(".made.safetensors").exists()
    finally:
        torch.set_num_threads(threads)
    made = Reader(load_file(taught), EmbeddedEncoder(EMBEDDED))
    text, asked = _paragraph(900)
    best = made.read(asked[0][0], [text])[0].best(0, len(text))
    assert 0 <= best.start < best.end <= len(text)
