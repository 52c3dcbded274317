"""A parsed page for people: articles with their lines, joins ⟷, moves, jumps, and what belongs to nothing.

Page text is data: it is shown as it is, never read as markup. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from index.schema import JOINED, PAGE_INFERRED, Article, Issue, Paragraph

if TYPE_CHECKING:
    from rich.console import Console

_GUTTER = 9
_DOUBTFUL = 0.9  # scores below this are shown in another colour
_JOIN = "⟷"
LEGEND = (("⟷ joined", "green"), ("⇄ moved here", "magenta"), ("? less sure", "yellow"), ("belongs to no article", "red"))


def show_issue(console: Console, issue: Issue) -> None:
    """Print one page."""
    console.print(Text(_masthead(issue), style="bold reverse"))
    if conflicts := sorted(name for name in issue.metadata if name.endswith("_conflict")):
        for name in conflicts:
            shown = " ≠ ".join(str(value) for value in issue.metadata[name])
            console.print(Text(f"{name.replace('_', ' ')}: {shown}", style="yellow"))
    if issue.metadata.get("corrected"):
        console.print(Text(f"{issue.metadata['corrected']} corrected by hand", style="dim"))
    for number, article in enumerate(issue.articles, start=1):
        console.print()
        _show_article(console, number, article)
    _show_lines(console, "masthead and furniture", [(each.line, each.text) for each in issue.furniture], "dim")
    _show_lines(console, "belongs to no article", [(each.line, each.text) for each in issue.unassigned], "red")


def show_legend(console: Console) -> None:
    """Print what the signs and colours mean; nothing where colours do not show."""
    if console.is_terminal:
        console.print()
        console.print(Text("   ").join(Text(words, style=style) for words, style in LEGEND))


def _masthead(issue: Issue) -> str:
    issued = None if issue.issue_number is None else f"第{issue.issue_number}期"
    page = None if issue.page is None else f"第{issue.page}版"
    inferred = "?" if issue.metadata.get("page_inferred") else ""
    facts = [f"《{issue.newspaper}》" if issue.newspaper else None, issue.date, issue.weekday, issued, page and page + inferred]
    return " ".join(fact for fact in facts if fact) or "(the page names no newspaper and no date)"


def _show_article(console: Console, number: int, article: Article) -> None:
    if article.kicker:
        _row(console, "", Text(article.kicker, style="dim"))
    head = Text(article.headline or "(no headline)", style="bold cyan")
    if article.boundary is not None and article.boundary < _DOUBTFUL:
        head.append(f"  ? begins here {article.boundary:.2f}", style="yellow")
    _row(console, f"{number}.", head)
    flags = (flag for flag in article.flags if flag != PAGE_INFERRED)  # the masthead has it once
    for line in (article.subtitle, " ".join(article.authors), " ".join(flags)):
        if line:
            _row(console, "", Text(line, style="dim"))
    if article.beginning:
        _row(console, "", _link("↑ begins", article.continued_from, article.beginning.headline))
    subhead = None
    for paragraph in article.paragraphs:
        if paragraph.subhead and paragraph.subhead != subhead:
            _row(console, "", Text(paragraph.subhead, style="bold"))
        subhead = paragraph.subhead
        _row(console, _numbers(paragraph.lines), _body(paragraph))
    for caption in article.captions:
        _row(console, str(caption.line), Text(caption.text, style="italic"))
    if article.continuation:
        _row(console, "", _link("↓ goes on", article.continues_on, article.continuation.headline))
    elif article.continues_on:
        _row(console, "", Text(f"↓ goes on: page {article.continues_on}, not in this file", style="yellow"))


def _link(words: str, page: str | None, headline: str | None) -> Text:
    return Text(f"{words}: page {page}, {headline or '(no headline)'}", style="blue")


def _body(paragraph: Paragraph) -> Text:
    """The paragraph with a sign at every join that is a guess (lines broken at one width are none)."""
    body = Text(f"{paragraph.number}. ")
    start = 0
    guessed = zip(paragraph.joins, paragraph.join_scores, strict=False) if JOINED in paragraph.flags else ()
    for offset, score in guessed:
        body.append(paragraph.text[start:offset])
        sure = score >= _DOUBTFUL
        body.append(_JOIN if sure else f"{_JOIN}{score:.2f}", style="bold green" if sure else "bold yellow")
        start = offset
    body.append(paragraph.text[start:])
    if paragraph.move_score is not None:
        body.append(f"  ⇄ moved here {paragraph.move_score:.2f}", style="magenta")
    if paragraph.flags:
        body.append(f"  [{' '.join(paragraph.flags)}]", style="dim")
    return body


def _numbers(lines: Sequence[int]) -> str:
    if len(lines) > 2:
        return f"{lines[0]}…{lines[-1]}"
    return "+".join(map(str, lines))


def _show_lines(console: Console, title: str, items: Sequence[tuple[int, str]], style: str) -> None:
    if items:
        console.print()
        console.print(Text(title, style="bold"))
    for number, text in items:
        _row(console, str(number), Text(text, style=style))


def _row(console: Console, gutter: str, text: Text) -> None:
    """Print line numbers at the left and text beside them; on a terminal long text stays in its column."""
    if not console.is_terminal:
        console.print(Text(f"{gutter:>{_GUTTER}} ") + text, soft_wrap=True)
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_GUTTER, justify="right", style="dim", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(gutter, text)
    console.print(grid)
