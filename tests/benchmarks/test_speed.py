"""The speed benchmark's own parts: copies that differ, questions whose passage is known, steps done once, tables."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed import corpus
from benchmarks.speed.copies import altered
from benchmarks.speed.peers import Fts5, Peer
from benchmarks.speed.report import markdown, share
from benchmarks.speed.steps import Size
from benchmarks.speed.texts import main as write_texts
from benchmarks.speed.texts import read_texts
from benchmarks.speed.words import find as find_by_words
from index.archive import Archive
from index.storage.draft import word_tokens

DAY = "# 《新闻联播》 (20220924)\n\n## 详细新闻\n\n### 北京新增地铁{n}公里\n\n<p>北京今年新增地铁{n}公里，投资3125亿元。</p>\n"


def test_copies_differ_in_places_and_numbers_and_are_always_the_same() -> None:
    text = DAY.format(n=271)
    one, two = altered(text, 1), altered(text, 2)
    assert len({text, one, two}) == 3
    assert one == altered(text, 1)
    assert re.sub(r"\d|北京", "", text).count("新增地铁") == one.count("新增地铁")


def test_texts_of_an_archive_go_to_the_others_as_they_are_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inbox").mkdir()
    for number in range(3):
        (tmp_path / "inbox" / f"新闻联播-2022-09-2{number}.md").write_text(DAY.format(n=100 + number), encoding="utf-8")
    record = {"newspaper": corpus.PAPER, "date": "2020-01-01", "page": "7", "paragraphs": ["伊维菌素由大村智发现。"]}
    (tmp_path / "inbox" / "reading.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    with Archive.open(tmp_path / "archive") as archive:
        archive.update([tmp_path / "inbox"])
        with archive.view() as view:
            pages = {issue.page: issue.id for issue in view.issues() if issue.newspaper == corpus.PAPER}
    monkeypatch.setattr("sys.argv", ["texts", str(tmp_path / "archive"), str(tmp_path / "passages.jsonl")])
    write_texts()
    texts = list(read_texts(tmp_path / "passages.jsonl"))
    assert all(text.words == word_tokens(text.text) for text in texts)
    (wanted,) = [text for text in texts if "伊维菌素" in text.text]
    assert wanted.article == f"{pages['7']}-a01"  # how the benchmark knows the passage of a question

    peer: Peer = Fts5(texts, tmp_path)
    assert texts[peer.find("伊维菌素由谁所发现？")[0]] == wanted
    assert peer.find("？！") == []
    with Archive.open(tmp_path / "archive") as archive, archive.view() as view:
        (passage,) = view.passages([find_by_words(view, "伊维菌素由谁所发现？")[0].passage_id]).values()
        assert passage.text == wanted.text
        assert find_by_words(view, "？！") == []


def test_a_step_is_done_once(tmp_path: Path) -> None:
    size = Size(tmp_path, tmp_path, 10)
    calls: list[int] = []

    def make() -> dict[str, Any]:
        calls.append(1)
        return {"s": 1.5}

    assert size._once("open", make) == size._once("open", make) == {"s": 1.5}
    assert calls == [1]


def test_tables_name_what_failed_and_compare_on_the_same_questions() -> None:
    own = {"passages": 1000, "query p50 ms": 2.0, "query p95 ms": 3.0, "found": [True, False, True, True], "build s": 5.0}
    slow = {"passages": 1000, "query p50 ms": 50.0, "query p95 ms": 60.0, "found": [True, False], "build s": 100.0}
    table = markdown({"1000": {"Wenbao": own, "slow": slow, "broken": {"failed": "ended with status 137"}}})
    assert "| slow | 50 | 60 | 25.0 | 0.500 | 2 | 0.500 | 100 | – |" in table
    assert "| broken | ended with status 137 |" in table
    assert share(own["found"]) == 0.75  # type: ignore[arg-type]


def test_the_lexical_leg_with_the_words_of_others_has_a_row_of_its_own() -> None:
    own = {"passages": 1000, "query p50 ms": 2.0, "query p95 ms": 3.0, "found": [True, False, True, True], "build s": 5.0}
    words = {"query p50 ms": 0.5, "query p95 ms": 0.75, "found": [True, False, False, True]}
    table = markdown({"1000": {"Wenbao": {**own, "same words": words}, "slow": own}})
    assert "| Wenbao, the same words | 0.5 | 0.75 | 0.2 | 0.500 | 4 | 0.750 | 5 | – |" in table
