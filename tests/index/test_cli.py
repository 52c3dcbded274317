from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from index.archive import Archive
from index.cli import app
from index.storage.database import FILE
from index.storage.lock import writing
from tests.index.storage.sample import HashEncoder, dump, page_text, write_pages

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def small_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.archive.load_encoder", lambda: HashEncoder())
    monkeypatch.setattr("index.encoder.load_encoder", lambda model: HashEncoder(name=model, salt=model))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    write_pages(tmp_path / "inbox", range(4))
    return tmp_path / "inbox"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WENBAO_ARCHIVE", str(tmp_path / "archive"))
    return tmp_path / "archive"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def run_json(*words: str | Path) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*words: str | Path) -> str:
    """Run a command that must fail and return its one line."""
    result = run(*words)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert "Traceback" not in lines[0]
    return lines[0]


def test_update_reports_as_the_contract_says(inbox: Path, folder: Path) -> None:
    first = run_json("update", inbox)
    assert first == {"added": 4, "replaced": 0, "unchanged": 0, "removed": 0, "skipped": [], "sequence": 4}
    (inbox / "page0000.txt").unlink()
    (inbox / "page0001.txt").write_text(page_text(9), encoding="utf-8")
    (inbox / "photo.txt").write_bytes(bytes(range(256)) * 40)
    second = run_json("update", inbox, "--prune")
    assert {key: second[key] for key in ("added", "replaced", "unchanged", "removed", "sequence")} == {
        "added": 0,
        "replaced": 1,
        "unchanged": 2,
        "removed": 1,
        "sequence": 6,
    }
    assert [set(item) for item in second["skipped"]] == [{"source", "line", "reason"}]
    assert second["skipped"][0]["source"].endswith("photo.txt")


def test_update_says_in_words_what_it_did(inbox: Path, folder: Path) -> None:
    assert run("update", inbox).stdout == "4 added\n"
    (inbox / "photo.txt").write_bytes(bytes(range(256)) * 40)
    result = run("update", inbox)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "4 unchanged"
    assert result.stdout.splitlines()[1].startswith(f"skipped {inbox / 'photo.txt'}: ")


def test_stats_and_check(inbox: Path, folder: Path) -> None:
    run("update", inbox)
    stats = run_json("stats")
    assert stats.keys() >= {
        "sources",
        "issues",
        "articles",
        "passages",
        "sequence",
        "model",
        "newspapers",
        "first_date",
        "last_date",
    }
    assert (stats["sources"], stats["newspapers"], stats["first_date"], stats["model"]) == (4, ["晨光日报"], "2021-01-01", "hash")
    assert "晨光日报" in run("stats").stdout
    assert run_json("check") == {"ok": True, "problems": []}
    assert run("check").stdout == f"{folder}: no problems\n"


def test_check_fails_where_a_file_is_damaged_and_repairs_it(inbox: Path, folder: Path) -> None:
    run("update", inbox)
    path = next(folder.glob("derived/*/dense.faiss"))
    path.write_bytes(path.read_bytes()[:-5])
    assert "dense.faiss: its checksum does not fit" in refused("check")
    result = run("check", "--json")
    assert (result.exit_code, json.loads(result.stdout)["ok"]) == (1, False)
    assert run_json("check", "--repair") == {"ok": True, "problems": []}


def test_remove(inbox: Path, folder: Path) -> None:
    run("update", inbox)
    assert run_json("remove", inbox / "page0001.txt")["removed"] == 1
    assert run_json("stats")["sources"] == 3
    assert "no such source" in refused("remove", inbox / "page0001.txt")


def test_parse_only_reads(inbox: Path, folder: Path) -> None:
    parsed = run_json("parse", inbox / "page0002.txt")
    issue = parsed["issues"][0]
    assert (issue["newspaper"], issue["date"], issue["issue_number"], issue["page"]) == ("晨光日报", "2021-01-03", 1002, "1")
    assert len(issue["articles"]) == 2
    promised = "headline kicker subtitle subheads authors paragraphs captions jump flags"
    assert issue["articles"][0].keys() >= set(promised.split())
    shown = run("parse", inbox / "page0002.txt").stdout
    assert "《晨光日报》 2021-01-03" in shown
    assert issue["articles"][0]["headline"] in shown
    assert issue["articles"][1]["paragraphs"][1] in shown
    assert not folder.exists()


def test_markup_in_a_page_is_printed_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("# 标题[red]一[/red]\n\n正文说：[bold]不是标记[/bold]，[/] 也不是，:smile: 更不是。\n", encoding="utf-8")
    result = run("parse", page)
    assert result.exit_code == 0
    assert "正文说：[bold]不是标记[/bold]，[/] 也不是，:smile: 更不是。" in result.stdout


def test_the_archive_is_given_by_option_before_environment(inbox: Path, folder: Path, tmp_path: Path) -> None:
    run("update", inbox, "--archive", tmp_path / "other")
    assert not folder.exists()
    assert run_json("stats", "--archive", tmp_path / "other")["sources"] == 4


