"""What a person corrects by hand: every action, what does not fit, and that no line is ever lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.parsing import Parsed, parse_pages
from index.readers import read_file
from index.schema import JOINED, MOVED, Article, Issue, Page
from tests.index.storage.sample import HashEncoder

ROOT = Path(__file__).resolve().parents[3]
SEED = (ROOT / "seeds" / "000_9d54dff2636fb14b.txt").read_text(encoding="utf-8")
TEXT = """清河日报 2021年6月8日 第2版
全市夏收全面展开
本报讯 6月7日，全市夏收全面展开，农机手走进麦田，
一天收割三千亩。农机部门表示，今年机收率达到九成八。
农机手忙碌
麦田里的农机手从清晨一直忙到深夜。
王五 赵六
小区里添了新花园
居民们在花园里散步，孩子们在草地上玩耍。
“以前这里是一片荒地。”居民李四说。
责编：张三"""


def numbered(text: str) -> dict[str, int]:
    return {line: at for at, line in enumerate(text.split("\n"), start=1)}


LINES = numbered(TEXT)


def entry(action: str, lines: int | list[int], **more: Any) -> dict[str, Any]:
    texts = TEXT.split("\n")
    listed = lines if isinstance(lines, list) else [lines]
    return {
        action: lines,
        "words": [texts[number - 1][:6] for number in listed],
        "file": "x.corrections.yaml",
        "entry": 1,
        **more,
    }


def corrected(*entries: dict[str, Any], text: str = TEXT) -> Parsed:
    [parsed] = parse_pages([Page("x.txt", text, {"corrections": entries})])
    return parsed


def edit(*entries: dict[str, Any]) -> Issue:
    parsed = corrected(*entries)
    assert parsed.problems == ()
    assert parsed.issue.metadata["corrected"] == len(entries)
    return parsed.issue


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def holding(issue: Issue, line: int) -> Article:
    return next(article for article in issue.articles if line in article.lines)


def test_join_and_split_undo_each_other() -> None:
    split = edit(entry("split", 4))
    assert texts(holding(split, 3))[:2] == ["本报讯 6月7日，全市夏收全面展开，农机手走进麦田，", TEXT.split("\n")[3]]
    again = edit(entry("split", 4), entry("join", [3, 4]))
    first = holding(again, 3).paragraphs[0]
    assert first.lines == (3, 4) and JOINED in first.flags and first.join_scores == (1.0,)


def test_split_inside_a_line() -> None:
    issue = edit(entry("split", 4, before="农机部门"))
    assert "农机部门表示，今年机收率达到九成八。" in texts(holding(issue, 4))


def test_join_across_articles_takes_the_second_half_along() -> None:
    issue = edit(entry("headline", 8), entry("join", [6, 10]))
    assert "麦田里的农机手从清晨一直忙到深夜。“以前这里是一片荒地。”居民李四说。" in texts(holding(issue, 6))


def test_move_behind_a_line_and_behind_a_headline() -> None:
    issue = edit(entry("headline", 8), entry("move", 6, to=9))
    article = holding(issue, 8)
    assert texts(article)[:2] == ["居民们在花园里散步，孩子们在草地上玩耍。", "麦田里的农机手从清晨一直忙到深夜。"]
    assert MOVED not in article.paragraphs[1].flags
    issue = edit(entry("headline", 8), entry("move", [6, 10], to=8))
    assert [text[:4] for text in texts(holding(issue, 8))] == ["麦田里的", "“以前这", "居民们在"]


def test_headline_opens_an_article_with_all_that_follows() -> None:
    issue = edit(entry("headline", 5))
    article = holding(issue, 5)
    assert (article.headline, article.boundary) == ("农机手忙碌", 1.0)
    assert texts(article)[0] == "麦田里的农机手从清晨一直忙到深夜。"
    assert texts(holding(issue, 3)) == ["".join(TEXT.split("\n")[2:4])]


def test_kicker_and_subtitle_beside_a_headline() -> None:
    article = holding(edit(entry("headline", 8), entry("kicker", 7), entry("subtitle", 9)), 8)
    assert (article.kicker, article.headline, article.subtitle) == (
        "王五 赵六",
        "小区里添了新花园",
        "居民们在花园里散步，孩子们在草地上玩耍。",
    )


def test_subhead_merges_an_article_that_was_none() -> None:
    issue = edit(entry("headline", 5), entry("subhead", 5))
    article = holding(issue, 5)
    assert (article.headline, article.subheads[0]) == ("全市夏收全面展开", "农机手忙碌")
    assert next(each for each in article.paragraphs if each.lines == (6,)).subhead == "农机手忙碌"


def test_byline_with_read_and_with_given_names() -> None:
    assert {"王五", "赵六"} <= set(holding(edit(entry("byline", 7)), 7).authors)
    assert "某某" in holding(edit(entry("byline", 5, names=["某某"])), 5).authors


def test_caption_text_and_furniture() -> None:
    issue = edit(entry("caption", 5), entry("furniture", 10))
    assert [caption.text for caption in holding(issue, 5).captions] == ["农机手忙碌"]
    assert [(each.kind, each.line) for each in issue.furniture][-2:] == [("apart", 10), ("editors", 11)]
    issue = edit(entry("text", 11))
    assert "责编：张三" in texts(holding(issue, 11))
    assert "editors" not in issue.metadata


BAD = {
    "changed": (entry("join", [3, 4], words=["本报讯", "别的话"]), "line 4 does not hold '别的话'"),
    "no words": (entry("caption", 5, words=[]), "words must quote"),
    "no action": ({"words": ["a"], "file": "f", "entry": 1}, "names 0 of the actions"),
    "two actions": (entry("join", [3, 4], split=4), "names 2 of the actions"),
    "unknown key": (entry("caption", 5, colour="red"), "unknown key 'colour'"),
    "no number": (entry("caption", 5) | {"caption": "five"}, "needs a line number, not 'five'"),
    "one line to join": (entry("join", 3), "join needs two"),
    "no target": (entry("move", 6), "move needs  to:"),
    "own paragraph": (entry("move", 6, to=6), "behind its own paragraph"),
    "joined already": (entry("join", [3, 4]), "are one paragraph already"),
    "begins already": (entry("split", 3), "begins a paragraph already"),
    "no names": (entry("byline", 4), "no names can be read"),
    "no such line": (entry("caption", 5) | {"caption": 99}, "does not have"),
    "empty entry": ({"": "", "file": "f", "entry": 1}, "names 0"),
}


@pytest.mark.parametrize(("raw", "message"), BAD.values(), ids=BAD.keys())
def test_what_does_not_fit_changes_nothing_and_is_told(raw: dict[str, Any], message: str) -> None:
    parsed = corrected(raw)
    [problem] = parsed.problems
    assert problem.source == str(raw["file"])
    assert problem.reason.startswith("correction 1: ") and message in problem.reason
    assert "\n" not in problem.reason
    [plain] = parse_pages([Page("x.txt", TEXT)])
    assert parsed.issue == plain.issue


ALL = ("join", "split", "move", "headline", "kicker", "subtitle", "subhead", "byline", "caption", "text", "furniture")
PRINTED = [at for at, line in enumerate(SEED.split("\n"), start=1) if line.strip()]
LINE = st.sampled_from(PRINTED)


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    action = draw(st.sampled_from(ALL))
    count = {"join": 2, "split": 1}.get(action) or draw(st.integers(1, 2))
    lines = draw(st.lists(LINE, min_size=count, max_size=count, unique=True))
    words = [SEED.split("\n")[number - 1].strip()[:4] for number in lines]
    more = {"to": draw(LINE)} if action == "move" else {"names": ["某某"]} if action == "byline" else {}
    return {action: lines, "words": words, "file": "f", "entry": 1, **more}


@settings(max_examples=60, deadline=None)
@given(st.lists(entries(), max_size=6))
def test_no_correction_loses_a_line(wanted: list[dict[str, Any]]) -> None:
    wanted = [{**raw, "entry": at} for at, raw in enumerate(wanted, start=1)]
    issue = corrected(*wanted, text=SEED).issue
    used = Counter(number for article in issue.articles for number in article.lines)
    used.update(each.line for each in issue.furniture)
    used.update(each.line for each in issue.unassigned)
    assert used == Counter(PRINTED)
    bodies = Counter(number for article in issue.articles for paragraph in article.paragraphs for number in set(paragraph.lines))
    assert max(bodies.values(), default=0) <= 1
    assert all(set(paragraph.lines) <= set(article.lines) for article in issue.articles for paragraph in article.paragraphs)


def test_files_beside_the_source_and_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "page.corrections.yaml").write_text("- split: 4\n  words: [一天收割]\n", encoding="utf-8")
    (tmp_path / "corrections.yaml").write_text("page.txt:\n  - caption: 5\n    words: 农机手\nother.txt: []\n", encoding="utf-8")
    reading = read_file(tmp_path / "page.txt")
    [parsed] = parse_pages(reading.pages)
    assert parsed.problems == () and reading.skipped == ()
    assert parsed.issue.metadata["corrected"] == 2


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("page.corrections.yaml", "- split: [", "is no YAML"),
        ("page.corrections.yaml", "split: 4", "is no list of corrections"),
        ("corrections.yaml", "- split: 4", "is no mapping of file names"),
        ("page.corrections.yaml", "- !!python/object/apply:os.system [ls]", "names 0 of the actions"),
        ("page.corrections.yaml", "[" * 5000, "YAML"),
    ],
)
def test_a_damaged_file_is_told_and_the_page_still_read(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read_file(tmp_path / "page.txt")
    [parsed] = parse_pages(reading.pages)
    [problem] = [*reading.skipped, *parsed.problems]
    assert problem.source == str(tmp_path / name)
    assert message in problem.reason or "nested too deeply" in problem.reason
    assert len(parsed.issue.articles) >= 1


def headlines(archive: Archive, newspaper: str) -> list[tuple[str, str | None]]:
    with archive.view() as view:
        issue = next(issue for issue in view.issues() if issue.newspaper == newspaper)
        return [(article.id, article.headline) for article in view.articles(issue.id)]


def test_the_next_update_reads_the_source_again_and_no_other(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "page.txt").write_text(TEXT, encoding="utf-8")
    (inbox / "other.txt").write_text(TEXT.replace("清河", "东山"), encoding="utf-8")
    with Archive.open(tmp_path / "archive", encoder=HashEncoder()) as archive:
        assert archive.update([inbox]).added == 2
        plain, others = headlines(archive, "清河日报"), headlines(archive, "东山日报")
        wanted = "- headline: 4\n  words: 一天收割\n- caption: 6\n  words: 不在\n"
        (inbox / "page.corrections.yaml").write_text(wanted, encoding="utf-8")
        report = archive.update([inbox])
        assert (report.replaced, report.unchanged) == (1, 1)
        assert [item.reason[:13] for item in report.skipped] == ["correction 2:"]
        assert TEXT.split("\n")[3] in [headline for _, headline in headlines(archive, "清河日报")]
        assert headlines(archive, "东山日报") == others
        assert archive.update([inbox]).unchanged == 2
        (inbox / "page.corrections.yaml").unlink()
        assert archive.update([inbox]).replaced == 1
        assert headlines(archive, "清河日报") == plain
