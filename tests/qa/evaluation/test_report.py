"""The command and its files: a page that is whole and harmless, rows side by side."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from qa.cli import app
from qa.cli.reporting import show_report
from qa.evaluation import Evaluation, Known, Result
from qa.evaluation.drawing import bars, histogram
from qa.evaluation.report import report
from qa.schema import Answer, Interpretation

GOLD = Path(__file__).resolve().parents[2] / "gold" / "seed_questions.jsonl"
RUNNER = CliRunner()
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)


def test_the_page_shows_everything_as_text() -> None:
    answer = Answer(HOSTILE, "zh", False, 0.5, HOSTILE, (), (), Interpretation(HOSTILE), {})
    known = Known(HOSTILE, HOSTILE, HOSTILE, True, (HOSTILE,), ())
    page = report(Evaluation((Result(known, answer, None, (), (), False, 3.0),)), title=HOSTILE)
    tags = _Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "link", "iframe"}
    assert {"table", "svg", "details"} <= tags.found
    assert "default-src &#x27;none&#x27;" in page
    assert "http" not in re.sub(r"http-equiv", "", page)


def test_an_empty_evaluation_has_a_page() -> None:
    assert "0 questions" in report(Evaluation(), title="t")


def test_drawings_are_in_scale() -> None:
    assert 'width="215.0"' in bars({"a": 0.5, "b": 1.0}, most=1.0)
    assert bars({}) and bars({"a": 0.0})
    assert histogram({"x": [0.0, 0.01, 1.0, 7.0]}, low=0.0, high=1.0).count("<title>2</title>") == 2


def test_everything_at_once(seed_archive: Path, tmp_path: Path) -> None:
    lines = GOLD.read_text("utf-8").splitlines()
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join([*lines[1:2], lines[-1]]), encoding="utf-8")
    run, page = tmp_path / "run.trec", tmp_path / "report.html"
    options = ["--ablation", "--run", str(run), "--report", str(page), "--json", "--archive", str(seed_archive)]
    result = RUNNER.invoke(app, ["eval", str(file), *options])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    rows = {row["name"]: row for row in told["ablation"]}
    assert {
        "hybrid (as it is)",
        "lexical leg",
        "dense leg",
        "RRF instead of weights",
        "lexical leg, nothing folded",
        "answer (as it is)",
    } <= set(rows)
    assert rows["hybrid (as it is)"]["hit@5"] >= rows["characters only"]["hit@5"]
    assert rows["answer (as it is)"]["span_in_quotes"] == told["all"]["span_in_quotes"]
    assert all(len(line.split()) == 6 for line in run.read_text("utf-8").splitlines())
    assert "Parts switched off" in page.read_text("utf-8")
    text = io.StringIO()
    show_report(Console(file=text, width=100), told)
    assert "hit@5" in text.getvalue()


def test_probes_by_the_command(seed_archive: Path) -> None:
    told = json.loads(RUNNER.invoke(app, ["eval", "--probe", "--json", "--archive", str(seed_archive)]).stdout)
    assert (told["issues"], told["without_date"], told["headline_hit5"]) == (2, 1, 1.0)
    arguments = ["eval", "--probe", "--limit", "5", "--archive", str(seed_archive)]
    assert "own words" in RUNNER.invoke(app, arguments).stdout


@pytest.mark.parametrize(
    "arguments",
    [["eval"], ["eval", "x.jsonl", "--probe"], ["eval", "--probe", "--ablation"], ["eval", "x.jsonl", "--limit", "0"]],
)
def test_bad_usage(arguments: list[str]) -> None:
    assert RUNNER.invoke(app, arguments).exit_code == 2


def test_nothing_to_build_of(seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["eval", str(GOLD), "--build", "--archive", str(seed_archive)])
    assert result.exit_code == 1
    assert "holds no texts" in result.stderr
