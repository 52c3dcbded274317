"""Both seed pages, taken apart, equal the gold standard made by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index.parsing import issue_to_dict, parse_page
from index.readers import read_source
from index.schema import CONTINUATION_MISSING, JOINED, MOVED, START_MISSING, Issue

ROOT = Path(__file__).resolve().parents[3]
GOLD: list[dict[str, Any]] = json.loads((ROOT / "tests" / "gold" / "seed_gold.json").read_text(encoding="utf-8"))["files"]
BOTH = pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["file"][:3])


@cache
def issue_of(name: str) -> Issue:
    [page] = read_source(ROOT / "seeds" / name)
    return parse_page(page)


def parsed(gold: dict[str, Any]) -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = issue_to_dict(issue_of(gold["file"]))["articles"]
    return articles


@BOTH
@pytest.mark.parametrize("name", ["headline", "kicker", "subtitle", "authors", "author_roles", "paragraphs"])
def test_articles_equal_gold(gold: dict[str, Any], name: str) -> None:
    assert [article[name] for article in parsed(gold)] == [article[name] for article in gold["articles"]]


@BOTH
def test_subheads_captions_and_jumps(gold: dict[str, Any]) -> None:
    for article, wanted in zip(parsed(gold), gold["articles"], strict=True):
        assert article["subheads"] == [subhead["text"] for subhead in wanted["subheads"]]
        assert article["captions"] == [caption["text"] for caption in wanted["captions"]]
        assert article["jump"] == (wanted["jump"] and wanted["jump"]["raw"])
        assert (CONTINUATION_MISSING in article["flags"]) == (wanted["jump"] is not None)


@BOTH
def test_lines_joins_and_sections_of_every_paragraph(gold: dict[str, Any]) -> None:
    for article, wanted in zip(parsed(gold), gold["articles"], strict=True):
        for found, meta in zip(article["paragraph_meta"], wanted["paragraph_meta"], strict=True):
            assert found["lines"] == meta["source_lines"]
            assert found["joins"] == [join["char_offset"] for join in meta["joins"]]
            assert found["subhead"] == meta["section"]
            assert (JOINED in found["flags"]) == bool(meta["joins"])
            told = " ".join(meta["flags"])
            assert (MOVED in found["flags"]) == ("displaced" in told)
            assert (START_MISSING in found["flags"]) == ("truncated_start" in told)


@BOTH
def test_every_line_is_used_exactly_once(gold: dict[str, Any]) -> None:
    issue = issue_of(gold["file"])
    assert [list(article.lines) for article in issue.articles] == [article["used_lines"] for article in gold["articles"]]
    used = [number for article in issue.articles for number in article.lines]
    used += [each.line for each in issue.furniture] + [each.line for each in issue.unassigned]
    text = (ROOT / "seeds" / gold["file"]).read_text(encoding="utf-8")
    assert sorted(used) == [number for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    assert issue.unassigned == ()


def test_counts_of_the_gold() -> None:
    articles = [article for gold in GOLD for article in gold["articles"]]
    assert len(articles) == 13
    assert sum(len(article["paragraphs"]) for article in articles) == 70
    assert sum(len(meta["joins"]) for article in articles for meta in article["paragraph_meta"]) == 10


def test_masthead_of_the_second_page() -> None:
    issue, wanted = issue_of(GOLD[1]["file"]), GOLD[1]["issue"]
    assert issue.newspaper == wanted["paper"]
    assert issue.date == wanted["date"]
    assert issue.weekday == wanted["weekday"]
    assert issue.issue_number == wanted["issue_number"]
    assert issue.page == str(wanted["page"])
    assert issue.metadata["page_inferred"] is True
    for name in ("lunar_date", "pages_today", "website", "email", "editors"):
        assert issue.metadata[name] == wanted[name]


def test_the_first_page_knows_nothing_it_does_not_print() -> None:
    issue = issue_of(GOLD[0]["file"])
    assert (issue.newspaper, issue.date, issue.issue_number, issue.page, issue.weekday) == (None,) * 5
    assert issue.metadata == {"year_estimate": 2019}


def test_moves_can_be_switched_off() -> None:
    [page] = read_source(ROOT / "seeds" / GOLD[0]["file"])
    issue = parse_page(page, move_displaced=False)
    assert [len(article.paragraphs) for article in issue.articles] == [14, 13, 4, 3, 2]
    assert not any(MOVED in paragraph.flags for article in issue.articles for paragraph in article.paragraphs)
