"""The docs cannot go stale: every command and option is written down, every local link leads somewhere, examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "seeds").glob("*.md"), *(ROOT / "index" / "model").glob("*.md")]
)


def commands() -> list[tuple[str, list[str]]]:
    """Every command of ``wenbao`` with its option names."""
    from qa.main import app

    group = typer.main.get_command(app)
    found: list[tuple[str, list[str]]] = []
    for name, command in getattr(group, "commands").items():  # noqa: B009 - typer types its group as a plain command
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        found.append((name, options))
    return found


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    listed = commands()
    assert {"ask", "search", "eval", "serve", "parse", "update", "remove", "check", "stats"} <= {name for name, _ in listed}
    missing = [f"{name} {option}" for name, options in listed for option in ["", *options] if f"{option or name}" not in text]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_local_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_python_example_of_the_readme_runs(
    readme: str, seed_archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    code = blocks[0].replace('"data/archive"', repr(str(seed_archive)))
    exec(compile(code, readme, "exec"), {})
    printed = capsys.readouterr().out
    assert "新增5万余个就业岗位" in printed
    assert "赋能助力聊城高质量发展[N]" in printed