def test_clear_refusals(inbox: Path, folder: Path, tmp_path: Path) -> None:
    binary = tmp_path / "photo.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    for command in ("stats", "check"):
        assert "there is no archive here" in refused(command)
    assert "does not exist" in refused("update", tmp_path / "nothing")
    assert "does not exist" in refused("parse", tmp_path / "nothing.txt")
    assert str(binary) in refused("parse", binary)
    assert not folder.exists()

    run("update", inbox)
    before, bytes_before = dump(folder), (folder / FILE).read_bytes()
    assert "does not exist" in refused("update", tmp_path / "nothing")
    result = run("update", binary)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert str(binary) in result.stderr
    assert "--reencode" in refused("update", inbox, "--model", "other")
    with writing(folder):
        assert "another update is running" in refused("update", inbox)
    assert dump(folder) == before
    assert (folder / FILE).read_bytes() == bytes_before


def test_reencode_changes_the_model(inbox: Path, folder: Path) -> None:
    run("update", inbox)
    assert run("update", "--reencode", "--model", "other").exit_code == 0
    assert run_json("stats")["model"] == "other"
    assert run_json("update", inbox, "--model", "other")["unchanged"] == 4


def test_an_archive_folder_that_is_a_file(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "file" in refused("update", inbox, "--archive", tmp_path / "file")
    assert "no archive" in refused("stats", "--archive", tmp_path / "file")


@pytest.mark.parametrize("words", [["update"], ["nonsense"], ["parse"], ["stats", "--nonsense"]])
def test_bad_usage(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_errors_of_the_system_end_in_one_line(inbox: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error", "/mnt/gone")

    monkeypatch.setattr(Archive, "stats", fail)
    assert refused("stats") == "error: /mnt/gone: Input/output error"


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    heavy = "faiss tantivy jieba apsw torch rich"
    code = f"import sys, index.cli; print([name for name in {heavy.split()} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_real_command(inbox: Path, folder: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "index", "update", str(inbox), "--json"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["added"] == 4
    assert result.stderr == ""


def test_a_dry_run_says_what_would_be_done_and_does_nothing(inbox: Path, folder: Path) -> None:
    (inbox / "photo.txt").write_bytes(bytes(range(256)) * 40)
    plan = run_json("update", inbox, "--dry-run")
    assert [Path(name).name for name in plan["added"]] == [f"page{number:04d}.txt" for number in range(4)]
    assert [(Path(item["source"]).name, item["line"]) for item in plan["skipped"]] == [("photo.txt", None)]
    shown = run("update", inbox, "--dry-run").stdout.splitlines()
    assert shown[-2].startswith(f"skipped {inbox / 'photo.txt'}: ")
    assert shown[-1] == "would add 4, 0 unchanged"
    assert not folder.exists()
    (inbox / "photo.txt").unlink()
    run_json("update", inbox)
    (inbox / "page0001.txt").write_text(page_text(40), encoding="utf-8")
    (inbox / "page0002.txt").unlink()
    (inbox / "page0003.txt").rename(inbox / "moved.txt")
    before = dump(folder)
    plan = run_json("update", inbox, "--prune", "--dry-run")
    assert [Path(name).name for name in plan["replaced"]] == ["page0001.txt"]
    assert [Path(name).name for name in plan["removed"]] == ["page0002.txt"]
    assert {Path(old).name: Path(new).name for old, new in plan["renamed"].items()} == {"page0003.txt": "moved.txt"}
    assert (plan["added"], plan["unchanged"]) == ([], 2)
    assert f"would remove {inbox / 'page0002.txt'}" in run("update", inbox, "--prune", "--dry-run").stdout
    assert dump(folder) == before
    report = run_json("update", inbox, "--prune")
    assert (report["replaced"], report["removed"], report["unchanged"]) == (1, 1, 2)


def test_pruning_a_missing_drive_asks_for_a_word(inbox: Path, folder: Path) -> None:
    write_pages(inbox, range(4, 14))
    run_json("update", inbox)
    before = dump(folder)
    for path in inbox.iterdir():
        path.unlink()
    assert "would remove 14 of 14 sources" in refused("update", inbox, "--prune")
    assert dump(folder) == before
    assert run_json("update", inbox, "--prune", "--yes")["removed"] == 14


def test_backup_restore_export_and_import(inbox: Path, folder: Path, tmp_path: Path) -> None:
    run_json("update", inbox)
    assert "put it back with" in run("backup", tmp_path / "copy.db").stdout
    assert "4 sources" in run("export", tmp_path / "all.jsonl").stdout
    other = tmp_path / "other"
    assert "4 sources, 8 articles" in run("restore", tmp_path / "copy.db", "--archive", other).stdout
    assert dump(other) == dump(folder)
    assert "say --replace" in refused("restore", tmp_path / "copy.db", "--archive", other)
    assert run("restore", tmp_path / "copy.db", "--archive", other, "--replace").exit_code == 0
    assert run_json("import", tmp_path / "all.jsonl", "--archive", tmp_path / "third")["added"] == 4
    assert dump(tmp_path / "third") == dump(folder)
    assert "no such file" in refused("restore", tmp_path / "none.db", "--replace")
    assert "none.jsonl" in refused("import", tmp_path / "none.jsonl")


def test_watching_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no such folder" in refused("watch", tmp_path / "nowhere")
