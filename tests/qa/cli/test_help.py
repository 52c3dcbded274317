"""Every command explains itself: what it does, its options, and an example of its own."""

from __future__ import annotations

import typer.main
from typer.testing import CliRunner

from qa.main import app

RUNNER = CliRunner()


def test_every_command_has_an_example_of_its_own() -> None:
    names = list(getattr(typer.main.get_command(app), "commands"))  # noqa: B009 - typer types its group as a plain command
    assert {"ask", "search", "cite", "chat", "eval", "serve", "parse", "update", "check", "stats"} <= set(names)
    for name in names:
        result = RUNNER.invoke(app, [name, "--help"])
        assert result.exit_code == 0
        assert f"Examples:\n    wenbao {name}" in result.stdout, name


def test_shells_can_be_taught() -> None:
    assert "--install-completion" in RUNNER.invoke(app, ["--help"]).stdout


def test_no_command_is_bad_usage() -> None:
    assert RUNNER.invoke(app, []).exit_code == 2
    assert RUNNER.invoke(app, ["nonsense"]).exit_code == 2
