"""Figures as tables for people. File names, questions and page text are data: they never become markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from rich.text import Text

if TYPE_CHECKING:
    from qa.evaluation.ablation import Variant
    from qa.evaluation.probing import Probing

_MOST = 12  # pages named, worst first


def show_report(page: Console, report: dict[str, Any]) -> None:
    """Print figures by language, then the questions that failed."""
    columns = {**report["by_language"], "all": report["all"]}
    table = Table("", *(escape(name) for name in columns))
    for figure in report["all"]:
        table.add_row(figure, *(_figure(values[figure]) for values in columns.values()))
    page.print(table)
    for failure in report["failed"]:
        page.print(Text(f"✗ {failure['id']} {failure['why']} ({failure['confidence']}): {failure['question']}"))
        if failure["expected"]:
            page.print(Text(f"    expected: {' / '.join(failure['expected'])}", style="dim"))
        for words in failure["quotes"]:
            page.print(Text(f"    quoted: {words}", style="dim"))


def show_variants(page: Console, variants: Sequence[Variant]) -> None:
    """Print one row a variant."""
    names = list(variants[0].figures)
    table = Table(Column(min_width=24), *(name.replace("_", " ") for name in names))
    for variant in variants:
        table.add_row(escape(variant.name), *(_figure(variant.figures[name]) for name in names))
    page.print(table)


def show_probing(page: Console, probing: Probing) -> None:
    """Print the means, then the pages that went worst."""
    told = probing.to_dict()
    for name in ("issues", "asked", "headline_hit1", "headline_hit5", "dated_hit5", "own_words"):
        page.print(Text(f"{name.replace('_', ' '):16} {_figure(told[name])}"))
    for name in ("without_date", "without_newspaper", "without_headlines"):
        if told[name]:
            page.print(Text(f"{name.replace('_', ' '):16} {told[name]}"))
    page.print()
    table = Table(
        Column("worst pages", min_width=24, overflow="fold"),
        "goodness",
        "headline hit5",
        "dated hit5",
        "own words",
        "articles",
        "unknown",
    )
    for issue in probing.issues[:_MOST]:
        rates = (issue.goodness, issue.headline_hit5, issue.dated_hit5, issue.own_words)
        name = " ".join(part for part in (issue.newspaper, issue.date, issue.page, f"({issue.source})") if part)
        table.add_row(Text(name), *(_figure(rate) for rate in rates), str(issue.articles), " ".join(issue.unknown))
    page.print(table)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
