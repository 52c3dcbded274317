"""Read the training corpora from a data folder: news, dictionary, sentence pairs, question sets.

Knows the files' formats and which half of a question set may be trained on; knows nothing of models.
Where each corpus is published and under which licence is written in ``training/README.md``.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import lzma
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.text import fold

NEWS = "xwlb.tar.xz"
DICTIONARY = "cc-cedict.txt.gz"
SENTENCES = "tatoeba-cmn-eng.tsv.xz"
NTREX = "ntrex-en-zh-dev.tsv.xz"
CMRC_TRIAL = "cmrc_trial.json.xz"
CMRC = "cmrc_dev.json.xz"
DRCD = "drcd_dev.json.xz"

_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LEAD = re.compile(r"^央视网消息\s*[（(]新闻联播[）)]\s*[：:]\s*")
_ENTRY = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One news item: headline and paragraphs, tags removed."""

    headline: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One dictionary entry with its reading (numbered pinyin) and raw definitions, as between the slashes."""

    traditional: str
    simplified: str
    reading: str
    definitions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the number of the paragraph that answers it, with the first answer's place in that paragraph."""

    text: str
    paragraph: int
    start: int
    end: int
    held_out: bool


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions over paragraphs. ``held_out[i]`` says whether paragraph i belongs to an article kept for measuring."""

    paragraphs: tuple[str, ...]
    held_out: tuple[bool, ...]
    questions: tuple[Question, ...]


def is_held_out(title: str) -> bool:
    """Tell on which side of the split an article stands; the same title stands on the same side in every set."""
    return hashlib.sha256(fold(title).encode()).digest()[0] % 2 == 1


def read_news(data: Path) -> Iterator[NewsItem]:
    """Yield the items of the news corpus in order of their day."""
    with tarfile.open(data / NEWS, "r:xz") as archive:
        files: dict[str, str] = {}
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith(".md") else None
            if stream is not None:
                files[member.name] = stream.read().decode("utf-8")
    for name in sorted(files):
        for block in re.split(r"^### ", files[name], flags=re.MULTILINE)[1:]:
            headline, _, body = block.partition("\n")
            paragraphs = tuple(text for raw in _PARAGRAPH.findall(body) if (text := _plain(raw)))
            if paragraphs:
                yield NewsItem(re.sub(r"【.*?】", "", headline).strip() or headline.strip(), paragraphs)


def _plain(raw: str) -> str:
    text = html.unescape(_TAG.sub("", raw)).replace("\u3000", "").strip()
    return _LEAD.sub("", text)


def read_dictionary(data: Path) -> Iterator[Entry]:
    """Yield the entries of CC-CEDICT."""
    with gzip.open(data / DICTIONARY, "rt", encoding="utf-8") as stream:
        for line in stream:
            match = None if line.startswith("#") else _ENTRY.match(line)
            if match:
                yield Entry(match[1], match[2], match[3], tuple(match[4].split("/")))


def read_sentences(data: Path) -> list[tuple[str, str]]:
    """Return the (English, Chinese) sentence pairs of Tatoeba."""
    return _read_pairs(data / SENTENCES)


def read_ntrex(data: Path) -> list[tuple[str, str]]:
    """Return the (English, Chinese) pairs of NTREX: for measuring only, never trained on."""
    return _read_pairs(data / NTREX)


def _read_pairs(path: Path) -> list[tuple[str, str]]:
    # Lone carriage returns stand inside the cells of NTREX, so only "\n" ends a row.
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        rows = [[cell.strip() for cell in line.split("\t")] for line in stream]
    return [(row[0], row[1]) for row in rows if len(row) >= 2 and row[0] and row[1]]


def read_questions(data: Path, name: str) -> QuestionSet:
    """Read a question set in SQuAD format (CMRC 2018, DRCD)."""
    with lzma.open(data / name, "rt", encoding="utf-8") as stream:
        articles: list[dict[str, Any]] = json.load(stream)["data"]
    paragraphs: list[str] = []
    held_out: list[bool] = []
    questions: list[Question] = []
    for article in articles:
        side = is_held_out(article["title"])
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                answer = qa["answers"][0]
                start = int(answer["answer_start"])
                end = start + len(answer["text"])
                questions.append(Question(qa["question"], len(paragraphs), start, end, side))
            paragraphs.append(paragraph["context"])
            held_out.append(side)
    return QuestionSet(tuple(paragraphs), tuple(held_out), tuple(questions))
