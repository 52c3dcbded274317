"""The conversation in a terminal: follow-ups, sources, articles, references, and whatever else may be typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa.cli import app

QUESTION = "第六届中国智能建筑节的主题是什么？"


def talk(archive: Path, *lines: str) -> str:
    result = CliRunner().invoke(app, ["chat", "--archive", str(archive)], input="\n".join(lines) + "\n")
    assert result.exit_code == 0
    assert result.stderr == ""
    return result.stdout


def test_a_conversation_from_a_pipe(seed_archive: Path) -> None:
    text = talk(
        seed_archive, QUESTION, "", "它前五届都在哪些地方办过？", "/sources", "/open 1", "/cite 1 bibtex", "/quit", "never asked"
    )
    assert "数字驱动·智建未来" in text
    assert "→ 第六届中国智能建筑节" in text
    assert "《东昌府讯》2021年6月8日" in text
    assert "@article{dongchangfuxun-" in text
    assert "never asked" not in text
    assert "\x1b[" not in text


def test_the_end_of_input_ends_it(seed_archive: Path) -> None:
    assert "数字驱动·智建未来" in talk(seed_archive, QUESTION)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["/sources"], "nothing has been asked yet"),
        (["/open 1"], "nothing has been asked yet"),
        ([QUESTION, "/open 99"], "there is no number 99"),
        ([QUESTION, "/cite 1 word"], "use: /cite N gbt7714|bibtex"),
        (["/dance"], "no such command: /dance"),
        (["/help"], "/open N"),
        (["问" * 2000], "1000"),
    ],
)
def test_what_cannot_be_done_is_said_and_it_goes_on(seed_archive: Path, lines: list[str], said: str) -> None:
    assert said in talk(seed_archive, *lines)


def test_a_new_topic_leans_on_nothing(seed_archive: Path) -> None:
    text = talk(seed_archive, QUESTION, "/new", "它前五届都在哪些地方办过？")
    assert "→ 第六届" not in text
