"""Figures over questions with known answers, checked by hand on made-up answers; the seed set reaches its bars."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from index.errors import ReadError
from qa.assistant import Assistant
from qa.compose import SearchHit
from qa.evaluation import evaluate, figures, read
from qa.schema import Answer, Citation, Interpretation, Turn

GOLD = Path(__file__).resolve().parents[2] / "gold" / "seed_questions.jsonl"


def _citation(text: str, headline: str) -> Citation:
    return Citation(1, text, "a", "i", None, None, None, None, headline, (), 1, text, 0, len(text), text, (), "", "")


class _Scripted:
    """Answers from a table; remembers the history it was given."""

    def __init__(self, table: dict[str, tuple[list[Citation], list[Citation]]]) -> None:
        self._table = table
        self.histories: dict[str, tuple[Turn, ...]] = {}

    def ask(self, question: str, history: Sequence[Turn] = (), limit: int = 5) -> Answer:
        citations, _ = self._table[question]
        self.histories[question] = tuple(history)
        text = "".join(citation.quote for citation in citations)
        return Answer(question, "zh", bool(citations), 0.5, text, tuple(citations), (), Interpretation(question), {})

    def search(self, question: str, limit: int = 10) -> list[SearchHit]:
        return [SearchHit(citation, 1.0, rank) for rank, citation in enumerate(self._table[question][1], start=1)]


def _write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def _gold(name: str, question: str, *, answerable: bool = True, follow_up_of: str | None = None) -> dict[str, Any]:
    held = {"answers": ["三座"], "gold_headline": "桥 讯", "gold_paragraph_start": "市里拟建三座"}
    return {
        "id": name,
        "lang": "zh",
        "question": question,
        "answerable": answerable,
        "follow_up_of": follow_up_of,
        **(held if answerable else {}),
    }


def test_figures_by_hand(tmp_path: Path) -> None:
    right, wrong = _citation("市里拟建三座天桥。", "桥讯"), _citation("别的事。", "他讯")
    file = _write(
        tmp_path / "q.jsonl",
        _gold("a", "几座桥？"),
        _gold("b", "它在哪？", follow_up_of="a"),
        _gold("c", "谁建的？", answerable=False),
        _gold("d", "何时？", answerable=False),
    )
    scripted = _Scripted(
        {"几座桥？": ([right], []), "它在哪？": ([wrong], [right]), "谁建的？": ([], []), "何时？": ([wrong], [])}
    )
    report = evaluate(scripted, read(file))
    values = report.to_dict()["by_language"]["zh"]
    assert (values["hit@1"], values["hit@5"], values["span_in_quotes"], values["right_article"]) == (0.5, 1.0, 0.5, 0.5)
    assert (values["refused"], values["not_found_precision"], values["not_found_recall"]) == (0.5, 1.0, 0.5)
    assert [failure["id"] for failure in report.to_dict()["failed"]] == ["b", "d"]
    assert [turn.question for turn in scripted.histories["它在哪？"]] == ["几座桥？"]


def test_nothing_to_count_is_none() -> None:
    assert figures([])["hit@1"] is None
    assert figures([])["milliseconds_median"] is None


def test_bad_files_are_named_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "none.jsonl")
    with pytest.raises(ReadError, match=r"q\.jsonl:2"):
        read(_write(tmp_path / "q.jsonl", _gold("a", "几座桥？"), {"id": "b"}))
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(ReadError, match="no questions"):
        read(tmp_path / "empty.jsonl")


def test_the_seed_questions_reach_their_bars(assistant: Assistant) -> None:
    chinese = evaluate(assistant, read(GOLD)).to_dict()["by_language"]["zh"]
    assert chinese["hit@5"] >= 0.9
    assert chinese["span_in_quotes"] >= 0.75
    assert chinese["answered"] >= 0.9
    assert chinese["right_article"] >= 0.9
