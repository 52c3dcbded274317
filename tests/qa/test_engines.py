"""The same answers from either engine: fusion, evidence, citations and not found sit above the boundary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.archive import Archive
from index.moving import copy_archive
from qa import Assistant

ROOT = Path(__file__).parents[2]
ABSENT = ("火星移民计划的总投资是多少？", "Who won the chess olympiad in 1972?")


def said(assistant: Assistant, question: str) -> dict[str, Any]:
    answer = assistant.ask(question).to_dict()
    return {key: value for key, value in answer.items() if key not in ("timings_ms", "confidence", "sequence")}


@pytest.mark.slow
def test_answers_do_not_depend_on_the_engine(tmp_path: Path) -> None:
    pytest.importorskip("pymilvus")
    lines = (ROOT / "tests/gold/seed_questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines][::6]
    with Archive.open(tmp_path / "archive") as archive:
        archive.update([ROOT / "seeds"])
    place = f"milvus-lite://{tmp_path / 'archive.db'}"
    copy_archive(tmp_path / "archive", place)
    with Assistant.open(tmp_path / "archive") as local, Assistant.open(place) as milvus:
        found = set()
        for question in (*questions, *ABSENT):
            expected = said(local, question)
            assert said(milvus, question) == expected, question
            found.add(expected["found"])
        assert found == {True, False}
