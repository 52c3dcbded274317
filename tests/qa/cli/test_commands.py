"""The commands: shapes of JSON, text for people, exit statuses, one line for every error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa.cli import app
from tests.qa.llm.conftest import Stub, say, stub

__all__ = ["stub"]

ROOT = Path(__file__).resolve().parents[3]
RUNNER = CliRunner()
QUESTION = "第六届中国智能建筑节的主题是什么？"


def test_ask_json(seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["ask", QUESTION, "--json", "--archive", str(seed_archive)])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["found"] is True
    assert answer["citations"][0]["gbt7714"].endswith("东昌府讯，2021-06-08（1）.")


def test_ask_for_people_has_quotes_sources_and_no_colour_codes(seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["ask", QUESTION, "--archive", str(seed_archive), "--style", "2015"])
    assert result.exit_code == 0
    assert "[1] " in result.stdout
    assert "数字驱动·智建未来" in result.stdout
    assert "《东昌府讯》2021年6月8日" in result.stdout
    assert "东昌府讯, 2021-06-08(1)." in result.stdout
    assert "\x1b[" not in result.stdout


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("gbt7714", "裴崇旭，郭龙君. "),
        ("bibtex", "@article{dongchangfuxun-"),
        ("ris", "TY  - NEWS\r\n"),
        ("csl", "[\n"),
        ("csv", "id,"),
    ],
)
def test_references_of_an_answer(form: str, beginning: str, seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["ask", QUESTION, "--format", form, "--limit", "1", "--archive", str(seed_archive)])
    assert result.exit_code == 0
    assert result.stdout_bytes.decode().startswith(beginning)


def test_references_go_to_a_file_that_excel_reads(seed_archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "quotes.csv"
    arguments = ["ask", QUESTION, "--format", "csv", "--bom", "--output", str(file), "--archive", str(seed_archive)]
    result = RUNNER.invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,article_id,")


def test_nothing_found_leaves_nothing_to_cite(seed_archive: Path) -> None:
    arguments = ["ask", "第七届中国智能建筑节在哪里举办？", "--format", "bibtex", "--archive", str(seed_archive)]
    result = RUNNER.invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "not found: there is nothing to cite\n"


def test_cite_takes_permanent_ids(seed_archive: Path) -> None:
    answer = json.loads(RUNNER.invoke(app, ["ask", QUESTION, "--json", "--archive", str(seed_archive)]).stdout)
    passage, article = answer["citations"][0]["passage_id"], answer["citations"][0]["article_id"]
    where = ["--archive", str(seed_archive)]
    assert RUNNER.invoke(app, ["cite", article, *where]).stdout == answer["citations"][0]["gbt7714"] + "\n"
    assert RUNNER.invoke(app, ["cite", passage, "--style", "2015", *where]).stdout.rstrip().endswith("东昌府讯, 2021-06-08(1).")
    assert "《东昌府讯》2021年6月8日" in RUNNER.invoke(app, ["cite", article, "--format", "text", *where]).stdout
    listed = json.loads(RUNNER.invoke(app, ["cite", passage, article, "--json", *where]).stdout)["references"]
    assert [item["id"] for item in listed] == [passage, article]
    assert listed[0]["complete"] is True


def test_a_language_model_that_is_not_there_leaves_the_quotes(seed_archive: Path) -> None:
    options = ["--llm", "--llm-url", "http://127.0.0.1:9/v1", "--llm-model", "none"]
    result = RUNNER.invoke(app, ["ask", QUESTION, *options, "--archive", str(seed_archive)])
    assert result.exit_code == 0
    assert "数字驱动·智建未来" in result.stdout
    assert "语言模型没有给出答复" in result.stdout


def test_what_a_language_model_wrote_is_shown_apart_with_its_cost(seed_archive: Path, stub: Stub) -> None:
    stub.reply = say("主题是“数字驱动·智建未来”。[1]", "它花了九百亿元。[1]", usage=(500, 20))
    options = ["--llm", "--llm-url", stub.url, "--llm-model", "tiny", "--llm-price", "1,2"]
    text = RUNNER.invoke(app, ["ask", QUESTION, *options, "--archive", str(seed_archive)]).stdout
    assert "由 tiny 根据引文写成：\n主题是“数字驱动·智建未来”。[1]\n" in text
    assert "tokens 500 + 20 · cost 0.000540 · sentences dropped 1" in text
    assert "九百亿" not in text


def test_not_found_is_an_answer_not_an_error(seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["ask", "第七届中国智能建筑节在哪里举办？", "--archive", str(seed_archive)])
    assert result.exit_code == 0
    assert "没有找到答案" in result.stdout
    assert "不是答案" in result.stdout


def test_history_completes_the_question(seed_archive: Path) -> None:
    arguments = ["ask", "它前五届都在哪些地方办过？", "--history", QUESTION, "--json", "--archive", str(seed_archive)]
    answer = json.loads(RUNNER.invoke(app, arguments).stdout)
    assert answer["interpretation"]["question"].startswith("第六届中国智能建筑节")


def test_search_json(seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["search", QUESTION, "--limit", "3", "--json", "--archive", str(seed_archive)])
    hits = json.loads(result.stdout)["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert {"passage_id", "score", "rank", "text", "label", "headline", "date"} <= set(hits[0])


def test_search_for_people(seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["search", QUESTION, "--limit", "2", "--archive", str(seed_archive)])
    assert result.stdout.startswith("1. ")


def test_eval_reports_figures_and_failures(seed_archive: Path, tmp_path: Path) -> None:
    lines = (ROOT / "tests/gold/seed_questions.jsonl").read_text("utf-8").splitlines()
    file = str(tmp_path / "questions.jsonl")
    Path(file).write_text("\n".join(lines[4:8] + lines[-8:-6]), encoding="utf-8")
    report = json.loads(RUNNER.invoke(app, ["eval", file, "--json", "--archive", str(seed_archive)]).stdout)
    assert report["questions"] == 6
    assert set(report["by_language"]) == {"zh", "en"}
    text = RUNNER.invoke(app, ["eval", file, "--archive", str(seed_archive)]).stdout
    assert "hit@5" in text
    assert all(failure["id"] in text for failure in report["failed"])


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", ""], 1),
        (["ask", "问" * 1001], 1),
        (["ask", QUESTION, "--archive", "no/such/folder"], 1),
        (["eval", "no-such-file.jsonl"], 1),
        (["cite", "no-such-id", "--archive", "seeds"], 1),
        (["ask", QUESTION, "--output", "no/such/folder/file"], 1),
        (["ask", QUESTION, "--llm"], 1),
        (["ask", QUESTION, "--llm", "--llm-url", "ftp://x", "--llm-model", "m"], 1),
        (["ask"], 2),
        (["cite"], 2),
        (["ask", QUESTION, "--format", "word"], 2),
        (["ask", QUESTION, "--limit", "0"], 2),
        (["ask", QUESTION, "--style", "1999"], 2),
        (["nonsense"], 2),
    ],
)
def test_exit_statuses_and_one_line_errors(arguments: list[str], status: int, seed_archive: Path) -> None:
    if "--archive" not in arguments and arguments[0] == "ask" and len(arguments) > 1:
        arguments = [*arguments, "--archive", str(seed_archive)]
    result = RUNNER.invoke(app, arguments)
    assert result.exit_code == status
    assert "Traceback" not in result.output
    if status == 1:
        assert result.stdout == ""
        assert result.stderr.startswith("error: ")
        assert len(result.stderr.strip().splitlines()) == 1


def test_question_from_standard_input(seed_archive: Path) -> None:
    result = RUNNER.invoke(app, ["ask", "-", "--json", "--archive", str(seed_archive)], input=QUESTION + "\n")
    assert json.loads(result.stdout)["question"] == QUESTION
    too_long = RUNNER.invoke(app, ["ask", "-", "--archive", str(seed_archive)], input="问" * 100_000)
    assert too_long.exit_code == 1


def test_the_whole_command_joins_both_packages() -> None:
    environment = {**os.environ, "COLUMNS": "120"}
    result = subprocess.run(
        [sys.executable, "-m", "qa.main", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=environment,
    )
    for command in ("ask", "search", "serve", "eval", "parse", "update", "check", "stats"):
        assert command in result.stdout
