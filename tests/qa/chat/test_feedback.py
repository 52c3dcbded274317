from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from qa.chat.feedback import Feedback, Said, Verdict
from qa.evaluation.reading import read
from tests.qa.chat.fake_assistant import MEETING, FakeAssistant

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "要把握哪“四个环节”？"


def said(verdict: Verdict = "right", question: str = QUESTION) -> Said:
    assistant = FakeAssistant()
    return Said(question, assistant.reference(assistant.passages(MEETING.id)[1].id), 3, 12, verdict, True)


def test_a_word_on_a_source_is_one_line(tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "feedback.jsonl", now=lambda: "2026-11-22T10:00:00+00:00")
    kept.keep(said())
    kept.keep(said("wrong", "换行\n的问题\ud800"))
    lines = (tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    text = MEETING.paragraphs[1].text
    assert first["at"] == "2026-11-22T10:00:00+00:00"
    assert (first["verdict"], first["question"], first["answers"]) == ("right", QUESTION, [text[3:12]])
    assert first["gold_headline"] == MEETING.headline
    assert text.startswith(first["gold_paragraph_start"])
    assert (second["verdict"], second["lang"]) == ("wrong", "zh")
    assert stat.S_IMODE((tmp_path / "feedback.jsonl").stat().st_mode) == 0o600


def test_the_file_is_bounded(tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "feedback.jsonl", most_bytes=2000)
    for number in range(40):
        kept.keep(said(question=f"第{number}问？"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feedback.jsonl", "feedback.old.jsonl"]
    assert all(path.stat().st_size <= 2000 for path in tmp_path.iterdir())
    assert json.loads((tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()[-1])["question"] == "第39问？"


def test_where_nothing_can_be_written_none_is_kept(tmp_path: Path) -> None:
    assert Feedback(tmp_path / "feedback.jsonl").possible()
    assert not Feedback(tmp_path / "gone" / "feedback.jsonl").possible()


def test_what_was_right_is_a_question_with_a_known_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/archive").mkdir(parents=True)
    kept = Feedback(tmp_path / "data/archive/feedback.jsonl")
    for verdict, question in (("right", QUESTION), ("wrong", "甲？"), ("right", "乙？"), ("withdrawn", "乙？")):
        kept.keep(said(verdict, question))  # type: ignore[arg-type]
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "page.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "page.md", "exec"), {})
    (known,) = read(tmp_path / "questions.jsonl").questions
    assert known.question == QUESTION
    assert known.answerable
    assert known.places[0].headline == MEETING.headline
