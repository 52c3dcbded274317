"""Without the model that made its vectors, an archive is searched by words alone and says so; it is never mixed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from index import Archive
from index.encoder import load_encoder
from index.errors import ModelMismatch
from index.schema import Vectors
from qa import Assistant
from qa.api.app import create_app
from qa.cli import app

SEEDS = Path(__file__).parents[2] / "seeds"
QUESTIONS = {"网格员入职培训班是哪天举办的？": "6月7日", "智汇谷产业基地计划新增多少个就业岗位？": "5万"}


class Drifted:
    """The embedded model, changed in one respect as ``kind`` says."""

    def __init__(self, kind: str) -> None:
        self._model = load_encoder()
        self.kind = kind
        self.name = "elsewhere/model" if kind == "other" else self._model.name
        self.dimensions = 8 if kind == "dimensions" else self._model.dimensions
        self.fingerprint = f"{self._model.fingerprint}-{kind}"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        prefixed = [f"passage: {text}" for text in texts] if self.kind == "prefix" else texts
        vectors = np.asarray(self._model.encode_passages(prefixed), dtype=np.float32)[:, : self.dimensions]
        return np.round(vectors, 1) if self.kind == "precision" else vectors

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)


@pytest.fixture(scope="module", params=["other", "dimensions", "prefix", "precision"])
def drifted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive made by a model that is not the embedded one."""
    folder = tmp_path_factory.mktemp(f"made-by-{request.param}") / "archive"
    with Archive.open(folder, encoder=Drifted(request.param)) as archive:
        archive.update([SEEDS])
    return folder


def test_it_answers_by_words_and_says_so(drifted: Path) -> None:
    with Assistant.open(drifted) as assistant:
        assert assistant.words_only
        assert "\n" not in assistant.words_only
        for question, words in QUESTIONS.items():
            answer = assistant.ask(question)
            assert answer.found
            assert words in answer.text
            assert any("只按字词查找" in note for note in answer.interpretation.notes)
        assert not assistant.ask("火星上的第一座歌剧院是谁设计的？").found


def test_english_still_finds_chinese_through_the_dictionary(drifted: Path) -> None:
    with Assistant.open(drifted) as assistant:
        answer = assistant.ask("How many jobs will the Zhihuigu industrial base add?")
        assert any("by words alone" in note for note in answer.interpretation.notes)
        shown = [citation.quote for citation in (*answer.citations, *answer.nearest)]
        assert any("就业" in quote for quote in shown)


def test_an_update_by_another_model_is_refused_and_changes_nothing(drifted: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text((SEEDS / sorted(path.name for path in SEEDS.glob("*.txt"))[0]).read_text(encoding="utf-8") + "\n另一句。\n")
    with Archive.open(drifted) as archive:
        before = archive.stats()
        with pytest.raises(ModelMismatch):
            archive.update([page])
        assert archive.stats() == before


def test_health_says_degraded(drifted: Path, caplog: pytest.LogCaptureFixture) -> None:
    served = create_app(lambda: Assistant.open(drifted))
    with caplog.at_level(logging.WARNING, logger="qa.api.desk"), TestClient(served, base_url="http://127.0.0.1") as client:
        assert client.get("/api/stats").status_code == 200
        assert client.get("/health").json() == {"status": "degraded", "archive": "open"}
        assert client.get("/ready").json() == {"ready": True, "words_only": True}
    assert any("by words alone" in message for message in caplog.messages)


def test_a_model_that_is_not_here_leaves_the_words(drifted: Path, tmp_path: Path) -> None:
    missing = tmp_path / "no-such-model"
    asked = ["ask", next(iter(QUESTIONS)), "--archive", str(drifted), "--model", str(missing)]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    assert "6月7日" in result.stdout
    assert "只按字词查找" in result.stdout
    assert str(missing) in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_archive_of_the_embedded_model_needs_no_other(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.update([SEEDS])
    with Assistant.open(tmp_path / "archive", model=str(tmp_path / "no-such-model")) as assistant:
        assert assistant.words_only is None
