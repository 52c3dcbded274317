"""Question sets of every format, and bad ones named with their line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.encoder import load_encoder
from index.errors import ReadError
from qa.assistant import Assistant
from qa.evaluation import Place, evaluate, read
from qa.evaluation.corpus import build

SQUAD = {
    "data": [
        {
            "title": "港口",
            "paragraphs": [
                {
                    "context": "新港大桥于1987年3月建成。它全长1200米，由李明设计。" + "这是别的话。" * 80,
                    "qas": [
                        {"id": "q1", "question": "新港大桥是谁设计的？", "answers": [{"text": "李明", "answer_start": 25}]},
                        {"id": "q2", "question": "新港大桥花了多少钱？", "answers": [], "is_impossible": True},
                    ],
                },
                {"context": "灯塔高三十米，建于1950年，由海事局管理。", "qas": []},
            ],
        }
    ]
}


def beir(folder: Path, **changes: str) -> Path:
    texts = {
        "corpus.jsonl": '{"_id": "d1", "title": "灯塔", "text": "灯塔高三十米，建于1950年。"}\n'
        '{"_id": "d2", "text": "The harbour bridge was designed by Robert Stone in 1987."}\n{"_id": "d3", "text": " "}\n',
        "queries.jsonl": '{"_id": "a", "text": "灯塔建于哪一年？"}\n{"_id": "b", "text": "Who designed the harbour bridge?"}\n'
        '{"_id": "c", "text": "unjudged"}\n',
        "qrels/test.tsv": "query-id\tcorpus-id\tscore\na\td1\t2\na\td2\t0\nb\td2\t1\n",
        "qrels/train.tsv": "query-id\tcorpus-id\tscore\nc\td1\t1\n",
        **changes,
    }
    (folder / "qrels").mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_csv_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text(
        '\ufeffid,question,answers,headline,answerable,lang\r\n7,"几座桥？\n在哪？",三座|3座,桥讯,,\r\n,谁建的？,,,no,zh\r\n,,,,,\r\n',
        encoding="utf-8",
        newline="",
    )
    first, second = read(file).questions
    assert (first.id, first.answers, first.places, first.answerable) == ("7", ("三座", "3座"), (Place("桥讯", ""),), True)
    assert (second.id, second.answerable, second.language) == ("3", False, "zh")


def test_squad_gives_the_sentence_that_answers(tmp_path: Path) -> None:
    file = tmp_path / "squad.json"
    file.write_text(json.dumps(SQUAD), encoding="utf-8")
    found = read(file)
    first, second = found.questions
    assert first.places == (Place(None, "它全长1200米，由李明设计。", "0-0"),)
    assert (second.answerable, second.answers, second.places) == (False, (), ())
    assert [document.id for document in found.documents] == ["0-0", "0-1"]


def test_beir_takes_the_test_split_and_judged_questions(tmp_path: Path) -> None:
    found = read(beir(tmp_path / "set"))
    assert [known.id for known in found.questions] == ["a", "b"]
    assert found.questions[0].places == (Place(None, "", "d1", 2),)
    assert (found.questions[0].language, found.questions[1].language) == ("zh", "en")
    assert [document.id for document in found.documents] == ["d1", "d2", "d3"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("q.csv", "a,b\n1,2\n", r"q\.csv:1: has no column named question"),
        ("q.csv", "question\n\n", "holds no questions"),
        ("q.csv", "question\n" + "x" * 200_000, r"not CSV"),
        ("q.json", "{", r"q\.json:1: not JSON"),
        ("q.json", '{"question": "a"}', "no list named data"),
        ("q.json", '{"data": [{"paragraphs": [{"qas": []}]}]}', r"data\[0\]\.paragraphs\[0\]"),
        ("q.json", "[" * 100_000, "not JSON"),
        ("q.jsonl", '{"question": "a"}\n{"x": 1}', r"q\.jsonl:2: .*'question' is missing"),
        ("q.jsonl", "[1]", r"q\.jsonl:1"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=said) as caught:
        read(tmp_path / name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"qrels/test.tsv": "a\td1\tmany\n"}, r"test\.tsv:1"),
        ({"queries.jsonl": '{"_id": "a"}'}, r"queries\.jsonl:1"),
        ({"corpus.jsonl": "nothing"}, r"corpus\.jsonl:1"),
        ({"qrels/test.tsv": ""}, "holds no questions"),
    ],
)
def test_bad_beir_folders(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(beir(tmp_path / "set", **changes))


def test_a_folder_that_is_no_question_set(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not a BEIR folder"):
        read(tmp_path)


@pytest.mark.parametrize("kind", ["squad", "beir"])
def test_an_archive_is_built_of_the_documents(tmp_path: Path, kind: str) -> None:
    if kind == "squad":
        (tmp_path / "set.json").write_text(json.dumps(SQUAD), encoding="utf-8")
    found = build(
        tmp_path / "archive", read(tmp_path / "set.json" if kind == "squad" else beir(tmp_path / "set")), load_encoder()
    )
    assert len(found.articles) == 2
    with Assistant.open(tmp_path / "archive") as assistant:
        told: dict[str, Any] = evaluate(assistant, found).to_dict()["all"]
    assert told["hit@5"] == 1.0
    assert (told["mrr@10"], told["recall@10"]) == (1.0, 1.0)
    assert told["span_in_quotes"] is None if kind == "beir" else told["span_in_quotes"] is not None
