"""The page view shows lines, joins, moves, jumps and leftovers, and never reads page text as markup."""

from __future__ import annotations

import io
import re
from pathlib import Path

import yaml
from rich.console import Console

from index.pageview import show_issue, show_legend
from index.parsing import parse_pages
from index.parsing.corrections import entries
from index.readers import read_file
from index.schema import Page

ROOT = Path(__file__).resolve().parents[2]


def shown(text: str, *, terminal: bool = False) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100, markup=False, highlight=False, emoji=False)
    for parsed in parse_pages([Page("x", text)]):
        show_issue(console, parsed.issue)
    show_legend(console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def seed(name: str) -> str:
    return next((ROOT / "seeds").glob(name)).read_text(encoding="utf-8")


def test_seeds_show_joins_moves_and_jumps_with_their_lines() -> None:
    first, second = shown(seed("000*")), shown(seed("003*"))
    assert re.search(r"^ +29\+31 6\. 高庆民说.*引进⟷企业.*\[已拼接\]$", first, re.MULTILINE)
    assert re.search(r"^ +69 1\. “俺村里.*⇄ moved here 0\.\d\d +\[位置经推断\]$", first, re.MULTILINE)
    assert "《东昌府讯》 2021-06-08 星期二 第1345期 第1版?" in second
    assert "↓ goes on: page 2, not in this file" in second
    assert re.search(r"^ +61 责编/版式", second, re.MULTILINE)


def test_linked_parts_name_each_other() -> None:
    text = shown(
        "清河日报 2021年6月8日 第1版\n\n会议召开了一天\n\n本报讯 6月7日，会议召开，市长李四出席会议并讲话。\n\n（下转第二版）\n\n"
        "第2版\n\n会议召开\n\n（上接第1版）会议要求，网格员要走进群众，做好服务。"
    )
    assert "↓ goes on: page 2, 会议召开" in text
    assert "↑ begins: page 1, 会议召开了一天" in text


def test_page_text_is_never_markup() -> None:
    text = "标题[bold red]一\n\n正文[/] [link=http://a.b]在这里[/link] :smile:，结束了。"
    assert "正文[/] [link=http://a.b]在这里[/link] :smile:，结束了。" in shown(text)
    assert "标题[bold red]一" in shown(text)


def test_a_terminal_gets_colours_a_file_none() -> None:
    assert "\x1b[" in shown(seed("003*"), terminal=True)
    assert "⟷ joined" in shown(seed("003*"), terminal=True)
    assert "\x1b[" not in shown(seed("003*"))


def test_conflicts_and_leftovers_are_shown() -> None:
    assert "weekday conflict: 2021-06-08 ≠ 星期三" in shown(
        "清河日报 2021年6月8日 星期三 第2版\n\n标题在这里\n\n正文一段，说一件事。"
    )


def test_the_example_of_the_docs_is_read(tmp_path: Path) -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8"), re.DOTALL)
    for raw in yaml.load(example, Loader=yaml.BaseLoader):
        entries.read_entry(raw)
    for name in entries.ACTIONS:
        assert f"`{name}`" in (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")
    (tmp_path / "000.txt").write_text(seed("000*"), encoding="utf-8")
    (tmp_path / "000.corrections.yaml").write_text("- join: [13, 17]\n  words: [作为我省, 山东智汇谷]\n", encoding="utf-8")
    [parsed] = parse_pages(read_file(tmp_path / "000.txt").pages)
    assert parsed.problems == () and parsed.issue.articles[0].paragraphs[0].lines == (13, 17)
